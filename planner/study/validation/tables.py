"""Checks and errata as frames, for pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from planner.study.validation.check import Check
from planner.study.validation.corrections import Erratum

if TYPE_CHECKING:
    import pandas as pd


def checks_frame(found: Sequence[Check], group: str = "", only_published: bool = False) -> pd.DataFrame:
    """Columns id, what, expected, got, difference, tolerance, passed, source; a row for each check.

    Parameters
    ----------
    group: one of ``GROUPS``; "" means all.
    only_published: leave out what we computed ourselves.
    """
    import pandas as pd

    kept = [
        check for check in found if group in ("", check.group) and (check.published or not only_published)
    ]
    return pd.DataFrame(
        {
            "id": [check.id for check in kept],
            "what": [str(check.what) for check in kept],
            "expected": [check.expected for check in kept],
            "got": [check.got for check in kept],
            "difference": [check.difference for check in kept],
            "tolerance": [check.tolerance for check in kept],
            "passed": [check.passed for check in kept],
            "source": [check.source for check in kept],
        }
    )


def errata_frame(found: Sequence[Erratum]) -> pd.DataFrame:
    """Columns id, what, said, right, why, source; a row for each erratum."""
    import pandas as pd

    return pd.DataFrame(
        {
            "id": [erratum.id for erratum in found],
            "what": [str(erratum.what) for erratum in found],
            "said": [erratum.said for erratum in found],
            "right": [erratum.right for erratum in found],
            "why": [str(erratum.why) for erratum in found],
            "source": [erratum.source for erratum in found],
        }
    )
