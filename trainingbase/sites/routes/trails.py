"""The way to a page of one site."""

from flask import url_for
from flask_babel import gettext as _

from trainingbase.i18n import named
from trainingbase.sites.models import Department, Institution


def trail_of(one: Institution) -> list[tuple[str, str]]:
    return [
        (_("Sites"), url_for("sites.institutions")),
        (named(one), url_for("sites.institution", institution_id=one.id)),
    ]


def trail_of_department(one: Department) -> list[tuple[str, str]]:
    here = (named(one), url_for("sites.department", department_id=one.id))
    return [*trail_of(one.institution), here]


def emptied(form) -> dict:
    """The answers, with nothing for empty texts, and without why."""
    return {k: (v if v != "" else None) for k, v in form.answers().items() if k != "why"}
