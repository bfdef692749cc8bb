"""The keys of envelopes: files beside the database, never in it, and destroyed when done with.

A dump or a backup of the database opens no envelope; one that is older than the last mixing opens
none even beside the files of today.  `TRAININGBASE_BALLOT_KEYS` names another folder, which web
and worker must share and no backup may hold.
"""

import os
import secrets
import time
from collections.abc import Collection
from pathlib import Path
from uuid import uuid4

from trainingbase import paths
from trainingbase.ballots.rules.sealing import KEY

OVER = 3600
"""Seconds after which a key that no row names is somebody's broken attempt."""


class Missing(Exception):
    """The key was destroyed, or this machine never had it."""


def folder() -> Path:
    place = os.environ.get("TRAININGBASE_BALLOT_KEYS")
    found = Path(place) if place else paths.instance() / "ballot-keys"
    found.mkdir(parents=True, exist_ok=True, mode=0o700)
    return found


def make() -> str:
    """The name of a new key."""
    name = uuid4().hex
    _write(paths.private(_file(name)), secrets.token_bytes(KEY))
    return name


def read(name: str) -> bytes:
    """Raises `Missing`."""
    try:
        key = _file(name).read_bytes()
    except OSError as error:
        raise Missing(name) from error
    if len(key) != KEY:
        raise Missing(name)
    return key


def destroy(names: Collection[str]) -> None:
    """Overwritten, then removed: what it had sealed stays closed."""
    for name in names:
        file = _file(name)
        if name and file.exists():
            _write(file, secrets.token_bytes(KEY))
            file.unlink()


def destroy_unnamed(named: Collection[str]) -> None:
    """Those of attempts that came to nothing."""
    before = time.time() - OVER
    destroy(
        [
            file.stem
            for file in folder().glob("*.key")
            if file.stem not in named and file.stat().st_mtime < before
        ]
    )


def _file(name: str) -> Path:
    return folder() / f"{name}.key"


def _write(file: Path, content: bytes) -> None:
    with file.open("r+b") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
