"""The office's own kinds and fields, and what the residents then see."""

import pytest
from sqlalchemy import select

from trainingbase.db import db
from trainingbase.logbook.models import Kind
from trainingbase.logbook.rules.kinds import KeptChoice, as_lines, merged_choices


def kind_called(name) -> Kind:
    return db.session.scalars(select(Kind).where(Kind.name == name)).one()


def saved(row, **more):
    names = ("name_en", "unit", "least", "most", "decimals")
    shown = {name: getattr(row, name) for name in names if getattr(row, name) is not None}
    shown |= {"called": row.name, "version": row.version, "in_use": "y", "required": "y"}
    return shown | {"choices_typed": as_lines(row.choices)} | more


def test_a_range_is_changed_and_holds_at_once(
    browse, office, alice, placed, alice_resident, county
):
    from datetime import date

    placed(alice_resident, county.village_team, date(2026, 11, 1), date(2027, 2, 1))
    field = kind_called("高血压随访").fields[0]
    browser = browse(office)
    page = browser.post(
        f"/log/fields/{field.id}", data=saved(field, most=250), follow_redirects=True
    )
    assert "Saved." in page.text
    assert "from 60 to 250 mmHg" in page.text
    form = browse(alice).get("/log/new?category=community&item=高血压随访").text
    assert "from 60 to 250 mmHg" in form
    wrong = browser.post(f"/log/fields/{field.id}", data=saved(field, most=50))
    assert "This is less than the least." in wrong.text
    stale = browser.post(f"/log/fields/{field.id}", data=saved(field, version=1))
    assert stale.status_code == 409


def test_a_kind_of_the_bases_own(browse, office, alice, placed, alice_resident, county):
    from datetime import date

    placed(alice_resident, county.medicine, date(2026, 11, 1), date(2027, 2, 1))
    browser = browse(office)
    data = {"category": "workload", "called": "夜班收治", "name_en": "Night admissions", "most": 40}
    browser.post("/log/kinds/new", data=data | {"in_use": "y"})
    assert "Night admissions" in browse(alice).get("/log/").text
    again = browser.post("/log/kinds/new", data=data | {"in_use": "y"})
    assert "There is one of this name already." in again.text
    row = kind_called("夜班收治")
    browser.post(f"/log/kinds/{row.id}", data={"version": row.version, "name_en": "Nights"})
    assert not row.in_use
    assert "Nights" not in browse(alice).get("/log/").text
    browser.post(
        f"/log/kinds/{row.id}/fields/new",
        data={
            "called": "班次",
            "type": "choice",
            "choices_typed": "前夜 | Early\n后夜",
            "in_use": "y",
        },
    )
    assert [one.choices for one in row.fields] == [[["c0", "前夜", "Early"], ["c1", "后夜", ""]]]


def test_only_the_office_changes_them(browse, auditor, mei, county):
    assert browse(auditor).get("/log/kinds").status_code == 200
    assert browse(auditor).get(f"/log/kinds/{kind_called('管床数').id}").status_code == 403
    assert browse(mei).get("/log/kinds").status_code == 403


def test_choices_keep_their_codes_and_stay():
    before = [["a", "有", "Yes"], ["c0", "无", ""]]
    assert merged_choices(before, as_lines(before)) == before
    assert merged_choices(before, "无|No\n有|Yes\n未查") == [
        ["c0", "无", "No"], ["a", "有", "Yes"], ["c1", "未查", ""]
    ]  # fmt: skip
    with pytest.raises(KeptChoice):
        merged_choices(before, "有 | Yes")
