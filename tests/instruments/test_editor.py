"""The office makes forms: versions, copies, items, rules; what is published stays as it is."""

import io
import json

import pytest
from sqlalchemy import func, select

from tests.assessments.conftest import NOW, RATINGS, TODAY
from trainingbase.assessments import actions as assessments
from trainingbase.audit.models import Entry
from trainingbase.db import db
from trainingbase.enrolment.models import Resident  # noqa: F401 (the cast)
from trainingbase.history.models import Change
from trainingbase.instruments import actions, queries
from trainingbase.instruments.exchange import document_of
from trainingbase.instruments.models import FormsDoNotChange, Instrument, Item
from trainingbase.instruments.start import put_instruments
from trainingbase.stale import Stale

ITEM = {
    "code": "A1", "section": "一", "section_en": "One", "name": "条目", "name_en": "An item",
    "kind": "score", "points": "20", "weight": "", "scale": "", "is_required": "y",
    "shown_item": "", "competency": "patient_care",
}  # fmt: skip


def form(code, version=None):
    rows = select(Instrument).where(Instrument.code == code).order_by(Instrument.id.desc())
    found = db.session.scalars(rows).all()
    return next(one for one in found if version in (None, one.version))


@pytest.fixture
def clerk(browse, office):
    return browse(office)


@pytest.fixture
def draft(clerk, county):
    page = clerk.post(
        "/instruments/new",
        data={"name": "ward_round", "title": "查房", "title_en": "Ward round",
              "assessor": "faculty", "subject": "resident"},
    )  # fmt: skip
    assert page.status_code == 302
    return form("base.ward_round")


def add(clerk, draft, **more):
    edits = db.session.get(Instrument, draft.id).edits
    return clerk.post(f"/instruments/{draft.id}/items/new", data={**ITEM, "version": edits, **more})


def test_a_form_is_made_from_nothing_and_answered(
    clerk, draft, browse, mei, placed, alice_resident, county, mei_member
):
    assert draft.identity == "base/ward_round" and draft.state == "draft"
    assert add(clerk, draft).status_code == 302
    assert add(clerk, draft, code="A2", kind="rating", scale="grades", points="").status_code == 302
    sign = add(clerk, draft, code="S1", kind="signature", points="")
    assert sign.status_code == 302
    edits = db.session.get(Instrument, draft.id).edits
    rule = {"kind": "share", "least": "60", "item": "", "due": "", "version": edits}
    assert clerk.post(f"/instruments/{draft.id}/rules", data=rule).status_code == 302
    assert clerk.post(f"/instruments/{draft.id}/publication").status_code == 302
    one = form("base.ward_round")
    assert one.is_in_use and one.items[0].highest == 20 and one.items[2].is_signature
    from datetime import date

    placement = placed(
        alice_resident, county.medicine, date(2026, 10, 1), date(2026, 12, 1), mei_member
    )
    hers = browse(mei)
    url = f"/assessments/placements/{placement.id}/base.ward_round"
    page = hers.get(url).text
    assert "Excellent" in page and "stands for your signature" in page
    data = {"observed_on": TODAY.isoformat(), "A1": "11", "A2": "4", "form_key": "k"}
    missing = hers.post(url, data=data)
    assert missing.status_code == 422 and 'id="S1-error"' in missing.text
    assert hers.post(url, data={**data, "A1": "21", "S1": "Mei"}).status_code == 422
    sent = hers.post(url, data={**data, "S1": "Mei"})
    shown = hers.get(sent.headers["Location"]).text
    assert "Not passed" in shown and "60 %" in shown
    again = hers.post(url, data={**data, "S1": "Mei", "A1": "20", "form_key": "k2"})
    assert "Passed" in hers.get(again.headers["Location"]).text


def test_a_published_form_is_not_edited_anywhere(clerk, county):
    mini = form("mini_cex")
    for url in ("head", "items/new", f"items/{mini.items[0].id}", "rules"):
        for page in (clerk.get(f"/instruments/{mini.id}/{url}"),
                     clerk.post(f"/instruments/{mini.id}/{url}", data=ITEM)):  # fmt: skip
            assert page.status_code == 302
    for url in (f"items/{mini.items[0].id}/removal", f"items/{mini.items[0].id}/shift/up",
                "discarding", "rules/0/removal"):  # fmt: skip
        assert clerk.post(f"/instruments/{mini.id}/{url}").status_code == 302
    before = document_of(mini)
    db.session.expire_all()
    assert document_of(form("mini_cex")) == before and form("mini_cex").is_in_use
    db.session.delete(mini.items[0])
    with pytest.raises(FormsDoNotChange):
        db.session.commit()
    db.session.rollback()


def test_a_version_takes_the_place_of_the_one_before_and_what_was_answered_stays(
    clerk, placed, alice_resident, county, mei_member, mei
):
    from datetime import date

    placement = placed(
        alice_resident, county.medicine, date(2026, 10, 1), date(2026, 12, 1), mei_member
    )
    old = form("mini_cex")
    kept = assessments.submit(
        instrument=queries.instrument_in_use("mini_cex"), placement=placement, by=mei, at=NOW,
        observed_on=TODAY, answers=RATINGS, form_key="k",
    )  # fmt: skip
    assert clerk.post(f"/instruments/{old.id}/version").status_code == 302
    assert clerk.post(f"/instruments/{old.id}/version").status_code == 302
    draft = form("mini_cex")
    assert (draft.version, draft.origin, draft.identity) == ("base-1", "base", "base/mini_cex")
    assert db.session.scalar(select(func.count()).where(Instrument.code == "mini_cex")) == 2
    item = draft.items[7]
    actions.remove_item(draft, item, edits=draft.edits, by=mei, at=NOW)
    clerk.post(f"/instruments/{draft.id}/publication")
    db.session.expire_all()
    assert form("mini_cex", "base-1").is_in_use and form("mini_cex", "undated").state == "retired"
    assert kept.instrument.version == "undated" and len(kept.answers) == 7
    put_instruments()
    db.session.commit()
    assert queries.instrument_in_use("mini_cex").version == "base-1"
    page = clerk.get(f"/instruments/{draft.id}/comparison").text
    assert "gone" in page and item.name_en in page
    assert clerk.post(f"/instruments/{old.id}/publication").status_code == 302
    db.session.expire_all()
    assert queries.instrument_in_use("mini_cex").version == "undated"
    assert not form("mini_cex", "base-1").may_be_edited


def test_what_is_not_defined_cannot_be_published(clerk, county):
    nurse = form("nurse_on_resident")
    page = clerk.get(f"/instruments/{nurse.id}").text
    assert "not defined yet" in page
    clerk.post(f"/instruments/{nurse.id}/publication")
    db.session.expire_all()
    assert not form("nurse_on_resident").is_in_use
    assert "defines them" in clerk.get(f"/instruments/{nurse.id}/preview").text


def test_a_copy_is_a_form_of_its_own(clerk, county):
    dops = form("dops")
    url = f"/instruments/{dops.id}/copy"
    assert clerk.post(url, data={"name": "dops"}).status_code == 422
    assert clerk.post(url, data={"name": "Bad Name"}).status_code == 422
    assert clerk.post(url, data={"name": "dops_short"}).status_code == 302
    assert clerk.post(url, data={"name": "dops_short"}).status_code == 422
    copied = form("base.dops_short")
    assert copied.copied_from == "national/dops undated" and len(copied.items) == len(dops.items)
    assert form("dops").is_in_use


def test_the_preview_keeps_nothing_and_shows_what_would_come_out(clerk, county):
    record = form("inpatient_record")
    url = f"/instruments/{record.id}/preview"
    page = clerk.get(url).text
    assert "phone-frame" in page and 'data-shown-when="IR0_7"' in page
    data = {"IR0_7": "1", "IR8_1": "2", "IR9_2": "Wu", "form_key": "k"}
    for item in record.items:
        if item.kind == "score" and not item.shown_when:
            data[item.code.replace(".", "_")] = str(item.points)
        if item.is_veto:
            data[item.code.replace(".", "_")] = "0"
    said = clerk.post(url, data=data)
    assert said.status_code == 200 and "85 of 85 points" in said.text
    marked = clerk.post(url, data={**data, "IR6_1": "1"}).text
    assert "Veto: Record late" in marked and "Nobody has said it" in marked
    discharged = clerk.post(url, data={**data, "IR0_7": "2"})
    assert discharged.status_code == 422 and 'id="IR5_1-error"' in discharged.text


def test_an_unfinished_draft_can_be_looked_at(clerk, draft):
    for code, kind in (("R1", "rating"), ("C1", "choice"), ("P1", "score")):
        assert add(clerk, draft, code=code, kind=kind, points="").status_code == 302
    assert clerk.get(f"/instruments/{draft.id}/preview").status_code == 200
    page = clerk.get(f"/instruments/{draft.id}").text
    assert "items[0].scale" in page and "items[1].options" in page and "items[2].points" in page
    clerk.post(f"/instruments/{draft.id}/publication")
    db.session.expire_all()
    assert db.session.get(Instrument, draft.id).state == "draft"


def test_two_editors_do_not_overwrite_each_other(clerk, draft, office):
    edits = draft.edits
    add(clerk, draft)
    page = clerk.post(
        f"/instruments/{draft.id}/items/new", data={**ITEM, "code": "A2", "version": edits}
    )
    assert page.status_code == 409
    head = {"name": "x", "name_en": "x", "assessor": "nurse", "subject": "resident",
            "source": "us", "veto": "", "version": edits}  # fmt: skip
    assert clerk.post(f"/instruments/{draft.id}/head", data=head).status_code == 409
    one = db.session.get(Instrument, draft.id)
    with pytest.raises(Stale):
        actions.remove_item(one, one.items[0], edits=edits, by=office, at=NOW)
    db.session.rollback()
    assert [item.code for item in db.session.get(Instrument, draft.id).items] == ["A1"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("code", "1 x"), ("name", ""), ("points", "-3"), ("points", "1e99999999"),
     ("options", "no number"), ("options", "1e99999999 一"), ("lowest", "NaN"),
     ("competencies", "one two three"), ("kind", "slider")],
)  # fmt: skip
def test_what_is_wrong_is_said_at_the_field(clerk, draft, field, value):
    page = add(clerk, draft, **{field: value})
    assert page.status_code == 422 and f'id="{field}-error"' in page.text
    assert db.session.scalar(select(func.count(Item.id)).where(Item.instrument_id == draft.id)) == 0


def test_items_move_are_changed_and_taken_out_and_it_is_kept_who_did_it(clerk, draft):
    for code in ("A1", "A2", "A3"):
        add(clerk, draft, code=code)
    one = db.session.get(Instrument, draft.id)
    third = one.items[2]
    for _twice in range(3):
        clerk.post(f"/instruments/{draft.id}/items/{third.id}/shift/up")
    db.session.expire_all()
    assert [item.code for item in one.items] == ["A3", "A1", "A2"]
    change = {**ITEM, "code": "A3", "points": "30", "version": one.edits}
    clerk.post(f"/instruments/{draft.id}/items/{third.id}", data=change)
    db.session.expire_all()
    assert one.items[0].points == 30 and one.items[0].highest == 30
    assert add(clerk, draft, code="A1").status_code == 422
    gone = one.items[1].id
    clerk.post(f"/instruments/{draft.id}/items/{gone}/removal", data={"version": one.edits})
    db.session.expire_all()
    assert [item.code for item in one.items] == ["A3", "A2"]
    fields = set(db.session.scalars(select(Change.field).where(Change.subject == "instruments")))
    assert {"items", "order", "items.A3.points"} <= fields
    assert "items.A3.points" in clerk.get(f"/instruments/{draft.id}/history").text
    assert clerk.get(f"/instruments/{draft.id}/items/{form('dops').items[0].id}").status_code == 404


def test_a_file_comes_in_as_a_draft_or_with_its_faults_named(clerk, county):
    def send(content):
        return clerk.post(
            "/instruments/taking-in", data={"file": (io.BytesIO(content), "form.json")},
            content_type="multipart/form-data",
        )  # fmt: skip

    out = clerk.get(f"/instruments/{form('mini_cex').id}/file")
    assert out.mimetype == "application/json"
    document = json.loads(out.data)
    assert send(out.data).status_code == 302
    assert form("mini_cex").version == "base-1" and form("mini_cex").state == "draft"
    document["identity"] = "base/field_note"
    assert send(json.dumps(document).encode()).status_code == 302
    assert form("base.field_note").state == "draft"
    document["items"][2]["kind"] = "slider"
    page = send(json.dumps(document).encode())
    assert page.status_code == 422 and "items[2].kind" in page.text and "score, rating" in page.text
    assert "line 2" in send(b"{\n,").text
    assert send(b" " * (400 * 1024 + 1)).status_code == 422
    assert clerk.get("/instruments/schema").mimetype == "application/json"


def test_lists_filter_sort_and_go_out_as_files(clerk, browse, mei, county, statements):
    page = clerk.get("/instruments/?state=offered&sort=-name").text
    assert "Nurse on resident" in page and ">Mini-CEX<" not in page
    assert "national/epa_observation" in clerk.get("/instruments/?search=EPA").text
    for kind in ("csv", "xlsx"):
        assert clerk.get(f"/instruments/export/{kind}").status_code == 200
        assert clerk.get(f"/instruments/{form('dops').id}/items/export/{kind}").status_code == 200
    few = statements(lambda: clerk.get("/instruments/?search=teaching"))
    assert statements(lambda: clerk.get("/instruments/")) == few
    teacher = browse(mei)
    assert teacher.get("/instruments/").status_code == 200
    assert teacher.post(f"/instruments/{form('dops').id}/version").status_code == 403


def test_what_the_office_does_stands_in_the_trail(clerk, draft):
    clerk.post(f"/instruments/{draft.id}/discarding")
    acts = set(db.session.scalars(select(Entry.act)))
    assert {"begin-form", "discard-form"} <= acts
    assert db.session.scalar(select(func.count()).where(Instrument.code == "base.ward_round")) == 0


def test_what_breaks_databases_and_exports_does_not_come_in_with_a_file(clerk, county):
    document = json.loads(clerk.get(f"/instruments/{form('mini_cex').id}/file").data)
    document["identity"] = "base/field_note"
    document["name"]["en"] = "Field\x00 note\x0b"
    document["items"][0]["name"]["zh"] = "病史\ud800"
    sent = {"file": (io.BytesIO(json.dumps(document).encode()), "form.json")}
    answer = clerk.post("/instruments/taking-in", data=sent, content_type="multipart/form-data")
    assert answer.status_code == 302
    made = form("base.field_note")
    assert (made.name_en, made.items[0].name) == ("Field note", "病史")
    document["items"][0]["known_as"] = ["history"]
    sent = {"file": (io.BytesIO(json.dumps(document).encode()), "form.json")}
    page = clerk.post("/instruments/taking-in", data=sent, content_type="multipart/form-data")
    assert page.status_code == 422 and "items[0].known_as" in page.text
