"""Which notices are duties, when a message is tried again, and what an address looks like."""

import re
from collections.abc import Iterable
from datetime import timedelta

from trainingbase.roles import Role

ASSESSMENTS = frozenset(
    {
        "assessment-asked", "assessment-soon", "assessment-late", "assessments-wait",
        "assessments-late-here", "assessments-late-long", "assessments-expired",
        "assessment-declined", "guest-waits",
    }
)  # fmt: skip
DUTIES = ASSESSMENTS | {
    "self-assessment-task", "activity-returned", "research-returned", "log-waits",
    "attendance-appealed", "month-to-close", "month-reopened", "arrival-missed", "arrivals-late",
    "leaving-ready", "leaving-sent-back", "leaving-retake", "leaving-objection", "leaving-late",
    "certificate-lapses", "certificate-of-lapses", "certificate-lapsed", "certificate-of-lapsed",
    "wishes-asked", "wishes-wanted", "swap-offered", "swap-waits", "closure-asked",
    "agreement-ends", "leave-to-decide", "leave-return-reported", "supervising-changed",
    "supervising-named", "exit-failed",
}  # fmt: skip
"""What somebody has to do or to know: mailed to everybody with an address.  The rest is news,
which one may leave out."""

ALERTS = frozenset(
    {"account-password", "account-closed", "account-opened-again", "mail-address-changed"}
)
"""What was done to somebody's account: mailed by itself and at once, read or not, since it may be
somebody else who reads it."""
BEFORE = "address_before"
"""The fact of such a notice that says where its person was mailed until then."""
TO_WHERE_THEY_ARE = frozenset({"digest", "again", "report"})
"""Kinds of messages that go to the address their person has when they are sent."""

REPORT_READERS = (Role.OFFICE, Role.LEADER, Role.AUDITOR)
"""Who may read the reports of the base, and have them mailed."""

ADDRESS = re.compile(r"[^@\s,;<>\"'\\\x00-\x1f\x7f]{1,64}@[A-Za-z0-9.-]{1,190}\.[A-Za-z]{2,63}")
WEBHOOK = re.compile(r"https://[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?(/[\x21-\x7e]*)?")
LINK = "{link}"
"""Stands in the body of a message for what only its recipient may open."""
FIRST_PAUSE = timedelta(minutes=5)


def is_address(text: str) -> bool:
    return ADDRESS.fullmatch(text) is not None and text.isascii()


def is_webhook(url: str) -> bool:
    """An address of a robot that can be spoken to: https, a port there may be, nobody's name."""
    found = WEBHOOK.fullmatch(url)
    return found is not None and (found[1] is None or 0 < int(found[1][1:]) < 65536)


def pause_after(tries: int) -> timedelta:
    """Five minutes, a quarter of an hour, three quarters, …: at most half a day."""
    return min(FIRST_PAUSE * 3 ** min(9, max(0, tries - 1)), timedelta(hours=12))


def counted(kinds: Iterable[str]) -> dict[str, int]:
    """How many are assessments, other duties, or news."""
    found = {"assessments": 0, "duties": 0, "news": 0}
    for kind in kinds:
        part = "assessments" if kind in ASSESSMENTS else "duties" if kind in DUTIES else "news"
        found[part] += 1
    return found
