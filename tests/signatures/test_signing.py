"""Signing by typing the password again."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select, text, update

from tests.cast import PASSWORD
from trainingbase.accounts.models import FailedSignIn
from trainingbase.audit.models import Entry
from trainingbase.clock import real_now
from trainingbase.db import db
from trainingbase.people.models import Person
from trainingbase.signatures import queries
from trainingbase.signatures.actions import (
    AlreadySigned,
    TooManyTries,
    WrongPassword,
    sign,
    withdraw,
)
from trainingbase.signatures.models import Signature, SignaturesStay, VerificationMiss
from trainingbase.signatures.rules import MOST_MISSES, canonical, digest, in_groups, read_digest

AT = datetime(2026, 11, 22, 2, tzinfo=UTC)
CONTENT = {"resident": "Alice", "marks": Decimal("81.50"), "day": date(2026, 11, 30)}


def signed(person, content=CONTENT, at=AT, **more):
    made = sign("leaving", 7, "approves", content, password=PASSWORD, by=person, at=at, **more)
    db.session.commit()
    return made


def test_the_order_of_keys_and_the_way_of_writing_numbers_do_not_matter():
    again = {"day": "2026-11-30", "marks": Decimal("81.5"), "resident": "Alice"}
    assert (
        canonical(again)
        == canonical(CONTENT)
        == ('{"day":"2026-11-30","marks":"81.5","resident":"Alice"}')
    )
    assert digest(again) == digest(CONTENT) != digest({**again, "resident": "Bob"})


@pytest.mark.parametrize("odd", [0.1, {1, 2}, {1: "one"}, object()])
def test_what_has_no_one_way_of_being_written_is_not_signed(odd):
    with pytest.raises(TypeError):
        digest({"odd": odd})


def test_a_digest_is_read_off_paper():
    kept = digest(CONTENT)
    assert read_digest(in_groups(kept).upper()) == kept
    assert read_digest(kept[:-1]) is None


def test_what_was_signed_is_kept_with_name_time_and_digest(office):
    made = signed(office, role="leader")
    assert (made.name, made.role, made.signed_at) == ("Wu", "leader", AT)
    assert made.content == {"resident": "Alice", "marks": "81.5", "day": "2026-11-30"}
    assert made.digest == digest(CONTENT)
    assert queries.is_intact(made)
    assert queries.signatures_of("leaving", 7) == [made]
    entry = db.session.scalars(select(Entry).where(Entry.act == "sign")).one()
    assert entry.details["digest"] == made.digest


def test_a_wrong_password_signs_nothing_and_rolls_back_what_came_before(office):
    office.phone = "123"
    with pytest.raises(WrongPassword):
        sign("leaving", 7, "approves", CONTENT, password="guess", by=office, at=AT)
    assert db.session.scalar(select(func.count(Signature.id))) == 0
    assert db.session.get(Person, office.id).phone is None
    assert db.session.scalars(select(FailedSignIn.login)).all() == ["wu"]


def test_guessing_is_slowed_down_like_signing_in(office, client):
    for _try in range(5):
        with pytest.raises(WrongPassword):
            sign("leaving", 7, "approves", CONTENT, password="guess", by=office, at=AT)
    with pytest.raises(TooManyTries):
        signed(office)
    signed(office, at=AT + timedelta(minutes=31))


def test_the_same_is_signed_once_and_by_two_people_twice(office, mei):
    first = signed(office)
    with pytest.raises(AlreadySigned) as refused:
        signed(office)
    assert refused.value.signature.id == first.id
    assert signed(mei).id != first.id
    assert len(queries.with_digest(first.digest)) == 2


def test_a_withdrawn_signature_stays_and_one_may_sign_anew(office):
    first = signed(office)
    withdraw(first, because="entered for another resident", by=office, at=AT)
    db.session.commit()
    second = signed(office, {**CONTENT, "resident": "Bob"})
    assert [one.stands for one in queries.signatures_of("leaving", 7)] == [False, True]
    assert queries.is_intact(first) and queries.is_intact(second)
    with pytest.raises(SignaturesStay):
        withdraw(first, because="again", by=office, at=AT)


def test_a_signature_is_neither_changed_nor_deleted(office):
    made = signed(office)
    made.name = "Somebody else"
    with pytest.raises(SignaturesStay):
        db.session.commit()
    db.session.rollback()
    db.session.delete(made)
    with pytest.raises(SignaturesStay):
        db.session.commit()
    db.session.rollback()


@pytest.mark.parametrize(
    "change", ["name = 'Li'", "content = '{\"a\": 1}'", "signed_at = '2026-01-01 00:00:00'"]
)
def test_what_is_changed_in_the_database_itself_shows(office, client, change):
    made = signed(office)
    db.session.execute(text(f"UPDATE signatures SET {change}"))
    db.session.commit()
    db.session.expire_all()
    assert not queries.is_intact(made)
    assert "无效" in client.get(f"/signatures/verify/{made.digest}").text


def test_a_stranger_learns_that_it_holds_but_not_who_signed(office, client, browse, mei):
    made = signed(mei)
    page = client.get(f"/signatures/verify?digest={in_groups(made.digest).upper()}")
    assert page.headers["Location"] == f"/signatures/verify/{made.digest}"
    shown = client.get(page.headers["Location"]).text
    assert "此后未改动" in shown and "Mei" not in shown and "Alice" not in shown
    assert "Mei" in browse(office).get(page.headers["Location"]).text


def test_a_withdrawn_or_unknown_digest_is_said_so(office, client):
    made = signed(office)
    withdraw(made, because="wrong resident", by=office, at=AT)
    db.session.commit()
    assert "已撤销" in client.get(f"/signatures/verify/{made.digest}").text
    assert client.get("/signatures/verify/" + "0" * 64).status_code == 404
    assert "应为64位" in client.get("/signatures/verify?digest=12").text


def test_each_finds_what_they_signed_and_nothing_of_others(office, mei, browse):
    made = signed(mei)
    assert made.digest[:16] in browse(mei).get("/signatures/mine").text
    assert made.digest[:16] not in browse(office).get("/signatures/mine").text
    assert made.digest in browse(mei).get("/signatures/mine/export/csv").text


def test_guessing_at_digests_and_codes_is_slowed_down(office, client):
    made = signed(office)
    for number in range(MOST_MISSES):
        assert client.get(f"/signatures/verify/{number:064d}").status_code == 404
    assert client.get(f"/signatures/verify/{made.digest}").status_code == 429
    assert client.get("/handbooks/verify?code=AAAA-BBBB&checksum=" + "0" * 64).status_code == 429
    assert client.get("/signatures/verify").status_code == 200
    db.session.execute(update(VerificationMiss).values(at=real_now() - timedelta(minutes=11)))
    db.session.commit()
    assert client.get(f"/signatures/verify/{made.digest}").status_code == 200
