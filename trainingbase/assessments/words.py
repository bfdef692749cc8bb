"""Fixed words of assessments, in the viewer's language."""

from collections.abc import Mapping
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from trainingbase.assessments.models import Item
from trainingbase.i18n import named, number

STATES = {
    "open": _l("Awaiting an answer"),
    "late": _l("Late"),
    "expired": _l("Expired"),
    "done": _l("Done"),
    "cancelled": _l("Cancelled"),
}
STATE_KINDS = {
    "open": "waiting",
    "late": "warning",
    "expired": "bad",
    "done": "good",
    "cancelled": "neutral",
}
GUEST_KINDS = {
    "nurse": _l("Nurse"),
    "patient": _l("Patient"),
    "examiner": _l("Outside examiner"),
}
IDENTITIES = {
    "printed": _l("A printed sheet: whoever holds it answers"),
    "sent": _l("Sent to a phone or mail that is known"),
    "handed": _l("Handed over by somebody who knows the guest"),
}
LINK_STATES = {
    "open": _l("Awaiting an answer"),
    "answered": _l("Answered"),
    "expired": _l("Expired"),
    "revoked": _l("Revoked"),
}
LINK_STATE_KINDS = {
    "open": "waiting",
    "answered": "good",
    "expired": "bad",
    "revoked": "neutral",
}
EXAMINATIONS = {
    "annual": _l("Annual test"),
    "graduation": _l("Graduation examination"),
    "licence": _l("Licensing examination"),
}
MEASURES = {
    "theory": _l("Theory"),
    "skills": _l("Skills"),
    "licence": _l("Licence"),
}


def why_failed(rule: Mapping[str, str], items: Mapping[str, Item]) -> str:
    """A rule of `Instrument.pass_rules` that was broken, in words; `items` by code."""
    if rule["kind"] == "total":
        return _("Fewer than %(least)s points in all.", least=rule["least"])
    if rule["kind"] == "share":
        return _("Under %(least)s %% of what could be reached.", least=rule["least"])
    if rule["kind"] == "item":
        name = _name(rule["item"], items)
        return _("%(item)s: under %(least)s.", item=name, least=rule["least"])
    if rule["kind"] == "ratio":
        share = number(Decimal(rule["least"]) * 100)
        name = _name(rule["done"], items)
        return _("%(item)s: under %(share)s %% of what is due.", item=name, share=share)
    if rule["kind"] == "a_month":
        name = _name(rule["item"], items)
        return _("%(item)s: fewer than %(least)s a month.", item=name, least=rule["least"])
    return _("%(item)s: yes.", item=_name(rule["item"], items))


def _name(code: str, items: Mapping[str, Item]) -> str:
    return named(items[code]) if code in items else code
