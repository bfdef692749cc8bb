from sqlalchemy import delete, select, update

from trainingbase.audit.models import Entry
from trainingbase.audit.queries import faults
from trainingbase.db import db


def entries(browse, office, values=("45", "50", "55")):
    browser = browse(office)
    for version, value in enumerate(values, start=1):
        browser.post("/thresholds/notice_days", data={"value": value, "version": str(version)})
    return list(db.session.scalars(select(Entry).order_by(Entry.id)))


def test_every_change_leaves_an_entry_with_who_and_what(browse, office):
    last = entries(browse, office)[-1]
    assert (last.act, last.by_id, last.subject_id) == ("set-threshold", office.id, "notice_days")
    assert last.details == {"before": "50.00", "after": "55"}
    assert list(faults()) == []


def test_an_edited_entry_shows(browse, office):
    first = entries(browse, office)[0]
    db.session.execute(update(Entry).where(Entry.id == first.id).values(act="nothing"))
    assert any(f"entry {first.id}" in fault for fault in faults())


def test_a_deleted_entry_shows(browse, office):
    middle = entries(browse, office)[1]
    db.session.execute(delete(Entry).where(Entry.id == middle.id))
    assert list(faults())


def test_a_cut_tail_shows(browse, office):
    last = entries(browse, office)[-1]
    db.session.execute(delete(Entry).where(Entry.id == last.id))
    assert list(faults())


def test_the_trail_is_read_and_searched(browse, office, auditor):
    entries(browse, office)
    page = browse(auditor).get("/audit/?person=Wu&act=threshold")
    assert page.text.count("set-threshold") == 3
    assert browse(auditor).get("/audit/?person=nobody").text.count("set-threshold") == 0


def test_the_trail_asks_no_more_for_many_than_for_few(browse, office, auditor, statements):
    entries(browse, office, ("45",))
    reader = browse(auditor)
    few = statements(lambda: reader.get("/audit/"))
    browser = browse(office)
    for version in range(2, 40):
        browser.post(
            "/thresholds/notice_days", data={"value": str(version), "version": str(version)}
        )
    assert statements(lambda: reader.get("/audit/")) == few
