"""The official exit form of a played resident, field by field against its rows, on paper and as a
workbook; and that paper can be verified."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook
from sqlalchemy import delete

from tests.cast import add
from tests.leaving.conftest import GRADES, NOW
from tests.paper.reading import fonts, text
from trainingbase.attendance.actions.marking import confirm_day
from trainingbase.db import db
from trainingbase.enrolment.models import Leave
from trainingbase.leaving import actions
from trainingbase.leaving.queries import deciding, standing_of
from trainingbase.leaving.rules import form as exit_form
from trainingbase.logbook.models import Entry
from trainingbase.programmes.models import Minimum
from trainingbase.training.models import Activity

WORK = {
    ("disease", "Hypertension"): (2, 2), ("disease", "Diabetes"): (2, 0),
    ("case", "Full record"): (4, 3), ("procedure", "Lumbar puncture"): (2, 2),
}  # fmt: skip
"""Asked and done by item."""


@pytest.fixture
def played(county, stay, alice_resident, mei, secretary, ready):
    """Alice has worked, been ill for two working days, was there on three days that are confirmed,
    and went to eight teaching rounds and a lecture."""
    number = 0
    for (category, item), (asked, done) in WORK.items():
        db.session.add(
            Minimum(
                programme=county.programme,
                standard_department=county.standards["Medicine"],
                category=category,
                item=item,
                count=asked,
            )
        )
        for _time in range(done):
            number += 1
            db.session.add(
                Entry(
                    resident=alice_resident,
                    placement=stay,
                    category=category,
                    item=item,
                    done_on=date(2026, 10, 12),
                    entered_at=NOW,
                    entry_key=f"k{number}",
                    confirmed=True,
                    decided_at=NOW,
                    decided_by=mei,
                )
            )
    for day, kind in [*((day, "教学查房") for day in range(12, 20)), (21, "小讲课")]:
        add(
            Activity(
                held_on=date(2026, 10, day),
                kind=kind,
                topic=f"{kind}{day}",
                department_id=county.medicine.id,
                approved_at=NOW,
                residents=[alice_resident],
            )
        )
    add(
        Leave(
            resident=alice_resident,
            kind="sick",
            starts_on=date(2026, 10, 26),
            ends_on=date(2026, 10, 28),
            granted=True,
            decided_at=NOW,
        )
    )
    for day in (12, 13, 14):
        confirm_day(county.medicine, date(2026, 10, day), by=secretary, at=NOW)
    return ready()


def expected(stay) -> dict[str, str]:
    """What must stand in each field, from the rows themselves."""
    found = {
        "EX0.1": "Alice", "EX0.2": "2026 intake", "EX0.3": "GP 33", "EX0.4": "Medicine",
        "EX0.5": "1 Oct 2026 – 30 Nov 2026", "EX0.6": "2",
        "EX1.1": "3", "EX1.2": "0", "EX1.3": "2", "EX1.4": "0",
        "EX1.5": "0",
        "EX2.1": "4", "EX2.2": "3 (75 %)", "EX2.3": "2", "EX2.4": "1 (50 %)",
        "EX2.5": "2", "EX2.6": "2 (100 %)", "EX2.7": "—", "EX2.8": "—",
        "EX6.1": "80", "EX6.2": "Lumbar puncture", "EX6.3": "75", "EX6.4": "Mei", "EX6.5": "Chen",
        "EX7.1": "Passed",
    }  # fmt: skip
    found |= {one.code: "Excellent" for one in exit_form.graded()}
    attended = {"EX5.1": "8", "EX5.3": "1"}
    found |= {f"EX5.{n}": attended.get(f"EX5.{n}", "0") for n in range(1, 15)}
    return found


def test_every_field_of_the_official_form_is_its_row(played, stay, reviewed, seen, browse, gao):
    reviewed(played, reviewers=[gao.id])
    seen(played, remark="Thank you")
    wanted = expected(stay)
    assert list(wanted) != [] and set(wanted) == {one.code for one in exit_form.fields()}
    browser = browse(gao)
    book = load_workbook(
        io.BytesIO(browser.get(f"/leaving/{stay.id}/exit-form/xlsx?language=en").data)
    )
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    header = next(index for index, row in enumerate(rows) if row[0] == "Code")
    shown = {row[0]: str(row[4]) for row in rows[header + 1 :] if row[0]}
    assert shown == wanted
    numbers = {row[0]: row[3] for row in rows[header + 1 :] if row[0]}
    assert (numbers["EX2.2"], numbers["EX6.1"], numbers["EX2.7"]) == (3, 80, None)
    rules = {row[0] for row in book.worksheets[1].iter_rows(values_only=True)}
    assert {"Theory exam", "Skill exam", "Exit score"} <= rules
    signed = [row for row in book.worksheets[2].iter_rows(values_only=True) if row[1]]
    assert [row[1] for row in signed[-3:]] == ["Mei", "Gao", "Alice"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_paper_says_every_field_and_carries_its_fonts(
    played, stay, reviewed, seen, browse, alice, client, language
):
    reviewed(played)
    seen(played)
    response = browse(alice).get(f"/leaving/{stay.id}/exit-form/pdf?language={language}")
    assert response.mimetype == "application/pdf"
    said = text(response.data)
    for field in exit_form.fields():
        label = field.name_en if language == "en" else field.name
        assert "".join(label.split()) in said, field.code
    if language == "en":
        for code, value in expected(stay).items():
            assert "".join(value.split()) in said, code
    digest = played.signature.digest
    assert digest in said and played.view_signature.digest in said
    assert f"/signatures/verify/{digest}" in said
    assert all(inside for _name, inside in fonts(response.data))
    verified = client.get(f"/signatures/verify/{digest}").text
    assert "有效" in verified or "Valid" in verified
    assert "Gao" not in verified


def test_what_was_signed_is_printed_also_after_the_figures_have_changed(
    played, stay, reviewed, browse, alice, county
):
    reviewed(played)
    before = browse(alice).get(f"/leaving/{stay.id}/exit-form/pdf?language=en").data
    db.session.execute(delete(Minimum))
    db.session.commit()
    assert standing_of([stay.id])[stay.id].measured["cases"].target == 0
    after = browse(alice).get(f"/leaving/{stay.id}/exit-form/pdf?language=en").data
    assert text(before) == text(after)


def test_before_the_signature_it_is_a_draft(stay, browse, mei, group):
    said = text(browse(mei).get(f"/leaving/{stay.id}/exit-form/pdf?language=en").data)
    assert "Draft:notsigned" in said and "verify" not in said


def test_a_paper_that_was_taken_back_is_verified_as_such(played, stay, reviewed, office, client):
    reviewed(played)
    digest = played.signature.digest
    actions.withdraw(played, because="Wrong", version=played.version, by=office, at=NOW)
    assert deciding.current(stay.id) is None
    page = client.get(f"/signatures/verify/{digest}")
    assert page.status_code == 200
    assert "撤销" in page.text or "taken back" in page.text


def test_the_ten_grades_of_the_form_are_those_of_the_supervisor(stay, assessed):
    assessed()
    content = deciding.content_of(stay, standing_of([stay.id])[stay.id])
    assert {code: content["fields"][code] for code in GRADES} == GRADES and len(GRADES) == 10
