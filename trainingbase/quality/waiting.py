"""How long assessments waited, by department: rows in, a table out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

SOON, LATEST = 48, 7 * 24
"""Hours: the median and nine of ten submissions should stay below."""


@dataclass(frozen=True)
class Waited:
    """Hours from being asked to submitting; shares are of 1."""

    department_id: int
    forms: int
    median: float
    ninth_decile: float
    within_two_days: float
    within_a_week: float


def waited(rows: Iterable[tuple[int, Decimal]]) -> Sequence[Waited]:
    """From (department_id, hours) of each answered request; the slowest department first."""
    import pandas as pd

    frame = pd.DataFrame(rows, columns=["department", "hours"]).astype({"hours": float})
    if frame.empty:
        return []
    by_department = frame.groupby("department")["hours"]
    table = pd.DataFrame(
        {
            "forms": by_department.size(),
            "median": by_department.median(),
            "ninth": by_department.quantile(0.9),
            "soon": (frame["hours"] <= SOON).groupby(frame["department"]).mean(),
            "latest": (frame["hours"] <= LATEST).groupby(frame["department"]).mean(),
        }
    ).sort_values(["median", "forms"], ascending=[False, False], kind="stable")
    return [
        Waited(int(key), int(row.forms), row.median, row.ninth, row.soon, row.latest)
        for key, row in zip(table.index, table.itertuples(index=False), strict=True)
    ]
