"""Fixed words of handbooks, in the viewer's language."""

from flask_babel import lazy_gettext as _l

LANGUAGES = {"zh": _l("Chinese"), "en": _l("English")}
STATES = {
    "valid": _l("Valid"),
    "superseded": _l("Superseded"),
    "withdrawn": _l("Declared void"),
}
STATE_KINDS = {"valid": "good", "superseded": "neutral", "withdrawn": "bad"}
ORDER_STATES = {
    "waiting": _l("Waiting to be made"),
    "working": _l("Being made"),
    "stopped": _l("Stopped"),
    "done": _l("Done"),
}
ORDER_KINDS = {"waiting": "waiting", "working": "info", "stopped": "neutral", "done": "good"}
LINE_STATES = {"waiting": _l("Waiting"), "made": _l("Done"), "failed": _l("Failed")}
LINE_KINDS = {"waiting": "waiting", "made": "good", "failed": "bad"}
EVERYBODY, IN_TRAINING = "all", "training"
"""Whom a handbook is made of, beside the cohorts."""
