"""Single days that are worked, or not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import Field

from planner._messages import Message
from planner._values import clock_text
from planner.study.scenario.asks_said import EVERYBODY
from planner.study.scenario.asks_texts import Spans, span_text
from planner.study.scenario.texts import Clock, Words, YesNo
from planner.study.whatif.change import Change, refused
from planner.study.whatif.named import names_text, queues_named, unknown_queues

if TYPE_CHECKING:
    from planner.study.scenario import Scenario


class Holiday(Change):
    """Queues are open on single days, such as public holidays, or closed on them."""

    key: ClassVar[str] = "holiday"

    days: Spans = Field(description="a day, first to last, or several with commas", examples=["2026-04-03"])
    worked: YesNo = Field(description="yes: open; no: closed", examples=["yes"])
    open: Clock | None = Field(None, description="opening; default: as on the weekday", examples=["10:00"])
    close: Clock | None = Field(None, description="closing; default: as on the weekday", examples=["16:00"])
    queues: Words = Field(EVERYBODY, description="names, or all", examples=["email en"])

    def mistakes(self, scenario: Scenario) -> Iterator[Message]:
        """Unknown queues, hours of which half is said, days outside the period or without usual hours."""
        yield from unknown_queues(scenario, self.queues)
        if (self.open is None) != (self.close is None) or (self.open is not None and not self.worked):
            yield refused("open_and_close", ("open" if self.open is not None else "close",))
            return
        for span in self.days:
            if not self._within(scenario, span):
                yield refused("outside", ("days",), day=span_text(span))
            elif self.worked and self.open is None and not any(self._usual(scenario, span)):
                yield refused("no_usual_hours", ("days",), day=span_text(span))

    def change(self, scenario: Scenario) -> Mapping[str, Any]:
        """As special days."""
        queues = list(queues_named(scenario, self.queues))
        lines: list[dict[str, Any]]
        if not self.worked:
            lines = [{"days": _text(self.days), "queues": queues, "closed": "yes"}]
        elif self.open is not None and self.close is not None:
            hours = {"open": clock_text(self.open), "close": clock_text(self.close)}
            lines = [{"days": _text(self.days), "queues": queues, **hours}]
        else:
            lines = [line for span in self.days for line in self._usual(scenario, span)]
        return {"special_days": [*self._others(scenario, queues), *lines]}

    def explain(self, scenario: Scenario) -> Message:
        """Which days, open or closed."""
        code = "holiday_worked" if self.worked else "holiday_closed"
        return Message(f"whatif.{code}", {"days": _text(self.days), "queues": names_text(self.queues)})

    def _within(self, scenario: Scenario, span: tuple[date, date]) -> bool:
        last = scenario.first_day + timedelta(days=scenario.days - 1)
        return bool(scenario.first_day <= span[0] and span[1] <= last)

    def _usual(self, scenario: Scenario, span: tuple[date, date]) -> Iterator[dict[str, Any]]:
        """Lines of special days with the hours that these weekdays have."""
        named = queues_named(scenario, self.queues)
        for step in range((span[1] - span[0]).days + 1):
            day = span[0] + timedelta(days=step)
            for line in scenario.said.opening_hours:
                queues = [name for name in named if name in queues_named(scenario, line.queues)]
                if queues and not line.closed and day.weekday() in line.days.weekdays:
                    yield {
                        "days": day.isoformat(),
                        "queues": queues,
                        "open": clock_text(line.open),
                        "close": clock_text(line.close),
                    }

    def _others(self, scenario: Scenario, queues: list[str]) -> Iterator[dict[str, Any]]:
        """Special days that are said already, without those that are said anew."""
        anew = {day for span in self.days for day in _each(span)}
        said = scenario.plain.get("special_days", ())
        for line, plain in zip(scenario.said.special_days, said, strict=True):
            dated = {day for span in line.days for day in _each(span)}
            left = [name for name in queues_named(scenario, line.queues) if name not in queues]
            if not dated & anew:
                yield dict(plain)
                continue
            if left:
                yield {**plain, "queues": left}
            if apart := sorted(dated - anew):
                yield {**plain, "days": ", ".join(day.isoformat() for day in apart)}


def _each(span: tuple[date, date]) -> list[date]:
    return [span[0] + timedelta(days=step) for step in range((span[1] - span[0]).days + 1)]


def _text(spans: tuple[tuple[date, date], ...]) -> str:
    return ", ".join(map(span_text, spans))
