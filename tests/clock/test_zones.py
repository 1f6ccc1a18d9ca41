"""Zones come from the pinned package, by IANA name only."""

from __future__ import annotations

import os
import subprocess
import sys
import zoneinfo
from datetime import UTC, datetime
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import pytest

from planner._errors import InputError
from planner.clock import CITIES, tzdata_version, zone_named
from planner.clock.places import ABBREVIATIONS, OFFSETS


@pytest.mark.parametrize(
    "name",
    [
        "Europe/Lisbon",
        "America/Argentina/Buenos_Aires",
        "US/Pacific",
        "UTC",
        "Etc/UTC",
        "Etc/GMT-8",
        "Etc/GMT+5",
    ],
)
def test_iana_names_are_taken(name: str) -> None:
    assert zone_named(name).key == name


@pytest.mark.parametrize(
    ("name", "city"),
    [
        ("CET+1", "Europe/Paris"),
        ("CET", "Europe/Paris"),
        ("EST", "America/New_York"),
        ("est", "America/New_York"),
        ("EST5EDT", "America/New_York"),
        ("GMT", "Europe/London"),
        ("GMT+2", "Europe/Athens"),
        ("UTC+5:45", "Asia/Kathmandu"),
        ("UTC-8", "America/Los_Angeles"),
        ("+0530", "Asia/Kolkata"),
        ("−3", "America/Sao_Paulo"),
        ("Japan", "Asia/Tokyo"),
        ("Milan", "Europe/Rome"),
        ("Rome", "Europe/Rome"),
        ("europe/rome", "Europe/Rome"),
        ("Europe/Rom", "Europe/Rome"),
        ("America/New York", "America/New_York"),
        ("utc", "Etc/UTC"),
        ("Buenos Aires", "America/Argentina/Buenos_Aires"),
        ("", "Europe/Lisbon"),
        ("x" * 100_000, "Europe/Lisbon"),
    ],
)
def test_anything_else_is_refused_with_the_nearest_city(name: str, city: str) -> None:
    with pytest.raises(InputError) as caught:
        zone_named(name)
    (message,) = caught.value.messages
    assert message.code == "clock.unknown_zone"
    assert message.values == {"zone": name, "near": city}
    assert zone_named(city)


def test_no_zone_file_of_the_system_is_read() -> None:
    assert zoneinfo.TZPATH == ()


def test_wrong_zones_of_the_system_change_nothing(tmp_path: Path) -> None:
    wrong = tmp_path / "Europe" / "Rome"
    wrong.parent.mkdir()
    wrong.write_bytes(files("tzdata").joinpath("zoneinfo", "Asia", "Tokyo").read_bytes())
    program = (
        "import zoneinfo; early = zoneinfo.ZoneInfo('Europe/Rome')\n"
        "from planner.clock import to_utc\n"
        "import pandas\n"
        "at = to_utc('2026-06-01', '12:00', 'Europe/Rome')\n"
        "print(at.hour, at.astimezone(early).hour, pandas.Timestamp(at).tz_convert('Europe/Rome').hour)\n"
    )
    environment = {**os.environ, "PYTHONTZPATH": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    # A zone made before the planner was loaded is wrong; everything made afterwards is right.
    assert done.stdout.split() == ["10", "19", "12"]


def test_version_is_the_package_s() -> None:
    year, release = version("tzdata").split(".")[:2]
    assert tzdata_version() == f"{year}{'abcdefghijklmnopqrstuvwxyz'[int(release) - 1]}"


def test_every_suggestion_is_a_zone() -> None:
    for zone in [*ABBREVIATIONS.values(), *OFFSETS.values(), *(zone for _, zone in CITIES.values())]:
        assert zone_named(zone).key == zone


def test_suggestions_for_an_offset_have_it_in_winter() -> None:
    for minutes, name in OFFSETS.items():
        offsets = [
            datetime(2026, month, 1, tzinfo=UTC).astimezone(zone_named(name)).utcoffset() for month in (1, 7)
        ]
        assert min(offset.total_seconds() / 60 for offset in offsets if offset is not None) == minutes
