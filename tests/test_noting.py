"""One mechanism notes what a change concerns, for whoever wants to know."""

from typing import NamedTuple

import pytest
from sqlalchemy import (  # fmt: skip
    Column,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    delete,
    event,
    insert,
    select,
    update,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from trainingbase.noting import note_changes


class Base(DeclarativeBase):
    metadata = MetaData()


class Thing(Base):
    __tablename__ = "noted_things"
    id: Mapped[int] = mapped_column(primary_key=True)
    box: Mapped[str]


class Other(Base):
    __tablename__ = "noted_others"
    id: Mapped[int] = mapped_column(primary_key=True)


NOTES = Table("noted_notes", Base.metadata, Column("n", Integer, primary_key=True),
              Column("box", String))  # fmt: skip


class Note(NamedTuple):
    box: str


note_changes(
    NOTES,
    tables={"noted_things"},
    of_row=lambda _session, row: [Note(row.box)],
    of_statement=lambda _statement: insert(NOTES).values(box="any"),
)


@pytest.fixture
def session():
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as made:
        made.add_all([Thing(id=1, box="a"), Thing(id=2, box="b")])
        made.commit()
        made.execute(delete(NOTES))
        made.commit()
        yield made


def noted(session) -> list[str]:
    return list(session.scalars(select(NOTES.c.box).order_by(NOTES.c.n)))


def test_what_is_new_changed_or_deleted_is_noted_once_and_reading_is_not(session):
    one = session.get(Thing, 1)
    session.add_all([Thing(id=3, box="c"), Thing(id=4, box="c"), Other(id=1)])
    session.delete(session.get(Thing, 2))
    one.box = one.box
    session.flush()
    assert sorted(noted(session)) == ["b", "c"]


def test_with_the_change_its_note_goes_back(session):
    session.get(Thing, 1).box = "z"
    session.flush()
    assert noted(session) == ["z"]
    session.rollback()
    assert noted(session) == []


@pytest.mark.parametrize("which", [Thing, Thing.__table__], ids=["model", "table"])
@pytest.mark.parametrize("kind", ["insert", "update", "delete"])
def test_statements_over_many_rows_are_noted_by_model_and_by_table(session, which, kind):
    statement = {
        "insert": insert(which).values(id=9, box="n"),
        "update": update(which).values(box="n"),
        "delete": delete(which),
    }[kind]
    session.execute(statement)
    assert noted(session) == ["any"]
    session.execute(delete(Other))
    assert noted(session) == ["any"]


def test_the_note_stands_before_the_statement_runs(session):
    seen = []
    listen = (session.connection().engine, "before_cursor_execute")

    def hear(_connection, _cursor, said, *_more):
        seen.append(said.split()[0:3])

    event.listen(*listen, hear)
    session.execute(delete(Thing))
    event.remove(*listen, hear)
    assert [one[0] for one in seen] == ["INSERT", "DELETE"]
