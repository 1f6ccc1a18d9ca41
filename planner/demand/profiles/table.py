"""Sources and mapping keys as Markdown tables for the README."""

from __future__ import annotations

from planner.demand.intake.sources import MAPPING_KEYS
from planner.demand.profiles.profile import AUTO, MAPPING, Profile, known_profiles

_ZONES = {"ask": "ask", "header": "in the title", "written": "in the stamp"}


def sources_table() -> str:
    """Every profile: what it reads, its creation stamp, whose clock that is in, what to beware of.

    Examples
    --------
    >>> [line for line in sources_table().splitlines() if "`counts`" in line][0].split(" | ")[2]
    '`interval_start`'
    """
    head = ["| profile | source | creation stamp | zone | beware |", "| --- | --- | --- | --- | --- |"]
    rows = [_row(profile) for profile in known_profiles().values()]
    auto = f"| `{AUTO}` | any of these; the default | told from the titles | | two that fit alike are asked |"
    anything = f"| `{MAPPING}` | anything else | as the mapping says | ask | see below |"
    return "\n".join([*head, auto, *rows, anything])


def mapping_table() -> str:
    """Every mapping key and what it says.

    Examples
    --------
    >>> mapping_table().splitlines()[2].startswith("| `stamp` | column of the creation stamp")
    True
    """
    rows = [f"| `{key}` | {meaning} |" for key, meaning in MAPPING_KEYS.items()]
    return "\n".join(["| key | what it says |", "| --- | --- |", *rows])


def _row(profile: Profile) -> str:
    what = f"{profile.vendor}: {profile.what}" if profile.vendor else profile.what
    titles = [title for title in profile.columns["stamp"] if title.isascii()][:1]
    several = len(profile.columns["stamp"]) > 1
    stamp = f"`{titles[0].replace('*', 'zone')}`" + (", ..." if several else "")
    zone = _ZONES[profile.zone] + (f", usually {profile.hint}" if profile.hint else "")
    notes = "; ".join(str(note) for note in profile.notes)
    return f"| `{profile.name}` | {what} | {stamp} | {zone} | {notes} |"
