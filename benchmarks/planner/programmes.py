"""The programme of generated problems, and what is asked of one."""

from dataclasses import dataclass, replace

from trainingbase.planner.problem import Choice, Placement, Programme, Requirement, Resident

MONTHS = 33
ELECTIVES = ("ONC", "RHEU", "URO")
# requirement: months, earliest, latest end
MONTHLY = {
    "GP1": (1, 0, 3), "CARD": (2, 0, None), "RESP": (2, 0, None), "GI": (1, 0, None),
    "ENDO": (2, 0, None), "NEPH": (1, 0, None), "HEMR": (1, 0, None), "NEURO": (2, 0, None),
    "ED": (2, 3, None), "ICU": (1, 4, None), "PED1": (1, 0, None), "PED2": (1, 0, None),
    "SURG1": (1, 0, None), "SURG2": (1, 0, None), "OBG": (2, 0, None), "INF": (1, 0, None),
    "PSY": (1, 0, None), "DEO": (1, 0, None), "REH": (1, 0, None), "EL": (1, 0, None),
    "GP2": (1, 24, None), "PC": (6, 15, None),
}  # fmt: skip
# in half months: months, so that stays of a half and of one and a half occur
HALVES = MONTHLY | {
    "GI": (1.5, 0, None), "ENDO": (1.5, 0, None), "NEURO": (1.5, 0, None),
    "OBG": (1.5, 0, None), "DEO": (0.5, 0, None), "OPH": (0.5, 0, None), "ENT": (0.5, 0, None),
    "REH": (0.5, 0, None), "TCM": (0.5, 0, None), "IMG": (0.5, 0, None),
}  # fmt: skip
BEFORE = (
    ("CARD", "ED"), ("RESP", "ICU"), ("CARD", "PC"), ("RESP", "PC"), ("ENDO", "PC"),
    ("PED1", "PED2"), ("SURG1", "SURG2"), ("GP1", "GP2"),
)  # fmt: skip


@dataclass
class Planted:
    """A career as it was planted, in periods since the training began."""

    resident: Resident
    stays: list[Placement]
    until: int
    away: frozenset[int] = frozenset()


@dataclass
class Wanted:
    """What the command line asks for. `slack` are free periods of each, `tightness` a share."""

    residents: int = 90
    periods: int = 36  # months
    unit: str = "month"
    tightness: float = 0.85
    slack: int = 0
    seed: int = 1
    splittable: bool = False
    electives: bool = False
    infeasible: bool = False

    @property
    def fold(self) -> int:
        return 2 if self.unit == "half-month" else 1


def programme(wanted: Wanted) -> Programme:
    requirements = []
    for key, (months, earliest, latest) in (MONTHLY if wanted.fold == 1 else HALVES).items():
        if wanted.splittable and key in ("PED2", "SURG2"):
            continue
        name = key[:-1] if wanted.splittable and key in ("PED1", "SURG1") else key
        standard = {"EL": ELECTIVES, "PC": ("primary-care",)}.get(key, (key.rstrip("12"),))
        length = round(wanted.fold * months * (2 if name != key else 1))
        least = None
        if wanted.splittable and (name != key or key == "PC"):
            least = length // 2
        one = Requirement(
            name,
            standard,
            length,
            None if least else (length,),
            least,
            wanted.fold * earliest,
            None if latest is None else wanted.fold * latest,
            same_department=not wanted.splittable,
        )
        requirements.append(one)
    choose: tuple[Choice, ...] = ()
    if wanted.electives:
        (one,) = (one for one in requirements if one.id == "EL")
        requirements.remove(one)
        requirements += [replace(one, id=key, standard=(key,)) for key in ELECTIVES]
        choose = (Choice("EL", ELECTIVES, 1),)
    names = {one.id for one in requirements}
    return Programme(
        "gp", tuple(requirements), tuple(p for p in BEFORE if names.issuperset(p)), choose
    )


def lawful_alone(programme: Programme, stays: list[Placement]) -> bool:
    """Pieces long enough, and in their order, are left to chance: judged here."""
    last = {one.requirement: one.end for one in stays}
    return all(
        one.start >= last.get(early, 0)
        for early, late in programme.before
        for one in stays
        if one.requirement == late
    )
