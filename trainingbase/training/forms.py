"""What people type to find activities."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import Length

from trainingbase.form import EditingForm, QueryForm, options
from trainingbase.training.words import STATES


class ActivityListForm(QueryForm):
    search = StringField(_l("Topic or speaker"), [Length(max=100)])
    month = SelectField(_l("Month"), default="")
    department = SelectField(_l("Department"), coerce=int, default=0)
    kind = SelectField(_l("Kind"), default="")
    state = SelectField(_l("State"), choices=options({"": _l("All"), **STATES}), default="")


class DecisionForm(EditingForm):
    """A button: only the version."""
