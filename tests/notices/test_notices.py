from trainingbase.clock import real_now
from trainingbase.db import db
from trainingbase.notices.actions import leave
from trainingbase.notices.models import Notice


def tell(person, number=1):
    for _ in range(number):
        leave("leave-granted", to_ids=[person.id], at=real_now(), path="/", day="2026-12-01")
    db.session.commit()


def test_a_notice_is_read_in_the_readers_language_and_leads_to_its_page(browse, alice):
    tell(alice)
    browser = browse(alice)
    assert "Your leave from 1 Dec 2026 is granted." in browser.get("/notices/").text
    notice = db.session.query(Notice).one()
    assert browser.post(f"/notices/{notice.id}/reading").headers["Location"] == "/"
    assert notice.read_at is not None


def test_nobody_reads_anothers_notice(browse, alice, bob):
    tell(alice)
    notice = db.session.query(Notice).one()
    assert browse(bob).post(f"/notices/{notice.id}/reading").status_code == 404
    assert "2026-12-01" not in browse(bob).get("/notices/").text


def test_all_are_marked_as_read_at_once(browse, alice):
    tell(alice, 3)
    browse(alice).post("/notices/reading")
    assert db.session.query(Notice).filter(Notice.read_at.is_(None)).count() == 0


def test_the_list_asks_no_more_for_many_than_for_few(browse, alice, statements):
    tell(alice)
    browser = browse(alice)
    few = statements(lambda: browser.get("/notices/"))
    tell(alice, 100)
    assert statements(lambda: browser.get("/notices/")) == few


def test_an_empty_list_says_what_will_stand_there(browse, alice):
    assert "No notices" in browse(alice).get("/notices/").text
