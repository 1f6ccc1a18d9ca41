"""Pages: ask, call study or tasks, draw; the only room that imports streamlit."""

from planner.ui.browser import NamedBrowsers
from planner.ui.lifespan import lifespan

__all__ = ["NamedBrowsers", "lifespan"]
