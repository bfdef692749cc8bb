"""Trying to find out who said what: from the tables, copies of them, their order, logs and files.

Everything is played through the pages, as residents do it.
"""

import base64
import contextlib
import logging
import re
from itertools import product
from pathlib import Path

import pytest
from sqlalchemy import Date, DateTime, func, inspect, select, text
from sqlalchemy.exc import OperationalError

from tests.ballots.conftest import at, ballot_about, said
from trainingbase import paths
from trainingbase.accounts.models import KeptAnswers, SignIn
from trainingbase.ballots import actions, keys
from trainingbase.ballots.models import Ballot, Batch, BatchText, Envelope
from trainingbase.ballots.rules.sealing import DoesNotOpen, seal, unseal
from trainingbase.ballots.tokens import token_of
from trainingbase.db import db
from trainingbase.identities import actions as identities

OURS = {
    "ballots", "ballot_rounds", "ballot_subjects", "ballot_envelopes", "ballot_batches",
    "ballot_figures", "ballot_texts",
}  # fmt: skip


def word(month: int, number: int) -> str:
    return f"Unmistakable{month}{number}"


def dump() -> dict[str, list[dict]]:
    """Every table as it stands, as a backup would hold it."""
    found = {
        name: [dict(row) for row in db.session.execute(table.select()).mappings()]
        for name, table in db.metadata.tables.items()
    }
    db.session.rollback()
    return found


@pytest.fixture
def month(school, mei_member, browse, monkeypatch):
    """`month(0, 2)`: the residents 0 and 1 were with Mei, and say their word through the page."""

    def play(number: int, people: int, *, before=lambda one: None, after=lambda one: None):
        first = number * 10
        some = school.people(first + people)[first:]
        for one in some:
            school.stay(one, number, mei_member)
        school.opened(number)
        day = school.month(number + 1).replace(day=8)
        monkeypatch.setenv("TRAININGBASE_TODAY", day.isoformat())
        for place, one in enumerate(some):
            browser = browse(one.person)
            page = browser.get("/ballots/").text
            address = re.search(r'href="(/ballots/mine/\w+)"', page).group(1)
            browser.get(address)
            before(one)
            mark = str(1 + place % 5)
            sent = browser.post(address, data={"A_1": mark, "A_2": "5", "A_4": word(number, place)})
            assert sent.status_code == 302
            after(one)
        return some

    return play


def hidden_in(value) -> bool:
    """Whether a word can be read out of a value, also where it was wrapped."""
    raw = value if isinstance(value, bytes) else str(value).encode()
    ways = [raw]
    for way in (base64.b64decode, bytes.fromhex):
        with contextlib.suppress(ValueError, TypeError):
            ways.append(way(raw.decode("latin-1")))
    return any(b"Unmistakable" in one for one in ways)


def test_before_the_release_no_table_and_no_file_tells_what_was_said(month):
    month(0, 2)
    month(1, 2)
    where = {
        name
        for name, rows in dump().items()
        for row in rows
        if any(hidden_in(value) for value in row.values())
    }
    assert where == set()
    files = [one for one in paths.instance().rglob("*") if one.is_file()]
    if db.engine.dialect.name == "sqlite":
        name = db.engine.url.database
        files += [Path(name), *(Path(name + end) for end in ("-wal", "-shm"))]
    assert [one for one in files if one.exists() and b"Unmistakable" in one.read_bytes()] == []


def test_answering_writes_two_rows_and_leaves_no_other_trace(month):
    """No entry in the trail, no notice, no job, no history: the whole database is compared."""
    stands = {}
    changed: list[set] = []

    def before(_one):
        stands.update(dump())

    def after(one):
        now = dump()
        changed.append({name for name in now if now[name] != stands[name]})
        assert len(now["ballot_envelopes"]) == len(stands["ballot_envelopes"]) + 1
        (moved,) = [row for row in now["ballots"] if row not in stands["ballots"]]
        assert (moved["person_id"], moved["state"]) == (one.person_id, "answered")

    month(0, 3, before=before, after=after)
    assert changed == [{"ballots", "ballot_envelopes"}] * 3


def test_after_the_release_the_words_stand_once_and_join_to_nobody(month, school):
    for number in range(3):
        month(number, 3)
        actions.mix(at=at(school.month(number + 1)))
        school.closed(number)
    tables = dump()
    assert len(tables["ballot_batches"]) == 1
    where = [
        (name, column)
        for name, rows in tables.items()
        for row in rows
        for column, value in row.items()
        if hidden_in(value)
    ]
    assert set(where) == {("ballot_texts", "text")} and len(where) == 9
    _joins_to_nobody(tables)


def _joins_to_nobody(tables):
    """No value that tells two texts apart stands anywhere else; and nothing of the batch but the
    subject, the form and the days leads to the register, where at least five have answered."""
    texts = tables["ballot_texts"]
    own = {value for row in texts for column, value in row.items() if column in ("id", "text")}
    for name, rows in tables.items():
        if name != "ballot_texts":
            assert not own & {value for row in rows for value in row.values() if _plain(value)}
    (batch,) = tables["ballot_batches"]
    who = {
        row["person_id"]
        for row in tables["ballots"]
        if row["subject_id"] == batch["subject_id"] and row["state"] == "answered"
    }
    assert len(who) >= 5
    for row in texts:  # all that tells one from another is random or the word itself
        assert set(row) == {"id", "batch_id", "item_id", "text"}
        assert re.fullmatch("[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}", row["id"])


def _plain(value) -> bool:
    return isinstance(value, str | bytes | int)


def test_the_tables_hold_no_time_and_no_order():
    columns = {name: set(db.metadata.tables[name].columns.keys()) for name in OURS}
    assert columns["ballots"] == {"round_id", "subject_id", "person_id", "instrument_id", "state"}
    assert columns["ballot_envelopes"] == {"id", "round_id", "key", "sealed"}
    assert columns["ballot_texts"] == {"id", "batch_id", "item_id", "text"}
    for name in OURS:
        kinds = [one.type for one in db.metadata.tables[name].columns]
        assert not [one for one in kinds if isinstance(getattr(one, "impl", one), DateTime)]
        if name not in ("ballot_rounds", "ballot_batches"):
            assert not [one for one in kinds if isinstance(one, Date)]


def test_people_are_named_in_the_register_and_nowhere_else_of_it():
    """Whatever refers to people or residents, of all our tables: one column."""
    found = {
        (name, column.name)
        for name in OURS
        for column in db.metadata.tables[name].columns
        for key in column.foreign_keys
        if key.column.table.name in ("people", "residents", "accounts", "sign_ins", "placements")
    }
    assert found == {("ballots", "person_id")}


def test_the_database_keeps_no_order_of_its_own(month, school):
    """SQLite has no rowid there; PostgreSQL's hidden columns say who answered before whom only
    until the night, and never which row came with which."""
    month(0, 4)
    if db.engine.dialect.name == "sqlite":
        assert "rowid" not in inspect(db.engine).get_columns("ballots")
        for name in ("ballots", "ballot_envelopes", "ballot_texts"):
            with pytest.raises(OperationalError):
                db.session.execute(text(f"SELECT rowid FROM {name}"))
            db.session.rollback()
        return
    hidden = {
        name: set(db.session.scalars(text(f"SELECT xmin::text FROM {name}")))
        for name in ("ballots", "ballot_envelopes", "audit_entries", "notices", "sign_ins")
    }
    for name, ids in hidden.items():
        assert name == "ballot_envelopes" or not ids & hidden["ballot_envelopes"]
    db.session.rollback()
    actions.mix(at=at(school.month(1)))
    for name in ("ballots", "ballot_envelopes"):
        rows = db.session.execute(text(f"SELECT xmin::text, ctid FROM {name}")).all()
        assert len({row[0] for row in rows}) == 1, name
    laid = "SELECT person_id FROM ballots WHERE round_id = (SELECT max(id) FROM ballot_rounds)"
    people = db.session.scalars(text(f"{laid} ORDER BY ctid")).all()
    assert list(people) == sorted(people)
    ids = db.session.scalars(text("SELECT id FROM ballot_envelopes ORDER BY ctid")).all()
    assert list(ids) == sorted(ids)


def test_two_copies_of_the_database_have_no_envelope_in_common(month, school):
    month(0, 3)
    before = {row["id"]: row for row in dump()["ballot_envelopes"]}
    actions.mix(at=at(school.month(1)))
    middle = {row["id"]: row for row in dump()["ballot_envelopes"]}
    school.closed(0)
    after = {row["id"]: row for row in dump()["ballot_envelopes"]}
    copies = (before, middle, after)
    assert [len(copy) for copy in copies] == [3, 3, 3]
    for column in ("id", "key", "sealed"):
        seen = [{row[column] for row in copy.values()} for copy in copies]
        assert not (seen[0] & seen[1] or seen[1] & seen[2] or seen[0] & seen[2]), column
    assert {row["round_id"] for row in after.values()} == {None}


def test_an_older_copy_opens_no_more_and_the_present_one_not_without_the_keys(month, school):
    month(0, 2)
    old = dump()["ballot_envelopes"]
    assert unseal(keys.read(old[0]["key"]), old[0]["sealed"])  # who has both, the same day
    actions.mix(at=at(school.month(1)))
    present = [one.read_bytes() for one in keys.folder().glob("*.key")]
    for row, key in product(old, present):
        with pytest.raises(DoesNotOpen):
            unseal(key, row["sealed"])
    with pytest.raises(keys.Missing):
        keys.read(old[0]["key"])
    tables = dump()
    tried = {str(value) for rows in tables.values() for row in rows for value in row.values()}
    for row in tables["ballot_envelopes"]:
        for one in tried:
            for key in (one.encode(), one.encode()[:32], bytes(32)):
                with pytest.raises(DoesNotOpen):
                    unseal(key, row["sealed"])


def test_keys_are_their_owners_and_destroyed_with_their_use(month, school):
    month(0, 2)
    (file,) = [one for one in keys.folder().glob("*.key") if one.stem in _named()]
    assert file.stat().st_mode & 0o077 == 0
    assert keys.folder().stat().st_mode & 0o077 == 0
    school.closed(0)
    assert not file.exists() and len(_named()) == 1


def _named() -> set[str]:
    return set(db.session.scalars(select(Envelope.key)))


def test_a_changed_envelope_stays_closed_and_holds_up_nothing(month, school):
    month(0, 2)
    (one, _other) = db.session.scalars(select(Envelope)).all()
    one.sealed = one.sealed[:-1] + bytes([one.sealed[-1] ^ 1])
    db.session.commit()
    assert actions.mix(at=at(school.month(1))) == 1
    school.closed(0)
    assert db.session.scalar(select(func.count()).select_from(Envelope)) == 2


def test_all_envelopes_are_of_one_size(month):
    key = bytes(32)
    short = seal(key, {"subject": 1, "form": 1, "said": {"A.1": "5"}})
    texts = "".join(chr(0x4E00 + (n * 37) % 5000) for n in range(900))
    assert len(seal(key, {"subject": 1, "form": 1, "said": {"A.4": texts}})) == len(short)
    assert seal(key, {"a": 1}) != seal(key, {"a": 1})


def test_the_log_says_nothing(month, school, caplog):
    caplog.set_level(logging.DEBUG)
    for number in range(3):
        month(number, 2)
        actions.mix(at=at(school.month(number + 1)))
        school.closed(number)
    assert "Unmistakable" not in caplog.text and "/ballots/mine/" not in caplog.text


def test_a_failure_logs_nothing_of_what_was_said_and_lets_it_be_sent_again(
    month, school, mei_member, browse, app, caplog, monkeypatch
):
    (one,) = school.people(1)
    school.stay(one, 0, mei_member)
    school.opened(0)
    monkeypatch.setenv("TRAININGBASE_TODAY", "2026-06-05")
    browser = browse(one.person)
    address = re.search(r'href="(/ballots/mine/\w+)"', browser.get("/ballots/").text).group(1)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    db.session.execute(text("ALTER TABLE ballot_envelopes RENAME TO elsewhere"))
    db.session.commit()
    try:
        failed = browser.post(address, data={"A_1": "1", "A_2": "1", "A_4": "Unmistakable"})
    finally:
        db.session.execute(text("ALTER TABLE elsewhere RENAME TO ballot_envelopes"))
        db.session.commit()
    assert failed.status_code == 500
    assert caplog.records and "Unmistakable" not in caplog.text
    assert ballot_about(one, mei_member).state == "open"
    assert browser.post(address, data={"A_1": "1", "A_2": "1"}).status_code == 302


def test_nothing_typed_is_kept_when_a_session_has_ended(school, mei_member, browse, monkeypatch):
    (one,) = school.people(1)
    school.stay(one, 0, mei_member)
    school.opened(0)
    monkeypatch.setenv("TRAININGBASE_TODAY", "2026-06-05")
    browser = browse(one.person)
    address = re.search(r'href="(/ballots/mine/\w+)"', browser.get("/ballots/").text).group(1)
    for sign_in in db.session.scalars(select(SignIn)):
        sign_in.ended_at = at(school.month(0))
    db.session.commit()
    sent = browser.post(address, data={"A_1": "1", "A_4": "Unmistakable"})
    assert sent.status_code == 302 and "kept=" not in sent.headers["Location"]
    assert db.session.scalar(select(func.count()).select_from(KeptAnswers)) == 0
    assert not any(hidden_in(v) for rows in dump().values() for row in rows for v in row.values())


def test_an_address_says_not_about_whom(school, mei_member):
    """Two residents' addresses about one teacher have nothing in common, nor one's in two
    rounds; without the portal's secret nobody makes them."""
    made = {
        token_of(secret, person, round_id, 7)
        for secret, person, round_id in product(("s", "t"), (1, 2), (1, 2))
    }
    assert len(made) == 8 and {len(one) for one in made} == {32}


def test_a_lonely_answer_is_read_by_nobody(month, school, browse, office, mei, mei_member):
    """One answered of two: the register knows who, so nothing may show what, ever."""
    month(0, 1)
    school.closed(0)
    subject = ballot_about(school.residents[0], mei_member).subject_id
    for someone, address in product(
        (office, mei), ("released", f"released/{subject}", f"released/{subject}/export/csv")
    ):
        answer = browse(someone).get(f"/ballots/{address}")
        assert answer.status_code == 200 and b"Unmistakable" not in answer.data
        assert b"1 people have" not in answer.data


def test_merging_two_rows_of_one_person_keeps_all_and_tells_nothing(
    month, school, office, mei_member
):
    _kept, gone = month(0, 2)
    _merged_and_undone(gone, office, school)
    assert db.session.scalar(select(func.count()).select_from(Envelope)) == 2
    assert not any(hidden_in(v) for rows in dump().values() for row in rows for v in row.values())


def _merged_and_undone(gone, office, school):
    """Two residents cannot be one; a person without a training record can be."""
    from tests.cast import person
    from trainingbase.roles import Role

    double = person("Double", Role.FACULTY)
    ballots = db.session.scalars(select(Ballot).where(Ballot.person_id == gone.person_id)).all()
    for one in ballots:
        db.session.add(
            Ballot(
                round_id=one.round_id, subject_id=one.subject_id, person_id=double.id,
                instrument_id=one.instrument_id, state="answered",
            )
        )  # fmt: skip
    db.session.commit()
    merged = identities.merge(
        gone.person, double, why="the same", by=office, at=at(school.month(1))
    )
    left = select(Ballot.person_id).where(Ballot.person_id.in_([gone.person_id, double.id]))
    assert list(db.session.scalars(left)) == [gone.person_id] * len(ballots)
    identities.undo(merged, by=office, at=at(school.month(1)))
    assert sorted(db.session.scalars(left)) == sorted([gone.person_id, double.id])


def test_people_who_were_merged_are_one_person_of_the_five(month, school, office):
    """Five answers of four people are no batch."""
    for number, people in enumerate((2, 2, 1)):
        month(number, people)
        if number < 2:
            school.closed(number)
    one, other = school.residents[0], school.residents[10]
    for ballot in db.session.scalars(select(Ballot).where(Ballot.person_id == other.person_id)):
        ballot.person_id = one.person_id  # what a merge writes
    db.session.commit()
    assert school.closed(2) == []
    assert db.session.scalar(select(func.count()).select_from(Batch)) == 0


def test_what_is_released_lies_in_no_order_of_answering(school, mei_member):
    """Twenty words: that they come out as they went in is one chance in 10^18."""
    marks = [said(4, text=f"{n:02d}") for n in range(20)]
    school.played(0, mei_member, marks[:8])
    school.played(1, mei_member, marks[8:14], first=8)
    school.played(2, mei_member, marks[14:], first=14)
    out = list(db.session.scalars(select(BatchText.text).order_by(BatchText.id)))
    assert sorted(out) == [f"{n:02d}" for n in range(20)] and out != sorted(out)
