"""Writing scenarios back, changing them, starting from a sentence, the table of keys."""

# ruff: noqa: E501 - texts and the sentences they get stand side by side

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner import _yaml
from planner._errors import ScenarioError
from planner._messages import Message
from planner.study.scenario import Scenario, scenario_table
from planner.study.scenario.said import Said
from planner.study.scenario.sense import sense_mistakes
from planner.study.scenario.table import rows

ROOT = Path(__file__).parents[2]
durations = st.integers(1, 600).map(lambda minutes: f"{minutes} min")
percents = st.integers(0, 99).map(lambda share: f"{share}%")
some_percents = st.integers(0, 80).map(lambda share: f"{share}%")
days = st.dates(date(2025, 1, 1), date(2027, 1, 1)).map(date.isoformat)
clocks = st.integers(0, 95).map(lambda quarter: f"{quarter // 4:02d}:{quarter % 4 * 15:02d}")
word = st.text("abcdefgh", min_size=1, max_size=6)


def mapping(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Any of these keys, or none."""
    return st.fixed_dictionaries({}, optional=fields)


scenarios = mapping(
    name=word,
    zone=st.sampled_from(["Europe/Lisbon", "Asia/Manila", "UTC"]),
    period=st.fixed_dictionaries({"first_day": days, "weeks": st.integers(1, 13).map(str)}),
    interval=st.sampled_from(["15 min", "30 min", "60 min"]),
    volume=st.integers(0, 500).map(lambda n: {"all": f"{n}"}),
    people=st.lists(
        st.fixed_dictionaries({"count": st.integers(1, 3).map(str)}, optional={"cost": st.integers(1, 99).map(str), "nights": st.sampled_from(["yes", "no"]), "languages": st.sampled_from(["en", "en, fr(email)", "none"])}),
        min_size=1,
        max_size=3,
    ),
    opening_hours=st.lists(mapping(days=st.sampled_from(["mon-fri", "sat, sun", "all", "public holidays"]), open=clocks, close=clocks, closed=st.sampled_from(["yes", "no"])), min_size=1, max_size=2),
    away=mapping(sickness=percents, absence=percents),
    busy_inside_shift=some_percents,
    no_shows=some_percents,
    follow_up_within=durations,
    shifts=st.lists(st.fixed_dictionaries({"name": word, "start": st.lists(clocks, min_size=1, max_size=4).map(", ".join)}, optional={"paid_hours": st.sampled_from(["4", "7.5", "8"]), "break": st.sampled_from(["30 min unpaid", "none"])}), max_size=3, unique_by=lambda shift: shift["name"]),
    growth=mapping(customers=st.tuples(st.integers(1, 9999), st.integers(1, 9999)).map(lambda pair: f"{pair[0]} -> {pair[1]}"), more_contacts=st.fixed_dictionaries({"all": percents})),
    prices=mapping(missing_hour=st.sampled_from(["10 x dearest hour", "75", "2.5 x dearest hour"]), extra_hour=st.sampled_from(["0", "0.5"])),
    solve=mapping(seed=st.integers(0, 99).map(str), effort=st.sampled_from(["quick", "normal"]), time_limit=durations.filter(lambda d: int(d.split()[0]) <= 10)),
    starts=days,
    gates=st.lists(st.sampled_from([{"survives": "any one person absent for a shift"}, {"cost_uplift": {"at_most": "12.5%"}}, {"promise_kept": {"in": "new hours", "in_weeks": "9 of 10"}}, {"promise_kept": {"in": "old hours"}}, {"nights_per_person": {"at_most": "6.5 a month"}}, {"escalation": "every open hour"}]), max_size=3),
    rules=st.lists(st.sampled_from([{"max_days_in_row": {"days": "5"}}, {"two_days_off_together": {}}]), max_size=2),
    staffing=mapping(method=st.just("interval"), forecast=st.sampled_from(["mean", "expected", "quantile 75%"]), small_teams=st.sampled_from(["90%", "99.5%"])),
    voicemail_within=durations,
    planned_work=st.lists(st.one_of(
        st.fixed_dictionaries({"name": word, "people": st.integers(1, 3).map(str), "from": clocks, "to": clocks}, optional={"days": st.sampled_from(["mon-fri", "tue, public holidays"]), "weeks": st.sampled_from(["every week", "every 2 weeks", "every 3 weeks from 2026-06-08", "2026-06-02, 2026-06-09"]), "what": st.sampled_from(["training", "mentoring"])}),
        st.fixed_dictionaries({"name": word, "minutes": st.sampled_from(["240 min a weekday", "20 h a week", "90 min a day"])}, optional={"between": st.just("10:00-16:00"), "piece": durations, "who": st.just("all")}),
    ), max_size=2, unique_by=lambda work: work["name"]),
    meetings=st.lists(mapping(on=st.sampled_from(["tue 10:00", "mon-wed 09:15"]), length=st.sampled_from(["30 min", "1 h"]), who=st.sampled_from(["all", "all in 3 turns"]), every=st.sampled_from(["week", "2 weeks"])), max_size=1),
    outsource=mapping(price=st.integers(1, 30).map(str), to=clocks),
)  # fmt: skip


@given(scenarios)
def test_what_is_written_reads_back_as_the_same(plain: dict[str, Any]) -> None:
    s = Scenario.from_text(_yaml.dump(plain))
    again = Scenario.from_text(s.dump())
    assert again == s
    assert hash(again) == hash(s)
    assert again.dump() == s.dump()


@given(scenarios, scenarios)
def test_scenarios_that_differ_are_written_differently(one: dict[str, Any], other: dict[str, Any]) -> None:
    a, b = Scenario.from_text(_yaml.dump(one)), Scenario.from_text(_yaml.dump(other))
    assert (a == b) or a.dump() != b.dump()


@given(scenarios, scenarios)
def test_replace_says_what_a_file_that_starts_from_it_would(
    base: dict[str, Any], over: dict[str, Any]
) -> None:
    s = Scenario.from_text(_yaml.dump(base))
    merged = _yaml.merge(_yaml.tree(s.plain), _yaml.tree(over)).plain()
    assert s.replace(**over) == Scenario.from_text(_yaml.dump(merged))


@pytest.mark.parametrize(
    "file", sorted((ROOT / "scenarios").glob("*/*.yaml")), ids=lambda file: f"{file.parent.name}/{file.stem}"
)
def test_shipped_scenarios_read_back(file: Path) -> None:
    s = Scenario.load(file)
    again = Scenario.from_text(s.dump(), name=file.name, folder=file.parent)
    assert again == s
    assert again.team == s.team


def test_replace() -> None:
    s = Scenario.from_text("people: 5\nsolve: {seed: 2, effort: quick}\nvolume: 80")
    other = s.replace(
        solve={"seed": 3},
        volume=None,
        opening_hours=[{"days": "all", "closed": False}],
        starts=date(2026, 6, 1),
        busy_inside_shift=0.1,
    )
    assert (other.seed, other.effort, other.starts) == (3, "quick", date(2026, 6, 1))
    assert other.need_settings.busy_inside_shift == 0.1
    assert other.stated_volumes == {"email en": 100.0}
    assert s.stated_volumes == {"email en": 80.0}
    assert s != other
    with pytest.raises(ScenarioError) as caught:
        s.replace(solve={"sead": 3}, no_shows=30)
    assert [str(message) for message in caught.value.messages] == [
        "no_shows: 30 would be 3000 %; write 30% or 0.30",
        "solve.sead: unknown; did you mean seed?",
    ]


def test_scenarios_are_frozen() -> None:
    s = Scenario.from_text("")
    with pytest.raises(ValueError, match="frozen"):
        s.persons = ()  # type: ignore[misc]
    assert s != "a scenario"


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        (
            "9 people, 40 h, English, about 100 tickets a weekday",
            {"people": [{"count": "9", "weekly_hours": "40", "languages": "en"}], "volume": {"all": "100"}},
        ),
        ("12 agents, English and Italian, 600 e-mails a week", {"people": [{"count": "12", "languages": "en, it"}], "volume": {"all": "111"}}),  # weekends bring 0.4 of a weekday
        ("5 people; 38.5 hours a week; 24/7", {"people": [{"count": "5", "weekly_hours": "38.5"}], "opening_hours": [{"days": "all", "open": "00:00", "close": "24:00"}]}),
        ("mon-sat 8-20, 1 000 contacts a month", {"volume": {"all": "42.6"}, "opening_hours": [{"days": "mon-sat", "open": "8:00", "close": "20:00"}]}),
        ("4 people, EN, 1,200 tickets/day", {"people": [{"count": "4", "languages": "en"}], "volume": {"all": "1200"}}),
        ("open 9:30 to 18, 14.50 EUR per hour", {"people": [{"count": "9", "cost": "14.50"}], "opening_hours": [{"days": "mon-fri", "open": "9:30", "close": "18:00"}]}),
        ("in Lisbon, 4 weeks from 2026-09-07", {"zone": "Europe/Lisbon", "sites": [{"name": "Lisbon", "zone": "Europe/Lisbon", "public_holidays": "Lisbon"}], "period": {"first_day": "2026-09-07", "weeks": "4"}}),
        (
            "French, 60 tickets and 40 calls a day",
            {
                "people": [{"count": "9", "languages": "fr"}],
                "queues": [{"name": "email fr", "channel": "email", "language": "fr"}, {"name": "phone fr", "channel": "phone", "language": "fr"}],
                "volume": {"email fr": "60", "phone fr": "40"},
            },
        ),
    ],
)  # fmt: skip
def test_a_sentence_makes_a_scenario(sentence: str, said: dict[str, Any]) -> None:
    s = Scenario.quick(sentence)
    expected = Scenario.from_text(_yaml.dump({"name": "Quick start", **said}))
    assert s.plain == expected.plain
    assert s == expected
    assert s.assumptions


def test_words_that_are_not_understood_are_named() -> None:
    with pytest.raises(ScenarioError) as caught:
        Scenario.quick("9 people, a few tickets, Elvish")
    assert [str(message).partition(";")[0] for message in caught.value.messages] == [
        '"a few tickets" is not understood',
        '"Elvish" is not understood',
    ]
    with pytest.raises(ScenarioError, match="is not a whole number of at least 1"):
        Scenario.quick("0 people")
    with pytest.raises(ScenarioError, match='"5 people" is not understood'):
        Scenario.quick("9 people, 5 people")
    with pytest.raises(ScenarioError, match=r'"word( word)* \[\.\.\.\]" is not understood'):
        Scenario.quick("word " * 1000)


def test_the_table_has_every_key_with_its_meaning() -> None:
    table = scenario_table()
    lines = table.splitlines()
    assert all(line.count(" | ") == 3 for line in lines)
    for path, model, name in rows(Said):
        info = model.model_fields[name]
        assert info.description, path
        assert info.examples, path
        assert sum(line.startswith(f"| `{path}` |") for line in lines) == 1, path
    assert sum(1 for _ in rows(Said)) > 120
    assert (
        "| `minimum_on_duty` | people while open, by queue or all; 2: nobody works alone | `{all: 1}` |"
        in table
    )
    assert "| `queues[].promise` |" in table
    assert (
        "| `gates[].promise_kept.in_weeks` | new hours: weeks in which a queue keeps its promise; the queue that "
        "does so least often decides | `9 of 10` |" in table
    )
    assert "|  |" not in table


def test_every_example_of_the_table_can_be_said() -> None:
    # Examples stand in the place of their key; what they need around them is given here.
    around: dict[type, dict[str, Any]] = {}
    for path, model, name in rows(Said):
        info = model.model_fields[name]
        key = info.alias or name
        given = _yaml.load(f"{key}: {(info.examples or [''])[0]}").plain()
        if model not in around:
            needed = {
                f.alias or n: _yaml.load(str((f.examples or [""])[0])).plain()
                for n, f in model.model_fields.items()
                if f.is_required()
            }
            around[model] = needed
        model.model_validate({**around[model], **given}), path


KEYS = sorted(
    {
        info.alias or name
        for _, model, key in rows(Said)
        for name, info in model.model_fields.items()
        if name == key
    }
)
EXAMPLES = [
    _yaml.load(f"a: {(model.model_fields[key].examples or [''])[0]}").plain()["a"]
    for _, model, key in rows(Said)
]
WORDS = ["", "none", "all", "5", "-1", "1e9", "25%", "30", "2 h", "mon-fri", "22:00", "24:00", "UTC", "CET", "en", "yes", "a", "0 -> 5",
         "2026-02-30", "9999-12-31", "0001-01-01", "pt", "cyclic", "99999999999999999999", "\u2028", "{x}", "%s"]  # fmt: skip
anything = st.recursive(
    st.sampled_from(WORDS) | st.sampled_from(EXAMPLES),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from([*KEYS, "minimum_rest", "promise_kept"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(list(Said.model_fields)), anything, max_size=4))
def test_whatever_is_written_is_a_scenario_or_a_list_of_mistakes(plain: dict[str, Any]) -> None:
    messages: tuple[Message, ...] = ()
    try:
        s = Scenario.from_text(_yaml.dump(plain))
        messages = (*s.assumptions, *s.notices, *sense_mistakes(s))
    except ScenarioError as error:
        mistakes = error.messages
        messages = mistakes
    else:
        mistakes = ()
    assert all(str(message) for message in messages)
    assert all(message.place and message.place.line for message in mistakes)
