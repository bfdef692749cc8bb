"""A teacher who cannot answer: hands it on, takes more time, or did not work with the resident."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.assessments.conftest import NOW, RATINGS, TODAY, form_data
from tests.cast import add
from trainingbase.assessments import actions
from trainingbase.assessments.models import Request
from trainingbase.db import db
from trainingbase.faculty.models import Post
from trainingbase.notices.models import Notice

DAY = timedelta(days=1)


@pytest.fixture
def asked(with_mei, mini_cex, office):
    return actions.ask(instrument=mini_cex, placement=with_mei, by=office, at=NOW)


@pytest.fixture
def chen_here(chen, chen_member, county):
    """Chen has a second post, in Medicine."""
    add(Post(faculty_member_id=chen_member.id, department_id=county.medicine.id, is_second=True))
    return chen


@pytest.fixture
def chen_member(chen):
    from trainingbase.faculty.models import FacultyMember

    return db.session.scalars(select(FacultyMember).where(FacultyMember.person_id == chen.id)).one()


def fresh(request_id) -> Request:
    db.session.expire_all()
    return db.session.get(Request, request_id)


def kinds(person):
    rows = select(Notice.kind).where(Notice.person_id == person.id).order_by(Notice.id)
    return db.session.scalars(rows).all()


def test_it_is_handed_to_a_colleague_and_both_see_it(browse, mei, chen_here, asked):
    base = f"/assessments/requests/{asked.id}"
    page = browse(mei).get(f"{base}/instead").text
    assert "Chen" in page
    sent = browse(mei).post(f"{base}/delegation", data={"to": chen_here.id})
    assert sent.status_code == 302
    assert fresh(asked.id).assessor_id == chen_here.id
    assert "assessment-asked" in kinds(chen_here)
    assert "handed on by Mei" in browse(chen_here).get("/assessments/").text
    assert "with Chen" in browse(mei).get("/assessments/").text
    assert (
        "Handed to a colleague" in browse(mei).get(f"/assessments/requests/{asked.id}/course").text
    )
    assert browse(mei).get(base).status_code == 404
    assert browse(mei).post(f"{base}/extension").status_code == 404
    again = browse(mei).post(f"/assessments/requests/{asked.id}/delegation", data={"to": mei.id})
    assert again.status_code == 302 and fresh(asked.id).assessor_id == chen_here.id


def test_what_was_handed_on_is_not_taken_back_by_the_portal(mei, chen_here, with_mei, mini_cex):
    from trainingbase.assessments import asking

    asking.ask_and_remind(today=TODAY, at=NOW)
    (request,) = db.session.scalars(select(Request)).all()
    actions.delegate(request, chen_here, by=mei, at=NOW)
    asking.ask_and_remind(today=TODAY + DAY, at=NOW + DAY)
    assert fresh(request.id).assessor_id == chen_here.id


def test_only_who_may_supervise_is_offered_and_taken(browse, mei, chen, chen_member, asked, county):
    page = browse(mei).get(f"/assessments/requests/{asked.id}/instead").text
    assert "Nobody else may supervise" in page
    address = f"/assessments/requests/{asked.id}/delegation"
    assert browse(mei).post(address, data={"to": chen.id}).status_code == 422
    assert browse(chen).post(address, data={"to": chen.id}).status_code == 404
    assert browse(mei).post("/assessments/requests/999999/delegation").status_code == 404


def test_more_time_is_given_once(browse, mei, asked):
    before = asked.expires_on
    address = f"/assessments/requests/{asked.id}/extension"
    assert browse(mei).post(address).status_code == 302
    assert fresh(asked.id).expires_on == before + 14 * DAY
    assert "done once" in browse(mei).post(address, follow_redirects=True).text
    assert fresh(asked.id).expires_on == before + 14 * DAY


def test_one_that_expired_lately_is_opened_again_but_no_old_one(office, asked, mini_cex):
    late = NOW + (asked.expires_on - TODAY) + 2 * DAY
    until = actions.extend(asked, by=office, at=late)
    assert until == asked.asked_on + 28 * DAY + 2 * DAY + 14 * DAY
    asked.extended_at = None
    db.session.commit()
    with pytest.raises(actions.NotOpen):
        actions.extend(asked, by=office, at=late + 60 * DAY)


def test_not_with_this_person_counts_nowhere_and_the_office_asks_another(
    browse, mei, chen_here, office, asked
):
    address = f"/assessments/requests/{asked.id}/refusal"
    assert browse(mei).post(address, data={"reason": " "}).status_code == 422
    assert browse(mei).post(address, data={"reason": "I was on leave."}).status_code == 302
    assert browse(mei).post(address, data={"reason": "Again."}).status_code == 302
    one = fresh(asked.id)
    assert one.state(TODAY) == "declined" and one.cancelled_at is not None
    assert kinds(office).count("assessment-declined") == 1
    assert "Assessments to ask somebody else" in browse(office).get("/").text
    page = browse(office).get("/assessments/requests?state=declined").text
    assert "Alice" in page
    course = f"/assessments/requests/{asked.id}/course"
    assert "I was on leave." in browse(office).get(course).text
    assert "Alice" not in browse(office).get("/assessments/requests?state=cancelled").text
    again = browse(office).post(
        f"/assessments/requests/{asked.id}/again", data={"to": chen_here.id}
    )
    assert again.status_code == 302
    twice = browse(office).post(
        f"/assessments/requests/{asked.id}/again", data={"to": chen_here.id}
    )
    assert twice.status_code == 302
    rows = db.session.scalars(select(Request).order_by(Request.id)).all()
    assert [row.assessor_id for row in rows] == [mei.id, chen_here.id]
    assert "Assessments to ask somebody else" not in browse(office).get("/").text


def test_who_declined_is_not_asked_the_same_again(browse, mei, office, asked):
    actions.decline(asked, by=mei, at=NOW, reason="Not here")
    address = f"/assessments/requests/{asked.id}/again"
    assert browse(office).post(address, data={"to": mei.id}).status_code == 422


def test_a_stranger_neither_sees_nor_moves_it(browse, chen, secretary, alice, bob, asked):
    base = f"/assessments/requests/{asked.id}"
    assert browse(chen).get(f"{base}/course").status_code == 404
    assert browse(chen).get(f"{base}/instead").status_code == 404
    assert browse(chen).post(f"{base}/refusal", data={"reason": "x"}).status_code == 404
    assert browse(chen).post(f"{base}/extension").status_code == 404
    assert browse(alice).get(f"{base}/course").status_code in (403, 404)
    assert browse(secretary).get(f"{base}/course").status_code == 200


def test_answered_meanwhile_nothing_is_moved(browse, mei, chen_here, asked, submitted):
    submitted()
    base = f"/assessments/requests/{asked.id}"
    assert browse(mei).post(f"{base}/delegation", data={"to": chen_here.id}).status_code == 302
    assert browse(mei).post(f"{base}/refusal", data={"reason": "x"}).status_code == 302
    assert browse(mei).post(f"{base}/extension").status_code == 302
    assert fresh(asked.id).state(TODAY) == "done"
    assert fresh(asked.id).assessor_id == mei.id


def test_the_resident_replies_and_the_teacher_is_told(browse, alice, bob, mei, submitted):
    kept = submitted()
    address = f"/assessments/feedback/{kept.id}/replies"
    data = {"form_key": "once", "text": "Thank you: I shall ask for drugs first."}
    assert browse(alice).post(address, data={"form_key": "x", "text": " "}).status_code == 422
    assert browse(alice).post(address, data=data).status_code == 302
    assert browse(alice).post(address, data=data).status_code == 302
    db.session.expire_all()
    assert [one.text for one in kept.replies] == [data["text"]]
    assert kinds(mei).count("assessment-replied") == 1
    assert "drugs first" in browse(mei).get(f"/assessments/submissions/{kept.id}").text
    assert browse(bob).post(address, data=data).status_code == 404


def test_a_draft_goes_on_on_another_device_and_is_sent_once(browse, mei, chen, with_mei):
    form = f"/assessments/placements/{with_mei.id}/mini_cex"
    first = browse(mei)
    saved = first.post(f"{form}/draft", data={"form_key": "abc", "MC1_1": "5", "MC2_5": "Half",
                                              "saves": "0"})  # fmt: skip
    assert saved.json == {"saves": 1}
    page = browse(mei).get(form).text
    assert "Half</textarea>" in page and 'value="abc"' in page and 'data-saves="1"' in page
    behind = first.post(f"{form}/draft", data={"form_key": "abc", "MC2_5": "Old", "saves": "0"})
    assert behind.status_code == 409 and behind.json == {"saves": 1}
    refused = first.post(form, data=form_data({"MC2.5": "Half"}, form_key="abc"))
    assert refused.status_code == 422 and 'data-saves="1"' in refused.text
    sent = form_data({**RATINGS, "MC2.5": "Half done"}, form_key="abc")
    assert first.post(form, data=sent).status_code == 302
    assert "arrived before" in browse(mei).post(form, data=sent, follow_redirects=True).text
    late = first.post(f"{form}/draft", data={"form_key": "abc", "MC2_5": "Late", "saves": "1"})
    assert late.json == {"saves": 0}
    assert "Half" not in browse(mei).get(form).text
    assert browse(chen).post(f"{form}/draft", data={"form_key": "z"}).status_code == 404


@pytest.mark.parametrize(
    "data",
    [{"saves": "-1"}, {"saves": "9" * 40}, {"saves": "x", "MC1_1": "no number"},
     {"observed_on": "never", "MC1_1": "99"}, {"csrf_token": "x", "items": "1"}],
)  # fmt: skip
def test_an_odd_draft_does_no_harm(browse, mei, with_mei, data):
    form = f"/assessments/placements/{with_mei.id}/mini_cex"
    assert browse(mei).post(f"{form}/draft", data={"form_key": "k", **data}).status_code == 200
    assert browse(mei).get(form).status_code == 200
