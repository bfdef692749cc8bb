"""Findings about faculty in the viewer's language."""

from flask_babel import lazy_gettext as _l

FINDINGS = {
    "title_too_low": _l("title below attending physician"),
    "no_certificate": _l("no certificate"),
    "certificate_lapsed": _l("certificate lapsed"),
    "certificate_lapsing": _l("certificate lapses within 90 days"),
}
