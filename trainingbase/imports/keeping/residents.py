"""Residents in training, and those who have finished."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from math import ceil
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from trainingbase.db import db
from trainingbase.enrolment.models import Cohort, Credit, Resident
from trainingbase.enrolment.queries import months_approved
from trainingbase.faculty.models import FacultyMember
from trainingbase.imports.keeping.days import begins, exact, years_after
from trainingbase.imports.keeping.roster import same
from trainingbase.imports.keeping.wanted import Wanted, Workbook
from trainingbase.people.models import Grant, Person
from trainingbase.programmes import queries as programmes
from trainingbase.programmes.models import Programme, StandardDepartment
from trainingbase.roles import Role

NEEDS: Sequence[str] = ("programme",)
TRAINEE_TYPES = {
    "本单位人": "own",
    "委培单位人": "sent",
    "社会人": "social",
    "订单定向": "rural",
    "在校专硕": "master",
}
# record key → attribute of the resident
PLAIN = {
    "sex": "sex",
    "education": "education",
    "degree": "degree",
    "school": "school",
    "major": "major",
    "graduated": "graduated",
    "licence_no": "licence_number",
    "sponsor": "home_institution",
    "note": "note",
}


class Enrolment:
    """What the base has, and what this workbook adds to it."""

    def __init__(self, rows: list[Wanted]) -> None:
        self.residents = {
            one.id_number: one
            for one in db.session.scalars(
                select(Resident).options(
                    joinedload(Resident.person),
                    joinedload(Resident.tutor),
                    joinedload(Resident.cohort),
                    joinedload(Resident.programme),
                    selectinload(Resident.credits),
                )
            )
        }
        self.in_file = {one.record["id_no"] for one in rows}
        self.namesakes: dict[tuple[str, int], list[Resident]] = {}
        for one in self.residents.values():
            key = (same(one.person.name), one.cohort.year)
            self.namesakes.setdefault(key, []).append(one)
        self.by_family = programmes.families(db.session.scalars(select(Programme)))
        self.cohorts = {
            (one.year, one.programme_id): one for one in db.session.scalars(select(Cohort))
        }
        self.cohort_names = {one.name for one in self.cohorts.values()}
        self.standards = {one.name: one for one in db.session.scalars(select(StandardDepartment))}
        self.approved = months_approved()
        self.tutors: dict[str, list[Person]] = {}
        for person in db.session.scalars(
            select(Person).join(FacultyMember, FacultyMember.person_id == Person.id)
        ):
            self.tutors.setdefault(same(person.name), []).append(person)

    def open_cohorts(self, rows: list[Wanted]) -> None:
        """The older first, assistants after the others of their year: lists keep this order."""
        asked = {(row.record["cohort"], row.record["programme"]) for row in rows}
        for year, code in sorted(
            ((year, code) for year, code in asked if year and code),
            key=lambda one: (one[0], one[1].upper().startswith("A"), one[1]),
        ):
            programme = self.programme(code, year)
            moved = any(key[0] == year and self._is_of(key[1], programme) for key in self.cohorts)
            if programme is not None and not moved:
                self.cohort(year, programme)

    def _is_of(self, programme_id: int, programme: Programme | None) -> bool:
        """Whether that is a version of the same family."""
        editions = self.by_family.get(programme.family, ()) if programme else ()
        return any(one.id == programme_id for one in editions)

    def programme(self, code: str | None, year: int | None) -> Programme | None:
        """The version that residents of that intake begin on."""
        return programmes.edition_for(code or "", year, self.by_family)

    def cohort(self, year: int, programme: Programme) -> Cohort:
        key = (year, programme.id)
        if key not in self.cohorts:
            self.cohorts[key] = Cohort.of(year, programme, among=self.cohort_names)
            self.cohort_names.add(self.cohorts[key].name)
            db.session.add(self.cohorts[key])
        return self.cohorts[key]


def keep(workbook: Workbook, *, by: Person | None, at: datetime) -> None:
    rows = list(workbook.of("resident", "graduate"))
    enrolment = Enrolment(rows)
    enrolment.open_cohorts(rows)
    for wanted in rows:
        programme = enrolment.programme(wanted.record["programme"], wanted.record.get("cohort"))
        if programme is None:
            wanted.refuse("programme", "programme_unknown")
            continue
        year = wanted.record.get("cohort")
        if year is None:
            wanted.refuse("cohort", "missing_value")
            continue
        if not wanted.record["sex"]:
            wanted.refuse("sex", "missing_value")
            continue
        _keep_person(enrolment, programme, wanted, by=by, at=at)


def _keep_person(
    enrolment: Enrolment, programme: Programme, wanted: Wanted, *, by: Person | None, at: datetime
) -> None:
    record = wanted.record
    resident = enrolment.residents.get(record["id_no"])
    graduate = wanted.row.noun == "graduate"
    if resident is None:
        key = (same(record["name"]), record["cohort"])
        others = [
            one
            for one in enrolment.namesakes.get(key, [])
            if one.id_number not in enrolment.in_file
        ]
        if others:
            wanted.refuse(
                "id_no", "same_name_other_id", name=record["name"], tail=others[0].id_number[-4:]
            )
            return
        _enrol(enrolment, programme, wanted, graduate, by=by, at=at)
        return
    wanted.put(resident.person, {"name": record["name"]})
    if wanted.says("phone"):
        wanted.put(resident.person, {"phone": record["phone"]})
    values = _values(wanted, programme, graduate)
    among = {ours for theirs, ours in PLAIN.items() if wanted.says(theirs)}
    among |= {"finished_on", "certificate_number", "employer"} if graduate else {"starts_on"}
    among |= {"trainee_type"} if wanted.says("trainee_type") else set()
    among |= {"ends_on"} if wanted.says("years") or "starts_on" in among else set()
    wanted.put(resident, values, among=among & set(values))
    _keep_programme(enrolment, resident, programme, wanted)
    _keep_tutor(enrolment, resident, wanted)
    _keep_credits(enrolment, resident, wanted)


def _enrol(
    enrolment: Enrolment,
    programme: Programme,
    wanted: Wanted,
    graduate: bool,
    *,
    by: Person | None,
    at: datetime,
) -> None:
    record = wanted.record
    wanted.made()
    role = Grant(role=Role.RESIDENT, granted_at=at, granted_by_id=by.id if by else None)
    person = Person(name=record["name"], phone=record.get("phone"), grants=[role])
    blank = dict.fromkeys(PLAIN.values()) | {"trainee_type": None, "starts_on": None}
    blank |= {"ends_on": None, "finished_on": None, "certificate_number": None, "employer": None}
    resident = Resident(
        person=person,
        id_number=record["id_no"],
        programme=programme,
        cohort=enrolment.cohort(record["cohort"], programme),
        **(blank | _values(wanted, programme, graduate)),
    )
    db.session.add(resident)
    enrolment.residents[record["id_no"]] = resident
    _keep_tutor(enrolment, resident, wanted)
    _keep_credits(enrolment, resident, wanted)


def _values(wanted: Wanted, programme: Programme, graduate: bool) -> dict[str, Any]:
    record = wanted.record
    values = {ours: record[theirs] for theirs, ours in PLAIN.items() if theirs in record}
    if graduate:
        return values | {
            "finished_on": begins(record["finished"]),
            "certificate_number": record["certificate"],
            "employer": record["employer"],
        }
    starts_on = begins(record["start"])
    return values | {
        "trainee_type": TRAINEE_TYPES.get(record["trainee_type"]),
        "starts_on": starts_on,
        "ends_on": _end(starts_on, record["years"], programme.months),
    }


def _end(starts_on: date, years: float | None, months: Decimal) -> date:
    """After the years of training; without them, as many whole years as the programme needs."""
    length = round(years * 12) if years else ceil(months / 12) * 12
    return years_after(starts_on, length)


def _keep_programme(
    enrolment: Enrolment, resident: Resident, programme: Programme, wanted: Wanted
) -> None:
    own_code = programme.code != programme.family and wanted.record["programme"] == programme.code
    same = resident.programme.family == programme.family and not own_code
    if wanted.says("programme") and resident.programme_id != programme.id and not same:
        wanted.change("programme", resident.programme, programme)
        resident.programme = programme
    if wanted.record["cohort"] != resident.cohort.year or wanted.changes.get("programme"):
        cohort = enrolment.cohort(wanted.record["cohort"], resident.programme)
        wanted.change("cohort", resident.cohort, cohort)
        resident.cohort = cohort


def _keep_tutor(enrolment: Enrolment, resident: Resident, wanted: Wanted) -> None:
    name = wanted.record.get("tutor")
    if not wanted.says("tutor") or not name:
        return
    found = enrolment.tutors.get(same(name), [])
    if len(found) != 1:
        wanted.warn("tutor", "tutor_ambiguous" if found else "tutor_unknown", name=name)
        return
    if resident.tutor is not found[0]:
        wanted.change("tutor", resident.tutor, found[0])
        resident.tutor = found[0]


def _keep_credits(enrolment: Enrolment, resident: Resident, wanted: Wanted) -> None:
    """Months of earlier training that the note recognises; the note is the whole statement, but
    for the months that were asked for and approved here."""
    if wanted.row.noun == "graduate" or not wanted.says("note"):
        return
    record = wanted.record
    says = {
        enrolment.standards[name]: exact(months)
        for name, months in record["credit_detail"].items()
        if name in enrolment.standards
    }
    if not says and record["credit_months"]:
        says = {None: exact(record["credit_months"])}
    if resident.id is not None:
        for standard in enrolment.standards.values():
            if (resident.id, standard.id) in enrolment.approved:
                here = enrolment.approved[resident.id, standard.id]
                says[standard] = says.get(standard, Decimal(0)) + here
    has = {one.standard_department_id: one for one in resident.credits if one.kind == "accepted"}
    for standard, months in says.items():
        credit = has.pop(standard.id if standard else None, None)
        label = standard.name if standard else "credits"
        if credit is None:
            resident.credits.append(
                Credit(standard_department=standard, months=months, kind="accepted", until_on=None)
            )
            wanted.change(label, None, months)
        elif credit.months != months:
            wanted.change(label, credit.months, months)
            credit.months = months
    for credit in has.values():
        wanted.change("credits", credit.months, None)
        resident.credits.remove(credit)
        db.session.delete(credit)
