"""What live and planned work leave for deferred work, blending, and what is refused; by hand."""

from dataclasses import replace

import numpy as np
import pytest

from planner._errors import InputError
from planner.clock import OpeningHours, OpeningLine
from planner.demand import PlannedWindow, PlannedWork, Promise, Queue, Volumes
from planner.people import Agent, Team, skills
from planner.requirement import NeedSettings, require

ALWAYS = OpeningHours("UTC", (OpeningLine(frozenset(range(7)), True, 0, 1440),))
NINE_TO_FIVE = OpeningHours("UTC", (OpeningLine(frozenset(range(7)), True, 540, 1020),))
MIDNIGHT = 20_540 * 96
PHONE = Queue("phone en", "phone", "en", 300.0, Promise(0.8, 20.0))
EMAIL = Queue("email en", "email", "en", 600.0, Promise(0.9, 7200.0), replies=2.0)
TICKETS = Queue("tickets", "email", "en", 600.0, Promise(0.9, 14_400.0))
TEAM = Team((Agent("Ada", "", "UTC", {"en": None}), Agent("Ben", "", "UTC", {"en": None, "fr": None})))


def volumes_of(rows, minutes=30):
    mean = np.array(list(rows.values()), dtype=float)
    zeros = np.zeros(mean.shape[1], dtype=int)
    return Volumes(tuple(rows), MIDNIGHT, minutes, mean, mean, mean, {}, zeros, zeros)


def need_of(rows, queues, opening=ALWAYS, planned=(), when_closed=None, team=TEAM, minutes=30, **decided):
    hours = opening if isinstance(opening, dict) else {queue.name: opening for queue in queues}
    table = skills(team, queues, (), planned)
    decided = {"safety": 0.0, **decided}
    return require(
        volumes_of(rows, minutes),
        queues,
        team,
        table,
        hours,
        NeedSettings(**decided),
        planned=planned,
        when_closed=when_closed or {},
    )


def listed(need):
    return [(sorted(row.queues), row.what) for row in need.backlogs]


def overdue(row, capacity):
    """The recursion of ``Backlog`` with capacity in units."""
    waiting, late = row.carried_in, []
    for a, u, c in zip(row.arriving, row.not_due, capacity, strict=True):
        waiting = max(0, waiting + int(a) - int(c))
        late.append(max(0, waiting - int(u)))
        waiting -= late[-1]
    return late


# --- planned work -------------------------------------------------------------------------------------

CALLS_OUT = PlannedWork(
    "calls out",
    "call-backs",
    fixed=False,
    windows=(
        PlannedWindow(MIDNIGHT + 36, MIDNIGHT + 48, work_seconds=3600.0),
        PlannedWindow(MIDNIGHT + 60, MIDNIGHT + 68, work_seconds=900.0),
        PlannedWindow(MIDNIGHT + 960, MIDNIGHT + 968, work_seconds=900.0),
    ),
)


def test_movable_work_comes_with_its_window_and_is_due_by_its_end():
    need = need_of({"tickets": np.zeros(48)}, [TICKETS], planned=[CALLS_OUT])
    assert listed(need) == [
        (["tickets"], "first replies"),
        (["calls out"], "planned work"),
        (["calls out", "tickets"], "first replies"),
    ]
    row = need.backlogs[1]
    assert np.flatnonzero(row.arriving).tolist() == [18, 30]
    assert row.arriving[[18, 30]].tolist() == [240, 60]
    assert row.not_due.tolist() == [0] * 18 + [240] * 5 + [0] * 7 + [60] * 3 + [0] * 15
    assert not row.margin_arriving.any()
    drawn = need_of({"tickets": np.zeros(48)}, [TICKETS], planned=[replace(CALLS_OUT, random=True)])
    assert drawn.backlogs[1].margin_arriving[18] == pytest.approx(np.sqrt(3600 * 600 * 2 / 2) / 15)
    assert not need.required[need.sets.index(frozenset({"calls out"}))].any()


def test_of_a_window_that_began_before_the_period_counts_the_part_inside():
    window = PlannedWindow(MIDNIGHT - 8, MIDNIGHT + 8, work_seconds=900.0)
    work = replace(CALLS_OUT, windows=(window,))
    row = need_of({"tickets": np.zeros(48)}, [TICKETS], planned=[work]).backlogs[1]
    assert row.arriving.tolist() == [30] + [0] * 47
    assert row.not_due.tolist() == [30] * 3 + [0] * 45


def test_fixed_planned_people_are_taken_from_deferred_work():
    window = PlannedWindow(MIDNIGHT + 8, MIDNIGHT + 12, people=2)
    training = PlannedWork("training", "training", windows=(window,))
    need = need_of({"tickets": np.ones(12)}, [TICKETS], planned=[training])
    each = need.backlogs[0].per_person
    # whoever can be trained can serve tickets: their own limit says it all
    ((names, taken),) = need.backlogs[0].limits
    assert names == frozenset({"tickets"})
    assert taken.tolist() == [0] * 4 + [2 * each] * 2 + [0] * 6


def test_people_who_are_planned_and_others_who_serve_are_counted_together():
    team = Team((*TEAM.agents, Agent("Cid", "", "UTC", {"fr": None})))
    window = PlannedWindow(MIDNIGHT + 8, MIDNIGHT + 12, people=2)
    training = PlannedWork("training", "training", windows=(window,))
    need = need_of(
        {"tickets": np.ones(12), "phone en": np.ones(12)}, [TICKETS, PHONE], planned=[training], team=team
    )
    each = need.backlogs[0].per_person
    own, joined, everybody = need.backlogs[0].limits
    assert [sorted(names) for names, _ in (own, joined, everybody)] == [
        ["tickets"],
        ["phone en", "tickets"],
        ["phone en", "tickets", "training"],
    ]
    assert not own[1].any()
    assert joined[1].tolist() == [20] * 12
    # Cid could be one of the two
    assert everybody[1].tolist() == [20] * 4 + [20 + 2 * each] * 2 + [20] * 6


# --- live and deferred work of the same people --------------------------------------------------------


def people_for(calls_erlang, ticket_erlang, together=True, interruptible=True, cap=1.0):
    """People needed all day for a constant load of calls and tickets, apart or shared."""
    phone = replace(PHONE, aht_seconds=180.0)
    tickets = replace(TICKETS, interruptible=interruptible)
    rows = {"phone en": np.full(96, calls_erlang * 10.0), "tickets": np.full(96, ticket_erlang * 3.0)}
    if together:
        need = need_of(rows, [phone, tickets], occupancy_cap=cap)
    else:
        team = Team(
            (
                Agent("Ada", "", "UTC", {"en": frozenset({"phone"})}),
                Agent("Ben", "", "UTC", {"en": frozenset({"email"})}),
            )
        )
        need = need_of(rows, [phone, tickets], occupancy_cap=cap, team=team)
    calls = need.required[need.sets.index(frozenset({"phone en"}))]
    assert (calls == calls[0]).all()
    (row,) = need.backlogs
    if not together:
        return int(calls[0]) + constant(row)
    return constant(row, int(calls[0]))


def constant(row, least=0):
    """The fewest people, the same number all the time, without overdue work."""
    n = least
    while any(
        overdue(row, np.maximum(0, np.min([row.per_person * n - taken for _, taken in row.limits], axis=0)))
    ):
        n += 1
    return n


def test_a_minimum_on_duty_that_nobody_calls_is_free_for_work():
    held = replace(TICKETS, interruptible=False)
    rows = {"phone en": np.full(12, 0.2), "tickets": np.ones(12)}
    need = need_of(rows, [PHONE, held], presence={"phone en": 3})
    assert need.required[0].tolist() == [3] * 12
    assert (need.backlogs[0].limits[1][1] == need.backlogs[0].per_person).all()


def test_projects_can_be_put_down_and_calls_out_cannot():
    work = replace(CALLS_OUT, windows=CALLS_OUT.windows[:1])
    rows = {"phone en": np.full(48, 9.0)}
    for what, free in (("project", 9 * 20), ("call-backs", None)):
        need = need_of(rows, [PHONE], planned=[replace(work, what=what)])
        calls = need.required[need.sets.index(frozenset({"phone en"}))]
        each = need.backlogs[0].per_person
        assert need.backlogs[0].limits[-1][1].tolist() == [free or calls[0] * each] * 48


def test_blending_pays_where_a_ticket_can_be_put_down():
    # 6 erlang of calls (80 % in 20 s) and 2.5 of tickets: 9 + 3 apart
    assert people_for(6.0, 2.5, together=False) == 12
    assert people_for(6.0, 2.5) == 9
    assert people_for(6.0, 2.5, interruptible=False) == 12
    # with people busy no more than 85 % of their time, 8.5 erlang need 10
    assert people_for(6.0, 2.5, cap=0.85) == 10


def test_tickets_of_both_kinds_are_neither_all_held_nor_all_put_down():
    held = replace(EMAIL, replies=1.0, interruptible=False)
    other = replace(held, name="forms")
    rows = {
        "phone en": np.full(48, 9.0),
        "tickets": np.ones(48),
        "email en": np.ones(48),
        "forms": np.ones(48),
    }
    need = need_of(rows, [PHONE, TICKETS, held, other])
    calls = need.required[need.sets.index(frozenset({"phone en"}))]
    each = need.backlogs[0].per_person
    taken = {tuple(sorted(row.queues)): row.limits[-1][1] for row in need.backlogs}
    assert list(taken) == [
        ("tickets",),
        ("email en",),
        ("forms",),
        ("email en", "forms"),
        ("email en", "forms", "tickets"),
    ]
    assert (taken[("email en", "forms")] == calls * each).all()
    assert (taken[("email en", "forms", "tickets")] == 9 * 20).all()


def test_a_slower_language_makes_more_work():
    slow = Team(
        (Agent("Ada", "", "UTC", {"en": None}, slower={"en": 1.5}), Agent("Ben", "", "UTC", {"en": None}))
    )
    rows = {"email en": np.ones(48), "phone en": np.ones(48)}
    doors = {"phone en": {"voicemail": 1.0}}
    opening = {"email en": ALWAYS, "phone en": NINE_TO_FIVE}
    usual = need_of(rows, [EMAIL, PHONE], opening, when_closed=doors, open_tickets={"email en": 4})
    slower = need_of(
        rows, [EMAIL, PHONE], opening, when_closed=doors, open_tickets={"email en": 4}, team=slow
    )
    for row, more in zip(usual.backlogs, slower.backlogs, strict=True):
        assert more.arriving.sum() == pytest.approx(1.25 * row.arriving.sum(), abs=1)
        assert more.margin_arriving == pytest.approx(1.25 * row.margin_arriving)


# --- doors, and what is refused -----------------------------------------------------------------------


def test_callers_who_return_at_opening_are_staffed_for():
    rows = {"phone en": np.full(48, 6.0)}
    usual = need_of(rows, [PHONE], NINE_TO_FIVE)
    back = need_of(rows, [PHONE], NINE_TO_FIVE, when_closed={"phone en": {"returns at opening": 0.5}})
    more = back.required[0] - usual.required[0]
    assert more[18] > 5
    assert not np.delete(more, 18).any()


@pytest.mark.parametrize(
    ("opening", "decided", "words"),
    [
        (ALWAYS, {}, "email en is promised after its opening, but never closes"),
        (NINE_TO_FIVE, {"open_tickets": {"phone en": 3}}, "open tickets are given for phone en"),
        (NINE_TO_FIVE, {"open_tickets": {"fax": 3}}, "open tickets are given for fax"),
        (NINE_TO_FIVE, {"open_tickets": {"email en": -1}}, "open tickets of email en are -1"),
        (NINE_TO_FIVE, {"voicemail_seconds": -1.0}, "call voicemail back is -1 s"),
        (NINE_TO_FIVE, {"occupancy_cap": 0.001}, "nothing of an interval is left for work"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(opening, decided, words):
    mail = replace(EMAIL, promise=Promise(0.9, 3600.0, "after opening"))
    with pytest.raises(InputError, match=words):
        need_of({"email en": np.ones(48), "phone en": np.ones(48)}, [mail, PHONE], opening, **decided)
