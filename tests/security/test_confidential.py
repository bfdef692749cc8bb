"""A word of their own in every confidential field, looked for in every byte everybody gets."""

import io
import re
import zipfile
from datetime import date
from decimal import Decimal

import pytest

from tests.assessments.conftest import RATINGS, form_data
from tests.cast import LONG_AGO, add
from trainingbase.access import may_open
from trainingbase.accounts.models import Account
from trainingbase.assessments.models import Request, Submission
from trainingbase.db import db
from trainingbase.enrolment.models import Leave, Resident
from trainingbase.faculty.models import FacultyMember
from trainingbase.imports import actions as imports
from trainingbase.incentives.models import Line, Run
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement, Plan
from trainingbase.training.models import Activity

WRITTEN = {
    "comment": "CANARYcomment",
    "amendment": "CANARYamendment",
    "phone": "CANARYphone",
    "note": "CANARYnote",
    "teacher": "CANARYteacher",
    "reason": "CANARYreason",
    "pay": "1,928,374.65",
    "id": "110101200001010025",
}
"""By field; all but `teacher` are about Alice."""

MAY_READ = {
    Role.RESIDENT: {"comment", "amendment", "phone", "note", "reason", "pay"},  # Alice herself
    Role.FACULTY: {"comment", "amendment"},  # Mei, who wrote them
    Role.SECRETARY: {"comment", "amendment"},  # of the department
    Role.SITE_COORDINATOR: set(),  # of another site
    Role.OFFICE: set(WRITTEN),
    Role.LEADER: {"pay"},
    Role.AUDITOR: set(WRITTEN) - {"id"},
    Role.ADMINISTRATOR: set(),
}


@pytest.fixture
def written(county, alice_resident, mei_member, mei, placed, browse, office):
    """Alice's confidential words, each put where it belongs."""
    alice_resident.person.phone, alice_resident.note = WRITTEN["phone"], WRITTEN["note"]
    mei_member.note = WRITTEN["teacher"]
    add(
        Leave(
            resident_id=alice_resident.id, kind="sick", reason=WRITTEN["reason"],
            starts_on=date(2026, 11, 2), ends_on=date(2026, 11, 4), granted=True,
            decided_at=LONG_AGO, decided_by_id=office.id,
        )
    )  # fmt: skip
    placement = placed(
        alice_resident, county.medicine, date(2026, 10, 1), date(2026, 12, 1), mei_member
    )
    answers = form_data({**RATINGS, "MC2.5": WRITTEN["comment"]}, observed_on="2026-11-10")
    browser = browse(mei)
    sent = browser.post(f"/assessments/placements/{placement.id}/mini_cex", data=answers)
    assert sent.status_code == 302
    amended = browser.post(
        f"{sent.headers['Location']}/amendments", data={"text": WRITTEN["amendment"]}
    )
    assert amended.status_code == 302
    return placement


IDS = {
    "resident_id": Resident, "submission_id": Submission, "request_id": Request,
    "placement_id": Placement, "plan_id": Plan, "line_id": Line, "run_id": Run,
    "activity_id": Activity, "account_id": Account, "member_id": FacultyMember,
    "leave_id": Leave,
}  # fmt: skip
NAMES = {"kind": "csv", "name": "submissions", "code": "mini_cex", "key": "notice_days"}


def addresses(app, person):
    """Every page that opens to this person's role, with every row there is."""
    highest = {name: [*db.session.scalars(db.select(table.id))] for name, table in IDS.items()}
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.endpoint == "static":
            continue
        if not may_open(person, rule.endpoint):
            continue
        found = [str(rule)]
        for converter, name in re.findall(r"<(?:(\w+):)?(\w+)>", str(rule)):
            values = highest.get(name, [1]) if converter == "int" else [NAMES.get(name, "x")]
            part = f"<{converter}:{name}>" if converter else f"<{name}>"
            found = [one.replace(part, str(value)) for one in found for value in values]
        yield from found


def unpacked(content):
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return b"".join(map(package.read, package.namelist()))


@pytest.fixture
def paid(alice, office):
    run = add(
        Run(
            month_on=date(2026, 10, 1), computed_at=LONG_AGO, findings=[],
        )
    )  # fmt: skip
    add(
        Line(
            run_id=run.id, payee_id=alice.id, rule="failed-exit", key="one", quantity=Decimal(1),
            unit_amount=Decimal("1928374.65"), amount=Decimal("1928374.65"),
            facts={"item": "x"}, evidence=[],
        )
    )  # fmt: skip
    run.approved_at, run.approved_by_id = LONG_AGO, office.id
    db.session.commit()


def test_nobody_gets_a_byte_that_is_not_for_them(app, browse, written, paid, everybody):
    for role, person in everybody.items():
        browser = browse(person)
        read = set()
        for address in addresses(app, person):
            with browser.get(address) as page:
                assert page.status_code < 500, (role, address)
                content = unpacked(page.data)
                for field, word in WRITTEN.items():
                    if word.encode() in content:
                        assert field in MAY_READ[role], (role, field, address)
                        read.add(field)
        assert read == MAY_READ[role], role


def test_an_auditor_reads_no_id_number_in_a_preview(app, browse, auditor, office):
    browser = browse(office)
    wide = "１１０１０１２０００００１０１００２５"
    rows = f"姓名,身份证号,入培时间\n王禾,{wide},2026-09-01\n李禾,110101200001010026,x\n"
    import_ = imports.bring_in(
        "residents", rows.encode(), "x.csv", on=date(2026, 11, 22), by=office, at=LONG_AGO
    )
    address = f"/imports/{import_.id}"
    assert "110101200001010026" in browser.get(address).text
    page = browse(auditor).get(address)
    assert page.status_code == 200
    assert "110101********" in page.text
    for number in ("110101200001010026", "110101200001010025", wide):
        assert number not in page.text


def test_a_foreign_row_and_a_missing_one_look_the_same(
    app, browse, written, bob, chen, coordinator, bob_resident
):
    """Bob and Chen have nothing to do with Alice."""

    def shown(browser, address):
        page = browser.get(address)
        text = re.sub(r"I[\w.-]{60,}", "token", page.text)
        return page.status_code, text.replace(address, "this page")

    theirs = db.session.query(Submission).one().id
    for person, prefix in (
        (bob, "/assessments/feedback/"), (chen, "/assessments/submissions/"),
        (coordinator, "/assessments/submissions/"),
    ):  # fmt: skip
        browser = browse(person)
        assert shown(browser, f"{prefix}{theirs}") == shown(browser, f"{prefix}99999")
    assert browse(bob).get(f"/residents/{written.resident_id}").status_code == 404
    assert browse(chen).get(f"/residents/{written.resident_id}").status_code == 404
    assert browse(chen).get(f"/rotations/residents/{written.resident_id}").status_code == 404
