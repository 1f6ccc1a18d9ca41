"""Profiles: what a help desk's export calls things, and which columns of a source are read."""

from planner.demand.profiles.layout import Layout, column_of, layout_of, places_of

__all__ = ["Layout", "column_of", "layout_of", "places_of"]
