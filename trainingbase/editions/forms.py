"""Which versions are compared, whom to move, and why."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from trainingbase.form import CreatingForm, QueryForm, options
from trainingbase.programmes.rules.differences import ADDED, CHANGED, REMOVED
from trainingbase.programmes.words import PARTS

KINDS = {ADDED: _l("Added"), REMOVED: _l("Taken out"), CHANGED: _l("Changed")}


class CompareForm(QueryForm):
    old = SelectField(_l("Earlier version"), coerce=int)
    new = SelectField(_l("Later version"), coerce=int)
    part = SelectField(_l("Part"), choices=options({"": _l("All"), **PARTS}), default="")
    kind = SelectField(_l("Kind"), choices=options({"": _l("All"), **KINDS}), default="")


class WhomForm(QueryForm):
    search = StringField(_l("Resident"), [Length(max=100)])
    cohort = SelectField(_l("Cohort"), coerce=int, default=0)
    version = SelectField(_l("Trains by"), coerce=int, default=0)


class ConfirmForm(CreatingForm):
    why = TextAreaField(
        _l("Why"),
        [InputRequired(_l("Say why they are moved.")), Length(max=500)],
        description=_l("Kept in each resident’s history."),
    )
