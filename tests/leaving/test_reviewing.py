"""From the supervisor's assessment to the day on which the resident has left."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select, update

from tests.leaving.conftest import GRADES, NOW, PROOF, TODAY, content_seen
from trainingbase.db import db
from trainingbase.leaving import actions
from trainingbase.leaving.actions.appraising import Appraised
from trainingbase.leaving.actions.exams import Result
from trainingbase.leaving.models import AlreadyDone, ExitExam, Left, NotNow, NotReady, Vetoed
from trainingbase.leaving.queries import deciding, on_time, standing_of
from trainingbase.leaving.rules.content import changed, lines_of
from trainingbase.notices.models import Notice
from trainingbase.signatures.actions import WrongPassword
from trainingbase.signatures.queries import is_intact, signatures_of
from trainingbase.stale import Stale

DAY = timedelta(days=1)


def told(person, kind):
    return db.session.scalars(
        select(Notice).where(Notice.person_id == person.id, Notice.kind == kind)
    ).all()


def test_a_whole_leaving(stay, ready, reviewed, seen, gao, alice, secretary):
    leaving = ready()
    assert leaving.prepared_by_id == secretary.id and len(told(gao, "leaving-ready")) == 1
    reviewed(leaving, reviewers=[gao.id])
    assert leaving.state == "passed" and len(told(alice, "leaving-signed")) == 1
    assert deciding.left(stay.id) is None
    seen(leaving, remark="Thank you.")
    gone = deciding.left(stay.id)
    assert (gone.left_on, gone.done_by_id) == (TODAY, alice.id)
    (signature,) = signatures_of("leaving", leaving.id)
    assert is_intact(signature) and signature.role == "leader"
    assert signature.content["review"]["reviewers"] == ["Gao"]
    assert signature.content["fields"]["EX7.1"] == "passed"


def test_nothing_is_handed_over_before_what_is_needed_is_there(stay, group, lenient, secretary):
    lenient()
    with pytest.raises(NotReady) as refused:
        actions.prepare(stay, by=secretary, at=NOW)
    assert refused.value.missing == ("exit_form", "appraisal")


def test_the_office_hands_over_with_a_reason_and_the_rules_then_propose_no_pass(
    stay, group, lenient, office, reviewed
):
    lenient()
    leaving = actions.prepare(stay, by=office, at=NOW, because="Mei has left the hospital")
    with pytest.raises(actions.Deviates):
        reviewed(leaving, "passed")
    reviewed(leaving, "passed", reason="Seen by the whole group")
    assert leaving.content["prepared_because"] == "Mei has left the hospital"


def test_nobody_passes_with_a_veto(ready, reviewed):
    leaving = ready(skill=40)
    with pytest.raises(Vetoed) as refused:
        reviewed(leaving, "passed", reason="He is nice")
    assert refused.value.items == ("skill",)
    reviewed(leaving, "failed")
    assert leaving.state == "failed"


def test_nobody_passes_with_a_veto_that_was_never_entered(
    ready, reviewed, lenient, stay, secretary, office
):
    with pytest.raises(NotReady) as refused:
        lenient(attendance="veto")
        ready()
    assert refused.value.missing == ("attendance",)
    leaving = actions.prepare(stay, because="The list is lost", by=office, at=NOW)
    assert standing_of([stay.id])[stay.id].proposed == "failed"
    with pytest.raises(Vetoed) as refused:
        reviewed(leaving, "passed", reason="He was there")
    assert refused.value.items == ("attendance",)
    reviewed(leaving, "failed")


def test_who_would_pass_fails_only_with_a_reason(ready, reviewed):
    leaving = ready()
    with pytest.raises(actions.Deviates):
        reviewed(leaving, "failed")
    reviewed(leaving, "failed", reason="Cheated in the theory exam")
    assert leaving.proposed == "passed" and leaving.reason


def test_a_wrong_password_leaves_everything_as_it_was(ready, reviewed, stay):
    leaving = ready()
    version = leaving.version
    with pytest.raises(WrongPassword):
        reviewed(leaving, proof=replace(PROOF, password="guess"))
    assert (leaving.state, leaving.version) == ("ready", version)
    assert signatures_of("leaving", leaving.id) == []


def test_a_deputy_signs_as_deputy_and_nobody_else_signs(ready, reviewed, han, mei, office, alice):
    leaving = ready()
    for stranger in (mei, office, alice):
        with pytest.raises(NotNow):
            reviewed(leaving, by=stranger)
    reviewed(leaving, by=han)
    assert leaving.signature.role == "deputy"


def test_two_who_sign_at_once_are_one(ready, reviewed, gao, han):
    leaving = ready()
    opened = leaving.version
    reviewed(leaving, by=han, version=opened)
    with pytest.raises(Stale):
        reviewed(leaving, by=gao, version=opened)
    assert len(signatures_of("leaving", leaving.id)) == 1


def test_what_changes_while_the_page_is_open_is_not_signed(ready, reviewed, stay, secretary):
    leaving = ready()
    shown = content_seen(stay)
    exam = next(one for one in deciding.exams_of(stay.id) if one.kind == "theory")
    result = Result("theory", TODAY, exam.score + 1)
    actions.correct_exam(exam, result, why="misread", version=exam.version, by=secretary, at=NOW)
    with pytest.raises(Stale):
        reviewed(leaving, seen=shown)
    assert leaving.state == "ready"


def test_a_figure_that_changes_after_signing_is_said_and_what_was_signed_stays(
    ready, reviewed, stay, lenient
):
    leaving = ready()
    reviewed(leaving)
    lenient(theory="veto", attendance="advice")
    now = standing_of([stay.id])[stay.id].lines
    differing = {one.item: one for one in changed(lines_of(leaving.content["lines"]), now)}
    assert set(differing) == {"skill", "score", "mini_cex", "attendance"}
    assert differing["attendance"].signed is None and differing["skill"].now is None
    assert is_intact(leaving.signature)


def test_what_was_signed_is_not_marked_any_more(ready, reviewed, marked, stay, secretary):
    leaving = ready()
    reviewed(leaving)
    exam = deciding.exams_of(stay.id)[0]
    with pytest.raises(AlreadyDone):
        actions.correct_exam(
            exam,
            Result("theory", TODAY, exam.score),
            why="later",
            version=exam.version,
            by=secretary,
            at=NOW,
        )


def test_the_leader_sends_back_and_the_secretary_hands_over_again(ready, stay, secretary, gao):
    leaving = ready()
    actions.send_back(leaving, because="Log first", version=leaving.version, by=gao, at=NOW)
    assert len(told(secretary, "leaving-sent-back")) == 1
    again = actions.prepare(stay, by=secretary, at=NOW)
    assert again.id == leaving.id and again.state == "ready"


def test_nobody_has_left_before_the_last_day(stay, ready, reviewed, seen):
    early = NOW - 4 * DAY
    stay.ends_on = date(2026, 12, 4)
    db.session.commit()
    leaving = ready()
    reviewed(leaving, at=early)
    seen(leaving, at=early)
    assert deciding.left(stay.id) is None
    assert actions.complete_those_over(today=date(2026, 12, 2), at=NOW + 2 * DAY) == 0
    assert actions.complete_those_over(today=date(2026, 12, 3), at=NOW + 3 * DAY) == 1
    assert deciding.left(stay.id).left_on == date(2026, 12, 3)
    assert actions.complete_those_over(today=date(2026, 12, 3), at=NOW + 3 * DAY) == 0


def test_it_is_not_handed_over_long_before_the_end(stay, group, assessed, lenient, secretary):
    lenient()
    assessed()
    with pytest.raises(NotNow):
        actions.prepare(stay, by=secretary, at=NOW - 20 * DAY)


def test_what_the_resident_does_not_sign_is_closed_by_the_portal(ready, reviewed, stay):
    reviewed(ready())
    assert actions.close_unsigned(today=TODAY + 6 * DAY, at=NOW + 6 * DAY) == 0
    assert actions.close_unsigned(today=TODAY + 7 * DAY, at=NOW + 7 * DAY) == 1
    assert deciding.left(stay.id).done_by_id is None


def test_an_objection_is_answered_before_somebody_has_left(
    ready, reviewed, seen, stay, office, alice
):
    leaving = ready()
    reviewed(leaving)
    seen(leaving, remark="The theory mark is not mine", objects=True)
    assert deciding.left(stay.id) is None and len(told(office, "leaving-objection")) == 1
    actions.answer_objection(
        leaving, "Checked: it is yours.", version=leaving.version, by=office, at=NOW
    )
    assert deciding.left(stay.id) is not None and len(told(alice, "leaving-answered")) == 1


def test_only_the_resident_signs_for_the_resident(ready, reviewed, seen, bob, office):
    leaving = ready()
    reviewed(leaving)
    for stranger in (bob, office):
        with pytest.raises(NotNow):
            seen(leaving, by=stranger)


def test_the_office_takes_a_review_back_with_its_signatures(
    ready, reviewed, seen, stay, office, secretary, alice
):
    leaving = ready()
    reviewed(leaving)
    seen(leaving)
    actions.withdraw(
        leaving, because="Another resident", version=leaving.version, by=office, at=NOW
    )
    assert deciding.left(stay.id) is None and deciding.current(stay.id) is None
    assert not leaving.signature.stands and not leaving.view_signature.stands
    assert leaving.content["resident"] == "Alice"
    again = actions.prepare(stay, by=secretary, at=NOW)
    assert again.id != leaving.id and again.round == 1
    assert db.session.scalars(select(Left)).one().withdrawn_at is not None


def test_how_many_leave_in_time(ready, reviewed, seen, stay, placed, bob_resident, county):
    placed(bob_resident, county.medicine, date(2026, 10, 1), date(2026, 11, 1))
    leaving = ready()
    reviewed(leaving)
    seen(leaving, at=NOW)
    found = on_time(date(2026, 10, 1), date(2026, 12, 1))
    assert (found.on_time, found.late, found.open, found.due) == (1, 0, 1, 2)
    assert on_time(date(2026, 12, 1), date(2027, 1, 1)).due == 0


def test_what_changed_behind_the_page_is_not_signed(ready, reviewed, stay):
    leaving = ready()
    exams, shown = deciding.exams_of(stay.id), content_seen(stay)
    db.session.execute(  # by somebody else, whom this session does not know of
        update(ExitExam).where(ExitExam.kind == "theory").values(score=Decimal(61)),
        execution_options={"synchronize_session": False},
    )
    with pytest.raises(Stale):
        reviewed(leaving, seen=shown)
    assert len(exams) == 2


def test_what_is_decided_is_not_appraised_anew(ready, reviewed, stay, mei, office):
    leaving = reviewed(ready(skill=40), "failed")
    other = Appraised({**GRADES, "EX3.1": 4}, {}, "Unreliable.")
    actions.decide_consequence(
        leaving, "go_on", because="No place", version=leaving.version, by=office, at=NOW
    )
    with pytest.raises(AlreadyDone):
        actions.appraise(stay, other, proof=PROOF, version=1, by=mei, at=NOW)
