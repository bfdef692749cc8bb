from datetime import date, datetime, timedelta

import pytest

from trainingbase.clock import LOCAL
from trainingbase.db import db
from trainingbase.enrolment.models import Leave
from trainingbase.files.rules import Upload
from trainingbase.leave import actions
from trainingbase.leave.models import LeaveRule
from trainingbase.leave.rules.judging import Wanted
from trainingbase.notices.models import Notice

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, tzinfo=LOCAL)
PDF_FILE = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PAPER = Upload(name="note.pdf", media_type="application/pdf", content=PDF_FILE)


def on(text: str) -> date:
    """`on("12-01")`: a day of the training's first year, 2026-09 to 2027-08."""
    month, day = map(int, text.split("-"))
    return date(2026 if month >= 9 else 2027, month, day)


def wanted(kind: str, first: str, last: str, **more) -> Wanted:
    return Wanted(kind, on(first), on(last) + timedelta(days=1), **more)


def set_rule(kind: str, **values) -> None:
    row = db.session.get(LeaveRule, kind)
    for name, value in values.items():
        setattr(row, name, value)
    db.session.commit()


def told(person) -> list[str]:
    rows = db.session.query(Notice).filter_by(person_id=person.id).order_by(Notice.id)
    return [one.kind for one in rows]


@pytest.fixture
def in_medicine(placed, county, alice_resident, mei_member, secretary):
    """Alice is in Medicine with Mei until New Year, then in Surgery, then in the township."""
    end = date(2027, 1, 1)
    first = placed(alice_resident, county.medicine, date(2026, 11, 1), end, mei_member)
    placed(alice_resident, county.surgery, end, date(2027, 2, 1))
    placed(alice_resident, county.village_team, date(2027, 2, 1), date(2027, 5, 1))
    return first


@pytest.fixture
def asked(alice, alice_resident, in_medicine, office):
    """`asked("sick", "12-01", "12-02")`: Alice asks; `papers=` and `request_key=` go through."""

    def made(kind="personal", first="12-01", last="12-02", at=NOW, **more) -> Leave:
        more.setdefault("reason", "Family")
        return actions.apply_for(alice_resident, wanted(kind, first, last), by=alice, at=at, **more)

    return made


@pytest.fixture
def granted(asked, office):
    def made(*args, **more) -> Leave:
        leave = asked(*args, **more)
        while leave.granted is None:
            actions.decide(leave, True, version=leave.version, by=office, at=NOW)
        return leave

    return made
