"""Who has handbooks made, reads them, withdraws them, and verifies one as a stranger."""

import csv
import io

import pytest

import trainingbase.worker  # noqa: F401  (it says what the jobs do)
from tests.cast import person, resident
from tests.handbook.test_making import told
from trainingbase.db import db
from trainingbase.handbook.models import Handbook, HandbookOrder
from trainingbase.handbook.rules.content import grouped
from trainingbase.queue import work_off
from trainingbase.roles import Role


@pytest.fixture
def tutored(record, mei):
    """Mei is Alice's tutor."""
    record.tutor_id = mei.id
    db.session.commit()
    return record


def test_a_resident_has_their_own_made(record, browse, alice, home):
    browser = browse(alice)
    assert browser.get("/handbooks/mine").status_code == 200
    sent = browser.post("/handbooks/mine", data={"language": "zh", "form_key": "k"})
    again = browser.post("/handbooks/mine", data={"language": "zh", "form_key": "k"})
    assert sent.headers["Location"] == again.headers["Location"]
    waiting = browser.get(sent.headers["Location"])
    assert "Waiting to be made" in waiting.text and "hx-get" in waiting.text
    work_off()
    done = browser.get(sent.headers["Location"] + "?poll=1")
    assert done.headers["HX-Refresh"] == "true"
    page = browser.get("/handbooks/mine").text
    book = db.session.query(Handbook).one()
    assert f"/handbooks/{book.id}/file" in page and "Edition 1" in page
    file = browser.get(f"/handbooks/{book.id}/file")
    assert file.data.startswith(b"%PDF-1.7") and file.mimetype == "application/pdf"


def test_a_tutor_has_their_tutees_made_and_nobody_elses(tutored, bob_resident, browse, mei, chen):
    browser = browse(mei)
    page = browser.get(f"/handbooks/new?resident={tutored.id}").text
    assert f'selected value="resident-{tutored.id}"' in page and "Bob" not in page
    assert "cohort-" not in page
    sent = {"language": "zh", "whose": f"resident-{bob_resident.id}"}
    assert browser.post("/handbooks/new", data=sent).status_code == 200
    assert db.session.query(HandbookOrder).count() == 0
    sent["whose"] = f"resident-{tutored.id}"
    assert browser.post("/handbooks/new", data=sent).status_code == 302
    work_off()
    assert "Alice" in browser.get("/handbooks/").text
    assert "Alice" not in browse(chen).get("/handbooks/").text


def test_the_office_has_a_cohort_made(record, bob_resident, browse, office, county):
    browser = browse(office)
    sent = {"language": "en", "whose": f"cohort-{county.cohort.id}"}
    where = browser.post("/handbooks/new", data=sent).headers["Location"]
    page = browser.get(where).text
    assert "0 / 2" in page and "Stop" in page
    work_off()
    page = browser.get(where).text
    assert "2 / 2" in page and "Alice" in page and "Bob" in page and "/archive" in page
    assert "2026 intake" in browser.get("/handbooks/orders").text
    rows = browser.get(where + "/export/csv").data.decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(rows)))) == 3


def test_everybody_in_training_leaves_out_who_left(record, bob_resident, browse, office):
    from datetime import date

    bob_resident.withdrawn_on = date(2026, 10, 1)
    db.session.commit()
    browse(office).post("/handbooks/new", data={"language": "zh", "whose": "training"})
    assert len(db.session.query(HandbookOrder).one().lines) == 1
    browse(office).post("/handbooks/new", data={"language": "zh", "whose": "all"})
    assert len(db.session.query(HandbookOrder).all()[1].lines) == 2


def test_another_persons_handbook_is_not_there(record, made, browse, bob, chen, leader, secretary):
    book = made(record)
    order = db.session.query(HandbookOrder).one()
    addresses = (
        f"/handbooks/{book.id}", f"/handbooks/{book.id}/file", f"/handbooks/orders/{order.id}",
        f"/handbooks/orders/{order.id}/archive",
    )  # fmt: skip
    for stranger in (bob, chen):
        browser = browse(stranger)
        assert [browser.get(one).status_code for one in addresses] == [404] * 4
        if stranger is chen:
            assert browser.post(f"/handbooks/orders/{order.id}/stop").status_code == 404
    for refused in (leader, secretary):
        assert browse(refused).get(addresses[0]).status_code == 403


def test_the_auditor_reads_and_changes_nothing(record, made, browse, auditor):
    book, browser = made(record), browse(auditor)
    assert browser.get(f"/handbooks/{book.id}/file").status_code == 200
    assert browser.post(f"/handbooks/{book.id}/withdrawal").status_code == 403
    assert browser.get("/handbooks/new").status_code == 403


def test_the_list_is_filtered_sorted_and_exported(record, bob_resident, made, browse, office):
    made(record), made(bob_resident), made(bob_resident, language="zh")
    browser = browse(office)
    assert browser.get("/handbooks/?search=Bob").text.count("<tr>") == 3
    assert "Alice" not in browser.get("/handbooks/?language=zh").text
    assert browser.get("/handbooks/?state=withdrawn").text.count("<tr>") == 0
    for sort in ("name", "-cohort", "edition", "-issued", "nonsense"):
        assert browser.get(f"/handbooks/?sort={sort}").status_code == 200
    for kind in ("csv", "xlsx"):
        assert browser.get(f"/handbooks/export/{kind}?search=Bob").status_code == 200
    rows = browser.get("/handbooks/export/csv?search=Bob").data.decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(rows)))) == 3


def verified(browser, code, checksum):
    return browser.get("/handbooks/verify", query_string={"code": code, "checksum": checksum})


def test_a_stranger_verifies_what_they_hold(record, made, client):
    book = made(record)
    assert client.get("/handbooks/verify").status_code == 200
    for code in (book.code, grouped(book.code), book.code.lower()):
        for checksum in (book.digest, book.digest[:12], book.digest.upper()):
            page = verified(client, code, checksum)
            assert page.status_code == 200, (code, checksum)
            assert book.digest in page.text and book.file.sha256 in page.text
    assert "is the latest edition" in page.text or "最新版" in page.text
    assert "Alice" not in page.text and "A＊＊＊＊" in page.text


def test_a_guess_says_nothing(record, made, client):
    book = made(record)
    wrong = (
        (book.code, "0" * 64), (book.code, book.digest[:11]), ("AAAAAAAAAAAA", book.digest),
        (book.code, book.digest + "0"), ("", ""), ("<b>", "'"), (book.code, "字" * 20),
    )  # fmt: skip
    for code, checksum in wrong:
        page = verified(client, code, checksum)
        assert page.status_code == 404
        assert book.file.sha256 not in page.text and "A＊" not in page.text


def test_what_was_superseded_or_withdrawn_says_so(
    record, made, logged, client, browse, office, alice
):
    first = made(record)
    logged(1)
    second = made(record)
    english = browse(office)
    assert "later edition has taken its place" in verified(english, first.code, first.digest).text
    assert "is the latest edition" in verified(english, second.code, second.digest).text
    refused = english.post(f"/handbooks/{second.id}/withdrawal", data={"because": ""})
    assert "Say why." in refused.text
    sent = english.post(f"/handbooks/{second.id}/withdrawal", data={"because": "wrong name"})
    assert sent.status_code == 302
    assert "was withdrawn" in verified(english, second.code, second.digest).text
    assert told(alice)[-1] == "handbook-withdrawn"
    assert "wrong name" in english.get(f"/handbooks/{second.id}").text
    english.post(f"/handbooks/{second.id}/withdrawal", data={"because": "again"})
    assert db.session.get_one(Handbook, second.id).withdrawn_because == "wrong name"


def test_a_new_edition_follows_one_withdrawn(record, made, browse, office):
    book = made(record)
    browse(office).post(f"/handbooks/{book.id}/withdrawal", data={"because": "wrong"})
    assert made(record).edition == 2


@pytest.mark.parametrize("where", ["/handbooks/", "/handbooks/orders"])
def test_a_long_list_takes_as_many_statements_as_a_short_one(
    where, county, made, browse, office, statements
):
    made(resident("R1", county, "110101200001012001"))
    browser = browse(office)
    few = statements(lambda: browser.get(where))
    for n in range(2, 12):
        made(resident(f"R{n}", county, f"1101012000010120{n:02}"))
    assert statements(lambda: browser.get(where)) == few


def test_two_offices_order_and_withdraw_at_once(record, made):
    """The second finds what the first did."""
    from tests.handbook.conftest import NOW
    from trainingbase.handbook import actions
    from trainingbase.handbook.models import AlreadyWithdrawn

    book, second = made(record), person("Second", Role.OFFICE)
    actions.withdraw(book, "wrong", by=second, at=NOW)
    with pytest.raises(AlreadyWithdrawn):
        actions.withdraw(book, "wrong too", by=second, at=NOW)
    db.session.rollback()


def test_who_is_tutor_no_more_reads_nothing_of_what_was_made(tutored, browse, mei, chen):
    browser = browse(mei)
    browser.post("/handbooks/new", data={"language": "zh", "whose": f"resident-{tutored.id}"})
    work_off()
    order = db.session.query(HandbookOrder).one()
    address = f"/handbooks/orders/{order.id}"
    first = browser.get(address + "/archive")
    assert first.status_code == 200
    first.close()
    tutored.tutor_id = chen.id
    db.session.commit()
    assert browser.get(address + "/archive").status_code == 404
    assert "Alice" not in browser.get(address + "/export/csv").data.decode("utf-8-sig")
    assert f"/handbooks/{order.lines[0].handbook_id}" not in browser.get(address).text
