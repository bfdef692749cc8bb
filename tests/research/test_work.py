"""Scholarly work from handing in to counting: evidence, approval, correction, points."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.cast import resident
from tests.research.conftest import NOW, PAPER, typed
from trainingbase.audit.models import Entry as Trail
from trainingbase.db import db
from trainingbase.history.models import Change
from trainingbase.notices.models import Notice
from trainingbase.research import actions, queries
from trainingbase.research.models import AlreadyDecided, BeingCorrected, Immutable, Work
from trainingbase.research.rules import doi_in, title_key


def told(person) -> list[str]:
    rows = db.session.query(Notice).filter_by(person_id=person.id).order_by(Notice.id)
    return [one.kind for one in rows]


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1234/ABC.5", "10.1234/abc.5"),
        ("https://doi.org/10.1234/abc.5.", "10.1234/abc.5"),
        ("doi:10.1234/abc(5)x; p. 3", "10.1234/abc(5)x"),
        ("ISBN 978", None),
        (None, None),
    ],
)
def test_a_doi_is_found_however_it_is_written(text, doi):
    assert doi_in(text) == doi


def test_titles_are_compared_without_what_typing_changes():
    assert title_key("高血压（随访） A-1") == title_key("高血压(随访)　ａ 1")


def test_a_resident_hands_in_and_the_office_approves(browse, alice, office):
    browser = browse(alice)
    assert browser.get("/research/new").status_code == 200
    sent = browser.post("/research/new", data=typed(form_key="k"))
    again = browser.post("/research/new", data=typed(form_key="k"))
    assert sent.headers["Location"] == again.headers["Location"]
    [work] = db.session.query(Work)
    assert work.doi == "10.1234/abc.5" and len(work.evidence) == 1
    assert told(office) == ["research-handed-in"]
    where = f"/research/{work.id}"
    assert "Waiting" in browser.get("/research/mine").text
    clerk = browse(office)
    assert "Hypertension" in clerk.get("/research/?state=waiting").text
    assert "paper.pdf" in clerk.get(where).text
    file = f"{where}/evidence/{work.evidence[0].id}"
    assert clerk.get(file).mimetype == "application/pdf"
    clerk.post(f"{where}/approval", data={"version": work.version, "points": "4"})
    assert db.session.get_one(Work, work.id).state == "approved"
    assert told(alice) == ["research-approved"]
    trail = db.session.query(Trail).filter_by(subject="research_works").order_by(Trail.id)
    acts = [one.act for one in trail]
    assert acts == ["hand-in-research", "approve-research"]
    assert "4" in browser.get(where).text


def test_what_must_be_shown_is_asked_for(browse, alice):
    data = typed()
    data.pop("evidence")
    assert "needs evidence" in browse(alice).post("/research/new", data=data).text
    data |= {"kind": "teaching", "role": "speaker"}
    assert browse(alice).post("/research/new", data=data).status_code == 302


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""}, {"done_on": ""}, {"role": "speaker"}, {"author_order": "0"},
        {"kind": "nonsense"}, {"ends_on": "2026-10-01"}, {"hours": "-1"}, {"level": "galactic"},
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_at_its_field(browse, alice, wrong):
    page = browse(alice).post("/research/new", data=typed(**wrong))
    assert page.status_code == 200 and "field-error" in page.text
    assert db.session.query(Work).count() == 0


def test_the_same_work_is_not_claimed_twice(handed_in, browse, alice):
    handed_in()
    page = browse(alice).post("/research/new", data=typed(title="Another title"))
    assert "handed this in before" in page.text
    page = browse(alice).post(
        "/research/new", data=typed(title="hypertension in a Township!", reference="")
    )
    assert "handed this in before" in page.text
    assert db.session.query(Work).count() == 1


def test_a_fellow_author_may_and_the_office_sees_both(handed_in, bob, browse, office):
    first, second = handed_in(), handed_in(bob, role="member", author_order=2)
    page = browse(office).get(f"/research/{second.id}").text
    assert "handed in elsewhere" in page and f"/research/{first.id}" in page
    assert "handed in elsewhere" not in browse(bob).get(f"/research/{second.id}").text


def test_what_was_returned_is_changed_and_handed_in_again(handed_in, browse, alice, office):
    work, clerk, browser = handed_in(), browse(office), browse(alice)
    where = f"/research/{work.id}"
    assert "Say why." in clerk.post(f"{where}/return", data={"version": 1, "reason": ""}).text
    clerk.post(f"{where}/return", data={"version": 1, "reason": "Which journal?"})
    assert told(alice) == ["research-returned"]
    assert "Which journal?" in browser.get(f"{where}/change").text
    sent = typed(version=2, venue="Lancet", title="Hypertension in a township, again")
    assert browser.post(f"{where}/change", data=sent).status_code == 302
    changed = db.session.get_one(Work, work.id)
    assert (changed.state, changed.venue) == ("waiting", "Lancet")
    fields = {one.field for one in db.session.query(Change).filter_by(subject="research_works")}
    assert {"venue", "title", "evidence"} <= fields
    assert told(office) == ["research-handed-in"] * 2


def test_evidence_is_taken_out_but_not_all_where_it_is_needed(browse, alice):
    browser = browse(alice)
    browser.post("/research/new", data=typed())
    [work] = db.session.query(Work)
    data = typed(version=1, drop=[work.evidence[0].id])
    data.pop("evidence")
    assert "needs evidence" in browser.post(f"/research/{work.id}/change", data=data).text
    data = typed(version=1, drop=[work.evidence[0].id])
    browser.post(f"/research/{work.id}/change", data=data)
    assert len(db.session.get_one(Work, work.id).evidence) == 1


def test_a_stale_change_is_shown_and_not_saved(handed_in, browse, alice):
    work, browser = handed_in(), browse(alice)
    where = f"/research/{work.id}/change"
    assert browser.post(where, data=typed(version=1, venue="A")).status_code == 302
    page = browser.post(where, data=typed(version=1, venue="B"))
    assert page.status_code == 409 and "Somebody else" in page.text
    assert db.session.get_one(Work, work.id).venue == "A"


def test_what_was_approved_stays(approved, browse, alice):
    work = approved()
    work.title = "Another"
    with pytest.raises(Immutable):
        db.session.commit()
    db.session.rollback()
    browser = browse(alice)
    sent = typed(version=work.version, title="Another")
    browser.post(f"/research/{work.id}/change", data=sent)
    browser.post(f"/research/{work.id}/withdrawal", data={"version": work.version})
    assert db.session.get_one(Work, work.id).title == PAPER["title"]
    assert db.session.get_one(Work, work.id).state == "approved"


def test_a_correction_takes_its_place_once_approved(approved, browse, alice, office):
    work = approved(points=Decimal(4))
    browser = browse(alice)
    assert PAPER["title"] in browser.get(f"/research/{work.id}/correction").text
    data = typed(title="Hypertension in two townships")
    where = browser.post(f"/research/{work.id}/correction", data=data).headers["Location"]
    assert [one.title for one in queries.approved_of(alice.id)] == [PAPER["title"]]
    made = db.session.query(Work).filter_by(corrects_id=work.id).one()
    with pytest.raises(BeingCorrected):
        actions.correct(work, {**PAPER, "title": "Third", "reference": None}, [], by=alice, at=NOW)
    browse(office).post(f"{where}/approval", data={"version": made.version, "points": "3"})
    [counted] = queries.approved_of(alice.id)
    assert (counted.id, counted.points) == (made.id, 3)
    assert db.session.get_one(Work, work.id).state == "replaced"
    assert "Corrected" in browser.get(f"/research/{work.id}").text


def test_a_correction_does_not_spare_the_evidence(approved, browse, alice):
    work = approved(kind="teaching", role="speaker")
    data = typed(title="Hypertension")
    data.pop("evidence")
    assert "needs evidence" in browse(alice).post(f"/research/{work.id}/correction", data=data).text
    assert db.session.query(Work).filter_by(corrects_id=work.id).count() == 0


def test_only_what_was_approved_is_corrected(handed_in, alice):
    with pytest.raises(AlreadyDecided):
        actions.correct(handed_in(), PAPER, [], by=alice, at=NOW)


def test_two_clerks_decide_once(handed_in, browse, office):
    work = handed_in()
    clerk = browse(office)
    clerk.post(f"/research/{work.id}/approval", data={"version": 1})
    clerk.post(f"/research/{work.id}/return", data={"version": 1, "reason": "late"})
    assert db.session.get_one(Work, work.id).state == "approved"


def test_what_is_sent_wrong_after_the_decision_shows_the_work(approved, browse, office):
    work = approved()
    for path in ("approval", "return"):
        page = browse(office).post(f"/research/{work.id}/{path}", data={"points": "x"})
        assert page.status_code == 200 and "/approval" not in page.text


def test_what_waits_stands_on_the_offices_first_page(handed_in, browse, office):
    assert "/research/?state=waiting" not in browse(office).get("/").text
    handed_in()
    assert "/research/?state=waiting" in browse(office).get("/").text


def test_points_come_from_the_bases_table(handed_in, browse, office):
    clerk = browse(office)
    assert clerk.get("/research/points").status_code == 200
    clerk.post("/research/points", data={"paper__any": "4", "award__national": "10"})
    assert queries.points_for("paper", "provincial") == 4
    assert queries.points_for("award", "national") == 10
    assert queries.points_for("award", "county") is None
    work = handed_in()
    assert 'value="4' in clerk.get(f"/research/{work.id}").text
    clerk.post("/research/points", data={"paper__any": ""})
    assert queries.points_for("paper", None) is None
    refused = clerk.post("/research/points", data={"paper__any": "-1"})
    assert "Enter 0 to 1000" in refused.text


def test_the_office_hands_in_for_somebody(browse, office, mei, alice):
    clerk = browse(office)
    assert "Choose whose." in clerk.post("/research/new", data=typed()).text
    clerk.post("/research/new", data=typed(person=str(mei.id)))
    [work] = db.session.query(Work)
    assert (work.person_id, work.entered_by_id) == (mei.id, office.id)
    stranger = clerk.post("/research/new", data=typed(person=str(office.id)))
    assert stranger.status_code == 200


def test_withdrawn_is_gone_from_lists_and_may_come_again(handed_in, browse, alice):
    work, browser = handed_in(), browse(alice)
    browser.post(f"/research/{work.id}/withdrawal", data={"version": 1})
    assert PAPER["title"] not in browser.get("/research/mine").text
    assert PAPER["title"] in browser.get("/research/mine?state=withdrawn").text
    assert browser.post("/research/new", data=typed()).status_code == 302


def test_rows_are_scoped(handed_in, browse, alice_resident, bob, mei, chen, auditor, leader):
    work = handed_in()
    where = f"/research/{work.id}"
    for stranger in (bob, mei, chen):
        assert browse(stranger).get(where).status_code == 404
        assert browse(stranger).get(f"{where}/change").status_code == 404
        assert browse(stranger).post(f"{where}/withdrawal").status_code == 404
    alice_resident.tutor_id = mei.id
    db.session.commit()
    assert browse(mei).get(where).status_code == 200
    assert browse(mei).get(f"{where}/change").status_code == 404
    assert "Hypertension" in browse(mei).get("/research/").text
    assert browse(auditor).get(where).status_code == 200
    assert browse(leader).get(where).status_code == 403


def test_the_list_is_searched_sorted_and_exported(handed_in, approved, bob, browse, office):
    approved(points=Decimal("2.5"))
    handed_in(bob, title="Diabetes", reference=None, kind="award", role="leader", venue="County")
    clerk = browse(office)
    for search in ("Diab", "County", "Bob"):
        page = clerk.get(f"/research/?search={search}").text
        assert "Diabetes" in page and "Hypertension" not in page
    assert "Hypertension" not in clerk.get("/research/?kind=award").text
    assert "Diabetes" not in clerk.get("/research/?year=2025").text
    for sort in ("name", "-title", "kind", "day", "-points", "handed", "odd"):
        assert clerk.get(f"/research/?sort={sort}").status_code == 200
    assert "2.5" in clerk.get("/research/export/csv").data.decode()
    assert clerk.get("/research/export/xlsx").status_code == 200
    own = browse(bob).get("/research/export/csv?own=1").data.decode()
    assert "Diabetes" in own and "Hypertension" not in own


@pytest.mark.parametrize("where", ["/research/", "/research/export/csv"])
def test_a_long_list_takes_as_many_statements_as_a_short_one(
    where, handed_in, county, browse, office, statements
):
    handed_in()
    clerk = browse(office)
    clerk.get(where)
    few = statements(lambda: clerk.get(where))
    for n in range(10, 30):
        someone = resident(f"R{n}", county, f"1101012000010130{n}").person
        handed_in(someone, title=f"Work {n}", reference=None)
    assert statements(lambda: clerk.get(where)) == few


def test_what_counts_is_asked_by_person_and_time(approved, handed_in, alice, bob, statements):
    approved()
    handed_in(bob, title="Waits", reference=None)
    start, end = date(2026, 10, 1), date(2026, 11, 1)
    found = queries.approved_between([alice.id, bob.id], start, end)
    assert [one.title for one in found[alice.id]] == [PAPER["title"]]
    assert found[bob.id] == []
    before = queries.approved_between([alice.id], start - timedelta(days=60), PAPER["done_on"])
    assert before[alice.id] == []


def test_figures_of_a_year(approved, mei, alice):
    approved(points=Decimal(4))
    approved(mei, title="By a teacher", reference=None)
    [everyone] = queries.yearly_figures(2026)
    assert (everyone.works, everyone.people, everyone.points) == (2, 2, 4)
    [residents] = queries.yearly_figures(2026, residents_only=True)
    assert residents.works == 1
    assert queries.yearly_figures(2025) == []


def test_nobody_decides_on_their_own_work(handed_in, browse, office):
    work = handed_in(office)
    clerk = browse(office)
    assert "/approval" not in clerk.get(f"/research/{work.id}").text
    for path, sent in (("approval", {"version": 1}), ("return", {"version": 1, "reason": "x"})):
        page = clerk.post(f"/research/{work.id}/{path}", data=sent, follow_redirects=True).text
        assert "Nobody decides on their own work" in page
    assert db.session.get_one(Work, work.id).state == "waiting"
