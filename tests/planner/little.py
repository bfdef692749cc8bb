"""Small problems written as sentences: departments with places, residents with requirements."""

from trainingbase.planner.problem import (
    Department,
    Placement,
    Problem,
    Programme,
    Requirement,
    Resident,
)

PERIODS = 6


def department(key, places=1, *, standards=None, institution="lead", minimum=0, **more):
    return Department(
        id=key,
        standards=tuple(standards or (key,)),
        institution=institution,
        places=tuple(places) if isinstance(places, (list, tuple)) else (places,) * PERIODS,
        minimum=tuple(minimum) if isinstance(minimum, (list, tuple)) else (minimum,) * PERIODS,
        **more,
    )


def requirement(key, length=1, standard=None, **more):
    if "min_stretch" not in more:
        more.setdefault("stretches", (length,))
    return Requirement(
        id=key,
        standard=tuple(standard or (key,)),
        length=length,
        earliest=more.pop("earliest", 0),
        **more,
    )


def resident(key="anna", **more):
    more.setdefault("from_period", 0)
    more.setdefault("until", PERIODS)
    for name in ("away", "done"):
        more[name] = frozenset(more.get(name, ()))
    return Resident(id=key, programme="gp", **more)


def problem(departments, requirements, residents=None, *, before=(), choose=(), **more):
    return Problem(
        unit="month",
        starts_on="2026-09-01",
        periods=PERIODS,
        departments=tuple(departments),
        programmes={"gp": Programme("gp", tuple(requirements), tuple(before), tuple(choose))},
        residents=tuple(residents or (resident(),)),
        **more,
    )


def placed(text):
    """`anna CARD@ward 2-4` is Anna in ward for CARD from period 2 until before 4."""
    who, what, when = text.split()
    requirement_id, _, department_id = what.partition("@")
    start, _, end = when.partition("-")
    return Placement(
        who, requirement_id, department_id or requirement_id, int(start), int(end) - int(start)
    )


def plan(*texts):
    return [placed(text) for text in texts]
