"""Profiles: what a help desk's export calls things, and which columns of a source are read."""

from planner.demand.profiles.detecting import Detected, certain, detect, header_of, is_lines, paths_of
from planner.demand.profiles.layout import (
    Layout,
    RowFilter,
    filters_of,
    folded,
    label_places_of,
    layout_of,
    places_of,
)
from planner.demand.profiles.mapping_file import (
    SavedMapping,
    mapping_mistakes,
    mapping_text,
    read_mapping,
    save_mapping,
)
from planner.demand.profiles.profile import (
    AUTO,
    MAPPING,
    Profile,
    known_profiles,
    profile_names,
    shared_titles,
)
from planner.demand.profiles.settling import Settled, settle
from planner.demand.profiles.table import mapping_table, sources_table

__all__ = [
    "AUTO",
    "MAPPING",
    "Detected",
    "Layout",
    "Profile",
    "RowFilter",
    "SavedMapping",
    "Settled",
    "certain",
    "detect",
    "filters_of",
    "folded",
    "header_of",
    "is_lines",
    "known_profiles",
    "label_places_of",
    "layout_of",
    "mapping_mistakes",
    "mapping_table",
    "mapping_text",
    "paths_of",
    "places_of",
    "profile_names",
    "read_mapping",
    "save_mapping",
    "settle",
    "shared_titles",
    "sources_table",
]
