"""A failed exit: the re-examination, what follows for the plan, and marks entered twice."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from tests.leaving.conftest import NOW, TODAY
from trainingbase.db import db
from trainingbase.history.models import Change
from trainingbase.leaving import actions
from trainingbase.leaving.actions.exams import Result
from trainingbase.leaving.actions.retaking import Arranged, may_retake
from trainingbase.leaving.models import AlreadyDone, ExitExam, NotNow, NotTheExaminers
from trainingbase.leaving.queries import deciding
from trainingbase.notices.models import Notice
from trainingbase.rotations.queries.problem import months_again
from trainingbase.stale import Stale

SOON = TODAY + timedelta(days=7)


@pytest.fixture
def failed(ready, reviewed):
    leaving = ready(skill=40)
    return reviewed(leaving, "failed")


@pytest.fixture
def arranged(failed, secretary, mei, chen):
    given = Arranged(["skill"], SOON, mei.id, chen.id)
    actions.arrange(failed, given, version=None, by=secretary, at=NOW)
    return failed


def test_the_office_is_told_and_the_next_rotation_stands_still(
    failed, stay, placed, alice_resident, county, office
):
    after = placed(alice_resident, county.surgery, stay.ends_on, stay.ends_on + timedelta(days=31))
    assert deciding.stopped_by(after).id == failed.id
    assert deciding.next_placement(stay).id == after.id
    kinds = db.session.scalars(select(Notice.kind).where(Notice.person_id == office.id)).all()
    assert "leaving-failed" in kinds


def test_a_re_examination_that_is_passed(arranged, stay, marked, secretary, reviewed, seen):
    with pytest.raises(NotNow):  # no marks yet
        actions.prepare(stay, by=secretary, at=NOW)
    marked(skill=70)
    second = actions.prepare(stay, by=secretary, at=NOW)
    assert (second.round, second.id != arranged.id) == (2, True)
    reviewed(second, "passed")
    seen(second)
    assert deciding.left(stay.id).leaving_id == second.id
    assert deciding.stopped_by(stay) is None
    assert [one.attempt for one in deciding.exams_of(stay.id) if one.kind == "skill"] == [1, 2]


def test_a_second_failure_leaves_the_decision_to_the_office(
    arranged, stay, marked, secretary, reviewed, seen, office, mei, chen
):
    marked(skill=30)
    second = actions.prepare(stay, by=secretary, at=NOW)
    reviewed(second, "failed")
    assert not may_retake(second)
    with pytest.raises(NotNow):
        given = Arranged(["skill"], SOON, mei.id, chen.id)
        actions.arrange(second, given, version=None, by=secretary, at=NOW)
    seen(second)
    assert deciding.left(stay.id) is None
    actions.decide_consequence(
        second, "repeat", because="Skills", version=second.version, by=office, at=NOW
    )
    assert deciding.left(stay.id) is not None
    october = [(stay.standard_department_id, stay.starts_on, 2.0)]
    assert months_again([stay.resident_id]) == {stay.resident_id: october}
    with pytest.raises(NotNow):
        actions.decide_consequence(
            second, "go_on", because="Changed", version=second.version, by=office, at=NOW
        )


def test_taking_the_second_review_back_brings_the_first_one_back(
    arranged, stay, marked, secretary, reviewed, office
):
    marked(skill=70)
    second = actions.prepare(stay, by=secretary, at=NOW)
    reviewed(second, "passed")
    assert stay.repeats_at is None
    actions.withdraw(second, because="Wrong", version=second.version, by=office, at=NOW)
    assert deciding.current(stay.id).id == arranged.id


def test_two_who_arrange_at_once(arranged, secretary, office, mei, chen, gao):
    opened = arranged.retake.version
    actions.arrange(
        arranged, Arranged(["skill"], SOON, mei.id, gao.id), version=opened, by=office, at=NOW
    )
    with pytest.raises(Stale):
        actions.arrange(
            arranged, Arranged(["skill"], TODAY, mei.id, chen.id), version=opened, by=secretary,
            at=NOW,
        )  # fmt: skip


def test_two_examiners_are_two_people_and_not_the_resident(stay, secretary, mei, alice, failed):
    for two in ((mei.id, mei.id), (mei.id, alice.id)):
        with pytest.raises(NotTheExaminers):
            actions.arrange(
                failed, Arranged(["skill"], SOON, *two), version=None, by=secretary, at=NOW
            )


@pytest.mark.parametrize("second", [None, "mei", "alice"])
def test_a_skill_exam_needs_two_other_people(stay, secretary, mei, alice, second):
    other = {"mei": mei.id, "alice": alice.id}.get(second)
    with pytest.raises(NotTheExaminers):
        actions.enter_exam(
            stay, Result("skill", TODAY, Decimal(70), "ECG", mei.id, other), by=secretary, at=NOW,
            request_key="a",
        )  # fmt: skip


def test_a_mark_sent_twice_is_one_and_another_form_is_refused(stay, secretary, mei):
    given = Result("theory", TODAY, Decimal(70))
    first = actions.enter_exam(stay, given, by=secretary, at=NOW, request_key="a")
    again = actions.enter_exam(stay, given, by=secretary, at=NOW, request_key="a")
    assert first.id == again.id
    with pytest.raises(NotNow):
        actions.enter_exam(stay, given, by=mei, at=NOW, request_key="b")
    assert db.session.scalar(select(func.count(ExitExam.id))) == 1


def test_a_corrected_mark_keeps_what_it_was_and_a_stale_correction_is_refused(stay, secretary):
    given = Result("theory", TODAY, Decimal(70))
    exam = actions.enter_exam(stay, given, by=secretary, at=NOW, request_key=None)
    actions.correct_exam(
        exam, Result("theory", TODAY, Decimal(80)), why="misread", version=1, by=secretary, at=NOW
    )
    kept = db.session.scalars(select(Change).where(Change.field == "score")).one()
    assert (kept.old, kept.new, kept.why) == ("70", "80", "misread")
    with pytest.raises(Stale):
        actions.correct_exam(exam, given, why="again", version=1, by=secretary, at=NOW)


def test_no_mark_comes_after_a_signature_without_a_re_examination(failed, stay, secretary):
    with pytest.raises(AlreadyDone):
        actions.enter_exam(
            stay, Result("theory", TODAY, Decimal(90)), by=secretary, at=NOW, request_key=None
        )


def test_reminders_go_to_whose_turn_it_is_and_stop(
    stay, group, lenient, assessed, marked, secretary, reviewed, seen, mei, gao, alice
):
    lenient()
    day = stay.ends_on
    later = NOW + timedelta(days=1)

    def reminded(person):
        return db.session.scalar(
            select(func.count(Notice.id)).where(
                Notice.person_id == person.id, Notice.kind == "leaving-late"
            )
        )

    assert actions.remind(today=day, at=later) == 1 and reminded(mei) == 1
    assert actions.remind(today=day, at=later) == 0
    assessed()
    assert actions.remind(today=day, at=later) == 1 and reminded(secretary) == 1
    leaving = actions.prepare(stay, by=secretary, at=NOW)
    actions.remind(today=day, at=later)
    assert reminded(gao) == 1
    reviewed(leaving)
    actions.remind(today=day, at=later)
    assert reminded(alice) == 1
    seen(leaving, at=later)
    assert actions.remind(today=day + timedelta(days=9), at=later + timedelta(days=9)) == 0


def test_what_is_ready_is_handed_over_by_itself_on_the_last_day(stay, group, assessed, lenient):
    lenient(mini_cex="advice")
    assessed()
    before = TODAY - timedelta(days=2)
    assert actions.prepare_those_ready(today=before, at=NOW - timedelta(days=2)) == 0
    assert actions.prepare_those_ready(today=TODAY, at=NOW) == 1
    assert deciding.current(stay.id).prepared_by_id is None
    assert actions.prepare_those_ready(today=TODAY, at=NOW) == 0


def test_what_is_only_made_up_waits_for_its_day(failed, stay, secretary, mei, chen):
    given = Arranged(["records"], SOON, mei.id, chen.id)
    actions.arrange(failed, given, version=None, by=secretary, at=NOW)
    assert actions.prepare_those_ready(today=TODAY, at=NOW) == 0
    later = NOW + timedelta(days=7)
    assert actions.prepare(stay, by=secretary, at=later).round == 2


def test_who_teaches_no_more_signs_no_more(ready, reviewed, gao_member, han, stay):
    leaving = ready()
    gao_member.inactive_on = TODAY
    db.session.commit()
    with pytest.raises(NotNow):
        reviewed(leaving)
    reviewed(leaving, by=han)
