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
    "declined": _l("Not with this person"),
    "cancelled": _l("Cancelled"),
}
STATE_KINDS = {
    "open": "waiting",
    "late": "warning",
    "expired": "bad",
    "done": "good",
    "declined": "warning",
    "cancelled": "neutral",
}
STEPS = {
    "remind": _l("The teacher was reminded"),
    "secretary": _l("The secretary was told that it is late"),
    "office": _l("The office was told that it is late"),
    "expire": _l("Expired; the office was told"),
    "extend": _l("More time was given"),
    "delegate": _l("Handed to a colleague"),
    "hand-over": _l("Handed over to somebody else"),
    "decline": _l("“I did not work with this person”"),
    "ask-again": _l("Somebody else was asked"),
}
WAITS_FOR = {
    "day": _l("Its day"),
    "turn": _l("Its turn"),
    "supervisor": _l("A supervisor"),
    "peer": _l("A fellow resident"),
}
LATENCY_WAYS = {
    "institution": _l("Site"),
    "department": _l("Department"),
    "assessor": _l("Assessor"),
    "instrument": _l("Form"),
}
COACHING_MODES = {
    "off": _l("Not looked at"),
    "advise": _l("Say what is missing"),
    "strict": _l("Ask until nothing is missing"),
}
LACKS = {
    "short": _l("More words: this is too short to help anybody."),
    "praise": _l("More than praise: what was it that went well?"),
    "old": _l("Something of this time: you wrote the same before."),
    "seen": _l("What you saw: what was done, said or found, and how."),
    "next": _l("What to do next: one thing to try, practise or read."),
}
"""By `rules.coach.MISSING`."""
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
