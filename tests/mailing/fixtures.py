"""A mail server of this computer, and a portal that mails by it."""

import pytest

from tests.mailing.servers import MailServer, Robot
from trainingbase.mailing.settings import Settings


@pytest.fixture
def server():
    made = MailServer()
    yield made
    made.shutdown()
    made.server_close()


@pytest.fixture
def robot():
    made = Robot()
    yield made
    made.shutdown()
    made.server_close()


@pytest.fixture
def on(server):
    return Settings(
        host="127.0.0.1", port=server.port, sender="portal@example.org", security="none",
        seconds=5, public_url="https://portal.example.org", base_name="基地", base_name_en="Base",
    )  # fmt: skip


@pytest.fixture
def mailing_portal(app, on):
    """The same said to the portal itself."""
    said = {
        "MAIL_HOST": on.host, "MAIL_PORT": on.port, "MAIL_FROM": on.sender,
        "MAIL_SECURITY": on.security, "PUBLIC_URL": on.public_url,
    }  # fmt: skip
    before = {name: app.config[name] for name in said}
    app.config.update(said)
    yield on
    app.config.update(before)
