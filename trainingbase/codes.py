"""Codes on a screen that change: who can show the one of now, is where the screen stands.

A code is signed for one purpose ("sign in", "sign out") and one subject (an activity, a
department's half day), so that it means one thing only; a photograph of it is worth nothing
when the screen has gone on, or when the time in which one signs in is over.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO

LENGTH = 20
FASTEST = 5

GOOD, EARLY, OVER, OLD = "good", "early", "over", "old"
"""What `check` answers: it counts; signing in has not begun; it has ended; the code is not, or
not any more, the one on the screen of this subject."""


@dataclass(frozen=True)
class Code:
    """What a screen shows for one purpose and subject, anew every `seconds`."""

    secret: str
    purpose: str
    subject: int | str
    seconds: int

    @property
    def lasts(self) -> int:
        """Seconds, long enough to be scanned, whatever the base has set."""
        return max(FASTEST, self.seconds)

    def at(self, moment: datetime) -> str:
        return self._of(self._step(moment))

    def changes_at(self, moment: datetime) -> datetime:
        """When the next code takes the place of the one shown."""
        later = (self._step(moment) + 1) * self.lasts - moment.timestamp()
        return moment + timedelta(seconds=later)

    def is_shown(self, sent: str, moment: datetime) -> bool:
        """Whether the screen shows it now, or showed it just before: one must have time to
        press the button."""
        step, said = self._step(moment), sent.encode()
        return any(hmac.compare_digest(self._of(one).encode(), said) for one in (step, step - 1))

    def check(
        self,
        sent: str,
        moment: datetime,
        *,
        opens_at: datetime | None = None,
        closes_at: datetime | None = None,
    ) -> str:
        """GOOD, EARLY, OVER or OLD; `closes_at` is the first moment out of the window."""
        if not self.is_shown(sent, moment):
            return OLD
        if opens_at is not None and moment < opens_at:
            return EARLY
        if closes_at is not None and moment >= closes_at:
            return OVER
        return GOOD

    def _step(self, moment: datetime) -> int:
        return int(moment.timestamp()) // self.lasts

    def _of(self, step: int) -> str:
        said = "\0".join((self.purpose, str(self.subject), str(step)))
        return hmac.new(self.secret.encode(), said.encode(), hashlib.sha256).hexdigest()[:LENGTH]


def is_one(sent: str) -> bool:
    """Whether it looks like a code at all: nothing longer fits a picture."""
    return len(sent) == LENGTH and sent.isascii() and sent.isalnum()


def picture(link: str) -> BytesIO:
    """The link as a QR code, an SVG without styles that the page's policy would refuse."""
    import segno

    drawn = BytesIO()
    segno.make(link, error="m").save(drawn, kind="svg", scale=8, border=2, svgclass=None)
    drawn.seek(0)
    return drawn
