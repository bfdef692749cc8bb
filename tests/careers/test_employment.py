"""Records of work: entered, claimed, decided, never side by side."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from tests.careers.conftest import NOW
from tests.cast import resident
from trainingbase.audit.models import Entry
from trainingbase.careers.actions import employment as actions
from trainingbase.careers.models import AlreadyDecided, Employment
from trainingbase.db import db
from trainingbase.notices.models import Notice

FIELDS = {"institution_id": "0", "employer": "", "starts_on": "2023-09-01", "percent": "100"}


def only():
    return db.session.scalars(select(Employment)).one()


def test_a_graduate_claims_and_the_office_approves(browse, carol, office, county, carol_resident):
    own, clerk = browse(carol), browse(office)
    sent = own.post("/careers/claim", data=FIELDS | {"institution_id": str(county.township.id)})
    assert sent.status_code == 302
    one = only()
    assert (one.state, one.source) == ("waiting", "graduate")
    assert "Willow Township" in own.get("/careers/mine").text
    assert db.session.scalar(select(Notice.kind).where(Notice.person_id == office.id)) == (
        "employment-claimed"
    )
    done = clerk.post(
        f"/careers/employment/{one.id}/decision", data={"granted": "yes", "version": one.version}
    )
    assert done.status_code == 302
    assert only().state == "approved" and only().confirmed_on == date(2026, 11, 22)
    acts = set(db.session.scalars(select(Entry.act)))
    assert {"enter-employment", "decide-employment"} <= acts


def test_a_refusal_needs_its_reason_and_tells_it(browse, carol, office, county, worked):
    browse(carol).post("/careers/claim", data=FIELDS | {"employer": "City Hospital"})
    one, clerk = only(), browse(office)
    address = f"/careers/employment/{one.id}/decision"
    refused = clerk.post(address, data={"granted": "no", "version": one.version})
    assert refused.status_code == 422 and "Give a reason" in refused.text
    clerk.post(address, data={"granted": "no", "reason": "No contract", "version": one.version})
    assert only().state == "refused"
    assert "No contract" in browse(carol).get(f"/careers/employment/{one.id}").text


def test_the_form_sent_twice_makes_one(browse, carol, county):
    own = browse(carol)
    data = FIELDS | {"employer": "City Hospital", "form_key": "k"}
    for _again in range(2):
        assert own.post("/careers/claim", data=data).status_code == 302
    assert only().employer == "City Hospital"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"employer": ""}, "one of both"),
        ({"starts_on": "2023-08-01"}, "has not ended by then"),
        ({"starts_on": "2027-01-01"}, "lies ahead"),
        ({"last_day": "2023-01-01"}, "before the first day"),
        ({"percent": "0"}, "from 1 to 100"),
        ({"percent": "NaN"}, "Enter a number"),
        ({"left_why": "pay"}, "Say until when"),
        ({"left_why": "invented", "last_day": "2024-01-01"}, "Not a valid choice"),
        ({"starts_on": "0001-01-01"}, "between 1900 and 2200"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(browse, carol, county, changed, said):
    page = browse(carol).post("/careers/claim", data=FIELDS | {"employer": "City"} | changed)
    assert page.status_code == 200 and said in page.text
    assert db.session.scalar(select(func.count()).select_from(Employment)) == 0


def test_records_that_overlap_are_refused(browse, carol_resident, office, county, worked):
    worked(carol_resident, county.township, date(2024, 1, 1), date(2025, 1, 1))
    page = browse(office).post(
        "/careers/employment/new",
        data=FIELDS | {"resident": carol_resident.id, "employer": "City",
                       "starts_on": "2024-12-31", "last_day": "2025-06-30"},
    )  # fmt: skip
    assert "overlaps another record: Willow Township" in page.text
    with pytest.raises(actions.Overlaps):
        worked(carol_resident, "City", date(2023, 9, 1), None)


def test_a_later_place_ends_the_one_before(carol_resident, county, worked):
    first = worked(carol_resident, county.township, date(2024, 1, 1))
    worked(carol_resident, "City Hospital", date(2025, 3, 1), former_why="pay")
    db.session.refresh(first)
    assert (first.ends_on, first.left_why) == (date(2025, 3, 1), "pay")


def test_one_decides_once_and_a_stale_page_decides_nothing(carol, carol_resident, office, county):
    answers = {"institution_id": county.township.id, "employer": None,
               "starts_on": date(2023, 9, 1), "ends_on": None, "share": Decimal(1)}  # fmt: skip
    one = actions.enter(carol_resident, answers, file=None, source="graduate", by=carol, at=NOW)
    actions.decide(one, granted=False, reason="no", version=1, by=office, at=NOW)
    with pytest.raises(AlreadyDecided):
        actions.decide(one, granted=True, reason=None, version=2, by=office, at=NOW)


def test_somebody_elses_record_is_no_page(browse, carol_resident, county, worked, alice, bob):
    one = worked(carol_resident, county.township, date(2024, 1, 1))
    other = browse(alice)
    for path in ("", "/change", "/file"):
        assert other.get(f"/careers/employment/{one.id}{path}").status_code == 404
    gone = other.post(f"/careers/employment/{one.id}/withdrawal", data={"version": 1})
    assert gone.status_code == 404
    assert only().state == "approved"


def test_a_graduate_changes_only_what_waits(browse, carol, carol_resident, county, worked):
    one = worked(carol_resident, county.township, date(2024, 1, 1))
    own = browse(carol)
    assert own.get(f"/careers/employment/{one.id}").status_code == 200
    assert own.get(f"/careers/employment/{one.id}/change").status_code == 404


def test_a_stale_change_shows_both(browse, office, carol_resident, county, worked):
    one = worked(carol_resident, county.township, date(2024, 1, 1))
    clerk = browse(office)
    data = FIELDS | {"institution_id": str(county.township.id), "starts_on": "2024-02-01",
                     "why": "typing error", "version": str(one.version)}  # fmt: skip
    address = f"/careers/employment/{one.id}/change"
    saved = clerk.post(address, data=data)
    assert saved.status_code == 302, saved.text[saved.text.find("error") :][:900]
    again = clerk.post(address, data=data | {"starts_on": "2024-03-01"})
    assert again.status_code == 409 and "Somebody else has changed this" in again.text
    assert only().starts_on == date(2024, 2, 1)
    assert "typing error" in clerk.get(f"/careers/employment/{one.id}").text


def test_two_records_at_the_same_moment_do_not_overlap(app, carol_resident, office, county):
    ids = (carol_resident.id, office.id, county.township.id)

    def enter(_n):
        with app.app_context():
            from trainingbase.enrolment.models import Resident
            from trainingbase.people.models import Person

            answers = {"institution_id": ids[2], "employer": None, "share": Decimal(1),
                       "starts_on": date(2024, 1, 1), "ends_on": date(2024, 6, 1)}  # fmt: skip
            try:
                actions.enter(
                    db.session.get_one(Resident, ids[0]), answers, file=None, source="office",
                    by=db.session.get_one(Person, ids[1]), at=NOW,
                )  # fmt: skip
            except actions.Overlaps:
                return "overlaps"
            finally:
                db.session.remove()
            return "entered"

    db.session.rollback()
    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(enter, range(2))) == ["entered", "overlaps"]


def test_the_list_takes_as_many_statements_for_many_as_for_few(
    browse, office, county, worked, statements
):
    people = [resident(f"R{n}", county, f"11010119950101{n:04d}") for n in range(12)]
    for one in people:
        one.ends_on = date(2023, 9, 1)
        one.starts_on = date(2020, 9, 1)
    db.session.commit()
    clerk = browse(office)
    worked(people[0], county.township, date(2024, 1, 1))
    clerk.get("/careers/employment")
    few = statements(lambda: clerk.get("/careers/employment"))
    for one in people[1:]:
        worked(one, county.township, date(2024, 1, 1))
    assert statements(lambda: clerk.get("/careers/employment")) == few
    page = clerk.get("/careers/employment/export/csv?search=R3")
    assert page.status_code == 200 and b"R3" in page.data and b"R4" not in page.data
