"""The kinds of file an office imports, each described in its own module by ``SPECS``.

The order of the specs is the order tables are read in: first what the others refer to.
"""

from __future__ import annotations

from importlib import import_module

from trainingbase.sheets.spec import Spec

# In the order in which a new base imports them.
KINDS = (
    "programme",
    "sites",
    "residents",
    "applicants",
    "faculty",
    "plan",
    "leaves",
    "exams",
    "activities",
    "incentives",
)


def specs_of(kind: str) -> tuple[Spec, ...]:
    return import_module(f"{__name__}.{kind}").SPECS
