"""What people type to find activities."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, MonthField, SelectField, StringField, TimeField
from wtforms.validators import Length, Optional

from trainingbase.form import CreatingForm, QueryForm, options
from trainingbase.training.words import DUE, KEPT, STATES


class ActivityListForm(QueryForm):
    search = StringField(_l("Topic or speaker"), [Length(max=100)])
    month = SelectField(_l("Month"), default="")
    department = SelectField(_l("Department"), coerce=int, default=0)
    kind = SelectField(_l("Kind"), default="")
    state = SelectField(_l("State"), choices=options({"": _l("All"), **STATES, **DUE}), default="")
    first = DateField(_l("From"), [Optional()])
    last = DateField(_l("Until"), [Optional()])


class AgendaForm(QueryForm):
    month = MonthField(_l("Month"))
    department = SelectField(_l("Department"), coerce=int, default=0)


class YearForm(QueryForm):
    """Which plan is looked at; it stands in the address."""

    department = SelectField(_l("Department"), coerce=int, default=0)
    kind = SelectField(_l("Kind"), coerce=int, default=0)
    first = MonthField(_l("First month"))
    last = MonthField(_l("Last month"))
    starts = TimeField(_l("Time where none is set"))


class YearSavingForm(CreatingForm):
    pass


class KeptForm(QueryForm):
    year = SelectField(_l("Year"), coerce=int)
    kind = SelectField(_l("Kind"), default="")
    institution = SelectField(_l("Site"), coerce=int, default=0)


class KeptRowsForm(KeptForm):
    department = SelectField(_l("Department"), coerce=int, default=0)
    state = SelectField(_l("State"), choices=options({"": _l("All"), **KEPT}), default="")
    first = DateField(_l("From"), [Optional()])
    last = DateField(_l("Until"), [Optional()])
