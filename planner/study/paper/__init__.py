"""Pages to print or send: plain HTML in one file, nothing fetched, readable in black and white."""

from planner.study.paper.page import Paper, Section, page
from planner.study.paper.pieces import Html, bullets, paragraphs, table

__all__ = ["Html", "Paper", "Section", "bullets", "page", "paragraphs", "table"]
