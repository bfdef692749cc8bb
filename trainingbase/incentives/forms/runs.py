"""What the office chooses and types about runs."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import Length

from trainingbase.form import Form, QueryForm


class MonthForm(Form):
    """`choices` are the first days of months, as YYYY-MM."""

    month = SelectField(_l("Month"))


class LineSearchForm(QueryForm):
    search = StringField(_l("Payee"), [Length(max=100)])
    rule = SelectField(_l("For what"), default="")
    source = SelectField(_l("Funding source"), default="")


class PayeeSearchForm(QueryForm):
    search = StringField(_l("Payee"), [Length(max=100)])


class YearForm(QueryForm):
    year = SelectField(_l("Year"), coerce=int)
