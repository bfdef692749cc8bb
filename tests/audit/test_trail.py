import ast

import pytest
from sqlalchemy import delete, select, update

from trainingbase import paths
from trainingbase.audit import anchors, queries
from trainingbase.audit.models import Entry, Head
from trainingbase.audit.queries import faults
from trainingbase.audit.words import ACTS
from trainingbase.db import db


@pytest.fixture(autouse=True)
def a_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setenv("TRAININGBASE_HOME", str(tmp_path))


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
    page = browse(auditor).get("/audit/?person=Wu&act=set-threshold&subject=thresholds")
    assert page.text.count("notice_days") == 3
    for nothing in ("person=nobody", "act=publish-plan", "subject=plans"):
        assert "notice_days" not in browse(auditor).get(f"/audit/?{nothing}").text


def recorded() -> set[str]:
    """The acts the portal records, read off its code."""
    calls = [
        node
        for file in paths.PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("record", "change")
    ]
    names = [one for call in calls for one in ast.walk(call.args[0])]
    return {one.value for one in names if isinstance(one, ast.Constant)}


def test_every_act_has_words():
    assert recorded() == set(ACTS)


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


def cut_back_to(number):
    """As somebody would who may write to the database and does not know the key."""
    db.session.execute(delete(Entry).where(Entry.id > number))
    last = db.session.get(Entry, number)
    db.session.execute(update(Head).values(entries=number, seal=last.seal))
    db.session.commit()


def test_a_tail_cut_together_with_its_head_shows_by_what_was_anchored(browse, office):
    entries(browse, office)
    anchors.drop(queries.end())
    assert list(faults(anchors.anchors())) == []
    cut_back_to(2)
    assert list(faults()) == []
    assert any("anchored" in fault for fault in faults(anchors.anchors()))
    browse(office).post("/thresholds/notice_days", data={"value": "60", "version": "4"})
    assert any("anchored" in fault for fault in faults(anchors.anchors()))


def test_two_entries_that_changed_places_show(browse, office):
    first, second, *_rest = entries(browse, office)
    before, after = first.details, second.details
    db.session.execute(update(Entry).where(Entry.id == first.id).values(details=after))
    db.session.execute(update(Entry).where(Entry.id == second.id).values(details=before))
    assert len([fault for fault in faults() if "changed" in fault]) == 2


def test_a_trail_without_its_head_shows(browse, office):
    entries(browse, office)
    db.session.execute(delete(Head))
    assert list(faults())


def test_the_same_end_is_anchored_once(browse, office):
    entries(browse, office)
    anchors.drop(queries.end())
    anchors.drop(queries.end())
    assert len(anchors.anchors()) == 1
    assert anchors.file().stat().st_mode & 0o777 == 0o600


def test_the_administrator_does_not_read_the_trail_for_it_tells_amounts(browse, administrator):
    assert browse(administrator).get("/audit/").status_code == 403
