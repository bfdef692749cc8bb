"""What the installation says about mail and chat; nothing is sent where nothing is said."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from trainingbase.mailing.rules import is_webhook

SECURITIES = ("starttls", "tls", "none")
LONGEST = 90
"""Seconds each part of handing a message over (greeting, encryption, the rest) may take, however
slowly it is answered: together far below the lease."""


@dataclass(frozen=True)
class Settings:
    """`security` is starttls, tls (from the first byte) or none; `seconds` is how long a server
    may be silent, `longest` what a part of handing over may take; `public_url` is where people
    open the portal, without a slash at its end.  The secrets show in no representation."""

    host: str = ""
    port: int = 587
    user: str = ""
    password: str = field(default="", repr=False)
    sender: str = ""
    security: str = "starttls"
    seconds: int = 20
    longest: float = LONGEST
    public_url: str = ""
    webhook: str = field(default="", repr=False)
    base_name: str = ""
    base_name_en: str = ""

    @property
    def mails(self) -> bool:
        return bool(self.host and self.sender and self.public_url)

    @property
    def chats(self) -> bool:
        return is_webhook(self.webhook) and bool(self.public_url)


def settings_of(config: Mapping[str, Any]) -> Settings:
    security = str(config["MAIL_SECURITY"]).lower()
    return Settings(
        host=str(config["MAIL_HOST"]),
        port=int(config["MAIL_PORT"]),
        user=str(config["MAIL_USER"]),
        password=str(config["MAIL_PASSWORD"]),
        sender=str(config["MAIL_FROM"]),
        security=security if security in SECURITIES else "starttls",
        seconds=min(int(config["MAIL_SECONDS"]), LONGEST),
        public_url=str(config["PUBLIC_URL"]).rstrip("/"),
        webhook=str(config["CHAT_WEBHOOK_URL"]),
        base_name=config["BASE_NAME"],
        base_name_en=config["BASE_NAME_EN"],
    )
