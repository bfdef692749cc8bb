"""What somebody would try who wants to know, or to decide, more than is theirs."""

from datetime import timedelta

import pytest

from tests.cast import PASSWORD, add
from tests.judging.conftest import AT, HELD_ON, TODAY, proof
from tests.judging.test_committee import decided, given, opened, view
from trainingbase.db import db
from trainingbase.judging.actions import committee, deciding, reading
from trainingbase.judging.models import Decision, ProvisionalView
from trainingbase.judging.queries import cases
from trainingbase.judging.rules.verdicts import COMPETENCIES
from trainingbase.people.models import Grant
from trainingbase.roles import Role

LEVELS = {f"level_{code}": "meets" for code in COMPETENCIES}
VIEW = {**LEVELS, "outcome": "progress", "word": "First."}


def count(model) -> int:
    return db.session.scalar(db.select(db.func.count()).select_from(model))


def test_voting_twice_by_the_page_changes_nothing(browse, alices_case, mei):
    browser, address = browse(mei), f"/judging/cases/{alices_case.id}/view"
    packet = str(alices_case.packets[0].id)
    browser.post(address, data={**VIEW, "packet": packet})
    browser.post(address, data={**VIEW, "packet": packet, "outcome": "extend", "word": "Second."})
    [one] = db.session.scalars(db.select(ProvisionalView))
    assert (one.outcome, one.word) == ("progress", "First.")


def test_a_view_on_a_packet_of_somebody_else_counts_for_the_own_one(
    browse, alices_case, frozen, mei, bob_resident
):
    other = next(c for c in cases.cases_of(frozen) if c.resident_id == bob_resident.id)
    forged = str(cases.packet_now(other).id)
    browse(mei).post(f"/judging/cases/{alices_case.id}/view", data={**VIEW, "packet": forged})
    [one] = db.session.scalars(db.select(ProvisionalView))
    assert one.packet.case_id == alices_case.id


@pytest.mark.parametrize("outcome", ["", "promote", "progress' OR 1=1 --"])
def test_an_outcome_nobody_offers_is_refused(browse, alices_case, mei, outcome):
    data = {**VIEW, "packet": "1", "outcome": outcome}
    page = browse(mei).post(f"/judging/cases/{alices_case.id}/view", data=data)
    assert page.status_code == 422 and count(ProvisionalView) == 0


def test_views_leak_through_no_page_of_the_meeting(browse, alices_case, frozen, mei, chen, office):
    reading.give_view(
        alices_case, cases.packet_now(alices_case), outcome="extend",
        judged=dict.fromkeys(COMPETENCIES, "below"), word="Telltale words.", by=mei, at=AT,
    )  # fmt: skip
    for someone in (chen, office):
        browser = browse(someone)
        for address in (
            f"/judging/meetings/{frozen.id}",
            f"/judging/meetings/{frozen.id}/agenda/csv",
            f"/judging/cases/{alices_case.id}",
            f"/judging/packets/{alices_case.packets[0].id}",
            f"/judging/residents/{alices_case.resident_id}",
        ):
            assert "Telltale" not in browser.get(address).text, address


def test_the_resident_reads_no_case_and_no_view(browse, alices_case, frozen, mei, alice):
    view(alices_case, mei)
    browser = browse(alice)
    for address in (
        f"/judging/cases/{alices_case.id}",
        f"/judging/meetings/{frozen.id}",
        f"/judging/residents/{alices_case.resident_id}",
    ):
        assert browser.get(address).status_code == 403, address


def test_a_member_who_is_the_resident_judges_nobody_less(frozen, alices_case, alice, office):
    with pytest.raises(reading.Barred):
        view(alices_case, alice)


def test_the_office_decides_nothing_in_the_committees_place(
    browse, frozen, alices_case, office, leader
):
    opened(frozen, by=leader)
    data = {**LEVELS, "outcome": "graduate", "reason": "x", "advice": "x", "votes_for": "3",
            "votes_against": "0", "abstained": "0", "password": PASSWORD}  # fmt: skip
    browse(office).post(f"/judging/cases/{alices_case.id}/decision", data=data)
    assert count(Decision) == 0
    with pytest.raises(deciding.NotTheChair):
        deciding.decide(
            alices_case, cases.packet_now(alices_case), given(), proof=proof(), by=office, at=AT
        )


def test_a_chair_in_conflict_does_not_decide(frozen, alices_case, leader, mei, alice_resident):
    committee.declare_conflict(leader, alice_resident, ground="kin", word=None, by=leader, at=AT)
    opened(frozen, by=leader)
    with pytest.raises(deciding.NotTheChair):
        decided(alices_case, leader, votes_for=2)


def test_nobody_decides_before_the_meeting_or_on_an_old_packet(frozen, alices_case, leader, office):
    with pytest.raises(committee.NotNow):
        decided(alices_case, leader)
    opened(frozen, by=leader)
    old = cases.packet_now(alices_case)
    reading.freeze_anew(alices_case, today=TODAY, by=office, at=AT)
    with pytest.raises(deciding.OtherPacket):
        deciding.decide(alices_case, old, given(), proof=proof(), by=leader, at=AT)


def test_a_member_cannot_lift_their_own_conflict(browse, alices_case, mei, alice_resident):
    one = committee.declare_conflict(mei, alice_resident, ground="kin", word=None, by=mei, at=AT)
    page = browse(mei).post(f"/judging/conflicts/{one.id}/withdrawal")
    assert page.status_code == 403
    assert browse(mei).get(f"/judging/cases/{alices_case.id}").status_code == 404


def test_who_sits_and_is_the_office_cannot_either(browse, alices_case, mei, office, alice_resident):
    add(Grant(person_id=mei.id, role=Role.OFFICE, granted_at=AT))
    one = committee.declare_conflict(mei, alice_resident, ground="kin", word=None, by=mei, at=AT)
    page = browse(mei).post(f"/judging/conflicts/{one.id}/withdrawal", follow_redirects=True)
    assert "somebody else of the office" in page.text and one.withdrawn_at is None
    assert browse(mei).get(f"/judging/cases/{alices_case.id}").status_code == 404
    browse(office).post(f"/judging/conflicts/{one.id}/withdrawal")
    assert one.withdrawn_at is not None


def test_a_member_declares_nothing_for_another(browse, alices_case, mei, chen, alice_resident):
    data = {"person": str(chen.id), "resident": str(alice_resident.id), "ground": "kin"}
    browse(mei).post("/judging/conflicts/new", data=data)
    assert browse(chen).get(f"/judging/cases/{alices_case.id}").status_code == 200
    assert browse(mei).get(f"/judging/cases/{alices_case.id}").status_code == 404


def test_who_may_not_judge_reads_no_letter_either(
    browse, frozen, alices_case, leader, mei, chen, alice_resident
):
    committee.declare_conflict(mei, alice_resident, ground="kin", word=None, by=mei, at=AT)
    opened(frozen, by=leader)
    made = decided(alices_case, leader, votes_for=2)
    for someone, status in ((mei, 404), (chen, 200)):
        page = browse(someone).get(f"/judging/letters/{made.id}")
        assert page.status_code == status, someone.name
    told = browse(mei).get("/judging/decisions/export/csv").text
    assert made.reason not in told and "Alice" not in told


def test_a_letter_leads_to_its_packet_where_that_opens(
    browse, frozen, alices_case, leader, alice, mei, alice_resident
):
    opened(frozen, by=leader)
    made = decided(alices_case, leader)
    alice_resident.tutor_id = mei.id  # a tutor reads the letter, and judges no tutee
    db.session.commit()
    for someone, opens in ((alice, True), (mei, False)):
        page = browse(someone).get(f"/judging/letters/{made.id}")
        assert page.status_code == 200
        assert (f"/judging/packets/{made.packet_id}" in page.text) is opens, someone.name
        packet = browse(someone).get(f"/judging/packets/{made.packet_id}")
        assert (packet.status_code == 200) is opens


def test_a_letter_is_answered_by_its_resident_alone(browse, frozen, alices_case, leader, bob, mei):
    opened(frozen, by=leader)
    made = decided(alices_case, leader)
    address = f"/judging/letters/{made.id}"
    for path in ("reading", "appeal", "appeal/withdrawal"):
        data = {"answer": "x", "because": "x"}
        assert browse(bob).post(f"{address}/{path}", data=data).status_code == 404
        assert browse(mei).post(f"{address}/{path}", data=data).status_code == 403
    assert browse(bob).get(f"{address}/paper.pdf").status_code == 404


def test_odd_numbers_and_texts_are_answered(browse, office, frozen, alices_case, leader):
    browser = browse(office)
    huge = "9" * 40
    for address in (
        "/judging/residents?cohort=-1&page=0&sort=-x",
        f"/judging/residents?cohort={huge}&search=%25_%27",
        f"/judging/signals?code={huge}&state=x",
        "/judging/decisions?outcome=x&state=%00",
        "/judging/plans?state=mine&sort=-name&page=99999999999",
    ):
        assert browser.get(address).status_code == 200, address
    opened(frozen, by=leader)
    data = {**LEVELS, "outcome": "progress", "reason": "好" * 5000, "advice": " ",
            "votes_for": huge, "votes_against": "-1", "abstained": "x",
            "due_0": "0001-01-01", "goal_0": "x", "owner_0": huge,
            "password": PASSWORD}  # fmt: skip
    page = browse(leader).post(f"/judging/cases/{alices_case.id}/decision", data=data)
    assert page.status_code == 200 and count(Decision) == 0
    far = browser.post("/judging/meetings/new", data={"held_on": "9999-12-31"})
    assert far.status_code == 200


def test_a_cancelled_meeting_opens_no_more(frozen, office, leader, alices_case, mei):
    committee.cancel(frozen, by=office, at=AT)
    with pytest.raises(committee.NotNow):
        opened(frozen, by=leader)
    with pytest.raises(committee.NotNow):
        view(alices_case, mei)
    assert committee.call_meeting(
        held_on=HELD_ON + timedelta(days=1), place=None, by=office, at=AT
    ).state == "called"  # fmt: skip
