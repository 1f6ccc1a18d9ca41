"""What was found, in sentences: shortages and their reasons, clashing rules, the stretch that must fail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from planner._messages import Message
from planner.clock import local_at
from planner.rota import Shift
from planner.study.why.findings import Finding, WhyNot

if TYPE_CHECKING:
    from planner.requirement import Need
    from planner.rules import Rule
    from planner.scheduling.why import Clash, Stop, Window

NAMED = 3
TOLD_RULES = 5


def hours_text(hours: float) -> str:
    """Person-hours with one decimal; a little is not told as nothing.

    Examples
    --------
    >>> hours_text(12), hours_text(0.03)
    ('12.0', 'less than 0.1')
    """
    return f"{hours:,.1f}" if hours >= 0.05 or not hours else "less than 0.1"


def listed(words: Sequence[str], code: str = "and") -> str:
    """Words with "and" (or "or") before the last.

    Examples
    --------
    >>> listed(["fr"]), listed(["fr", "it", "en"])
    ('fr', 'fr, it and en')
    """
    if len(words) < 2:
        return "".join(words)
    return str(Message(f"why.{code}", {"first": ", ".join(words[:-1]), "last": words[-1]}))


def people_text(names: Sequence[str]) -> str:
    """How many people, and the first of them."""
    some = ", ".join(names[:NAMED]) + (", …" if len(names) > NAMED else "")
    code = "person_count" if len(names) == 1 else "people_count"
    return str(Message(f"why.{code}", {"count": len(names), "names": some}))


def summary_of(found: WhyNot, need: Need, zone: str, currency: str, most: int = 5) -> tuple[Message, ...]:
    """What was found, the most hours first: all for a terminal.

    Parameters
    ----------
    most: shortages that are told with their reasons.
    """
    lines = [total(found)]
    for finding in found.findings[:most]:
        lines.append(headline(finding, need, zone))
        lines += reasons(finding, currency)
    rest = found.findings[most:]
    if rest:
        values = {"count": len(rest), "hours": hours_text(sum(one.hours for one in rest))}
        lines.append(Message("why.more_findings", values))
    for clash in found.clashes:
        lines += clash_lines(clash)
    if found.window is not None:
        lines += window_lines(found.window, need, zone)
    return tuple(lines)


def total(found: WhyNot) -> Message:
    """How many hours are missing, and what is proven of them."""
    if not found.findings:
        return Message("why.nothing_missing")
    if not found.proven:
        proof = Message("why.proof_none")
    elif found.proven >= found.hours - 1e-6:
        proof = Message("why.proof_all")
    else:
        proof = Message("why.proof_some", {"proven": hours_text(found.proven)})
    return Message("why.missing", {"hours": hours_text(found.hours), "proof": str(proof)})


def headline(finding: Finding, need: Need, zone: str) -> Message:
    """A shortage: when, which queues, how many are needed and there."""
    pattern = finding.pattern
    values = {
        "days": pattern.days_text,
        "hours": pattern.hours_text,
        "times": len(pattern.dates),
    }
    when = Message("why.when_often" if len(pattern.dates) > 1 else "why.when_once", values)
    said = {"when": str(when), "queues": listed(pattern.names), "hours": hours_text(finding.hours)}
    if pattern.what == "work":
        since = local_at(need.first_quarter + pattern.stretches[0].since * need.quarters_per_interval, zone)
        return Message("why.work", {**said, "kind": pattern.kind, "since": f"{since:%a %Y-%m-%d %H:%M}"})
    proof = ""
    if finding.unavoidable:
        proof = str(Message("why.and_unavoidable"))
    elif finding.proven:
        proof = str(Message("why.and_some", {"proven": hours_text(finding.proven)}))
    if pattern.what == "post":
        days = Message("why.days_often" if len(pattern.dates) > 1 else "why.days_once", values)
        people = {"required": str(pattern.required), "on_duty": str(pattern.on_duty)}
        return Message("why.post", {**said, **people, "when": str(days), "post": pattern.kind})
    said |= {"required": str(pattern.required), "on_duty": str(pattern.on_duty), "proof": proof}
    return Message("why.people_one" if len(pattern.names) == 1 else "why.people_several", said)


def reasons(finding: Finding, currency: str) -> Iterator[Message]:
    """What stops those who could serve it, one sentence for each kind of reason."""
    if not finding.looked:
        return
    if not finding.able:
        yield Message("why.nobody", {"queues": listed(finding.pattern.names)})
        return
    for rule, stops in list(finding.by_rule.items())[:TOLD_RULES]:
        values = {
            "rule": str(rule.explain()),
            "people": people_text([stop.person for stop in stops]),
            "saves": f"{max(stop.saves for stop in stops) / 100:,.0f}",
            "currency": currency,
        }
        yield Message("why.stopped_by", values)
    several = [stop for stop in finding.stops if stop.how == "rules"]
    if several:
        names = sorted({stop.person for stop in several})
        common = most_common(several)
        yield Message("why.stopped_by_several", {"people": people_text(names), "rules": rules_text(common)})
    for how in ("elsewhere", "nothing", "there", "no_shift", "no_tour"):
        names = sorted({stop.person for stop in finding.stops if stop.how == how.replace("_", " ")})
        if names:
            yield Message(f"why.stopped_{how}", {"people": people_text(names)})


def most_common(stops: Iterable[Stop]) -> tuple[Rule, ...]:
    """The set of rules that stops most people, the smaller of equals."""
    counted = Counter(stop.rules for stop in stops)
    return min(counted, key=lambda rules: (-counted[rules], len(rules), [rule.name for rule in rules]))


def rules_text(rules: Sequence[Rule | Shift]) -> str:
    """Rules by their sentences, locked shifts by their day."""
    return listed([part_text(part) for part in rules])


def part_text(part: Rule | Shift) -> str:
    """One rule, or one locked shift."""
    if isinstance(part, Shift):
        at = local_at(int(part.start.timestamp()) // 900, part.zone)
        values = {"shift": part.name, "day": part.day.isoformat(), "start": f"{at:%H:%M}"}
        return str(Message("why.lock", values))
    return str(Message("why.rule_quoted", {"rule": str(part.explain())}))


def clash_lines(clash: Clash) -> Iterator[Message]:
    """Which rules of a person clash, and what would have to go."""
    sets = "; ".join(str(Message("why.clash_set", {"rules": rules_text(one)})) for one in clash.sets)
    yield Message("why.clash", {"agent": clash.person, "sets": sets})
    if clash.mends:
        mends = listed([rules_text(one) for one in clash.mends], "or")
        yield Message("why.clash_mends", {"agent": clash.person, "mends": mends})
    else:
        yield Message("why.clash_no_mend", {"agent": clash.person})


def window_lines(window: Window, need: Need, zone: str) -> Iterator[Message]:
    """The smallest stretch that fails whatever the rota, and the rules that matter there."""
    step = need.quarters_per_interval
    values = {
        "start": f"{local_at(need.first_quarter + window.first * step, zone):%a %Y-%m-%d %H:%M}",
        "end": f"{local_at(need.first_quarter + (window.last + 1) * step, zone):%a %Y-%m-%d %H:%M}",
        "queues": listed(window.names),
        "hours": hours_text(window.missing * need.interval_minutes / 60),
        "able": str(window.able),
    }
    yield Message("why.window", values)
    if window.rules:
        named = [part_text(rule) for rule in window.rules]
        yield Message("why.window_rules", {"rules": listed(named, "or")})
    else:
        yield Message("why.window_no_rule")
