"""The database session, and the base class of every model."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    CursorResult,
    DateTime,
    Engine,
    Executable,
    MetaData,
    Numeric,
    Row,
    event,
    inspect,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, object_session
from sqlalchemy.types import TypeDecorator

from trainingbase.stale import Stale

P = ParamSpec("P")
T = TypeVar("T")


class Moment(TypeDecorator):
    """A moment in UTC.  SQLite keeps no time zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value, dialect):
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value, dialect):
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Exact(TypeDecorator):
    """A decimal kept exactly: SQLite has only floats, so it keeps whole ten-thousandths."""

    impl = Numeric(14, 4)
    cache_ok = True

    def load_dialect_impl(self, dialect):
        from sqlalchemy import BigInteger

        return dialect.type_descriptor(BigInteger() if dialect.name == "sqlite" else Numeric(14, 4))

    def process_bind_param(self, value, dialect):
        if value is None:
            return None
        value = Decimal(value)
        return int(value.scaleb(4)) if dialect.name == "sqlite" else value

    def process_result_value(self, value, dialect):
        if value is None:
            return None
        exact = Decimal(value).scaleb(-4) if dialect.name == "sqlite" else Decimal(value)
        return exact.quantize(Decimal("0.01")) if exact == round(exact, 2) else exact


class Model(DeclarativeBase):
    """Names every constraint, so that a migration can alter or drop it."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Moment(), Decimal: Exact(), dict: JSON(), list: JSON()}


def hold(row: Any, *columns: str) -> None:
    """Read these columns of the row anew (all without any), and let nobody else change it until
    the commit.

    SQLite has one writer, who is alone in any case; PostgreSQL has many, who would all find the
    row as it was before any of them changed it.
    """
    session = object_session(row)
    if session is not None and row in session and row not in session.new:
        # Of this table only: PostgreSQL cannot hold what came with the row by an outer join.
        own = [one.key for one in inspect(row).mapper.column_attrs if not one.deferred]
        session.refresh(row, columns or own, with_for_update={"of": type(row)})


class Versioned:
    """A row that two people may edit: it counts its versions, and refuses a stale one."""

    version: Mapped[int] = mapped_column(default=1)

    def expect(self, version: int | None) -> None:
        """Raise `Stale` unless `version` (what the form was filled from) is the present one."""
        hold(self, "version")
        if version != self.version:
            hold(self)  # so that what is shown beside theirs is what stands there now
            raise Stale(self)
        self.version += 1


db = SQLAlchemy(metadata=Model.metadata, session_options={"autoflush": True})


def columns(statement: Executable, values: Mapping[str, Any] | None = None) -> Sequence[Row]:
    """The rows of a statement that asks for columns and no records: the session's bookkeeping
    for records costs as much as a small statement."""
    return _past_bookkeeping(statement, values).all()


def value(statement: Executable, values: Mapping[str, Any] | None = None) -> Any:
    """As `columns`, of one column of one row.  Raises `NoResultFound`."""
    return _past_bookkeeping(statement, values).scalar_one()


def _past_bookkeeping(statement: Executable, values: Mapping[str, Any] | None) -> CursorResult:
    session = db.session()
    if session.autoflush:
        session.flush()
    return session.connection().execute(statement, values)


def committed(change: Callable[P, T]) -> Callable[P, T]:
    """The change as an act of its own: others make it part of a larger one, and commit that."""

    @wraps(change)
    def act(*args: P.args, **kwargs: P.kwargs) -> T:
        made = change(*args, **kwargs)
        db.session.commit()
        return made

    return act


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection, _record):
    if not type(connection).__module__.startswith("sqlite3"):
        return
    connection.isolation_level = None  # the driver's own BEGIN is deferred and loses updates
    cursor = connection.cursor()
    for pragma in (
        "busy_timeout=8000",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "temp_store=MEMORY",
        "cache_size=-20000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection):
    if connection.dialect.name == "sqlite":
        reading = connection.get_execution_options().get("reading", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
