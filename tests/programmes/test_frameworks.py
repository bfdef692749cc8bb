"""Frameworks are loaded once, read as trees, chosen and mapped."""

import io

import pytest
from sqlalchemy import func, select

from tests.programmes.conftest import NOW, content, fresh
from trainingbase.db import db
from trainingbase.programmes import actions, queries
from trainingbase.programmes.frameworks import NotAFramework, entries, seeded
from trainingbase.programmes.models import Competency


@pytest.fixture
def frameworks(office):
    actions.load_frameworks(seeded(), by=office, at=NOW)
    return {one.code: one for one in queries.frameworks()}


def test_what_comes_with_the_portal_was_read_in_a_source():
    for one in seeded():
        assert one.source and one.verification.startswith("verified"), one
        assert "memory" not in one.verification


def test_loading_twice_changes_nothing(frameworks, office):
    count = db.session.scalar(select(func.count()).select_from(Competency))
    assert count == len(seeded())
    assert actions.load_frameworks(seeded(), by=office, at=NOW) == (0, 0)


def test_a_framework_is_read_as_a_tree(browse, alice, frameworks):
    milestones = frameworks["ACGME/fm-milestones/2.0"]
    rows = queries.tree(queries.competencies_of([milestones.id]))
    assert [(one.code, depth) for one, depth in rows][:2] == [("PC", 0), ("PC1", 1)]
    page = browse(alice).get(f"/programmes/frameworks/{milestones.id}")
    assert "Only 21 of its 25 entries" in page.text


def test_what_is_taken_away_is_loaded_as_it_was(browse, office, frameworks):
    browser = browse(office)
    for one in frameworks.values():
        table = browser.get(f"/programmes/frameworks/{one.id}/export/csv").data
        assert entries(table) == [e for e in seeded() if e.framework_code == one.code]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("a,b\n1,2\n", ("authority", None)),
        ("authority,framework,version,code,title\nX,y,1,A,\n", ("title", 2)),
        ("authority,framework,version,code,title\nX,y,1,A,a\nX,y,1,A,b\n", ("code", 3)),
        ("authority,framework,version,code,title,parent\nX,y,1,A,a,B\n", ("parent", 2)),
        ("", ("authority", None)),
    ],
)
def test_a_table_that_is_no_framework_is_refused_with_its_row(text, what):
    with pytest.raises(NotAFramework) as refused:
        entries(text.encode())
    assert (refused.value.what, refused.value.row) == what


def test_a_base_s_own_framework(browse, office):
    table = "authority,framework,version,code,title\n青禾,能力,2026,A,接诊\n".encode("gb18030")
    browser = browse(office)
    sent = browser.post("/programmes/frameworks", data={"file": (io.BytesIO(table), "a.csv")})
    assert sent.status_code == 302
    assert queries.framework_by_code("青禾/能力/2026") is not None
    wrong = browser.post("/programmes/frameworks", data={"file": (io.BytesIO(b"x"), "a.csv")})
    assert wrong.status_code == 422 and "authority" in wrong.text


def test_choosing_and_mapping(browse, office, draft, frameworks):
    browser = browse(office)
    core = frameworks["CCTH/core/2022"]
    address = f"/programmes/{draft.id}"
    sent = browser.post(f"{address}/frameworks", data={"version": "1", "frameworks": [core.id]})
    assert sent.status_code == 302
    care, teach = (c for c in queries.competencies_of([core.id]) if c.code in ("PC", "TEACH"))
    medicine = draft.requirements[0].standard_department_id
    sent = browser.post(
        f"{address}/serves/department/{medicine}",
        data={"version": "2", "competencies": [care.id, teach.id]},
    )
    assert sent.status_code == 302
    sent = browser.post(
        f"{address}/serves/form/mini_cex", data={"version": "3", "competencies": [care.id]}
    )
    assert sent.status_code == 302
    said = {(one.subject, one.competency[1]) for one in content(draft).served}
    assert said == {("Medicine", "PC"), ("Medicine", "TEACH"), ("mini_cex", "PC")}
    page = browser.get(f"{address}/competencies").text
    assert "Patient care" in page and "Served by nothing yet" in page
    table = browser.get(f"{address}/competencies/export/csv").data
    before = content(draft)
    form = {"version": "4", "file": (io.BytesIO(table), "map.csv")}
    assert browser.post(f"{address}/competencies", data=form).status_code == 302
    assert content(draft) == before
    short = b"".join(table.splitlines(keepends=True)[:2])
    form = {"version": "5", "file": (io.BytesIO(short), "map.csv")}
    assert browser.post(f"{address}/competencies", data=form).status_code == 302
    assert len(content(draft).served) == 1
    form = {"version": "6", "file": (io.BytesIO(table + b"department,Nowhere,a,b,c\n"), "m.csv")}
    wrong = browser.post(f"{address}/competencies", data=form)
    assert wrong.status_code == 422 and "Nowhere" in wrong.text
    sent = browser.post(f"{address}/frameworks", data={"version": "6"})
    assert sent.status_code == 302 and content(draft).served == frozenset()
    assert fresh(draft).frameworks == []
