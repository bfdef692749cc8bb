"""What sites have of what is required, in as many statements for one as for all."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from trainingbase.db import db
from trainingbase.faculty.models import FacultyMember
from trainingbase.faculty.queries import active_on
from trainingbase.faculty.rules import rank_of
from trainingbase.network.models import ReadinessRule
from trainingbase.network.rules.readiness import Found, Required, Standing, judged
from trainingbase.network.rules.titles import is_associate
from trainingbase.sites.models import (
    Department,
    EquipmentItem,
    Institution,
    Visit,
    YearlyFigures,
)
from trainingbase.thresholds.queries import whole

NUMBERS = ("beds", "outpatients", "emergencies", "admissions")
NEIGHBOURS = ("partner", "branch")

BELOW_ATTENDING = 1
"""The rank of titles whose holders may not supervise (E21)."""


@dataclass(frozen=True)
class Readiness:
    """One site: what was found by rule, and the standing it was judged by."""

    institution: Institution
    rules: Sequence[ReadinessRule]
    found: Sequence[Found]
    standing: Standing

    @property
    def met(self) -> int:
        return sum(one.is_met for one in self.found)

    @property
    def lines(self) -> list[tuple[ReadinessRule, Found]]:
        return list(zip(self.rules, self.found, strict=True))

    @property
    def is_ready(self) -> bool:
        return self.met == len(self.found)


def rules_in_use() -> Sequence[ReadinessRule]:
    return db.session.scalars(
        select(ReadinessRule).where(ReadinessRule.in_use).order_by(ReadinessRule.code)
    ).all()


def all_rules() -> Sequence[ReadinessRule]:
    return db.session.scalars(select(ReadinessRule).order_by(ReadinessRule.code)).all()


def rule_by_id(rule_id: int) -> ReadinessRule:
    return db.session.scalars(select(ReadinessRule).where(ReadinessRule.id == rule_id)).one()


def readiness_of(institutions: Sequence[Institution], *, today: date) -> list[Readiness]:
    """In the order given."""
    rules = rules_in_use()
    facts = _Facts(today)
    found = []
    for site in institutions:
        mine = [rule for rule in rules if site.level in rule.levels]
        standing = facts.of(site)
        plain = [Required(one.id, one.kind, tuple(one.what), one.least) for one in mine]
        found.append(Readiness(site, mine, judged(plain, standing), standing))
    return found


class _Facts:
    """Everything the standings of all sites are made from."""

    def __init__(self, today: date):
        self.today = today
        self.departments: dict[int, list[Department]] = defaultdict(list)
        for one in db.session.scalars(
            select(Department).options(selectinload(Department.standards))
        ):
            if not one.is_retired(today):
                self.departments[one.institution_id].append(one)
        levels = dict(db.session.execute(select(Institution.id, Institution.level)).all())
        self.near = frozenset(
            standard.name
            for place, rows in self.departments.items()
            if levels.get(place) in NEIGHBOURS
            for row in rows
            for standard in row.standards
        )
        self.teachers = self._teachers()
        self.figures, self.figures_in = self._figures()
        self.equipment: dict[int, set[str]] = defaultdict(set)
        for place, kind in db.session.execute(
            select(EquipmentItem.institution_id, EquipmentItem.kind)
        ):
            self.equipment[place].add(kind)
        year_ago = today - timedelta(days=365)
        self.visits = dict(
            db.session.execute(
                select(Visit.institution_id, func.count())
                .where(Visit.visited_on > year_ago, Visit.visited_on <= today)
                .group_by(Visit.institution_id)
            ).all()
        )

    def _teachers(self) -> dict[int, dict[int, tuple[FacultyMember, set[str]]]]:
        """By institution and member, with the standard departments they teach there."""
        years, today = whole("certificate_years"), self.today
        found: dict[int, dict[int, tuple[FacultyMember, set[str]]]] = defaultdict(dict)
        members = db.session.scalars(
            select(FacultyMember)
            .where(active_on(today))
            .options(selectinload(FacultyMember.certificates), selectinload(FacultyMember.posts))
        ).all()
        standards = {
            one.id: (place, {standard.name for standard in one.standards})
            for place, rows in self.departments.items()
            for one in rows
        }
        self.certified = {
            member.id
            for member in members
            if any((c.lapses_on(years) or today) > today for c in member.certificates)
        }
        for member in members:
            if rank_of(member.title) == BELOW_ATTENDING:
                continue
            for post in (one for one in member.posts if one.covers(today)):
                place, names = standards.get(post.department_id, (None, set()))
                if place is not None:
                    found[place].setdefault(member.id, (member, set()))[1].update(names)
        return found

    def _figures(self) -> tuple[dict[int, YearlyFigures], dict[int, dict[tuple[str, str], int]]]:
        """The latest of each whole institution; and of its departments, by kind and standard
        department."""
        rows = db.session.scalars(select(YearlyFigures).order_by(YearlyFigures.year)).all()
        latest = {one.department_id: one for one in rows if one.department_id is not None}
        inside: dict[int, dict[tuple[str, str], int]] = defaultdict(lambda: defaultdict(int))
        for place, departments in self.departments.items():
            for row in departments:
                for kind in NUMBERS:
                    number = getattr(latest.get(row.id), kind, None)
                    if number is not None:
                        for standard in row.standards:
                            inside[place][f"{kind}_in", standard.name] += number
        whole_sites = {one.institution_id: one for one in rows if one.department_id is None}
        return whole_sites, inside

    def of(self, site: Institution) -> Standing:
        own = frozenset(s.name for row in self.departments[site.id] for s in row.standards)
        teachers = self.teachers.get(site.id, {})
        counts: dict[str, int] = defaultdict(int)
        for _member, names in teachers.values():
            for name in names:
                counts[name] += 1
        latest = self.figures.get(site.id)
        numbers = {name: getattr(latest, name, None) for name in NUMBERS}
        numbers["beds"] = site.beds if numbers["beds"] is None else numbers["beds"]
        numbers["catchment"] = site.catchment
        flags = {
            kind
            for kind in ("ct", "dr", "ultrasound", "ecg", "rehabilitation")
            if getattr(site, f"has_{kind}")
        }
        begun = site.agreement_starts_on is None or site.agreement_starts_on <= self.today
        lasting = site.agreement_ends_on is None or site.agreement_ends_on > self.today
        near = self.near - own if site.level == "lead" else frozenset()
        return Standing(
            standards=own,
            near=near,
            departments=len(own),
            from_partners=len(near),
            teachers=len(teachers),
            associates=sum(is_associate(member.title) for member, _ in teachers.values()),
            certified=len(self.certified & teachers.keys()),
            teachers_in=dict(counts),
            numbers=numbers,
            numbers_in=dict(self.figures_in[site.id]),
            equipment=frozenset(self.equipment[site.id] | flags),
            has_agreement=bool(site.agreement_starts_on) and begun and lasting,
            visits=self.visits.get(site.id, 0),
            year=latest.year if latest else None,
        )
