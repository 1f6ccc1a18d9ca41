"""Posts and rules in, a cyclic pattern or the proof that there is none out."""

from planner.scheduling.rotation.covering import posts_covering
from planner.scheduling.rotation.searching import (
    RotationProgress,
    RotationResult,
    RotationSettings,
    RotationStatus,
    rotate,
    smallest_rotation,
)

__all__ = [
    "RotationProgress",
    "RotationResult",
    "RotationSettings",
    "RotationStatus",
    "posts_covering",
    "rotate",
    "smallest_rotation",
]
