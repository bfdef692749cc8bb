"""Who meets the conditions, what the others miss, and what was given."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import func, select

from tests.careers.conftest import NOW, TODAY
from tests.cast import add, faculty_member
from trainingbase.careers.actions import promotion as actions
from trainingbase.careers.models import Award, Scheme
from trainingbase.careers.queries import promotion as queries
from trainingbase.careers.queries.figures import FIGURES, months_of
from trainingbase.careers.words import FIGURES as NAMES
from trainingbase.db import db
from trainingbase.faculty.models import Post
from trainingbase.network.models import Posting, Session
from trainingbase.research.models import Work
from trainingbase.training.models import Activity

D = Decimal
SCHEME = {
    "name": "副高", "name_en": "Associate", "people": "faculty", "source": "Rules, paragraph 3",
    "starts_on": date(2026, 1, 1), "ends_on": None,
}  # fmt: skip


def condition(figure, threshold, operator=">=", window=None):
    return {"figure": figure, "operator": operator, "threshold": D(threshold),
            "window_months": window}  # fmt: skip


def make(office, *conditions, **more):
    return actions.make_scheme({**SCHEME, **more}, list(conditions), by=office, at=NOW)


@pytest.fixture
def taught(mei, mei_member, county, office):
    """Mei taught three hours, was a year at the township centre, and published once."""
    for day, hours in ((date(2026, 10, 1), "2"), (date(2024, 10, 1), "1")):
        db.session.add(
            Activity(held_on=day, hours=D(hours), kind="小讲课", topic="ECG", speaker_id=mei.id,
                     department_id=county.medicine.id,
                     approved_at=datetime(2026, 10, 2, tzinfo=UTC))
        )  # fmt: skip
    add(Post(faculty_member=mei_member, department=county.village_team,
             starts_on=date(2025, 1, 1), ends_on=date(2026, 1, 1)))  # fmt: skip
    return mei


def test_every_figure_has_its_name_and_answers_for_anybody(taught, alice, carol):
    assert set(FIGURES) == set(NAMES)
    ids = [taught.id, alice.id, carol.id]
    for name, figure in FIGURES.items():
        for since in (None, date(2026, 1, 1)):
            found = figure(ids, since, TODAY)
            assert set(found) == set(ids), name


def test_windows_count_only_what_lies_in_them(taught):
    hours = FIGURES["teaching_hours"]
    assert hours([taught.id], None, TODAY)[taught.id].value == 3
    assert hours([taught.id], date(2026, 1, 1), TODAY)[taught.id].value == 2
    months = FIGURES["grassroots_months"]
    assert months([taught.id], None, TODAY)[taught.id].value == 12
    assert months([taught.id], date(2025, 7, 1), TODAY)[taught.id].value == D("6.0")


def test_days_that_overlap_count_once():
    spans = [(date(2025, 1, 1), date(2026, 1, 1), ("posts", 1)),
             (date(2025, 6, 1), date(2026, 1, 1), ("posts", 2))]  # fmt: skip
    assert months_of(spans, None, TODAY).value == D("12.0")


def test_the_hours_are_those_the_portal_counts_elsewhere(taught):
    from trainingbase.training.queries.activities import hours_spoken

    assert hours_spoken(taught.id)[1] == 3


def test_the_list_says_what_is_missing(browse, office, taught, chen):
    scheme = make(office, condition("grassroots_months", 6), condition("teaching_hours", 5))
    page = browse(office).get(f"/careers/promotion/{scheme.id}").text
    assert "Teaching hours held: at least 5 — 2 more needed" in page
    found = {one.name: len(one.missing) for one in queries.candidates(scheme, today=TODAY)}
    assert found == {"Mei": 1, "Chen": 2}
    only = browse(office).get(f"/careers/promotion/{scheme.id}?state=one").text
    assert "Mei" in only and "Chen" not in only
    table = browse(office).get(f"/careers/promotion/{scheme.id}/export/csv")
    assert b"2 more needed" in table.data


def test_one_sees_how_far_one_is_and_nobody_elses(browse, office, auditor, mei, chen, taught):
    scheme = make(office, condition("research_points", 1), condition("grassroots_months", 6))
    own = browse(mei)
    assert "Associate" in own.get("/careers/mine").text
    path = f"/careers/promotion/{scheme.id}/people/{mei.id}"
    assert own.get(path).status_code == 200
    assert browse(chen).get(path).status_code == 404
    assert browse(chen).get(f"{path}/evidence.pdf").status_code == 404
    assert browse(auditor).get(path).status_code == 200
    assert browse(chen).get(f"/careers/promotion/{scheme.id}").status_code == 403


def test_the_evidence_lists_its_rows(browse, office, taught):
    add(
        Work(person_id=taught.id, kind="paper", title="Fever in May", role="first",
             done_on=date(2026, 5, 1), entered_at=NOW, entered_by_id=taught.id,
             handed_in_at=NOW, points=D(3), approved=True, decided_at=NOW,
             decided_by_id=office.id)
    )  # fmt: skip
    actions.give_award(taught, {"name": "Golden bell", "level": "county",
                                "given_on": date(2026, 9, 10), "given_by": None, "number": None},
                       file=None, by=office, at=NOW)  # fmt: skip
    scheme = make(office, condition("research_points", 5), condition("teaching_hours", 1))
    path = f"/careers/promotion/{scheme.id}/people/{taught.id}"
    page = browse(office).get(path).text
    assert "Fever in May" in page and "2 more needed" in page and "Golden bell" in page
    paper = browse(taught).get(f"{path}/evidence.pdf")
    text = "".join(one.extract_text() for one in PdfReader(BytesIO(paper.data)).pages)
    assert "Fever in May" in text and "ECG" in text and "Mei" in text and "Golden bell" in text


FORM = {
    "name": "Best resident", "people": "residents", "source": "Base", "starts_on": "2026-01-01",
    "figure_1": "log_percent", "operator_1": ">=", "threshold_1": "80", "form_key": "s",
}  # fmt: skip


def test_the_base_enters_and_changes_its_conditions(browse, office, alice):
    clerk = browse(office)
    for _again in range(2):
        assert clerk.post("/careers/promotion/new", data=FORM).status_code == 302
    scheme = db.session.scalars(select(Scheme)).one()
    assert "Best resident" in browse(alice).get("/careers/mine").text
    path = f"/careers/promotion/{scheme.id}/change"
    data = FORM | {"threshold_1": "90", "why": "new rules", "version": "1"}
    assert clerk.post(path, data=data).status_code == 302
    assert clerk.post(path, data=data).status_code == 409
    assert "new rules" in clerk.get(f"/careers/promotion/{scheme.id}").text


@pytest.mark.parametrize(
    "changed",
    [
        {"figure_1": ""},
        {"threshold_1": ""},
        {"threshold_1": "1e99"},
        {"figure_1": "__class__"},
        {"figure_2": "log_percent", "threshold_2": "80"},
        {"window_1": "0"},
        {"operator_1": "or 1=1"},
    ],
)
def test_conditions_that_cannot_be_are_refused(browse, office, changed):
    page = browse(office).post("/careers/promotion/new", data=FORM | changed)
    assert page.status_code == 200 and "field-error" in page.text
    assert db.session.scalar(select(func.count()).select_from(Scheme)) == 0


def test_an_award_stands_on_the_persons_page_until_it_is_withdrawn(
    browse, office, alice, alice_resident, bob
):
    clerk = browse(office)
    data = {"person": alice.id, "name": "Best of the year", "level": "county",
            "given_on": "2026-10-01", "form_key": "a"}  # fmt: skip
    for _again in range(2):
        assert clerk.post("/careers/awards/new", data=data).status_code == 302
    award = db.session.scalars(select(Award)).one()
    assert "Best of the year" in browse(alice).get("/careers/mine").text
    assert "Best of the year" in browse(alice).get(f"/residents/{alice_resident.id}").text
    assert "Best of the year" not in browse(bob).get("/careers/mine").text
    assert browse(bob).get(f"/careers/awards/{award.id}/file").status_code == 404
    late = clerk.post("/careers/awards/new", data=data | {"given_on": "2027-01-01"})
    assert "lies ahead" in late.text
    clerk.post(f"/careers/awards/{award.id}/withdrawal")
    assert "Best of the year" not in browse(alice).get("/careers/mine").text
    assert clerk.post(f"/careers/awards/{award.id}/withdrawal").status_code == 404


def test_the_list_takes_as_many_statements_for_many_as_for_few(
    browse, office, county, taught, statements
):
    scheme = make(office, *[condition(one, 1) for one in FIGURES if one != "log_percent"])
    clerk, path = browse(office), f"/careers/promotion/{scheme.id}"
    clerk.get(path)
    few = statements(lambda: clerk.get(path))
    for n in range(12):
        faculty_member(f"F{n}", county.medicine, f"20{n:02d}")
    assert statements(lambda: clerk.get(path)) == few


def test_days_at_a_site_open_their_sessions(browse, office, county, mei_member):
    sent = add(
        Posting(person_id=mei_member.person_id, department_id=county.medicine.id,
                institution_id=county.township.id, kind="clinic", hours=D(4),
                starts_on=date(2026, 10, 1))
    )  # fmt: skip
    for day in (8, 15):
        add(Session(posting_id=sent.id, held_on=date(2026, 10, day), hours=D(4), confirmed_at=NOW,
                    confirmed_by_id=office.id))  # fmt: skip
    scheme = make(office, condition("posting_days", 2))
    page = browse(office).get(f"/careers/promotion/{scheme.id}/people/{mei_member.person_id}").text
    assert page.count(f"/network/postings/{sent.id}") == 2 and "Willow Township" in page
