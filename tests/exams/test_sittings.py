"""A sitting from its candidates to the released result, the appeal and the correction."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from tests.exams.conftest import NOW, TODAY, scored
from trainingbase.assessments.models import ExamResult
from trainingbase.db import db
from trainingbase.exams.actions import appeals, entering, releasing, sittings
from trainingbase.exams.models import (
    AlreadyReleased,
    AppealsOver,
    ExamCandidate,
    ExamCorrection,
    NotYet,
)
from trainingbase.exams.queries import mine
from trainingbase.exams.queries import sittings as queries


def everybody(sitting):
    return queries.all_candidates(sitting)


def type_in(sitting, by, *, is_done=True, but=None):
    figures = {one.id: scored(60 + 5 * number, 70) for number, one in enumerate(everybody(sitting))}
    entering.keep(sitting, {**figures, **(but or {})}, is_done=is_done, by=by, at=NOW)


def release(sitting, by):
    return releasing.release(
        sitting, version=sitting.version, today=TODAY, appeal_days=5, by=by, at=NOW
    )


@pytest.fixture
def released(sitting, office, second):
    type_in(sitting, office)
    type_in(sitting, second)
    release(sitting, office)
    return sitting


def test_who_must_sit_is_a_candidate_at_once(sitting, residents):
    found = {one.resident_id: one.added_because for one in everybody(sitting)}
    assert found == {one.id: "in_training" for one in residents}
    assert sitting.year == 2026


def test_the_same_form_twice_makes_one_sitting(sitting, kinds, office):
    again = sittings.make(
        kinds["annual"], {"held_on": TODAY}, form_key="sitting", by=office, at=NOW
    )
    assert again.id == sitting.id


def test_what_two_enter_alike_is_settled_once_both_are_done(sitting, office, second):
    type_in(sitting, office)
    assert not any(one.is_settled for one in everybody(sitting))
    odd = everybody(sitting)[1]
    type_in(sitting, second, but={odd.id: scored(56, 70)})
    assert [one.id for one in everybody(sitting) if not one.is_settled] == [odd.id]
    with pytest.raises(NotYet):
        release(sitting, office)
    entering.decide(
        odd, scored(65, 70), because="the paper says 65", version=odd.version, by=second, at=NOW
    )
    assert (odd.theory, odd.source) == (Decimal(65), "decided")
    assert release(sitting, office) == 5


def test_a_third_person_does_not_enter_and_nobody_enters_twice(sitting, office, second, leader):
    type_in(sitting, office)
    with pytest.raises(NotYet):
        type_in(sitting, office)
    type_in(sitting, second, is_done=False)
    with pytest.raises(entering.BothTaken):
        type_in(sitting, leader)
    entering.take_over(sitting, 2, by=office, at=NOW)
    type_in(sitting, leader)


def test_nothing_is_finished_with_a_blank(sitting, office):
    first = everybody(sitting)[0]
    with pytest.raises(entering.Blank) as blank:
        type_in(sitting, office, but={first.id: {"attended": True, "theory": Decimal(3)}})
    assert blank.value.fields == [(first.id, "skills")]


def test_released_results_stand_where_others_read_them(released, residents):
    rows = db.session.scalars(select(ExamResult).order_by(ExamResult.resident_id)).all()
    assert len(rows) == 5
    first = rows[0]
    assert (first.kind, first.year, first.is_first_attempt, first.attended) == (
        "annual", 2026, True, True,
    )  # fmt: skip
    assert (first.theory, first.theory_passed, first.passed) == (Decimal(60), True, True)
    with pytest.raises(AlreadyReleased):
        type_in(released, residents[0].person)


def test_an_excused_candidate_has_no_result(sitting, office, second):
    ill = everybody(sitting)[0]
    sittings.excuse(ill, "ill", by=office, at=NOW)
    type_in(sitting, office)
    type_in(sitting, second)
    assert release(sitting, office) == 4
    assert ill.result is None


def test_a_resident_sees_only_their_own_and_only_once_released(
    sitting, office, second, alice, bob, browse
):
    type_in(sitting, office)
    type_in(sitting, second)
    browser = browse(alice)
    assert mine.released(alice) == []
    page = browser.get("/exams/mine").get_data(as_text=True)
    assert not re.search(r"(?<![\w.-])70(?![\w-])", page.split("<main")[1])
    release(sitting, office)
    page = browser.get("/exams/mine").get_data(as_text=True)
    assert "Theory 60" in page
    others = next(one for one in everybody(sitting) if one.resident.person_id == bob.id)
    assert browser.get(f"/exams/mine/{others.id}/appeal").status_code == 404
    for address in (f"/exams/{sitting.id}", f"/exams/{sitting.id}/export/csv", "/exams/figures"):
        assert browser.get(address).status_code == 403


def test_a_resit_is_derived_and_completes_the_examination(kinds, office, second, alice_resident):
    def sit(code, day, figures, key):
        answers = {
            "title": None, "held_on": day, "place": None, "pass_theory": Decimal(60),
            "pass_skills": Decimal(60),
        }  # fmt: skip
        one = sittings.make(kinds[code], answers, form_key=key, by=office, at=NOW)
        if not everybody(one):
            sittings.add_one(one, alice_resident.id, by=office, at=NOW)
        for who in (office, second):
            entering.keep(one, {everybody(one)[0].id: figures}, is_done=True, by=who, at=NOW)
        release(one, office)
        return db.session.scalars(
            select(ExamCandidate).where(ExamCandidate.sitting_id == one.id)
        ).one()

    theory = {"attended": True, "theory": Decimal(50), "skills": None, "passed": None}
    skills = {"attended": True, "theory": None, "skills": Decimal(80), "passed": None}
    first = sit("graduation_theory", TODAY, theory, "a")
    assert (first.is_first, first.result.passed) == (True, False)
    both = sit("graduation_skills", TODAY + timedelta(days=1), skills, "b")
    assert both.result_id == first.result_id
    assert (both.is_first, both.result.theory_passed, both.result.skills_passed) == (
        True, False, True,
    )  # fmt: skip
    again = sit(
        "graduation_theory", TODAY + timedelta(days=2), {**theory, "theory": Decimal(66)}, "c"
    )
    assert again.added_because in ("failed_before", "by_hand")
    assert (again.is_first, again.result.is_first_attempt) == (False, False)
    assert again.result.passed is True


def test_an_appeal_is_decided_and_the_original_stays(released, office, alice, browse):
    candidate = mine.released(alice)[0]
    made = appeals.appeal(candidate, text="Recount", form_key="k", today=TODAY, by=alice, at=NOW)
    with pytest.raises(AppealsOver):
        appeals.appeal(candidate, text="Once more", form_key="l", today=TODAY, by=alice, at=NOW)
    browser = browse(office)
    page = browser.get(f"/exams/appeals/{made.id}")
    assert page.status_code == 200
    sent = browser.post(
        f"/exams/appeals/{made.id}",
        data={"decision": "upheld", "why": "Page 3 was not counted", "theory": "72", "skills": "70",
              "version": made.version},
    )  # fmt: skip
    assert sent.status_code == 302, sent.get_data(as_text=True)
    assert candidate.theory == Decimal(60)
    assert candidate.result.theory == Decimal(72)
    kept = db.session.scalars(select(ExamCorrection)).one()
    assert (kept.field, kept.old, kept.new, kept.appeal_id) == (
        "theory", Decimal(60), Decimal(72), made.id,
    )  # fmt: skip
    page = browse(alice).get("/exams/mine").get_data(as_text=True)
    assert "Theory 72" in page and "Theory 60" in page and "Page 3" in page


def test_no_appeal_after_its_days(released, alice):
    candidate = mine.released(alice)[0]
    with pytest.raises(AppealsOver):
        appeals.appeal(
            candidate, text="Late", form_key="k", today=TODAY + timedelta(days=5), by=alice, at=NOW
        )
