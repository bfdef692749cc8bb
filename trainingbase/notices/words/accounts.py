"""Of what somebody else did to one's account."""

from collections.abc import Callable
from datetime import datetime

from flask_babel import gettext as _

from trainingbase.i18n import moment


def _when(facts: dict) -> dict:
    return {
        **facts,
        "moment": moment(datetime.fromisoformat(facts["done_at"])),
        "by": facts.get("by") or _("the server itself"),
    }


SENTENCES: dict[str, Callable[[dict], str]] = {
    "account-password": lambda f: _(
        "%(by)s gave your account a new password (%(moment)s); you were signed out everywhere.",
        **_when(f),
    ),
    "account-closed": lambda f: _("%(by)s closed your account (%(moment)s).", **_when(f)),
    "account-opened-again": lambda f: _(
        "%(by)s opened your account again (%(moment)s).", **_when(f)
    ),
    "mail-address-changed": lambda f: _(
        "The mail address of your account was changed or removed (%(moment)s).", **_when(f)
    ),
}
KEPT = {
    "account-password": lambda f: _(
        "%(by)s gave the account of %(name)s a new password (%(moment)s).", **_when(f)
    ),
    "account-closed": lambda f: _(
        "%(by)s closed the account of %(name)s (%(moment)s).", **_when(f)
    ),
    "account-opened-again": lambda f: _(
        "%(by)s opened the account of %(name)s again (%(moment)s).", **_when(f)
    ),
}
SENTENCES["account-kept"] = lambda f: KEPT[f["what"]](f)
