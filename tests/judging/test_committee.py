"""From the agenda to the letter, the plan that comes back, and the appeal."""

import re
from datetime import date, timedelta
from urllib.parse import unquote_plus

import pytest

from tests.judging.conftest import AT, HELD_ON, TODAY, proof
from trainingbase.db import db
from trainingbase.judging.actions import committee, deciding, letters, own, reading
from trainingbase.judging.models import (
    Appeal,
    Decision,
    LearningPlan,
    Packet,
    ProvisionalView,
    Stays,
)
from trainingbase.judging.queries import agenda, cases
from trainingbase.judging.queries.content import content_of
from trainingbase.judging.rules.comparing import differences
from trainingbase.judging.rules.verdicts import COMPETENCIES
from trainingbase.signatures.actions import WrongPassword
from trainingbase.signatures.queries import is_intact
from trainingbase.signatures.rules import Proof, digest

LEVELS = dict.fromkeys(COMPETENCIES, "meets")


def view(case, member, outcome="progress"):
    packet = cases.packet_now(case)
    return reading.give_view(
        case, packet, outcome=outcome, judged=LEVELS, word="Reads well.", by=member, at=AT
    )


def given(**more):
    kept = {
        "outcome": "progress",
        "judged": {code: ["meets", ""] for code in COMPETENCIES},
        "reason": "Steady.",
        "advice": "Go on.",
        "votes_for": 3,
        "votes_against": 0,
        "abstained": 0,
    }
    return deciding.Decided(**(kept | more))


def opened(meeting, by):
    deciding.open_meeting(meeting, [one.person_id for one in meeting.sittings], by=by, at=AT)
    return meeting


def decided(case, chair, **more):
    return deciding.decide(
        case, cases.packet_now(case), given(**more), proof=proof(), by=chair, at=AT
    )


def test_whoever_is_due_by_the_rules_is_on_the_agenda(sitting, office, alice_resident):
    alice_resident.starts_on = date(2026, 6, 1)
    db.session.commit()
    made = committee.call_meeting(held_on=HELD_ON, place=None, by=office, at=AT)
    [line] = cases.lines_of(made, office)
    assert line.case.resident_id == alice_resident.id
    assert line.case.reasons == [["regular", {"since": "2026-06-01", "met": False}]]


def test_nobody_is_on_two_agendas(meeting, alice_resident):
    alice_resident.starts_on = date(2026, 1, 1)
    db.session.commit()
    assert alice_resident.id not in agenda.due_on(HELD_ON + timedelta(days=7))


def test_a_committee_without_a_chair_is_not_called(county, office, mei):
    committee.name_member(mei, duty="member", starts_on=TODAY, ends_on=None, by=office, at=AT)
    with pytest.raises(committee.NoChair):
        committee.call_meeting(held_on=HELD_ON, place=None, by=office, at=AT)


def test_nobody_reads_anothers_view_before_giving_their_own(alices_case, mei, chen, office):
    view(alices_case, mei, outcome="remediate")
    assert [one.member_id for one in cases.views_for(mei, alices_case)] == [mei.id]
    assert cases.views_for(chen, alices_case) == []
    assert cases.views_for(office, alices_case) == []
    view(alices_case, chen)
    assert len(cases.views_for(chen, alices_case)) == 2


def test_the_page_keeps_views_from_who_has_not_given_one(browse, alices_case, mei, chen):
    view(alices_case, mei)
    assert "Reads well." not in browse(chen).get(f"/judging/cases/{alices_case.id}").text
    assert "Reads well." in browse(mei).get(f"/judging/cases/{alices_case.id}").text


def test_a_view_is_given_once_and_stays(alices_case, mei):
    one = view(alices_case, mei)
    with pytest.raises(reading.AlreadyGiven):
        view(alices_case, mei, outcome="extend")
    one.outcome = "extend"
    with pytest.raises(Stays):
        db.session.commit()
    db.session.rollback()
    assert db.session.scalar(db.select(db.func.count(ProvisionalView.id))) == 1


def test_who_does_not_sit_gives_no_view_and_reads_no_case(browse, alices_case, outsiders):
    with pytest.raises(reading.Barred):
        view(alices_case, outsiders[0])
    assert browse(outsiders[0]).get(f"/judging/cases/{alices_case.id}").status_code == 404
    packet = alices_case.packets[0].id
    assert browse(outsiders[0]).get(f"/judging/packets/{packet}").status_code == 404


def test_a_conflict_keeps_a_member_out(browse, alices_case, mei, chen, alice_resident, frozen):
    view(alices_case, chen)
    committee.declare_conflict(mei, alice_resident, ground="kin", word=None, by=mei, at=AT)
    assert browse(mei).get(f"/judging/cases/{alices_case.id}").status_code == 404
    assert browse(mei).get(f"/judging/packets/{alices_case.packets[0].id}").status_code == 404
    assert browse(mei).get(f"/judging/residents/{alice_resident.id}").status_code == 404
    with pytest.raises(reading.Barred):
        view(alices_case, mei)
    opened(frozen, by=chen)
    assert mei.id not in deciding.voters_of(alices_case)


def test_the_tutor_abstains_where_the_base_wants_it(alices_case, mei, alice_resident):
    alice_resident.tutor_id = mei.id
    db.session.commit()
    with pytest.raises(reading.Barred):
        view(alices_case, mei)


def test_a_packet_is_never_changed(alices_case, office):
    packet = cases.packet_now(alices_case)
    assert digest(packet.content) == packet.digest
    packet.content = {"altered": True}
    with pytest.raises(Stays):
        db.session.commit()
    db.session.rollback()
    again = reading.freeze_anew(alices_case, today=TODAY, by=office, at=AT)
    assert again.number == 2
    assert db.session.scalar(db.select(db.func.count(Packet.id))) == 3


def test_an_altered_packet_shows(browse, alices_case, office):
    packet = cases.packet_now(alices_case)
    page = browse(office).get(f"/judging/packets/{packet.id}").text
    assert "Unchanged since it was frozen" in page
    changed = packet.content | {"as_of": "2026-01-01"}
    db.session.execute(
        db.update(Packet.__table__).where(Packet.id == packet.id).values(content=changed)
    )
    db.session.commit()
    page = browse(office).get(f"/judging/packets/{packet.id}").text
    assert "Changed since: do not rely on it" in page


def test_no_quorum_no_meeting(frozen, mei):
    with pytest.raises(deciding.NoQuorum):
        deciding.open_meeting(frozen, [mei.id], by=mei, at=AT)
    assert frozen.state == "reading"


def test_only_the_chair_decides_and_signs(frozen, alices_case, mei, leader):
    opened(frozen, by=leader)
    packet = cases.packet_now(alices_case)
    with pytest.raises(deciding.NotTheChair):
        deciding.decide(alices_case, packet, given(), proof=proof(), by=mei, at=AT)
    with pytest.raises(WrongPassword):
        deciding.decide(
            alices_case, packet, given(), proof=Proof("wrong", "", AT), by=leader, at=AT
        )
    made = decided(alices_case, leader)
    assert is_intact(made.signature)
    assert made.signature.content["packet"] == packet.digest
    assert decided(alices_case, leader).id == made.id


def test_the_votes_are_as_many_as_may_vote(frozen, alices_case, leader):
    opened(frozen, by=leader)
    with pytest.raises(deciding.WrongVotes) as refused:
        decided(alices_case, leader, votes_for=4)
    assert refused.value.voters == 3


def test_who_is_to_catch_up_has_a_plan(frozen, alices_case, leader):
    opened(frozen, by=leader)
    with pytest.raises(deciding.NoPlan):
        decided(alices_case, leader, outcome="remediate")


def test_a_decision_stays(frozen, alices_case, leader):
    made = decided(alices_case, leader) if opened(frozen, by=leader) else None
    made.outcome = "graduate"
    with pytest.raises(Stays):
        db.session.commit()
    db.session.rollback()


@pytest.fixture
def remediated(frozen, alices_case, leader, mei) -> Decision:
    opened(frozen, by=leader)
    plan = deciding.Planned("Take ten histories", mei.id, HELD_ON + timedelta(days=30))
    return decided(alices_case, leader, outcome="remediate", plans=[plan])


def test_a_plan_comes_back_until_the_committee_closes_it(
    remediated, frozen, alice_resident, mei, leader, office
):
    deciding.close_meeting(frozen, minutes="Held.", version=frozen.version, by=leader, at=AT)
    later = HELD_ON + timedelta(days=60)
    [plan] = db.session.scalars(db.select(LearningPlan))
    assert agenda.due_on(later)[alice_resident.id][0] == ("returning", {"plans": [plan.id]})
    own.report(plan, result="Eight so far", is_done=True, version=plan.version, by=mei, at=AT)
    assert alice_resident.id in agenda.due_on(later)
    second = committee.call_meeting(held_on=later, place=None, by=office, at=AT)
    reading.freeze(second, today=TODAY, by=office, at=AT)
    case = next(c for c in cases.cases_of(second) if c.resident_id == alice_resident.id)
    opened(second, by=leader)
    decided(case, leader, returning={plan.id: "reached"})
    assert plan.closed_at is not None and plan.result == "Eight so far"


def test_the_resident_reads_answers_and_appeals(browse, remediated, alice, bob):
    address = f"/judging/letters/{remediated.id}"
    assert "Take ten histories" in browse(alice).get(address).text
    assert browse(bob).get(address).status_code == 404
    letters.read(remediated, answer="I will.", version=None, by=alice, at=AT)
    until = remediated.appeal_until
    with pytest.raises(letters.TooLate):
        letters.appeal(remediated, because="No", today=until, by=alice, at=AT)
    letters.appeal(remediated, because="It was one bad week", today=TODAY, by=alice, at=AT)
    with pytest.raises(letters.AlreadyAppealed):
        letters.appeal(remediated, because="Again", today=TODAY, by=alice, at=AT)


def test_another_panel_hears_the_appeal(remediated, alice, office, leader, mei, outsiders):
    appeal = letters.appeal(remediated, because="One week", today=TODAY, by=alice, at=AT)
    gao, xu = outsiders
    panel = {"held_on": HELD_ON + timedelta(days=9), "place": None, "by": office, "at": AT}
    with pytest.raises(letters.SamePeople):
        letters.call_panel(appeal, chair_id=xu.id, members=[mei.id], **panel)
    made = letters.call_panel(appeal, chair_id=xu.id, members=[gao.id], **panel)
    [case] = cases.cases_of(made)
    reading.freeze(made, today=TODAY, by=office, at=AT)
    opened(made, by=xu)
    decided(case, xu, votes_for=2, appeal="changed")
    db.session.refresh(appeal)
    assert appeal.outcome == "changed" and not appeal.is_open
    second = cases.decision_of(case)
    with pytest.raises(committee.NotNow):
        letters.appeal(second, because="Once more", today=TODAY, by=alice, at=AT)


def test_a_packet_says_what_has_changed_since(alices_case, alice_resident, mei):
    packet = cases.packet_now(alices_case)
    assert differences(packet.content, content_of(alice_resident.id, today=TODAY)) == []
    alice_resident.tutor_id = mei.id
    db.session.commit()
    [one] = differences(packet.content, content_of(alice_resident.id, today=TODAY))
    assert one.what == "tutor" and one.now["zh"] == "Mei"
    assert digest(packet.content) == packet.digest


def test_a_resident_reads_no_packet_but_their_own(browse, alices_case, alice, bob):
    address = f"/judging/packets/{alices_case.packets[0].id}"
    assert browse(alice).get(address).status_code == 200
    assert browse(bob).get(address).status_code == 404
    assert browse(bob).get(f"{address}/paper.pdf").status_code == 404


def test_letter_and_packet_are_papers_in_both_languages(browse, remediated, alice):
    browser = browse(alice)
    for tongue in ("zh", "en"):
        for path in (f"letters/{remediated.id}", f"packets/{remediated.packet_id}"):
            paper = browser.get(f"/judging/{path}/paper.pdf?language={tongue}")
            assert paper.data.startswith(b"%PDF"), path


def test_nothing_is_done_about_the_course_by_itself(browse, frozen, alices_case, leader, office):
    opened(frozen, by=leader)
    plan = deciding.Planned("Repeat surgery", leader.id, HELD_ON + timedelta(days=90))
    made = decided(alices_case, leader, outcome="extend", plans=[plan])
    page = browse(office).get(f"/judging/letters/{made.id}").text
    [link] = re.findall(rf'href="(/courses/new/{alices_case.resident_id}/extension[^"]*)"', page)
    assert made.reason not in unquote_plus(link), "addresses are logged"
    assert (
        "committee"
        in browse(office)
        .get(f"/courses/new/{alices_case.resident_id}/extension?word=committee")
        .text
    )
    assert db.session.scalar(db.select(db.func.count(Appeal.id))) == 0


def test_a_form_sent_twice_makes_one_meeting(sitting, office):
    made = [
        committee.call_meeting(held_on=HELD_ON, place=None, by=office, at=AT, request_key="k")
        for _time in range(2)
    ]
    assert made[0].id == made[1].id


def test_two_terms_do_not_overlap(sitting, mei, office):
    with pytest.raises(committee.SecondTerm):
        committee.name_member(mei, duty="chair", starts_on=TODAY, ends_on=None, by=office, at=AT)
