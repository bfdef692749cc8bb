"""What the installation says about mail and chat; nothing is sent where nothing is said."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

SECURITIES = ("starttls", "tls", "none")


@dataclass(frozen=True)
class Settings:
    """`security` is starttls, tls (from the first byte) or none; `public_url` is where people open
    the portal, without a slash at its end.  The secrets show in no representation."""

    host: str = ""
    port: int = 587
    user: str = ""
    password: str = field(default="", repr=False)
    sender: str = ""
    security: str = "starttls"
    seconds: int = 20
    public_url: str = ""
    webhook: str = field(default="", repr=False)
    base_name: str = ""
    base_name_en: str = ""

    @property
    def mails(self) -> bool:
        return bool(self.host and self.sender and self.public_url)

    @property
    def chats(self) -> bool:
        return bool(self.webhook and self.public_url)


def settings_of(config: Mapping[str, Any]) -> Settings:
    security = str(config["MAIL_SECURITY"]).lower()
    return Settings(
        host=str(config["MAIL_HOST"]),
        port=int(config["MAIL_PORT"]),
        user=str(config["MAIL_USER"]),
        password=str(config["MAIL_PASSWORD"]),
        sender=str(config["MAIL_FROM"]),
        security=security if security in SECURITIES else "starttls",
        seconds=int(config["MAIL_SECONDS"]),
        public_url=str(config["PUBLIC_URL"]).rstrip("/"),
        webhook=str(config["CHAT_WEBHOOK_URL"]),
        base_name=config["BASE_NAME"],
        base_name_en=config["BASE_NAME_EN"],
    )
