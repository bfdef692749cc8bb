"""The fictional county as its workbooks mean it, put into the database row by row."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from tests.cast import LONG_AGO
from trainingbase import paths
from trainingbase.db import db
from trainingbase.enrolment.models import Cohort, Credit, Leave, Resident
from trainingbase.people.models import Person
from trainingbase.programmes.models import (
    ElectiveGroup,
    OrderRule,
    Programme,
    Requirement,
    StandardDepartment,
)
from trainingbase.sites.models import Closure, Department, Institution
from trainingbase.start import start_with

EXPECTED = paths.HOME / "tests" / "sheets" / "expected.json"
ASKED_AT = datetime(2026, 8, 20, 4, tzinfo=UTC)
LEVELS = {
    "牵头医院": "lead",
    "中医院(协同单位)": "partner",
    "分院": "branch",
    "社区卫生服务中心": "community",
    "乡镇卫生院": "township",
}
PROGRAMMES = {"全科住培33个月": "GP33", "助理全科24个月": "AGP24"}
GRIDS = {"2024级": 2024, "2025级": 2025, "2025级助理全科": 2025}
KINDS = {"first": "first", "within_last_months": "within_last", "after": "after"}


@dataclass
class WholeCounty:
    """`months` and `notes` are what `actions.keep_grid` takes."""

    residents: dict[tuple[str, int], Resident]
    cohorts: dict[str, Cohort]
    months: dict[int, list]
    notes: list


def sheets(workbook: str) -> dict:
    return json.loads(EXPECTED.read_text())["workbooks"][workbook]["sheets"]


def day(text: str | None) -> date | None:
    return date.fromisoformat(text if len(text) == 10 else f"{text}-01") if text else None


def next_month(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)


class _Builder:
    def __init__(self):
        start_with()
        self.standards: dict[str, StandardDepartment] = {}
        self.programmes: dict[str, Programme] = {}
        self.departments: dict[tuple[str, str], Department] = {}
        self.cohorts: dict[str, Cohort] = {}
        self.residents: dict[tuple[str, int], Resident] = {}

    def standard(self, name):
        if name not in self.standards:
            self.standards[name] = StandardDepartment(name=name, is_primary_care=name == "基层实践")
            db.session.add(self.standards[name])
        return self.standards[name]

    def curricula(self):
        found = sheets("programme.xlsx")
        for title, code in PROGRAMMES.items():
            sheet = found[title]
            programme = Programme(code=code, name=title, months=Decimal(sheet["total_months"]))
            groups = {
                one["group"]: ElectiveGroup(
                    programme=programme, name=one["group"], months=Decimal(one["months"])
                )
                for one in sheet.get("elective_groups", ())
            }
            for position, row in enumerate(sheet["records"]):
                db.session.add(self.requirement(programme, groups, position, row))
            db.session.add_all(self.rule(programme, row) for row in sheet["rules"])
            self.programmes[code] = programme

    def requirement(self, programme, groups, position, row):
        return Requirement(
            programme=programme,
            standard_department=self.standard(row["standard"]),
            elective_group=groups.get(row["group"]),
            position=position,
            months=Decimal(str(row["months"])),
            may_split=row["split"],
            shortest_stretch=Decimal(str(row["min_stretch"])),
            at_primary_site=row["primary"],
        )

    def rule(self, programme, row):
        is_first = row["rule"] == "first"
        return OrderRule(
            programme=programme,
            kind=KINDS[row["rule"]],
            standard_department=self.standard(row["standard"]),
            months=Decimal(row["months"]) if is_first else None,
            within=row["within_first_months"] if is_first else row.get("months"),
            predecessors=[self.standard(name) for name in row.get("after", ())],
        )

    def sites(self):
        found = sheets("sites.xlsx")
        institutions = {}
        for row in found["机构一览"]["records"]:
            last = day(row["end"])
            institutions[row["name"]] = Institution(
                name=row["name"],
                level=LEVELS[row["level"]],
                agreement_starts_on=day(row["start"]),
                agreement_ends_on=last + timedelta(days=1) if last else None,
            )
        for row in found["科室与容量"]["records"]:
            if row["status"] == "refused":
                continue
            department = Department(
                institution=institutions[row["institution"]],
                name=row["department"],
                most=row["max"],
                fewest=row["min"] or 0,
                standards=[self.standard(name) for name in row["standard"]],
                closures=[
                    Closure(starts_on=day(month), ends_on=next_month(day(month)))
                    for month in row["closed"]
                ],
            )
            self.departments[row["institution"], row["department"]] = department
            db.session.add(department)

    def people(self):
        found = sheets("residents.xlsx")
        for row in [*found["住培学员"]["records"], *found["助理全科"]["records"]]:
            if row["status"] != "refused":
                self.resident(row)
        done = sheets("plan_grid.xlsx")["截至2026年8月已完成"]["records"]
        for row in done:
            self.credit(self.residents[row["name"], row["cohort"]], row["done"], "done")

    def resident(self, row):
        starts_on = day(row["start"])
        code = row["programme"]
        name = f"{starts_on.year}级" + ("助理全科" if code == "AGP24" else "")
        if name not in self.cohorts:
            self.cohorts[name] = Cohort(
                year=starts_on.year, programme=self.programmes[code], name=name, name_en=name
            )
        resident = Resident(
            person=Person(name=row["name"]),
            cohort=self.cohorts[name],
            programme=self.programmes[code],
            id_number=row["id_no"],
            sex=row["sex"],
            starts_on=starts_on,
        )
        db.session.add(resident)
        self.residents[row["name"], starts_on.year] = resident
        self.credit(resident, row.get("credit_detail") or {}, "accepted")

    def credit(self, resident, months, kind):
        for name, number in months.items():
            resident.credits.append(
                Credit(
                    standard_department=self.standard(name),
                    months=Decimal(str(number)),
                    kind=kind,
                    until_on=date(2026, 9, 1) if kind == "done" else None,
                )
            )

    def leave(self):
        for row in sheets("leaves.xlsx")["请假登记"]["records"]:
            resident = self.residents.get((row["name"], row["cohort"]))
            if resident and row["status"] in ("已批准", "已销假"):
                resident.leaves.append(
                    Leave(
                        kind="sick",
                        starts_on=day(row["start"]),
                        ends_on=day(row["end"]) + timedelta(days=1),
                        granted=True,
                        decided_at=LONG_AGO,
                    )
                )

    def grid(self):
        months, notes = {}, []
        for title, year in GRIDS.items():
            for row in sheets("plan_grid.xlsx")[title]["records"]:
                key = self.residents[row["name"], year].id
                months[key] = []
                for text, what in sorted(row["months"].items()):
                    self.month(months[key], notes, key, day(text), what)
        return months, notes

    def month(self, stays, notes, key, first, what):
        after = next_month(first)
        if what.startswith("other:"):
            notes.append((key, what.removeprefix("other:"), first, after))
        elif not what.startswith("leave:"):
            halves = what.split(" || ")
            middle = first.replace(day=16)
            spans = [(first, middle), (middle, after)] if len(halves) == 2 else [(first, after)]
            for (starts_on, ends_on), place in zip(spans, halves, strict=True):
                standard, institution, department = place.split("|")
                where = self.departments[institution, department].id
                stays.append((starts_on, ends_on, where, self.standards[standard].id))


def joined(stays):
    """Months that follow one another in one department are one stay."""
    made = []
    for stay in stays:
        if made and made[-1][1] == stay[0] and made[-1][2:] == stay[2:]:
            made[-1] = (made[-1][0], *stay[1:])
        else:
            made.append(stay)
    return made


def whole_county() -> WholeCounty:
    builder = _Builder()
    builder.curricula()
    builder.sites()
    builder.people()
    builder.leave()
    db.session.commit()
    months, notes = builder.grid()
    return WholeCounty(
        builder.residents,
        builder.cohorts,
        {key: joined(stays) for key, stays in months.items()},
        notes,
    )
