"""The command line: one verb each, grouped in files; a face like the pages."""

from planner.cli.verb import Verb
from planner.cli.verbs import VERBS, parser, verbs_table

__all__ = ["VERBS", "Verb", "parser", "verbs_table"]
