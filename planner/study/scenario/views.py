"""From what a scenario says to the nouns of the rooms below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from planner._values import Goal
from planner.clock import OpeningHours, OpeningLine, PublicHolidays
from planner.demand import CHAT_SPEED, Promise, Queue
from planner.people import Agent, Site
from planner.requirement import Policy, fit_speed
from planner.rota import ShiftType
from planner.rules import Pack, unknown_premiums
from planner.study.scenario.candidates import PARTNER, hires_of, seats_of
from planner.study.scenario.parts import OpeningSaid, SiteSaid
from planner.study.scenario.people import CHANNELS, AgentSaid, Level
from planner.study.scenario.posts_said import posts_alone
from planner.study.scenario.queue_said import QueueSaid
from planner.study.scenario.said import Said
from planner.study.scenario.texts import language_code

OFFICE = "Office"
NO_PLACE = "none"
"""Instead of a place: no public holidays."""
NIGHT_CREW = "night crew"
"""Team of those who would work nights only."""
HOURLY_COST = 15.0
WEEKDAY_CONTACTS = 100.0
NIGHT = (1320, 360)

POLICIES: Mapping[str, Policy] = {
    "mean": "mean",
    "expected": "expected service level",
    "quantile": "quantile",
}

# Defaults for a shop, channel by channel: handle time, replies, promise, patience in seconds.
SHOP: Mapping[str, tuple[float, float, Goal, float | None]] = {
    "phone": (370.0, 1.0, Goal(0.8, 20.0), 120.0),
    "chat": (600.0, 1.0, Goal(0.8, 60.0), 180.0),
    "email": (420.0, 1.5, Goal(0.9, 14_400.0), None),
    "social": (300.0, 1.0, Goal(0.9, 3_600.0), None),
}


def zone_of(said: Said) -> str:
    """The scenario's clock."""
    return said.zone or next((site.zone for site in said.sites if site.zone), None) or "UTC"


def holidays_of(said: Said) -> str:
    """Place whose public holidays the customers keep."""
    if said.public_holidays is not None:
        return "" if said.public_holidays == NO_PLACE else said.public_holidays
    return said.sites[0].public_holidays if said.sites else ""


def queue_holidays_of(said: Said, queue: str) -> str:
    """Place whose public holidays the opening hours of a queue follow."""
    own = next((line.public_holidays for line in said.queues if line.name == queue), None)
    if own is None:
        return holidays_of(said)
    return "" if own == NO_PLACE else own


def _pack_nights(pack: Pack | None) -> tuple[tuple[int, int] | None, float | None, float | None]:
    """Night window, night premium and holiday premium of country rules; None where not stated."""
    if pack is None:
        return None, None, None

    def stated(key: str) -> Any:
        return pack.parameters[key].value if key in pack.parameters else None

    window = stated("night_pay_window") or stated("night_period")
    night = None
    if isinstance(window, list) and len(window) == 2:
        night = (_minutes(window[0]), _minutes(window[1]))
    premium, holiday = stated("premium_night_ordinary"), stated("premium_holiday_work")
    return night, _share(premium), _share(holiday)


def _minutes(wall: str) -> int:
    hours, minutes = wall.split(":")
    return int(hours) * 60 + int(minutes)


def _share(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def site_of(said: SiteSaid, zone: str, pack: Pack | None) -> Site:
    """A place of work; what it does not say about nights comes from its country rules."""
    night, premium, _ = _pack_nights(pack)
    return Site(
        name=said.name,
        zone=said.zone or zone,
        public_holidays=said.public_holidays,
        country_rules=said.country_rules,
        full_time_minutes=round(said.full_time_hours * 60),
        night=said.night or night or NIGHT,
        night_premium=premium if said.night_premium is None else said.night_premium,
        leave_counts=said.leave_counts,
        sunday_premium=_sunday_premium(said, pack),
        premiums=said.premiums,
    )


def _sunday_premium(said: SiteSaid, pack: Pack | None) -> float | None:
    """Premium for work on Sundays; 0 where there is none, None where there is one that nobody found."""
    if said.sunday_premium is not None or pack is None:
        return said.sunday_premium or 0.0
    stated = pack.parameters.get("premium_sunday")
    return 0.0 if stated is None else _share(stated.value)


def holiday_premium_of(said: SiteSaid, pack: Pack | None) -> float | None:
    """Premium for work on public holidays; None if neither the site nor its country rules state one."""
    return _pack_nights(pack)[2] if said.holiday_premium is None else said.holiday_premium


def unknown_of(said: SiteSaid, site: Site, pack: Pack | None) -> tuple[str, ...]:
    """Premiums of a site that nobody stated."""
    names = list(unknown_premiums(pack)) if pack is not None else []
    words = [name.removeprefix("premium_").replace("_", " ") for name in names]
    stated = {"night ordinary", *(["sunday"] if said.sunday_premium is not None else [])}
    words = [word for word in words if word not in stated]
    if site.night_premium is None:
        words.insert(0, "night")
    if holiday_premium_of(said, pack) is None and "holiday work" not in words:
        words.append("public holiday")
    return tuple(f"{site.name}: {word}" for word in words)


def queue_of(said: QueueSaid) -> Queue:
    """A queue, with the defaults of a shop where it says nothing."""
    channel = channel_of(said)
    aht, replies, promise, patience = SHOP[channel]
    goal = said.promise or promise
    speed = chat_speed_of(said)
    if said.aht is None and "1" in said.chat_times:
        aht = said.chat_times["1"].total_seconds()
    return Queue(
        name=said.name,
        channel=channel,  # type: ignore[arg-type]  # one of the four by construction
        language=said.language or _last_language(said.name.lower().split()),
        aht_seconds=said.aht.total_seconds() if said.aht else aht,
        promise=Promise(goal.share, goal.seconds, goal.clock, goal.due, goal.definition, said.promise_over),
        replies=replies if said.replies is None else said.replies,
        patience_seconds=said.hangs_up_after.total_seconds() if said.hangs_up_after else patience,
        team=said.team,
        customers=said.customers,
        priority=said.priority,
        interruptible=channel in ("email", "social")
        if said.can_be_put_down is None
        else said.can_be_put_down,
        cv=said.handle_time_cv,
        chats_at_once=said.chats_at_once,
        chat_speed=speed,
        max_abandon=said.abandoned_at_most,
    )


def chat_speed_of(said: QueueSaid) -> tuple[float, ...]:
    """Speed of each chat when so many are open: as said, from measured times, or the default."""
    took = [said.chat_times.get(str(number)) for number in range(1, len(said.chat_times) + 1)]
    observed = [(float(number), each.total_seconds()) for number, each in enumerate(took, start=1) if each]
    if observed and len(observed) == len(took):  # else it is told as a mistake
        return fit_speed(observed)
    return said.chat_speed or CHAT_SPEED


def channel_of(said: QueueSaid) -> str:
    """Channel of a queue: as said, else the one in its name, else e-mail."""
    return said.channel or next((word for word in said.name.lower().split() if word in CHANNELS), "email")


def _last_language(words: Sequence[str]) -> str:
    """The language that the last word of a queue's name says, else English."""
    word = words[-1] if len(words) > 1 else ""
    if len(word) == 2 or (len(word) == 5 and word[2] in "-_"):
        return language_code(word)
    return "en"


def queues_of(said: Said, people: Sequence[AgentSaid]) -> tuple[Queue, ...]:
    """All queues: as said, else one for each stated need, else e-mail in each language of the team.

    There are none where posts are all that is asked. Whoever may be hired brings no queue with them.
    """
    if said.queues:
        return tuple(queue_of(queue) for queue in said.queues)
    if said.need:
        return tuple(queue_of(QueueSaid(name=name)) for name in said.need)
    if posts_alone(said):
        return ()
    candidates = {*hires_of(said), *seats_of(said)}
    team = (person for person in people if person.name not in candidates)
    spoken = dict.fromkeys(code for person in team for code in person.languages or ())
    return tuple(queue_of(QueueSaid(name=f"email {code}", language=code)) for code in spoken or ("en",))


def opening_of(said: Said, queues: Sequence[Queue]) -> dict[str, OpeningHours]:
    """Opening hours of each queue: all lines that name it or all, and single days with hours of their own."""
    return {
        queue.name: replace(hours, lines=(*hours.lines, *_special_lines(said, queue.name)))
        for queue in queues
        for hours in (hours_of(said, queue.name, said.opening_hours),)
    }


def _special_lines(said: Said, queue: str) -> Iterator[OpeningLine]:
    for line in said.special_days:
        if "all" in line.queues or queue in line.queues:
            yield OpeningLine(frozenset(), False, line.open, line.close, line.closed, line.days)


def hours_of(said: Said, queue: str, lines: Sequence[OpeningSaid]) -> OpeningHours:
    """Opening hours of a queue: all lines that name it or all."""
    mine = [line for line in lines if "all" in line.queues or queue in line.queues]
    return opening_from(said, mine, queue_holidays_of(said, queue))


def opening_from(said: Said, lines: Sequence[OpeningSaid], holidays: str | None = None) -> OpeningHours:
    """Hours that lines say, whatever queues they name.

    Parameters
    ----------
    holidays: place whose public holidays they follow; None: the customers'.
    """
    place = holidays_of(said) if holidays is None else holidays
    return OpeningHours(
        zone_of(said),
        tuple(
            OpeningLine(line.days.weekdays, line.days.public_holidays, line.open, line.close, line.closed)
            for line in lines
        ),
        PublicHolidays(place),
    )


def agents_of(
    people: Sequence[AgentSaid], sites: Sequence[Site], queues: Sequence[Queue], partner: float = 1.0
) -> tuple[Agent, ...]:
    """People with everything that they do not say themselves.

    Parameters
    ----------
    partner: how many times as long a partner's people take, on top of what is said of a language.
    """
    known = [person.cost for person in people if person.cost is not None and person.site != PARTNER]
    usual = round(sum(known) / len(known), 2) if known else HOURLY_COST
    every = {queue.language: Level() for queue in queues}
    at = {site.name: site for site in sites}
    return tuple(
        Agent(
            name=person.name,
            site=site.name,
            zone=site.zone,
            languages={code: level.channels for code, level in spoken.items()},
            teams=frozenset((*person.teams, *((NIGHT_CREW,) if person.night_crew else ()))),
            channels=frozenset(person.channels),
            weekly_minutes=site.full_time_minutes
            if person.weekly_hours is None
            else round(person.weekly_hours * 60),
            cost_per_hour=usual if person.cost is None else person.cost,
            nights=person.nights,
            available_from=person.from_,
            available_until=person.until,
            unavailable=person.leave,
            payroll_id=person.payroll_id,
            grade=person.grade,
            email=person.email,
            slower={code: factor for code, factor in paces.items() if factor != 1},
            outside=site.name == PARTNER,
        )
        for person in people
        for spoken in (every if person.languages is None else person.languages,)
        for site in (at.get(person.site, sites[0]),)
        for pace in (partner if site.name == PARTNER else 1.0,)
        for paces in ({code: round(level.factor * pace, 9) for code, level in spoken.items()},)
    )


def shift_types_of(said: Said) -> tuple[ShiftType, ...]:
    """Kinds of shift as they are said."""
    pay = {line.role: line.pay for line in said.escalation}
    types = []
    for shift in said.shifts:
        on_call = shift.kind == "on_call"
        teams = frozenset(shift.teams or (pay if on_call else ()))
        present = round(shift.paid_hours * 60) + shift.break_ // timedelta(minutes=1)
        latest = present - shift.break_ // timedelta(minutes=1)
        window = [min(edge // timedelta(minutes=1), latest) for edge in shift.break_after]
        types.append(
            ShiftType(
                name=shift.name,
                starts=shift.start,
                present_minutes=present,
                break_minutes=shift.break_ // timedelta(minutes=1),
                break_window=(window[0], window[1]),
                kind=shift.kind,
                pay_share=max((pay[role] for role in teams if role in pay), default=0.15) if on_call else 1.0,
                counted=not on_call,
                teams=teams,
                paid_break_minutes=(shift.paid_break or timedelta(0)) // timedelta(minutes=1),
            )
        )
    return tuple(types)
