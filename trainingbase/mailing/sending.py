"""Handing a message over: to a mail server by SMTP, to an enterprise chat by HTTPS."""

import hashlib
import http.client
import json
import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from email.utils import formatdate
from threading import Timer
from typing import Any
from urllib.parse import urlsplit

from trainingbase.mailing.models import Message
from trainingbase.mailing.rules import is_webhook
from trainingbase.mailing.settings import Settings

MOST_READ = 4096


class NotSent(Exception):
    """`fault` in few words without secrets; with `is_final` it would fail again."""

    def __init__(self, fault: str, *, is_final: bool = False):
        super().__init__(fault)
        self.fault, self.is_final = fault, is_final


def mail(
    message: Message, settings: Settings, *, body: str, tls: ssl.SSLContext | None = None
) -> None:
    """Raises `NotSent`."""
    try:
        with _server(settings, tls) as server, _cut_off(lambda: server.sock, settings.longest):
            if settings.user:
                server.login(settings.user, settings.password)
            server.send_message(_as_mail(message, settings, body))
    except smtplib.SMTPRecipientsRefused as refused:
        code = next(iter(refused.recipients.values()))[0]
        raise NotSent(f"refused: {code}", is_final=500 <= code < 600) from None
    except smtplib.SMTPAuthenticationError as refused:
        raise NotSent(f"sign-in refused: {refused.smtp_code}") from None
    except smtplib.SMTPResponseException as refused:
        is_final = 550 <= refused.smtp_code < 555
        raise NotSent(f"{type(refused).__name__}: {refused.smtp_code}", is_final=is_final) from None
    except (smtplib.SMTPException, OSError, ValueError) as fault:
        raise NotSent(type(fault).__name__) from None


class _Smtp(smtplib.SMTP):
    """Which is not kept for ever by a greeting that does not end either."""

    def __init__(self, settings: Settings, **more: Any):
        self.longest = settings.longest
        super().__init__(settings.host, settings.port, timeout=settings.seconds, **more)

    def connect(self, *where: Any, **more: Any) -> tuple[int, bytes]:
        with _cut_off(lambda: self.sock, self.longest):
            return super().connect(*where, **more)


class _SmtpByTls(_Smtp, smtplib.SMTP_SSL):
    """From the first byte."""


def _server(settings: Settings, tls: ssl.SSLContext | None) -> smtplib.SMTP:
    tls = tls or ssl.create_default_context()
    if settings.security == "tls":
        return _SmtpByTls(settings, context=tls)
    server = _Smtp(settings)
    try:
        if settings.security == "starttls":
            with _cut_off(lambda: server.sock, settings.longest):
                server.starttls(context=tls)
    except Exception:
        server.close()
        raise
    return server


@contextmanager
def _cut_off(connected: Callable[[], socket.socket | None], seconds: float) -> Iterator[None]:
    """Ends what takes too long in all: the time limit of a socket is one of silence, and whoever
    answers a byte from time to time keeps it for ever."""

    def cut() -> None:
        found = connected()
        if found is not None:
            with suppress(OSError):
                socket.socket.shutdown(found, socket.SHUT_RDWR)  # not the farewell of TLS

    timer = Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _as_mail(message: Message, settings: Settings, body: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = settings.sender, message.address, message.subject
    mail["Date"] = formatdate(usegmt=True)
    host = settings.sender.rpartition("@")[2].strip("> ") or "localhost"
    number = hashlib.sha256(message.key.encode()).hexdigest()[:32]
    mail["Message-ID"] = f"<{number}@{host}>"  # the same at every try
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(body)
    if message.file is not None:
        stored = message.file.stored
        main, _slash, sub = stored.media_type.partition("/")
        mail.add_attachment(stored.content, maintype=main, subtype=sub, filename=stored.name)
    return mail


def chat(message: Message, settings: Settings, *, tls: ssl.SSLContext | None = None) -> None:
    """One POST as the robots of enterprise chats take it; redirects are not followed.  Raises
    `NotSent`."""
    if not is_webhook(settings.webhook):
        raise NotSent("the address is not https, or none at all", is_final=True)
    url = urlsplit(settings.webhook)
    body = {"msgtype": "text", "text": {"content": f"{message.subject}\n{message.body}"}}
    connection = http.client.HTTPSConnection(
        url.hostname or "",
        url.port or 443,
        timeout=settings.seconds,
        context=tls or ssl.create_default_context(),
    )
    try:
        connection.connect()
        with _cut_off(lambda: connection.sock, settings.longest):
            connection.request(
                "POST",
                url.path + (f"?{url.query}" if url.query else ""),
                body=json.dumps(body, ensure_ascii=False).encode(),
                headers={"Content-Type": "application/json; charset=utf-8"},
            )
            answer = connection.getresponse()
            said = answer.read(MOST_READ)
    except (OSError, http.client.HTTPException, ValueError) as fault:
        raise NotSent(type(fault).__name__) from None
    finally:
        connection.close()
    if not 200 <= answer.status < 300:
        raise NotSent(f"HTTP {answer.status}", is_final=300 <= answer.status < 400)
    _look_at(said)


def _look_at(said: bytes) -> None:
    """The robots answer 200 to what they refuse, with a number in the body."""
    try:
        code = json.loads(said).get("errcode", 0)
    except (ValueError, AttributeError):
        return
    if code:
        raise NotSent(f"errcode {str(code)[:20]}")
