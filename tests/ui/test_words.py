import re
from pathlib import Path

import pytest

from planner._messages import catalogue
from planner.demand import COLUMNS, known_profiles
from planner.demand.intake import noting, reading
from planner.study import PlanProgress, workspace
from planner.ui import parts, progress
from planner.ui.words import t

WORDS = catalogue("en")
PROFILES = known_profiles().values()
# Rows that cannot be read; those that a profile leaves out; those that the reading leaves out by itself.
REASONS = {
    *noting.BAD,
    *(code.removeprefix("demand.row_") for code in WORDS if code.startswith("demand.row_")),
    *(sieve.because for profile in PROFILES for sieve in (*profile.leave_out, *profile.only)),
    *("below", "duplicate", "filtered", "header_again", "inbound", "outbound", "outside_dates"),
    *reading._NO_QUEUE,
}
PHASES = re.findall(r'"([a-z ]+)"', PlanProgress.__doc__)


@pytest.mark.parametrize("reason", sorted(REASONS))
def test_every_reason_for_leaving_a_row_out_has_words(reason):
    assert t(f"demand.left_{reason}")


@pytest.mark.parametrize("key", COLUMNS)
def test_every_column_that_may_be_named_has_words(key):
    assert t(f"import.column_{key}")


def test_every_phase_has_words():
    assert len(PHASES) > 8
    for phase in PHASES:
        assert t(f"solve.phase_{phase.replace(' ', '_')}")


def test_every_sample_is_described():
    for name in workspace.samples():
        assert t(f"start.sample_{name.replace('-', '_')}")


def test_every_word_of_the_pages_is_used():
    """Named in full, or by the beginning of it where the rest is what is shown."""
    sources = "".join(path.read_text(encoding="utf-8") for path in parts_folder().rglob("*.py"))
    begun = {*re.findall(r"""f?["']([a-z]+\.[a-z_]*)(?:\{|["'] \+)""", sources)}
    # "import." alone would stand for every word of reading a file.
    begun = (begun - {"import."}) | {
        "demand.part",
        "compare.part",
        "export.part",
        "import.day_first",
        "import.decimal_comma",
    }
    ours = [re.sub(r"^(ui\.|page_)", "", code) for code in WORDS if code.startswith(("ui.", "page_"))]
    named = set(re.findall(r"""["']([a-z_.0-9]+)["']""", sources))
    unused = [code for code in ours if not code.startswith(tuple(begun)) and code not in named]
    assert unused == []


def parts_folder():
    return Path(parts.__file__).parent


def test_a_little_is_not_shown_as_nothing():
    assert [parts.hours(amount) for amount in (None, 0, 0.03, 3.6, 1130.2)] == [
        "–",
        "0 h",
        "0.03 h",
        "4 h",
        "1,130 h",
    ]


def test_money_that_is_not_known_is_a_dash():
    assert [parts.money(amount, "EUR") for amount in (None, 0, 21838.4)] == ["–", "0 EUR", "21,838 EUR"]


def test_progress_never_runs_over():
    said = [{}, {"stage": 1, "stages": 4}, {"stage": 4, "stages": 4}, {"stage": 9, "stages": 4}]
    assert [progress.share_done(each) for each in said] == [0.5, 0.125, 0.875, 1.0]
