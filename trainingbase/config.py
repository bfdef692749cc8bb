"""Settings, each with its default; `TRAININGBASE_<NAME>` in the environment overrides it.

`DATABASE_URL` and `SECRET_KEY` are also taken without the prefix.
"""

import os
import secrets
from pathlib import Path

from trainingbase import paths


class Defaults:
    BASE_NAME = "青禾县全科住培基地"
    BASE_NAME_EN = "Qinghe County GP Training Base"
    DEFAULT_LANGUAGE = "zh"
    DEMO = False
    SECURE_COOKIES = False  # on under TLS: `__Host-` names and Secure
    MAX_CONTENT_LENGTH = 20 * 1024 * 1024
    SESSION_IDLE_MINUTES = 30
    SESSION_HOURS = 12
    PLANNER_SECONDS = 120
    PLANNER_WORKERS = 2
    QUEUE_URL = ""  # empty: SQLite in the instance folder; redis://… or postgresql://…
    SQLALCHEMY_ENGINE_OPTIONS: dict = {}


def database_url(given: str | None) -> str:
    """The SQLAlchemy URL; `postgresql://` and `postgres://` mean psycopg 3."""
    if not given:
        return f"sqlite:///{paths.instance() / 'trainingbase.sqlite'}"
    for plain in ("postgresql://", "postgres://"):
        if given.startswith(plain):
            return "postgresql+psycopg://" + given.removeprefix(plain)
    return given


def kept_secret(folder: Path) -> str:
    """A secret of this installation, made once and readable by its owner only."""
    file = folder / "secret_key"
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text().strip()
    with os.fdopen(handle, "w") as out:
        out.write(secret := secrets.token_urlsafe(48))
    return secret
