"""What has to be asked about a file before it is read: only where it leaves a doubt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planner._messages import Message
from planner.clock import zone_names
from planner.demand import COLUMNS, LANGUAGE_CODES, Look, Met, known_profiles
from planner.study.importing import CHANNELS
from planner.study.incoming import Choices

if TYPE_CHECKING:
    from planner.demand import Queue
    from planner.study.scenario import Scenario

AUTO, MAPPING = "auto", "mapping"
_PROFILES = frozenset(("profiles.two_alike", "profiles.hardly"))
_COLUMNS = frozenset((
    "profiles.not_known", "profiles.not_known_stamp", "profiles.hardly", "demand.no_stamps",
    "demand.order_contradictory",
))  # fmt: skip
_ORDER, _DECIMAL, _SHEET = "demand.order_unclear", "imports.decimal_mix", "imports.which_sheet"
SURE = 0.5
UNITS = ("seconds", "minutes", "hours", "h:mm:ss")
UNIT_KEYS = ("aht_unit", "first_reply_unit")
"""What plain numbers of a time may mean, and the keys that say it."""
MOST_WORDS = 12


@dataclass(frozen=True)
class Doubts:
    """Questions that a file leaves open, or that were answered and may be answered otherwise.

    Attributes
    ----------
    profiles: of which its owner chooses one; none: no doubt.
    zone: whether the clock of the stamps has to be said.
    readings: "yes" and "no" to whether the day comes first, with the stamp in doubt read so; "" once it is
        answered. decimal: the same for whether 1,5 is one and a half; empty: no doubt.
    sheets: of a workbook, in a sentence; "": no doubt.
    columns: whether what the columns hold is a proposal, or not known.
    words: that say nothing, with how often they come; the usual first.
    ready: nothing stands in the way of reading.
    """

    profiles: tuple[str, ...] = ()
    zone: bool = False
    readings: Mapping[str, str] = field(default_factory=dict)
    decimal: Mapping[str, str] = field(default_factory=dict)
    sheets: str = ""
    columns: bool = False
    words: tuple[Met, ...] = ()
    ready: bool = False


def doubts_of(
    seen: Look, choices: Choices, queues: Sequence[Queue], mistakes: Sequence[Message] = ()
) -> Doubts:
    """What is to be asked about a file.

    Parameters
    ----------
    seen: the file, as said so far. choices: what was said. queues: of the stage on screen.
    mistakes: of reading it.

    Examples
    --------
    >>> doubts_of(Look("a.csv", zone_needed=True), Choices(), []).zone
    True
    """
    told = {message.code: message.values for message in (*seen.mistakes, *mistakes)}
    said = choices.mapping
    known = tuple(one.profile for one in seen.candidates)
    asked = _PROFILES & set(told) or choices.profile != AUTO
    readings = {"yes": "–", "no": "–"} if "day_first" in said else {}
    if _ORDER in told:
        readings = {"yes": str(told[_ORDER]["day_first"]), "no": str(told[_ORDER]["month_first"])}
    guessed = any(message.code == "profiles.guessed" for message in seen.notices)
    return Doubts(
        profiles=tuple(dict.fromkeys((*known, MAPPING))) if asked and known else (),
        zone=seen.zone_needed or bool(choices.zone and not seen.offsets),
        readings=readings,
        decimal={"yes": "", "no": ""} if _DECIMAL in told or "decimal_comma" in said else {},
        sheets=str(told[_SHEET]["sheets"]) if _SHEET in told else str(said.get("sheet", "")),
        columns=guessed or choices.profile == MAPPING or bool(_COLUMNS & set(told)),
        words=_words(seen, choices, queues),
        ready=bool(seen.kind) and not seen.mistakes and not seen.zone_needed,
    )


_ASKED = frozenset((
    "demand.order_unclear", "imports.decimal_mix", "imports.which_sheet", "profiles.hardly",
    "profiles.not_known", "profiles.not_known_stamp", "profiles.two_alike",
))  # fmt: skip


def on_a_page(message: Message) -> Message:
    """A mistake as a page says it: where a question of the page mends it, not the line of a file.

    Examples
    --------
    >>> print(on_a_page(Message("profiles.not_known", {"known": "a, b"})))
    no column could be taken for the time of creation; name it above, under Time of creation
    """
    if message.code not in _ASKED:
        return message
    return Message(f"incoming.{message.code.split('.')[1]}", message.values, message.place)


def rows_apart(mistakes: Sequence[Message]) -> tuple[tuple[Message, ...], tuple[Message, ...]]:
    """Mistakes of a whole file, as a page says them, and those of single rows."""
    rows = tuple(one for one in mistakes if one.code.startswith("demand.row_"))
    return tuple(on_a_page(one) for one in mistakes if one not in rows), rows


def notices_of(seen: Look) -> tuple[Message, ...]:
    """What was assumed of a file, without what ``said_of_profile`` says already."""
    return tuple(one for one in seen.notices if not one.code.startswith("profiles.recognised"))


def _words(seen: Look, choices: Choices, queues: Sequence[Queue]) -> tuple[Met, ...]:
    """Words that nobody understands, and those that their owner has explained."""
    names = {queue.name.casefold() for queue in queues}
    found = []
    for one in seen.words:
        explained = one.word in (choices.mapping.get(f"{one.key}s") or {})
        own_queue = one.key == "queue" and (choices.queues == "file" or one.word.casefold() in names)
        if explained or (not one.meaning and one.key != "direction" and not own_queue):
            found.append(one)
    return tuple(found[:MOST_WORDS])


def meanings_of(key: str, queues: Sequence[Queue]) -> tuple[str, ...]:
    """What a word of a column may stand for: a channel, a language (those of the stage first), a queue."""
    if key == "channel":
        return CHANNELS
    if key == "queue":
        return tuple(queue.name for queue in queues)
    spoken = list(dict.fromkeys(queue.language for queue in queues))
    return (*spoken, *(code for code in LANGUAGE_CODES if code not in spoken))


def usual_queues(scenario: Scenario) -> str:
    """Which queues are proposed: those of a stage that names some, else those of the file.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> usual_queues(Scenario.from_text("people: 5"))
    'file'
    """
    return "scenario" if scenario.said.queues or scenario.said.history else "file"


def zones_of(seen: Look) -> tuple[str, ...]:
    """Zones to choose from; the one that such files usually are in comes first, and none is chosen."""
    names = zone_names()
    hint = seen.zone if seen.zone_needed and seen.zone else ""
    return (hint, *(name for name in names if name != hint)) if hint else names


def said_of_profile(seen: Look) -> Message:
    """Which help desk wrote a file, and how sure that is, in a sentence."""
    best = next((one for one in seen.candidates if one.profile == seen.mapping.profile), None)
    profile = known_profiles().get(seen.mapping.profile)
    if best is None or profile is None:
        return Message("incoming.nobody_known")
    values: Mapping[str, object] = {
        "vendor": profile.vendor or profile.what,
        "what": profile.what,
        "met": best.met,
        "score": f"{100 * best.score:.0f}",
    }
    alike = any(message.code in _PROFILES for message in seen.mistakes)
    return Message(
        f"incoming.{'perhaps' if alike else 'surely' if best.score >= SURE else 'probably'}", values
    )


def columns_of(seen: Look) -> tuple[str, ...]:
    """Keys of columns that a mapping may name, the needed one first, then those that the file has."""
    there = [one.key for one in seen.columns]
    rest = [key for key in COLUMNS if key not in there and key != "stamp"]
    return ("stamp", *(key for key in there if key != "stamp"), *rest)


def with_column(seen: Look, choices: Choices, key: str, title: str | None) -> dict[str, object]:
    """Choices that name another column: what was proposed so far holds as well."""
    mapping = {**seen.mapping.mapping, key: title} if title else dict(seen.mapping.mapping)
    if not title:
        mapping.pop(key, None)
    alike = any(message.code in _PROFILES for message in seen.mistakes)
    profile = choices.profile if alike or seen.mapping.profile == AUTO else seen.mapping.profile
    if profile == AUTO and not seen.candidates:
        profile = MAPPING if mapping.get("stamp") else AUTO
    return {"mapping": mapping, "profile": profile if profile != AUTO else choices.profile}
