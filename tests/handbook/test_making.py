"""What a handbook holds, and how it is made: frozen, once, and in few statements."""

import resource
import time
import zipfile
from datetime import date, timedelta
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import event

from tests.cast import add, resident
from tests.handbook.conftest import ADDRESS, NOW
from tests.paper.reading import reader, text
from trainingbase.audit.models import Entry as Trail
from trainingbase.clock import real_now
from trainingbase.db import db
from trainingbase.enrolment.models import Particulars
from trainingbase.files.actions import keep_photo
from trainingbase.files.rules import PNG, Upload
from trainingbase.handbook import actions, making
from trainingbase.handbook.models import Handbook, HandbookOrder, Immutable, OrderLine
from trainingbase.handbook.queries import orders
from trainingbase.handbook.queries.record import facts_of
from trainingbase.handbook.rules.content import digest_of
from trainingbase.logbook.models import Entry
from trainingbase.notices.models import Notice
from trainingbase.research import actions as research

TODAY = date(2026, 11, 22)


def told(person) -> list[str]:
    rows = db.session.query(Notice).filter_by(person_id=person.id).order_by(Notice.id)
    return [one.kind for one in rows]


def test_it_holds_the_whole_record(record, made, alice, office):
    paper = {
        "kind": "paper", "title": "Hypertension in a township", "role": "first",
        "author_order": 1, "done_on": date(2026, 10, 20),
    }  # fmt: skip
    work = research.hand_in(alice, paper, [], by=alice, at=NOW)
    research.approve(work, None, version=work.version, by=office, at=NOW)
    book = made(record)
    said = text(book.file.content)
    for part in (
        "Traininghandbook", "Alice", "2026intake", "GP33", "Medicine", "LeadHospital", "Mei",
        "1Oct2026", "30Nov2026", "Sickleave", "COPD", "Donealone", "66.6%",
        "Mini-lecture", "Inhalers#1$x$", "1.5", "Annualtest", "81.5", "Hypertensioninatownship",
        "firstauthor", book.digest, "Page1of",
    ):  # fmt: skip
        assert part in said, part
    assert reader(book.file.content).trailer["/Root"]["/Lang"] == "en-GB"


def test_it_says_nothing_that_is_nobodys_business(record, made):
    said = text(made(record).file.content)
    assert "privateillness" not in said
    assert record.id_number not in said and record.masked_id_number in said
    assert "notyetconfirmed" not in said


def test_it_speaks_chinese(record, made):
    said = text(made(record, language="zh").file.content)
    for part in ("培训手册", "病假", "独立完成", "小讲课", "第1页"):
        assert part in said, part


def test_what_is_kept_is_what_was_issued(record, made):
    book = made(record)
    assert book.is_intact and book.digest == digest_of(book.facts)
    assert [one["item"] for one in book.facts["log"]["standards"][0]["entries"]] == ["COPD"] * 2
    book.content = b"x"
    with pytest.raises(Immutable):
        db.session.commit()
    db.session.rollback()


def test_nothing_new_is_the_same_edition_and_something_new_the_next(record, made, logged):
    first = made(record)
    assert made(record).id == first.id
    logged(1)
    second = made(record, at=NOW + timedelta(days=1))
    assert (first.edition, second.edition) == (1, 2)
    assert (first.state, second.state) == ("superseded", "valid")
    assert made(record, language="zh").edition == 1
    assert second.state == "valid"


def test_it_is_told_and_in_the_trail(record, made, alice, office, mei):
    book = made(record)
    assert told(alice) == ["handbook-issued"]
    assert told(office) == ["handbooks-ready"]
    acts = [one.act for one in db.session.query(Trail).filter_by(subject="handbooks")]
    assert acts == ["issue-handbook"]
    made(record, by=alice, language="zh")
    assert told(alice) == ["handbook-issued", "handbooks-ready"]
    assert book.issued_by_id == office.id


def test_the_same_record_gives_the_same_bytes(record, made):
    """So that a file can be made again and compared, if the kept one were ever lost."""
    from flask import current_app
    from flask_babel import force_locale

    from trainingbase.handbook.layout import Imprint, document
    from trainingbase.paper import pdf

    book = made(record)
    imprint = Imprint(
        base=current_app.config["BASE_NAME_EN"],
        edition=book.edition,
        code=book.code,
        digest=book.digest,
        issued_at=book.issued_at,
        issued_by=book.issued_by.name,
        address=ADDRESS,
    )
    with force_locale("en"):
        again = pdf(document(book.facts, imprint))
    shown = text(again)
    assert shown.replace("\n", "") == text(book.file.content)


def statements_of(doing) -> int:
    said = []

    def note(_connection, _cursor, statement, *_):
        said.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        doing()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len([one for one in said if not one.startswith(("BEGIN", "PRAGMA", "ROLLBACK"))])


def cpu() -> float:
    """Seconds of work, of this process and of those it had work for it."""
    return time.process_time() + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])


def test_a_long_log_takes_as_many_statements_as_a_short_one_and_three_seconds(
    record, made, logged, placed, county
):
    db.session.expire_all()
    few = statements_of(lambda: facts_of(record, today=TODAY))
    logged(2158)
    placed(record, county.surgery, date(2026, 12, 1), date(2027, 1, 1))
    db.session.expire_all()
    assert statements_of(lambda: facts_of(record, today=TODAY)) == few <= 70
    began = cpu()
    book = made(record)
    spent = cpu() - began
    assert len(book.facts["log"]["standards"][0]["entries"]) == 2160
    assert spent < 3, spent


@pytest.fixture
def three(record, county):
    """Alice and two who have nothing on record yet."""
    others = [resident(f"R{n}", county, f"11010120000101{n:04}") for n in (1001, 1002)]
    return [record, *others]


def order_of(residents, office, **more):
    given = {"title": "All", "language": "en", "address": ADDRESS, "by": office, "at": NOW}
    return actions.order(residents, **(given | more))


def test_one_that_fails_is_named_and_the_others_are_made(three, office, browse, monkeypatch):
    order = order_of(three, office)
    odd = three[1].id
    real = making.facts_of

    def broken(resident, **more):
        if resident.id == odd:
            raise ValueError("a date that cannot be")
        return real(resident, **more)

    monkeypatch.setattr(making, "facts_of", broken)
    making.make(order.id)
    states = [one.state for one in order.lines]
    assert states == ["made", "failed", "made"]
    assert order.state == "done"
    page = browse(office).get(f"/handbooks/orders/{order.id}").text
    assert "R1001" in page and "a date that cannot be" in page
    assert "1 could not be made" in page


def test_a_killed_worker_costs_nothing_that_was_made(three, office, monkeypatch):
    order = order_of(three, office)
    issued = actions.issue

    def dies_at_the_second(line, *given, **more):
        if line.position == 2:
            raise SystemExit  # not an Exception: nothing in between tidies up
        return issued(line, *given, **more)

    monkeypatch.setattr(actions, "issue", dies_at_the_second)
    with pytest.raises(SystemExit):
        making.make(order.id)
    db.session.rollback()
    monkeypatch.setattr(actions, "issue", issued)
    assert [one.state for one in order.lines] == ["made", "waiting", "waiting"]
    making.make(order.id)  # too early: the worker may be alive
    assert order.state == "working"
    order.alive_at = real_now() - 2 * actions.SILENCE
    db.session.commit()
    assert orders.silent_since(real_now() - actions.SILENCE) == [order.id]
    making.make(order.id)
    assert [one.state for one in order.lines] == ["made"] * 3
    assert db.session.query(Handbook).count() == 3


def test_a_handbook_that_kills_the_worker_is_given_up(three, office):
    order = order_of(three, office)
    order.lines[0].tries = actions.MOST_TRIES
    db.session.commit()
    making.make(order.id)
    assert [one.failed_because for one in order.lines] == ["WorkerDied", None, None]
    assert order.state == "done"


def test_an_order_that_was_stopped_makes_nothing_more(three, office, browse):
    order = order_of(three, office)
    assert browse(office).post(f"/handbooks/orders/{order.id}/stop").status_code == 302
    making.make(order.id)
    assert [one.state for one in order.lines] == ["waiting"] * 3
    assert db.session.get_one(HandbookOrder, order.id).state == "stopped"


def test_others_have_their_turn(three, office, monkeypatch):
    order = order_of(three, office)
    monkeypatch.setattr(making, "TURN", -1.0)
    making.make(order.id)
    assert [one.state for one in order.lines] == ["waiting"] * 3
    assert order.state == "waiting"  # and on the queue again
    monkeypatch.setattr(making, "TURN", 20.0)
    making.make(order.id)
    assert order.state == "done"


def test_many_come_as_one_archive(three, office, browse):
    order = order_of(three, office)
    making.make(order.id)
    answer = browse(office).get(f"/handbooks/orders/{order.id}/archive")
    archive = zipfile.ZipFile(BytesIO(answer.data))
    answer.close()
    assert archive.testzip() is None
    names = archive.namelist()
    assert names[0] == "index.csv" and len(names) == 4
    assert names[1].startswith("001-Alice")
    assert "R1002" in archive.read("index.csv").decode("utf-8-sig")
    first = db.session.query(Handbook).filter_by(resident_id=three[0].id).one()
    assert archive.read(names[1]) == first.file.content


def test_the_same_order_twice_is_one(three, office):
    first = order_of(three, office, request_key="k")
    assert order_of(three, office, request_key="k").id == first.id
    one = order_of(three[:1], office)
    assert order_of(three[:1], office).id == one.id
    assert db.session.query(OrderLine).count() == 4


def test_an_order_is_for_somebody(office):
    with pytest.raises(actions.NobodyAsked):
        order_of([], office)


def test_an_entry_that_cannot_be_printed_is_no_obstacle(record, logged, made):
    [entry] = logged(1)
    db.session.query(Entry).filter_by(id=entry.id).update(
        {"note": "甲\u0000😀#panic()".replace("\u0000", "\u0007")}
    )
    db.session.commit()
    assert "〓(U+1F600)#panic()" in text(made(record).file.content)


def test_names_with_anything_in_them(county, made):
    odd = resident("Al/ice..\\<b>", county, "110101200001019999")
    book = made(odd)
    assert "/" not in book.file.name and "<" not in book.file.name
    assert add(odd.person) and "<b>" in text(book.file.content)


def test_the_cover_shows_the_photo_and_another_one_is_another_edition(record, made, office):
    first = made(record)

    def photo(colour: str) -> None:
        drawn = BytesIO()
        Image.new("RGB", (300, 400), colour).save(drawn, "PNG")
        kept = keep_photo(Upload("p.png", PNG, drawn.getvalue()), by=office, at=NOW)
        db.session.flush()
        known = db.session.query(Particulars).filter_by(resident_id=record.id).one_or_none()
        if known is None:
            db.session.add(Particulars(resident_id=record.id, photo_id=kept.id))
        else:
            known.photo_id = kept.id
        db.session.commit()

    photo("navy")
    second = made(record)
    assert second.edition == first.edition + 1
    assert second.facts["person"]["photo"] and not first.facts["person"]["photo"]
    assert second.file.content.count(b"/DCTDecode") == 1 + first.file.content.count(b"/DCTDecode")
    assert made(record).edition == second.edition
    photo("teal")
    assert made(record).edition == second.edition + 1
