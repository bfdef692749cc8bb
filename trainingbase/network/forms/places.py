"""Closures, places by date, and the calendar."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    MonthField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from trainingbase.form import CreatingForm, Form, QueryForm, options
from trainingbase.sites.forms.network import required_count


class _Confirming(CreatingForm):
    """Asks to confirm once somebody is hit: `seen` is what was shown."""

    seen = HiddenField(validators=[Length(max=40)])
    sure = BooleanField(_l("I have seen who is affected"))

    def confirmed(self) -> str | None:
        return self.seen.data if self.sure.data else None

    def show(self, fingerprint: str) -> None:
        """What is shown now is what a tick confirms."""
        changed = bool(self.seen.data) and self.seen.data != fingerprint and self.sure.data
        self.seen.data, self.seen.raw_data = fingerprint, None
        self.sure.data = False
        if changed:
            self.refuse("sure", _("Who is affected has changed meanwhile. Look again."))


class ClosureForm(_Confirming):
    first_day = DateField(_l("First day closed"), [InputRequired(_l("Choose the first day."))])
    last_day = DateField(_l("Last day closed"), [InputRequired(_l("Choose the last day."))])
    why = StringField(_l("Why"), [InputRequired(_l("Say why.")), Length(max=300)])

    def validate_last_day(self, field):
        if field.data and self.first_day.data and field.data < self.first_day.data:
            self.refuse("last_day", _("This lies before the first day."))


class PlacesForm(_Confirming):
    month = MonthField(_l("From this month on"), [InputRequired(_l("Choose the month."))])
    most = required_count(_l("Most a month"))
    fewest = required_count(_l("Fewest a month"), default=0)
    why = StringField(_l("Why"), [InputRequired(_l("Say why.")), Length(max=300)])

    def validate_fewest(self, field):
        if (field.data or 0) > (self.most.data or 0):
            self.refuse("fewest", _("This is more than the most."))


class DecisionForm(_Confirming):
    reason = TextAreaField(_l("Reason, for the site"), [Length(max=500)])


class RetireForm(Form):
    from_on = DateField(_l("Takes no residents from"), [InputRequired(_l("Choose the day."))])
    why = StringField(_l("Why"), [InputRequired(_l("Say why.")), Length(max=300)])


class ProposalSearchForm(QueryForm):
    search = StringField(_l("Search"), [Length(max=100)])
    state = SelectField(
        _l("State"),
        choices=options(
            {
                "": _l("All"),
                "waiting": _l("Waiting"),
                "granted": _l("Granted"),
                "refused": _l("Refused"),
            }
        ),
        default="",
    )


class CalendarForm(QueryForm):
    search = StringField(_l("Search"), [Length(max=100)])
    institution = SelectField(_l("Site"), coerce=int, default=0)
    standard = SelectField(_l("Standard department"), coerce=int, default=0)
    first = MonthField(_l("First month"), [Optional()])
    months = SelectField(
        _l("Months"),
        coerce=int,
        default=12,
        choices=options({3: "3", 12: "12", 24: "24", 36: "36"}),
    )
