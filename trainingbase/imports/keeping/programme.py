"""Programmes with their requirements, elective groups and order rules, and the minimums."""

import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from trainingbase.db import db
from trainingbase.imports.keeping import english
from trainingbase.imports.keeping.days import exact
from trainingbase.imports.keeping.minimums import keep_minimums
from trainingbase.imports.keeping.wanted import Wanted, Workbook
from trainingbase.people.models import Person
from trainingbase.programmes import queries
from trainingbase.programmes.models import (
    ElectiveGroup,
    OrderRule,
    Programme,
    Requirement,
    StandardDepartment,
)

NEEDS: Sequence[str] = ()
SAMPLE = re.compile("示例|样例|样表|sample", re.IGNORECASE)
RULES = {"first": "first", "after": "after", "within_last_months": "within_last"}


class Curriculum:
    """What the base has, by name."""

    def __init__(self) -> None:
        self.standards = {one.name: one for one in db.session.scalars(select(StandardDepartment))}
        self.former = {old: one.name for old, one in queries.former_names().items()}
        rows = db.session.scalars(select(Programme).options(*queries.WHOLE)).all()
        self.programmes = {one.code: one for one in rows}
        self.families = queries.families(rows)
        self.users = {one.id: queries.users_of(one) for one in rows}

    def call_as_now(self, workbook: Workbook) -> None:
        """Departments that the workbook still calls by a former name get their present one."""
        for wanted in workbook.of("requirement", "minimum"):
            name = wanted.record["standard"]
            wanted.record["standard"] = self.former.get(name, name)
        for table, _rows in workbook.tables("requirement"):
            for rule in table.facts["rules"]:
                rule["standard"] = self.former.get(rule["standard"], rule["standard"])
                if "after" in rule:
                    rule["after"] = [self.former.get(name, name) for name in rule["after"]]

    def may_change(self, programme: Programme) -> bool:
        """A new one, or a draft that nobody trains by."""
        return programme.state == "draft" and not self.users.get(programme.id)

    def meant(self, facts: dict[str, Any], rows: list[Wanted]) -> Programme | None:
        """The version that the table is about: the one whose own code it bears; else of its
        family the one that says the same, the draft, or the newest."""
        own = self.programmes.get(facts["code"])
        if facts.get("own_code") or (own is not None and own.family != facts["code"]):
            return own
        editions = self.families.get(facts["code"], [])
        for one in reversed(editions):
            if _says_the_same(one, facts, rows):
                return one
        drafts = [one for one in editions if self.may_change(one)]
        return (drafts or editions or [None])[-1]

    def standard(self, name: str) -> StandardDepartment:
        """The standard department of that name; a new one where there is none."""
        if name not in self.standards:
            one = StandardDepartment(
                name=name,
                name_en=english.STANDARD_DEPARTMENTS.get(name),
                is_primary_care="基层" in name,
            )
            db.session.add(one)
            self.standards[name] = one
        return self.standards[name]


def keep(workbook: Workbook, *, by: Person | None, at: datetime) -> None:
    curriculum = Curriculum()
    curriculum.call_as_now(workbook)
    tables = list(workbook.tables("requirement"))
    about: list[Programme] = []
    names = [text for table in workbook.preview.sheets for text in (table.name, table.title)]
    sample = any(SAMPLE.search(name or "") for name in names)
    for table, rows in tables:
        if rows:
            kept = _keep_programme(curriculum, table.facts, rows, sample, by=by, at=at)
            about += [kept] if kept is not None else []
    keep_minimums(curriculum, about, workbook)


def _keep_programme(
    curriculum: Curriculum,
    facts: dict[str, Any],
    rows: list[Wanted],
    sample: bool,
    *,
    by: Person | None,
    at: datetime,
) -> Programme | None:
    """The version that the table is about; None where it may not be changed as the table says."""
    code, months = facts["code"], facts["total_months"]
    programme = curriculum.meant(facts, rows)
    locked = programme is not None and not curriculum.may_change(programme)
    if programme is not None and locked and not _says_the_same(programme, facts, rows):
        count = curriculum.users.get(programme.id, {}).get("residents", 0)
        for one in rows:
            one.refuse("standard", "programme_in_use", name=programme.name, count=count)
        return None
    if programme is None:
        programme = Programme(
            code=code,
            name=facts["name"],
            name_en=english.programme(code, months),
            is_sample=sample,
            months=exact(months),
            made_at=at,
            made_by_id=by.id if by is not None else None,
        )
        db.session.add(programme)
        curriculum.programmes[code] = programme
        curriculum.families.setdefault(code, []).append(programme)
    rows[0].put(programme, {"months": exact(months)})
    groups = _groups(programme, facts)
    known = {one.standard_department.name: one for one in programme.requirements}
    for position, wanted in enumerate(rows):
        _keep_requirement(curriculum, programme, known, groups, position, wanted)
    _forget_others(programme, rows)
    _keep_rules(curriculum, programme, facts["rules"], rows)
    return programme


def _values(record: dict[str, Any]) -> dict[str, Any]:
    months, split = exact(record["months"]), bool(record["split"])
    shortest = exact(record["min_stretch"])
    if shortest is None:
        shortest = min(Decimal(1), months) if split else months
    return {
        "months": months,
        "may_split": split,
        "shortest_stretch": shortest,
        "at_primary_site": bool(record["primary"]),
    }


def _rules(facts: dict[str, Any]) -> dict[tuple[str, str], tuple]:
    return {
        (RULES[rule["rule"]], rule["standard"]): (
            exact(rule["months"]) if rule["rule"] == "first" else None,
            rule.get("within_first_months")
            or (rule["months"] if rule["rule"] == "within_last_months" else None),
            tuple(sorted(rule.get("after", ()))),
        )
        for rule in facts["rules"]
    }


def _rules_of(programme: Programme) -> dict[tuple[str, str], tuple]:
    return {
        (rule.kind, rule.standard_department.name): (
            rule.months,
            rule.within,
            tuple(sorted(one.name for one in rule.predecessors)),
        )
        for rule in programme.order_rules
    }


def _says_the_same(programme: Programme, facts: dict[str, Any], rows: list[Wanted]) -> bool:
    """Whether the table says what people already train by; order of rows does not matter."""
    has = {
        one.standard_department.name: (
            {name: getattr(one, name) for name in _values_of_requirement},
            one.elective_group.name if one.elective_group else None,
        )
        for one in programme.requirements
    }
    says = {
        one.record["standard"]: (_values(one.record), one.record["group"] or None) for one in rows
    }
    groups = {one.name: one.months for one in programme.elective_groups}
    wanted = {one["group"]: exact(one["months"]) for one in facts["elective_groups"]}
    return has == says and groups == wanted and _rules_of(programme) == _rules(facts)


_values_of_requirement = ("months", "may_split", "shortest_stretch", "at_primary_site")


def _groups(programme: Programme, facts: dict[str, Any]) -> dict[str, ElectiveGroup]:
    known = {one.name: one for one in programme.elective_groups}
    for group in facts["elective_groups"]:
        months = exact(group["months"])
        if group["group"] not in known:
            known[group["group"]] = ElectiveGroup(
                programme=programme, name=group["group"], months=months
            )
            db.session.add(known[group["group"]])
        known[group["group"]].months = months
    return known


def _keep_requirement(curriculum, programme, known, groups, position, wanted: Wanted) -> None:
    record, values = wanted.record, _values(wanted.record)
    if values["months"] <= 0 or values["shortest_stretch"] > values["months"]:
        wanted.refuse("min_stretch" if values["months"] > 0 else "months", "stretch_above_months")
        return
    standard = curriculum.standard(record["standard"])
    values["elective_group"] = groups.get(record["group"])
    requirement = known.get(standard.name)
    if requirement is None:
        wanted.made()
        requirement = Requirement(
            programme=programme, standard_department=standard, position=position, **values
        )
        db.session.add(requirement)
        known[standard.name] = requirement
        return
    requirement.position = position
    wanted.put(requirement, values)


def _forget_others(programme: Programme, rows: list[Wanted]) -> None:
    """The table is the whole programme: what it no longer names is no longer required."""
    named = {one.record["standard"] for one in rows}
    for one in list(programme.requirements):
        if one.standard_department.name not in named:
            rows[0].change("no_longer_required", one.standard_department.name, None)
            programme.requirements.remove(one)
            db.session.delete(one)


def _keep_rules(curriculum, programme, rules: list[dict], rows: list[Wanted]) -> None:
    wanted_rules = _rules({"rules": rules})
    row_of = {one.record["standard"]: one for one in rows}
    known = {(one.kind, one.standard_department.name): one for one in programme.order_rules}
    for key, rule in known.items():
        if key not in wanted_rules:
            row_of.get(key[1], rows[0]).change("order", key[0], None)
            programme.order_rules.remove(rule)
            db.session.delete(rule)
    for key, (months, within, after) in wanted_rules.items():
        wanted = row_of.get(key[1], rows[0])
        rule = known.get(key)
        predecessors = [curriculum.standard(name) for name in after]
        if rule is None:
            rule = OrderRule(
                programme=programme,
                kind=key[0],
                standard_department=curriculum.standard(key[1]),
                months=months,
                within=within,
                predecessors=predecessors,
            )
            db.session.add(rule)
            wanted.change("order", None, key[0])
            continue
        wanted.put(rule, {"months": months, "within": within})
        if {one.name for one in rule.predecessors} != set(after):
            wanted.change("order", [one.name for one in rule.predecessors], list(after))
            rule.predecessors = predecessors
