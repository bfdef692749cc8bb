"""The forms themselves: where they come from, and what they ask."""

from flask import render_template

from trainingbase.access import allow
from trainingbase.assessments.forms import bands_of, option_name
from trainingbase.assessments.queries import instruments
from trainingbase.assessments.routes.blueprint import assessments
from trainingbase.assessments.words import COMPETENCIES
from trainingbase.roles import Role

READERS = (Role.FACULTY, Role.OFFICE, Role.LEADER, Role.AUDITOR)


@assessments.get("/forms")
@allow(*READERS)
def forms():
    return render_template("assessments/forms.html", forms=instruments.all_instruments())


@assessments.get("/forms/<int:instrument_id>")
@allow(*READERS)
def form(instrument_id: int):
    return render_template(
        "assessments/form_page.html",
        instrument=instruments.instrument_by_id(instrument_id),
        competencies=COMPETENCIES,
        scale=_scale,
    )


def _scale(item) -> str:
    """What an item may be answered with, in one line."""
    if item.options:
        return " / ".join(str(option_name(option)) for option in item.options)
    if item.anchors:
        return " · ".join(f"{low}–{high} {name}" for low, high, name in bands_of(item))
    if item.highest is not None and item.kind == "score":
        return f"{int(item.lowest or 0)}–{int(item.highest)}"
    return ""
