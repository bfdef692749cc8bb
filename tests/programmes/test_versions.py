"""A draft, a version of what is in use, and the way into force and out of it."""

import pytest
from sqlalchemy import select

from tests.programmes.conftest import NOW, content, fresh
from trainingbase.db import Stale, db
from trainingbase.history.models import Change
from trainingbase.programmes import actions, queries
from trainingbase.programmes.models import AlreadyInForce, InUse, Programme


def test_a_version_says_what_its_source_says(draft, office):
    made = actions.make_version(draft, by=office, at=NOW)
    assert (made.code, made.family, made.edition) == ("GP6", "GP6", 1)  # a draft needs no version
    actions.put_in_force(draft, None, version=1, by=office, at=NOW)
    made = actions.make_version(draft, by=office, at=NOW)
    assert (made.code, made.family, made.edition, made.state) == ("GP6-2", "GP6", 2, "draft")
    assert content(made) == content(draft)
    assert actions.make_version(draft, by=office, at=NOW) is made


def test_a_programme_in_use_is_not_changed(browse, office, county, alice):
    browser = browse(office)
    row = county.programme.requirements[0]
    address = f"/programmes/{county.programme.id}/rotation/{row.id}"
    sent = browser.get(address, follow_redirects=True)
    assert "Make a version" in sent.text
    answers = {
        "version": "1",
        "standard_department": str(row.standard_department_id),
        "months": "5",
        "shortest_stretch": "1",
        "elective_group": "0",
    }
    refused = browser.post(address, data=answers, follow_redirects=True)
    assert "stays as it is" in refused.text
    assert fresh(county.programme).requirements[0].months == 2
    with pytest.raises(InUse):
        actions.remove(county.programme, row, version=1, by=office, at=NOW)


def test_a_version_of_it_is(browse, office, county, alice):
    browser = browse(office)
    sent = browser.post(f"/programmes/{county.programme.id}/version")
    [_first, made] = db.session.scalars(select(Programme).order_by(Programme.id))
    assert sent.headers["Location"] == f"/programmes/{made.id}"
    row = made.requirements[0]
    answers = {
        "version": "1",
        "standard_department": str(row.standard_department_id),
        "months": "5",
        "may_split": "y",
        "shortest_stretch": "1",
        "elective_group": "0",
    }
    sent = browser.post(f"/programmes/{made.id}/rotation/{row.id}", data=answers)
    assert sent.status_code == 302
    assert fresh(made).requirements[0].months == 5
    noted = set(db.session.scalars(select(Change.field).where(Change.subject == "programmes")))
    assert noted == {
        "requirements.months",
        "requirements.may_split",
        "requirements.shortest_stretch",
    }


def test_what_is_wrong_keeps_it_out_of_force(browse, office, county):
    programme = county.programme  # says 33 months and holds 6
    with pytest.raises(actions.NotReady) as refused:
        actions.put_in_force(programme, 2026, version=1, by=office, at=NOW)
    assert [one.kind for one in refused.value.faults] == ["months_differ"]
    page = browse(office).get(f"/programmes/{programme.id}/checks").text
    assert "come to 6 months" in page and "Put in force" not in page


def test_into_force_and_out_of_it(draft, office):
    actions.put_in_force(draft, 2026, version=1, by=office, at=NOW)
    assert (draft.state, draft.from_year, draft.in_force_by_id) == ("in_force", 2026, office.id)
    with pytest.raises(AlreadyInForce):
        actions.put_in_force(draft, 2027, version=2, by=office, at=NOW)
    second = actions.make_version(draft, by=office, at=NOW)
    with pytest.raises(AlreadyInForce):
        actions.put_in_force(second, 2026, version=1, by=office, at=NOW)
    actions.put_in_force(second, 2027, version=1, by=office, at=NOW)
    actions.retire(draft, version=2, by=office, at=NOW)
    assert draft.state == "retired"
    actions.bring_back(draft, version=3, by=office, at=NOW)
    assert draft.state == "in_force"


def test_residents_begin_on_the_version_of_their_intake(draft, office):
    actions.put_in_force(draft, None, version=1, by=office, at=NOW)
    second = actions.make_version(draft, by=office, at=NOW)
    families = queries.families(queries.programmes())
    assert queries.edition_for("GP6", 2028, families) is draft  # a draft takes nobody
    actions.put_in_force(second, 2027, version=1, by=office, at=NOW)
    families = queries.families(queries.programmes())
    found = [queries.edition_for("GP6", year, families) for year in (2025, 2026, 2027, 2030)]
    assert found == [draft, draft, second, second]
    assert queries.edition_for("GP6-2", 2020, families) is second
    assert queries.edition_for("AGP9", 2027, families) is None


def test_only_a_draft_nobody_trains_by_is_discarded(draft, office, county, alice):
    with pytest.raises(InUse):
        actions.discard(county.programme, version=1, by=office, at=NOW)
    with pytest.raises(Stale):
        actions.discard(draft, version=7, by=office, at=NOW)
    actions.discard(draft, version=1, by=office, at=NOW)
    assert queries.programme_by_code("GP6") is None


def test_two_editors_at_once(browse, office, draft):
    browser = browse(office)
    row = draft.requirements[0]
    address = f"/programmes/{draft.id}/rotation/{row.id}"
    answers = {
        "version": "1",
        "standard_department": str(row.standard_department_id),
        "shortest_stretch": "1",
        "elective_group": "0",
    }
    assert browser.post(address, data=answers | {"months": "4"}).status_code == 302
    second = browser.post(address, data=answers | {"months": "3"})
    assert second.status_code == 409
    assert "Somebody else has changed this meanwhile" in second.text
    assert fresh(draft).requirements[0].months == 4
