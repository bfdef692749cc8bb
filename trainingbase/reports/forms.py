"""Asking for a report, and laying out the return."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from trainingbase.form import CreatingForm, EditingForm, Form, QueryForm, options
from trainingbase.reports.rules import MONTH, TEXT, YEAR

KINDS = {MONTH: _l("Month"), YEAR: _l("Year")}


class AskForm(Form):
    period = SelectField(_l("Period"))
    language = SelectField(_l("Language"), choices=options({"zh": "中文", "en": "English"}))


class KindQuery(QueryForm):
    kind = SelectField(_l("Kind"))


class MonthQuery(QueryForm):
    month = SelectField(_l("Month"))


class _Column:
    heading = StringField(_l("Heading"), validators=[InputRequired(), Length(max=100)])
    source = SelectField(_l("What stands in it"))
    text = StringField(_l("The fixed text"), validators=[Optional(), Length(max=100)])

    def validate(self, extra_validators=None) -> bool:
        good = super().validate(extra_validators)  # type: ignore[misc]
        if self.source.data == TEXT and not self.text.data:
            self.refuse("text", _("Enter the text."))  # type: ignore[attr-defined]
            return False
        return good

    @property
    def chosen(self) -> str:
        return f"{TEXT}:{self.text.data}" if self.source.data == TEXT else self.source.data


class NewColumnForm(_Column, CreatingForm):
    pass


class ColumnForm(_Column, EditingForm):
    pass
