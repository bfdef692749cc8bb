"""Who has entered which department: all of the past, most of this month; one is late, one did not
come; and what departments tell whoever arrives."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from sqlalchemy import insert, select

from trainingbase import clock
from trainingbase.db import db
from trainingbase.entering import actions
from trainingbase.entering.models import (
    Arrival,
    Induction,
    InductionReading,
    arrival_items,
)
from trainingbase.entering.queries.items import items_in_use
from trainingbase.entering.queries.standings import basis_of
from trainingbase.files.rules import examined
from trainingbase.months import first_of_month
from trainingbase.paper import Document, Heading, Text, pdf
from trainingbase.people.models import Grant, Person
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries.placements import WITH_NAMES
from trainingbase.sites.models import Department

ABOUT = (
    "请提前十分钟到医生办公室报到，带好胸牌、听诊器和执业证复印件。\n"
    "首日上午进行入科教育：核心制度、院感、病历书写与本科室带教安排。\n"
    "每周教学查房与小讲课时间见科室白板。"
)
ABOUT_EN = (
    "Please be at the doctors' office ten minutes early, with badge, stethoscope and a copy of"
    " your licence.\nThe induction is on the first morning: core rules, infection control, writing"
    " of records, and who teaches you.\nTimes of rounds and lectures are on the ward's board."
)
NOT_THERE = 3
"""How many of those placed today are not confirmed: late, and one of them did not come."""


def play(*, today: date, office: Person, say: Callable[[str], None], but: int) -> None:
    """`but` is the resident shown, who has come."""
    placements = db.session.scalars(
        select(Placement)
        .where(Placement.cancelled_at.is_(None), Placement.starts_on <= today)
        .options(*WITH_NAMES)
        .order_by(Placement.starts_on, Placement.id)
    ).all()
    secretaries = _secretaries()
    open_ = _not_there(placements, today=today, but=but)
    come = [one for one in placements if one.id not in open_]
    rows, ticked = _arrivals(come, secretaries, office=office, today=today)
    if rows:
        db.session.execute(insert(Arrival), rows)
        _tick(ticked)
    _induct(placements, secretaries, office=office, today=today)
    late = [one for one in placements if one.id in open_]
    for one in late[-1:]:
        by = secretaries.get(one.department_id, office)
        actions.miss(
            one.id, because="unreachable", note="电话三次未接，已告知科教科", version=0,
            by=by, at=_at(today, 8, 20),
        )  # fmt: skip
    actions.tell_of_late(today=today, at=_at(today, 8, 25))
    say(f"  Entering: {len(rows)} arrivals confirmed, {len(late)} late or missing.")


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), clock.LOCAL)


def _secretaries() -> dict[int, Person]:
    rows = db.session.execute(
        select(Grant.department_id, Person)
        .join(Person, Person.id == Grant.person_id)
        .where(Grant.role == Role.SECRETARY)
        .order_by(Grant.id.desc())
    )
    return {department: person for department, person in rows if department is not None}


def _not_there(placements: Sequence[Placement], *, today: date, but: int) -> set[int]:
    """Of those who began this month, whoever came last: in the fullest departments, one each; not
    the resident shown.  What began before is closed by now."""
    there = [one for one in placements if one.covers(today)]
    latest = {
        one.department_id: one.id
        for one in there
        if one.resident_id != but and one.starts_on >= first_of_month(today)
    }
    fullest = [one for one, _n in Counter(p.department_id for p in there).most_common()]
    return {latest[one] for one in [one for one in fullest if one in latest][:NOT_THERE]}


def _arrivals(placements, secretaries, *, office: Person, today: date) -> tuple[list, list]:
    """Rows of arrivals, and the placements of which all of the checklist was gone through."""
    basis, rows, ticked = basis_of(placements), [], []
    for one in placements:
        chance = Random(one.id)  # noqa: S311 (a play, not a secret)
        expected = basis.of(one, today).expected_on
        if expected is None or expected > today:
            continue
        late = chance.choice((0,) * 18 + (1, 4))
        day = min(expected + timedelta(days=late), one.ends_on - timedelta(days=1), today)
        by = secretaries.get(one.department_id, office)
        held = chance.random() < 0.9
        supervisor = one.supervisor.person_id if one.supervisor else by.id
        rows.append(
            {
                "placement_id": one.id,
                "arrived_on": day,
                "confirmed_at": _at(day, 9, chance.randrange(60)),
                "confirmed_by_id": by.id,
                "beds": chance.choice((2, 3, 3, 4, 4, 5, 5, 1)),
                "inducted_on": day if held else None,
                "inducted_by_id": supervisor if held else None,
                "version": 1,
            }
        )
        if held:
            ticked.append(one.id)
    return rows, ticked


def _tick(placement_ids: list[int]) -> None:
    items = [one.id for one in items_in_use()]
    ids = db.session.scalars(
        select(Arrival.id).where(Arrival.placement_id.in_(placement_ids)).order_by(Arrival.id)
    ).all()
    rows = [{"arrival_id": one, "item_id": item} for one in ids for item in items[: 5 + one % 3]]
    if rows:
        db.session.execute(insert(arrival_items), rows)


def _induct(placements, secretaries, *, office: Person, today: date) -> None:
    """Pages of departments (all but a few), papers of two, and who has read them."""
    departments = db.session.scalars(select(Department).order_by(Department.id)).all()
    written = [one for one in departments if one.id % 7]
    made = _at(date(2026, 8, 25), 15)
    db.session.execute(
        insert(Induction),
        [
            {
                "department_id": one.id,
                "place": f"{1 + one.id % 4}号楼{2 + one.id % 9}层医生办公室",
                "meets_at": "07:50" if one.id % 2 else "08:00",
                "contact": getattr(secretaries.get(one.id), "name", None) or one.secretary_name,
                "telephone": f"0571-600{one.id:04d}",
                "about": ABOUT,
                "about_en": ABOUT_EN,
                "is_general_practice": "全科" in one.name,
                "changed_at": made,
                "changed_by_id": secretaries.get(one.id, office).id,
                "version": 1,
            }
            for one in written
        ],
    )
    read = [one for one in placements if one.id % 5]
    rows = [
        {"placement_id": one.id, "read_at": _at(one.starts_on - timedelta(days=1), 20)}
        for one in read
        if one.starts_on > date(2026, 8, 25)
    ]
    if rows:
        db.session.execute(insert(InductionReading), rows)
    db.session.commit()
    paper = examined("入科须知.pdf", _leaflet(made))
    for department, _number in Counter(
        one.department for one in placements if one.covers(today)
    ).most_common(4):
        by = secretaries.get(department.id, office)
        actions.add_paper(department, paper, title="入科须知与排班说明", by=by, at=made)


def _leaflet(made: datetime) -> bytes:
    blocks = [Heading("报到与排班"), *(Text(line) for line in ABOUT.splitlines())]
    return pdf(Document(title="入科须知与排班说明", language="zh", blocks=blocks, made_at=made))
