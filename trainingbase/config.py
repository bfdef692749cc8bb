"""Settings, each with its default; `TRAININGBASE_<NAME>` in the environment overrides it.

`DATABASE_URL` and `SECRET_KEY` are also taken without the prefix.
"""

import os
import re
import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

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
    PUBLIC_URL = ""  # where people open the portal: what mails link to
    MAIL_HOST = ""  # empty: no mail
    MAIL_PORT = 587
    MAIL_USER = ""
    MAIL_PASSWORD = ""
    MAIL_FROM = ""
    MAIL_SECURITY = "starttls"  # tls, none
    MAIL_SECONDS = 20
    CHAT_WEBHOOK_URL = ""  # of a robot of an enterprise chat; https only
    PLANNER_SECONDS = 120
    PLANNER_WORKERS = 2
    QUEUE_URL = ""  # empty: SQLite in the instance folder; redis://… or postgresql://…
    SQLALCHEMY_ENGINE_OPTIONS: dict = {}


def database_url(given: str | None) -> str:
    """The SQLAlchemy URL; `postgresql://` and `postgres://` mean psycopg 3."""
    if not given:
        return f"sqlite:///{paths.private(paths.instance() / 'trainingbase.sqlite')}"
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


class Unsafe(RuntimeError):
    """The portal does not start: with these settings or files it would protect nobody."""


GUESSED_FIRST = ("changeme", "secret", "password", "default", "example", "trainingbase")


def refuse_unsafe(config: Mapping[str, Any]) -> None:
    """Raise `Unsafe`, saying all that has to be put right before people may rely on the portal."""
    found = list(dangers(config))
    if found:
        raise Unsafe("The portal does not start: " + " ".join(found))


def dangers(config: Mapping[str, Any]) -> Iterator[str]:
    if is_guessable(config["SECRET_KEY"]):
        yield (
            "TRAININGBASE_SECRET_KEY is short or easy to guess: leave it out, and the portal makes"
            " one and keeps it, or give 32 random characters."
        )
    developing = os.environ.get("FLASK_RUN_FROM_CLI") == "true" and not config["SECURE_COOKIES"]
    if config["DEBUG"] and not developing:
        yield "Debugging is on: it shows the program and its secrets to whoever causes an error."
    if config["TESTING"] or not config.get("WTF_CSRF_ENABLED", True):
        yield "TRAININGBASE_TESTING and TRAININGBASE_WTF_CSRF_ENABLED are for tests only."
    if not config["DEMO"]:
        for file in private_files(config):
            if paths.is_open_to_others(file):
                yield f"Everybody on this machine can read {file}: chmod 600 {file}"


def is_guessable(secret: str) -> bool:
    plain = re.sub(r"[^a-z]", "", secret.lower())
    few = len(secret) < 16 or len(set(secret)) < 8
    return few or any(word in plain for word in GUESSED_FIRST)


def private_files(config: Mapping[str, Any]) -> Iterator[Path]:
    yield paths.instance() / "secret_key"
    kind, _, file = config["SQLALCHEMY_DATABASE_URI"].partition(":///")
    if kind.startswith("sqlite") and file:
        yield Path(file.partition("?")[0])
