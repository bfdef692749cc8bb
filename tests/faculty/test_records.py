"""A record is made, changed, and what it was stays readable."""

import io
from datetime import date

from openpyxl import load_workbook
from PIL import Image

from tests.cast import add, faculty_member
from trainingbase.db import db
from trainingbase.faculty.models import Absence, Certificate, FacultyMember, Post
from trainingbase.imports import actions as imports
from trainingbase.imports.queries.rows import rows_of

NEW = {
    "name": "欧阳𠮷",
    "staff_number": "A-7",
    "phone": "13800000000",
    "title": "副主任医师",
    "title_on": "2020-06-01",
    "degree": "硕士",
    "scope": "全科医学专业",
    "practising_since": "2005-07-01",
    "primary_care_years": "4",
    "most_residents": "2",
    "form_key": "once",
}
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def of(member) -> str:
    return f"/faculty/{member.id}"


def fresh(member) -> FacultyMember:
    db.session.expire_all()
    return db.session.get(FacultyMember, member.id)


def test_a_member_is_added_once(browse, office, county):
    browser = browse(office)
    for _again in range(2):
        sent = NEW | {"department": county.medicine.id}
        answer = browser.post("/faculty/new", data=sent)
        assert answer.status_code == 302
    [member] = db.session.query(FacultyMember)
    assert member.name == "欧阳𠮷" and member.person.phone == "13800000000"
    assert [post.department_id for post in member.posts] == [county.medicine.id]
    page = browser.get(of(member)).text
    assert "21" in page and "1 Jun 2020" in page and "no certificate" in page


def test_two_people_cannot_have_one_staff_number(browse, office, county, mei_member):
    sent = NEW | {"department": county.medicine.id, "staff_number": "1001"}
    answer = browse(office).post("/faculty/new", data=sent)
    assert answer.status_code == 422
    assert "Somebody has this staff number already." in answer.text
    assert db.session.query(FacultyMember).count() == 1


def edited(member, **more):
    data = {"name": member.name, "staff_number": member.staff_number, "title": member.title}
    return data | {"version": member.version} | more


def test_an_edit_keeps_what_was_before_and_why(browse, office, auditor, mei_member):
    browser = browse(office)
    sent = edited(mei_member, title="副主任医师", phone="13912345678", why="promoted")
    assert browser.post(f"{of(mei_member)}/edit", data=sent).status_code == 302
    page = browse(auditor).get(f"{of(mei_member)}/history").text
    assert "主治医师" in page and "副主任医师" in page and "promoted" in page
    # as on the record itself, auditors read no telephone number
    assert "13912345678" not in page
    assert "13912345678" in browser.get(f"{of(mei_member)}/history").text


def test_the_second_of_two_editors_sees_the_difference(browse, office, mei_member):
    browser = browse(office)
    first = edited(mei_member, title="副主任医师")
    second = edited(mei_member, title="主任医师")
    browser.post(f"{of(mei_member)}/edit", data=first)
    answer = browser.post(f"{of(mei_member)}/edit", data=second)
    assert answer.status_code == 409
    assert "yours: 主任医师" in answer.text and "now: 副主任医师" in answer.text
    again = second | {"version": fresh(mei_member).version}
    assert browser.post(f"{of(mei_member)}/edit", data=again).status_code == 302
    assert fresh(mei_member).title == "主任医师"


def test_an_edit_cannot_take_the_number_of_somebody_else(browse, office, mei_member, chen):
    sent = edited(mei_member, staff_number="1002")
    answer = browse(office).post(f"{of(mei_member)}/edit", data=sent)
    assert answer.status_code == 422
    assert fresh(mei_member).staff_number == "1001"


def test_posts_have_days(browse, office, county, mei_member):
    browser = browse(office)
    sent = {"department": county.surgery.id, "is_second": "y", "starts_on": "2026-12-01"}
    assert browser.post(f"{of(mei_member)}/posts/new", data=sent).status_code == 302
    assert browser.post(f"{of(mei_member)}/posts/new", data=sent).status_code == 422
    post = db.session.query(Post).filter_by(department_id=county.surgery.id).one()
    there = f"{of(mei_member)}/posts/{post.id}"
    assert "2026-12-01" in browser.get(there).text
    sent |= {"last_day": "2026-11-30", "version": "1"}
    assert browser.post(there, data=sent).status_code == 422
    sent |= {"last_day": "2027-01-31"}
    assert browser.post(there, data=sent).status_code == 302
    db.session.expire_all()
    assert post.ends_on == date(2027, 2, 1)
    assert browser.post(there, data=sent | {"last_day": "2027-03-31"}).status_code == 409
    assert browser.get(f"{of(mei_member)}/posts/999").status_code == 404


def test_a_certificate_is_kept_with_its_scan(browse, office, auditor, secretary, mei_member):
    browser = browse(office)
    sent = {"number": "G-1", "level": "国家级", "starts_on": "2026-01-01"}
    scan = {"scan": (io.BytesIO(PDF), "证书.pdf")}
    there = f"{of(mei_member)}/certificates"
    kind = "multipart/form-data"
    assert browser.post(f"{there}/new", data=sent | scan, content_type=kind).status_code == 302
    one = db.session.query(Certificate).filter_by(number="G-1").one()
    assert one.lapses_on(5) == date(2031, 1, 1)
    found = browse(auditor).get(f"{there}/{one.id}/scan")
    assert found.data == PDF and "attachment" in found.headers["Content-Disposition"]
    assert browse(secretary).get(f"{there}/{one.id}/scan").status_code == 403
    assert browser.post(f"{there}/new", data=sent).status_code == 422
    sent |= {"last_day": "2028-12-31", "version": "1"}
    assert browser.post(f"{there}/{one.id}", data=sent).status_code == 302
    db.session.expire_all()
    assert one.lapses_on(5) == date(2029, 1, 1) and one.scan_id is not None
    assert browser.post(f"{there}/{one.id}", data=sent | {"level": "x"}).status_code == 409
    taken = sent | {"number": "S1001", "version": one.version}
    assert browser.post(f"{there}/{one.id}", data=taken).status_code == 422


def test_a_file_that_is_no_document_is_refused_at_its_field(browse, office, mei_member):
    sent = {"number": "G-1", "starts_on": "2026-01-01"}
    scan = {"scan": (io.BytesIO(b"MZ\x90 a program"), "scan.pdf")}
    answer = browse(office).post(
        f"{of(mei_member)}/certificates/new", data=sent | scan, content_type="multipart/form-data"
    )
    assert answer.status_code == 422
    assert db.session.query(Certificate).count() == 1


def test_days_away_do_not_overlap_and_can_be_withdrawn(browse, office, mei_member):
    browser = browse(office)
    there = f"{of(mei_member)}/absences"
    sent = {"kind": "leave", "starts_on": "2026-12-01", "last_day": "2026-12-10", "reason": "x"}
    for _again in range(2):
        assert browser.post(f"{there}/new", data=sent).status_code == 302
    [one] = db.session.query(Absence)
    other = sent | {"starts_on": "2026-12-10", "last_day": "2026-12-20"}
    answer = browser.post(f"{there}/new", data=other)
    assert answer.status_code == 422
    assert "Away already from 1 Dec 2026 to 10 Dec 2026." in answer.text
    longer = sent | {"last_day": "2026-12-24", "version": "1"}
    assert browser.post(f"{there}/{one.id}", data=longer).status_code == 302
    assert browser.post(f"{there}/{one.id}", data=longer).status_code == 409
    assert "away for 24 days" in browser.get(of(mei_member)).text
    assert browser.post(f"{there}/{one.id}/withdrawal").status_code == 302
    assert browser.post(f"{there}/{one.id}/withdrawal").status_code == 302
    assert browser.get(f"{there}/{one.id}").status_code == 404
    assert "away for" not in browser.get(of(mei_member)).text
    assert browser.post(f"{there}/new", data=other).status_code == 302


def test_a_photo_is_made_small_and_shown(browse, office, mei, mei_member):
    picture = io.BytesIO()
    Image.new("RGB", (900, 1200), "grey").save(picture, "PNG")
    browser, there = browse(office), f"{of(mei_member)}/photo"
    assert browser.get(f"{there}.jpg").status_code == 404
    for _again in range(2):
        sent = {"photo": (io.BytesIO(picture.getvalue()), "me.png")}
        answer = browser.post(there, data=sent, content_type="multipart/form-data")
        assert answer.status_code == 302
    shown = browse(mei).get(f"{there}.jpg")
    assert max(Image.open(io.BytesIO(shown.data)).size) == 600
    assert browser.post(there, data={}).status_code == 422


def test_the_download_comes_back_in_and_changes_nothing(browse, office, county, mei_member):
    second = faculty_member("Two posts", county.medicine, "2002")
    add(Post(faculty_member=second, department=county.surgery, is_second=True))
    mei_member.note = "teaches on Tuesdays"
    mei_member.primary_care_years = 3
    db.session.commit()
    content = browse(office).get("/faculty/export/xlsx").data
    assert load_workbook(io.BytesIO(content)).active.max_row == 4
    brought = imports.bring_in("faculty", content, "faculty.xlsx", by=office, **when())
    states = {row.outcome for row in rows_of(brought)}
    assert states == {"unchanged"}


def when():
    from datetime import UTC, datetime

    return {"on": date(2026, 11, 22), "at": datetime(2026, 11, 22, tzinfo=UTC)}
