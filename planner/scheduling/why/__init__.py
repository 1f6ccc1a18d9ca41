"""Why a rota is short, and why a person has no tour: a problem and its rota in, findings out."""

from planner.scheduling.why.clashes import Clash, clash_of
from planner.scheduling.why.shortages import Shortage, shortages
from planner.scheduling.why.stops import Stop, Stops
from planner.scheduling.why.variants import Around, Variants
from planner.scheduling.why.window import Prover, Window, smallest_window
from planner.scheduling.why.worth import one_more_like, one_more_skill

__all__ = [
    "Around",
    "Clash",
    "Prover",
    "Shortage",
    "Stop",
    "Stops",
    "Variants",
    "Window",
    "clash_of",
    "one_more_like",
    "one_more_skill",
    "shortages",
    "smallest_window",
]
