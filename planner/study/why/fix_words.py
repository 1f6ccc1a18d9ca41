"""Fixes in sentences: what changes, what it costs, what it brings, who works more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from planner import _yaml
from planner._messages import Message
from planner.study.scenario.model import as_text
from planner.study.why.words import hours_text

if TYPE_CHECKING:
    from planner.study.why.fixes import Fix, Fixes

MOST_WHO = 5


def fixes_head(fixes: Fixes) -> Iterator[Message]:
    """What was solved."""
    if not fixes.wanted:
        return
    if fixes.solved < fixes.wanted:
        yield Message("why.fixes_stopped", {"count": fixes.solved, "wanted": fixes.wanted})
    yield Message("why.fixes_tried" if fixes.fixes else "why.fixes_none", {"count": fixes.solved})


def fix_line(rank: int, fix: Fix) -> Message:
    """A fix in one sentence: money and missing hours, as far as proof parts them."""
    verdict = fix.verdict.replace(" ", "_")
    values = {
        "rank": rank,
        "title": str(fix.change.title),
        "month": f"{fix.difference_a_month:+,.0f}",
        "period": f"{fix.difference:+,.0f}",
        "currency": fix.scenario.currency,
        "before": hours_text(fix.before_missing),
        "after": hours_text(fix.missing),
        "verdict": str(Message(f"why.fix_{verdict}", {"low": hours_text(fix.before_low or 0.0)})),
    }
    return Message("why.fix", values)


def fix_details(fix: Fix) -> Iterator[Message]:
    """How often a rule is broken, when to decide, whose hours change, and what else should be known."""
    if fix.change.counted is not None:
        count = sum(fix.used.values())
        yield (
            Message("why.fix_used", {"count": count, "who": used_text(fix)})
            if count
            else Message("why.fix_unused")
        )
    decide = fix.decide_by
    if decide is not None and fix.change.ready is not None:
        begins = fix.scenario.starts or fix.scenario.first_day
        values = {"weeks": f"{fix.change.ready.days / 7:g}", "decide": decide.isoformat()}
        yield Message("why.fix_ready", {**values, "first": begins.isoformat()})
    yield from fix.change.notes
    if fix.hours:
        yield Message("why.fix_who", {"who": who_text(fix)})


def used_text(fix: Fix) -> str:
    """Who breaks a rule how often, the most often first."""
    ranked = sorted(fix.used.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(
        str(Message("why.fix_used_one", {"agent": name, "count": count})) for name, count in ranked
    )


def who_text(fix: Fix) -> str:
    """Whose hours change, the most first."""
    told = [
        str(Message("why.fix_who_one", {"agent": name, "hours": f"{hours:+,.0f}"}))
        for name, hours in list(fix.hours.items())[:MOST_WHO]
    ]
    more = [str(Message("why.fix_more"))] if len(fix.hours) > MOST_WHO else []
    return ", ".join(told + more)


def paste_head(fix: Fix) -> Message:
    """What the lines to paste are: keys of the scenario file, or one entry of a long list."""
    if fix.change.paste is None:
        return Message("why.fix_paste")
    (key,) = fix.change.paste
    where = fix.base_team if key == "agents" and fix.base_team else key
    return Message("why.fix_entry", {"where": where})


def paste_text(fix: Fix) -> str:
    """The lines of a scenario file that matter of a fix, as YAML."""
    return yaml_text(fix.change.paste or fix.change.changes)


def yaml_text(changes: Mapping[str, Any]) -> str:
    """Changes as a scenario file writes them."""
    return _yaml.dump(as_text(changes))
