"""The portal does not start where it would protect nobody."""

import os
import secrets

import pytest
from click.testing import CliRunner

from trainingbase.config import Unsafe, dangers, kept_secret, refuse_unsafe
from trainingbase.paths import instance, private

SAFE = {
    "SECRET_KEY": secrets.token_urlsafe(32),
    "DEBUG": False,
    "TESTING": False,
    "DEMO": False,
    "SECURE_COOKIES": True,
    "SQLALCHEMY_DATABASE_URI": "sqlite://",
}


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """An instance folder that others on the machine may enter."""
    for part in (tmp_path, *tmp_path.parents[:3]):
        part.chmod(0o755)
    monkeypatch.setenv("TRAININGBASE_HOME", str(tmp_path))
    monkeypatch.delenv("FLASK_RUN_FROM_CLI", raising=False)
    return tmp_path


def test_with_its_own_settings_it_starts():
    assert list(dangers(SAFE)) == []
    assert list(dangers({**SAFE, "SECRET_KEY": kept_secret(instance())})) == []


@pytest.mark.parametrize(
    "secret",
    ["short", "change-me-please-now", "my-secret-key-of-the-portal", "1111111111111111111111",
     "trainingbase-2026-abcdefg", "default-default-key"],
)  # fmt: skip
def test_a_secret_that_is_guessed_first_is_refused(secret):
    with pytest.raises(Unsafe, match="SECRET_KEY"):
        refuse_unsafe({**SAFE, "SECRET_KEY": secret})


@pytest.mark.parametrize("wrong", [{"DEBUG": True}, {"TESTING": True}, {"WTF_CSRF_ENABLED": False}])
def test_debugging_and_the_settings_of_tests_are_refused(wrong):
    with pytest.raises(Unsafe):
        refuse_unsafe({**SAFE, **wrong})


def test_a_developer_may_debug_but_never_under_tls(monkeypatch):
    monkeypatch.setenv("FLASK_RUN_FROM_CLI", "true")
    assert list(dangers({**SAFE, "DEBUG": True, "SECURE_COOKIES": False})) == []
    assert list(dangers({**SAFE, "DEBUG": True}))


def readable_at(file):
    file.write_text("of people")
    file.chmod(0o644)
    return {**SAFE, "SQLALCHEMY_DATABASE_URI": f"sqlite:///{file}"}


def test_a_database_that_everybody_on_the_machine_can_read_is_refused(folder):
    settings = readable_at(folder / "base.sqlite")
    with pytest.raises(Unsafe, match="chmod 600"):
        refuse_unsafe(settings)
    assert list(dangers({**settings, "DEMO": True})) == []
    folder.chmod(0o700)
    assert list(dangers(settings)) == []


def test_a_secret_that_everybody_on_the_machine_can_read_is_refused(folder):
    kept_secret(folder)
    (folder / "secret_key").chmod(0o644)
    with pytest.raises(Unsafe, match="secret_key"):
        refuse_unsafe(SAFE)


def test_the_files_it_makes_are_read_by_their_owner_only(folder):
    made = private(folder / "made.sqlite")
    assert made.stat().st_mode & 0o777 == 0o600
    made.write_text("kept")
    assert private(made).read_text() == "kept"


@pytest.mark.parametrize("name", ["TRAININGBASE_DEBUG", "TRAININGBASE_TESTING"])
def test_a_command_says_so_in_one_line(folder, monkeypatch, name):
    from trainingbase.cli.database import verify_audit

    monkeypatch.setitem(os.environ, name, "true")
    answer = CliRunner().invoke(verify_audit)
    assert answer.exit_code == 1
    assert answer.output.startswith("Error: The portal does not start")
