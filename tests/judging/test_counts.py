"""Pictures, packets and agendas ask no more of the database for many rows than for few."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import event, insert

from tests.cast import put
from tests.judging.conftest import AT, HELD_ON, TODAY
from trainingbase.assessments.models import Answer, Submission
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.instruments.queries import instrument_in_use
from trainingbase.judging.actions import committee, reading
from trainingbase.judging.models import Signal
from trainingbase.judging.queries.content import contents_of
from trainingbase.people.models import Person


@pytest.fixture
def forms(placed, alice_resident, county, mei_member):
    """`forms(200)`: so many Mini-CEX about Alice, with a comment each."""
    stay = placed(alice_resident, county.medicine, date(2026, 9, 1), date(2027, 1, 1), mei_member)

    def send(number: int) -> None:
        instrument = instrument_in_use("mini_cex")
        ratings = [one for one in instrument.items if one.kind == "rating"]
        words = next(one for one in instrument.items if one.kind == "text")
        before = db.session.scalar(db.select(db.func.count(Submission.id)))
        for n in range(before, before + number):
            one = put(
                Submission(
                    form_key=f"form-{n}", instrument_id=instrument.id, placement_id=stay.id,
                    resident_id=alice_resident.id, assessor_id=mei_member.person_id,
                    observed_on=date(2026, 9, 2) + timedelta(days=n % 60), submitted_at=AT,
                )
            )  # fmt: skip
            given = [
                {"submission_id": one.id, "item_id": item.id, "number": Decimal(5 + n % 4)}
                for item in ratings
            ]
            db.session.execute(insert(Answer), given)
            db.session.execute(
                insert(Answer),
                [{"submission_id": one.id, "item_id": words.id, "text": "Asked about drugs."}],
            )
        db.session.commit()

    return send


@pytest.fixture
def residents(county):
    """`residents(200)`: so many more in training, due before a committee."""

    def enrol(number: int, name: str) -> list[Resident]:
        made = [
            Resident(
                person=Person(name=f"{name}{n}"), cohort=county.cohort, programme=county.programme,
                id_number=f"{name}{n:012}", sex="女", trainee_type="social",
                starts_on=date(2026, 1, 1), ends_on=date(2029, 1, 1),
            )
            for n in range(number)
        ]  # fmt: skip
        db.session.add_all(made)
        db.session.commit()
        return made

    return enrol


def test_a_picture_of_many_forms_asks_as_much_as_one_of_few(browse, forms, alice, statements):
    browser = browse(alice)
    forms(10)
    few = statements(lambda: browser.get("/judging/picture"))
    forms(190)
    assert statements(lambda: browser.get("/judging/picture")) == few
    assert few < 90


def test_packets_of_many_ask_as_much_as_of_few(app, county, residents):
    said = []

    def counted(ids) -> int:
        said.clear()
        contents_of(ids, today=TODAY)
        return len(said)

    def note(*seen):
        said.append(seen[2])

    some = [one.id for one in residents(10, "A")]
    many = [one.id for one in residents(190, "B")]
    event.listen(db.engine, "before_cursor_execute", note)
    try:
        few = counted(some)
        assert counted([*some, *many]) == few
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def test_an_agenda_of_many_asks_as_much_as_of_few(browse, sitting, residents, office, statements):
    def called(day, most):
        db.session.execute(db.text(
            "UPDATE thresholds SET value = :most WHERE key = 'committee_most_cases'"
        ), {"most": most * 10_000 if db.engine.dialect.name == "sqlite" else most})  # fmt: skip
        db.session.commit()
        made = committee.call_meeting(held_on=day, place=None, by=office, at=AT)
        reading.freeze(made, today=TODAY, by=office, at=AT)
        return made.id

    residents(200, "C")
    browser = browse(office)
    few = called(HELD_ON, 10)
    many = called(HELD_ON + timedelta(days=1), 190)
    asked = statements(lambda: browser.get(f"/judging/meetings/{few}"))
    assert statements(lambda: browser.get(f"/judging/meetings/{many}")) == asked


@pytest.mark.parametrize("page", ["residents", "signals"])
def test_a_long_list_asks_as_much_as_a_short_one(browse, residents, office, statements, page):
    def warn(some):
        db.session.add_all(
            Signal(
                rule_code="late_log", resident_id=one.id, key="k", is_silent=False,
                facts={"last": None, "days": 21}, fired_on=TODAY,
            )
            for one in some
        )  # fmt: skip
        db.session.commit()

    browser = browse(office)
    warn(residents(10, "D"))
    few = statements(lambda: browser.get(f"/judging/{page}"))
    warn(residents(190, "E"))
    assert statements(lambda: browser.get(f"/judging/{page}")) == few
