"""Three kinds of shrinkage, each applied once, with exact fractions."""

from fractions import Fraction
from math import ceil, comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner._errors import InputError
from planner.requirement import gross_people, payroll_fte, rostered_people
from planner.requirement.shrinkage import people_for_occupancy, present_share

hundredths = st.integers(0, 90).map(lambda n: n / 100)


@pytest.mark.parametrize(
    ("net", "away", "people"), [(14, 0.30, 20), (21, 0.30, 30), (9, 0.55, 20), (42, 0.30, 60), (5, 0.10, 6)]
)
def test_exact_where_floats_give_one_too_many(net, away, people):
    assert gross_people(net, away) == people


@given(st.integers(0, 500), hundredths, hundredths, st.integers(0, 5))
def test_enough_and_not_one_more(net, busy, no_shows, presence):
    people = gross_people(net, busy, no_shows, presence)
    there = (1 - Fraction(str(busy))) * (1 - Fraction(str(no_shows)))
    assert present_share(busy, no_shows) == there
    assert people >= presence
    assert people * there >= net
    assert people == presence or (people - 1) * there < net
    assert people == max(presence, ceil(net / there))


def test_absence_sizes_the_team():
    assert payroll_fte(168.0, 40.0) == pytest.approx(4.2)
    assert payroll_fte(168.0, 40.0, absence=0.3) == 6.0


def test_occupancy():
    assert people_for_occupancy(0.0, 0.85) == 0
    assert people_for_occupancy(1.7, 0.85) == 2


def test_shares_that_cannot_be_are_refused():
    with pytest.raises(InputError, match="busy inside the shift is 1"):
        gross_people(3, 1.0)
    with pytest.raises(InputError) as caught:
        payroll_fte(-1.0, 0.0, absence=2.0)
    assert len(caught.value.messages) == 3


@pytest.mark.parametrize(
    ("needed", "confidence", "people"),
    [(2, 0.95, 3), (2, 0.99, 4), (10, 0.95, 12), (2, 0.85, 2), (0, 0.99, 0)],
)
def test_small_teams_as_published(needed, confidence, people):
    assert rostered_people(needed, 0.07, confidence) == people


def present(people, needed, away):
    """P(at least so many present), term by term from the top."""
    away = Fraction(str(away))
    return sum(
        comb(people, there) * (1 - away) ** there * away ** (people - there)
        for there in range(needed, people + 1)
    )


@given(st.integers(0, 40), st.integers(0, 60).map(lambda n: n / 100), st.integers(1, 999))
def test_enough_are_present_and_one_less_would_not_be(needed, away, thousandth):
    people = rostered_people(needed, away, thousandth / 1000)
    goal = Fraction(thousandth, 1000)
    assert present(people, needed, away) >= goal
    assert people == needed or present(people - 1, needed, away) < goal


def test_a_tie_with_the_chance_is_enough():
    # both of two come with 0.81 exactly; floats say 0.8100000000000001 or less
    assert rostered_people(2, 0.1, 0.81) == 2
    assert rostered_people(2, 0.1, 0.8101) == 3
    assert rostered_people(3000, 0.03, 0.95) == 3109


def test_chances_that_cannot_be_are_refused():
    with pytest.raises(InputError) as caught:
        rostered_people(-1, 1.0, 95)
    assert len(caught.value.messages) == 3
    with pytest.raises(InputError, match="chance of enough people is 1; write"):
        rostered_people(1, 0.1, 1.0)


@pytest.mark.parametrize("no_shows", [0.0, 0.07, 0.25])
@pytest.mark.parametrize("confidence", [0.9, 0.95, 0.99])
def test_enough_of_a_small_team_come_by_counting_who_does(no_shows, confidence):
    away = Fraction(str(no_shows))

    def chance(rostered, needed):
        return sum(
            comb(rostered, there) * (1 - away) ** there * away ** (rostered - there)
            for there in range(needed, rostered + 1)
        )

    for needed in range(8):
        people = rostered_people(needed, no_shows, confidence)
        assert chance(people, needed) >= Fraction(str(confidence))
        assert people == needed or chance(people - 1, needed) < Fraction(str(confidence))
