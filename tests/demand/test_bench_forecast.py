"""The harness that back-tests any file of counts, on call centres that nobody has."""

from __future__ import annotations

import gzip
import io
import json
from contextlib import redirect_stdout
from dataclasses import replace

import numpy as np
import pytest

from tests.bench.call_centres import CENTRES, calls, rates, write_centres
from tests.bench.forecast import main
from tests.bench.forecast_bars import Bar

BANK = {"bank": CENTRES["bank"]}


def found(capsys, *words: str) -> dict:
    main([*words, "--json"])
    return json.loads(capsys.readouterr().out)


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return write_centres(tmp_path_factory.mktemp("made") / "calls.csv", seed=11)


@pytest.fixture(scope="module")
def of_file(file):
    """What the harness finds in the file."""
    with redirect_stdout(io.StringIO()) as said:
        main([str(file), "--json"])
    return json.loads(said.getvalue())


def test_a_file_of_several_call_centres_keeps_the_bar(of_file):
    result = of_file
    assert set(result["queues"]) == set(CENTRES)
    pooled = result["pooled"]
    assert pooled["hour (dense)"]["to_last_week"] < 0.73
    assert pooled["day"]["to_last_week"] < 0.78
    assert pooled["hour"]["to_eight_weeks"] < 0.95
    assert abs(pooled["day"]["bias"]) < 0.02
    for grain in ("hour", "shift", "day"):
        assert 0.77 < pooled[grain]["coverage80"] < 0.90
    bars = {bar["what"]: bar["told"] for bar in result["bars"]}
    assert bars["hourly to last week, pooled"] == "met (ambitious)"
    assert bars["one queue, seconds"].startswith("met")
    for grain in ("hour", "day"):
        rows = [queue[grain] for queue in result["queues"].values()]
        error = sum(row["wape"] * row["mean"] * row["units"] for row in rows)
        assert pooled[grain]["wape"] == pytest.approx(
            error / sum(row["mean"] * row["units"] for row in rows)
        ), "pooled is all errors over all calls"


def test_rows_without_calls_change_nothing(tmp_path, capsys):
    sparse = write_centres(tmp_path / "sparse.csv", 12, BANK)
    every = write_centres(tmp_path / "every.csv", 12, BANK, every_row=True)
    packed = tmp_path / "packed.csv.gz"
    packed.write_bytes(gzip.compress(every.read_bytes()))
    one, other, third = (found(capsys, str(path)) for path in (sparse, every, packed))
    assert one["queues"] == other["queues"] == third["queues"]


def test_stamps_with_an_offset_and_chosen_origins(tmp_path, capsys):
    plain = write_centres(tmp_path / "plain.csv", 13, {"bank": replace(CENTRES["bank"], minutes=60)})
    lines = plain.read_text().splitlines()
    stamped = tmp_path / "stamped.csv"
    stamped.write_text(
        "\n".join([lines[0], *(line[:19] + "+00:00" + line[19:] for line in lines[1:])]) + "\n"
    )
    words = ("--first-origin", "2023-07-03", "--apart", "14", "--origins", "5")
    one, other = (found(capsys, str(path), *words) for path in (plain, stamped))
    assert one["queues"] == other["queues"]
    assert one["queues"]["bank"]["week"]["units"] == 20


def test_queues_that_are_too_short_are_left_out_and_said(tmp_path, capsys):
    centres = {
        "long": CENTRES["small"],
        "young": replace(CENTRES["small"], days=70),
        "new": replace(CENTRES["small"], days=9, holidays=0, lost=0),
    }
    result = found(capsys, str(write_centres(tmp_path / "calls.csv", 15, centres)))
    assert set(result["queues"]) == {"long"}
    assert set(result["left_out"]) == {"young", "new"}
    assert "at least 84" in result["left_out"]["young"]


def test_tables_are_printed(tmp_path, capsys):
    main([str(write_centres(tmp_path / "calls.csv", 14, {"small": CENTRES["small"]}))])
    out = capsys.readouterr().out
    assert "ALL QUEUES" in out
    assert "hourly to last week, pooled" in out


def test_made_centres_have_their_traits():
    centre = CENTRES["branch"]
    made, lost = rates(centre, 5)
    assert lost.sum() == centre.lost
    weekday = (centre.first_day.weekday() + np.arange(centre.days)) % 7
    assert made[weekday == 6].sum() == 0
    assert (made[weekday < 5].sum(axis=1) == 0).sum() == centre.holidays
    assert calls(centre, 5)[lost].sum() == 0
    assert made[weekday == 5].sum() / (weekday == 5).sum() < 0.6 * centre.per_day


def test_a_bar_tells_how_it_stands():
    told = [Bar("x", value, (0.75, 0.9), (0.77, 0.86)).told for value in (0.8, 0.88, 0.95, None)]
    assert told == ["met (ambitious)", "met (must)", "SHORT", "not measured"]


@pytest.mark.parametrize("ending", ["-05:00", "+0900", "Z", ""])
def test_days_are_those_of_the_clock_that_the_stamps_show(file, of_file, tmp_path, capsys, ending):
    lines = file.read_text(encoding="utf-8").splitlines()
    written = (line.replace("+00:00", ending).replace("Z,", f"{ending},") for line in lines[1:])
    other = tmp_path / "calls.csv"
    other.write_text("\n".join([lines[0], *written]) + "\n", encoding="utf-8")
    assert found(capsys, str(other))["queues"] == of_file["queues"]
