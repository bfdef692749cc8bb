"""Whether a site has what its level requires, item by item."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True)
class Required:
    """A requirement as plain values; see `models.ReadinessRule`."""

    id: int
    kind: str
    what: tuple[str, ...]
    least: Decimal


@dataclass(frozen=True)
class Standing:
    """What a site has.  `standards` are the standard departments its own departments stand for,
    `near` those that partners have; `teachers` count qualified teachers by standard department
    (one who teaches in two counts in both), `numbers_in` are figures by kind and standard
    department.  Figures of which nothing is known are None or left out."""

    standards: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    departments: int = 0
    from_partners: int = 0
    teachers: int = 0
    associates: int = 0
    certified: int = 0
    teachers_in: Mapping[str, int] = field(default_factory=dict)
    numbers: Mapping[str, int | None] = field(default_factory=dict)
    numbers_in: Mapping[tuple[str, str], int] = field(default_factory=dict)
    equipment: frozenset[str] = frozenset()
    has_agreement: bool = False
    visits: int = 0
    year: int | None = None


@dataclass(frozen=True)
class Found:
    """`have` is None where nothing is known; `gap` is what is missing (or too much)."""

    rule: Required
    have: Decimal | None
    is_met: bool
    gap: Decimal
    by_partner: bool = False


NUMBERS = frozenset({"beds", "catchment", "outpatients", "emergencies", "admissions"})

NUMBERS_IN = frozenset({"beds_in", "outpatients_in", "admissions_in"})


def judged(rules: Iterable[Required], standing: Standing) -> list[Found]:
    return [_judged(rule, standing) for rule in rules]


def _judged(rule: Required, standing: Standing) -> Found:
    have = have_of(rule, standing)
    if rule.kind == "from_partners":
        over = max(Decimal(0), (have or Decimal(0)) - rule.least)
        return Found(rule, have, over == 0, over)
    wanted = Decimal(1) if rule.kind in ("department", "equipment", "agreement") else rule.least
    gap = max(Decimal(0), wanted - (have or Decimal(0)))
    near = rule.kind == "department" and bool(standing.near & set(rule.what))
    if near and gap:
        return Found(rule, have, True, Decimal(0), by_partner=True)
    return Found(rule, have, have is not None and gap == 0, gap)


def have_of(rule: Required, standing: Standing) -> Decimal | None:
    """How much of what the rule asks for there is."""
    kind, what = rule.kind, set(rule.what)
    if kind in NUMBERS:
        number = standing.numbers.get(kind)
        return None if number is None else Decimal(number)
    if kind in NUMBERS_IN:
        known = [n for (of, name), n in standing.numbers_in.items() if of == kind and name in what]
        return Decimal(sum(known)) if known else None
    counts = {
        "department": int(bool(standing.standards & what)),
        "departments": standing.departments,
        "from_partners": standing.from_partners,
        "teachers": standing.teachers,
        "teachers_in": sum(standing.teachers_in.get(name, 0) for name in what),
        "certified": standing.certified,
        "equipment": int(bool(standing.equipment & what)),
        "agreement": int(standing.has_agreement),
        "visits": standing.visits,
    }
    if kind == "share_associate":
        if not standing.teachers:
            return None
        return (Decimal(100) * standing.associates / standing.teachers).quantize(Decimal("0.1"))
    return Decimal(counts[kind])
