"""Filters, returns and questions about the log."""

from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from trainingbase.form import Form, QueryForm, options
from trainingbase.logbook.words import CATEGORIES, RETURN_REASONS, STATES


class ReturnForm(Form):
    """Which entries, and why they go back: a usual reason, words of one's own, or both."""

    entries = SelectMultipleField(coerce=int, validate_choice=False)
    preset = SelectField(
        _l("Reason"), choices=options({"": "—"} | RETURN_REASONS), validators=[Optional()]
    )
    reason = StringField(
        _l("In your words"),
        [Length(max=300)],
        description=_l("The resident reads it."),
    )

    @property
    def said(self) -> str:
        """As the resident reads it; nothing where no reason was given."""
        chosen = str(RETURN_REASONS[self.preset.data]) if self.preset.data else ""
        return " ".join(one for one in (chosen, self.reason.data or "") if one)


class EntrySearchForm(QueryForm):
    search = StringField(_l("Search"), [Length(max=100)])
    state = SelectField(
        _l("State"),
        choices=options(
            {"": _l("All")} | {key: STATES[key] for key in ("waiting", "confirmed", "returned")}
        ),
        default="",
    )
    category = SelectField(_l("Kind"), choices=options({"": _l("All")} | CATEGORIES), default="")
    item = HiddenField()
    department = HiddenField()


class WaitingSearchForm(QueryForm):
    search = StringField(_l("Resident"), [Length(max=100)])
    category = SelectField(_l("Kind"), choices=options({"": _l("All")} | CATEGORIES), default="")
    first = DateField(_l("From day"), [Optional()])
    last = DateField(_l("To day"), [Optional()])


class CompletionSearchForm(QueryForm):
    search = StringField(_l("Resident"), [Length(max=100)])
    cohort = SelectField(_l("Cohort"), coerce=int, default=0)
    department = SelectField(_l("Now in"), coerce=int, default=0)
    below = IntegerField(
        _l("Below percent"), [Optional(), NumberRange(0, 100)], render_kw={"inputmode": "numeric"}
    )


class TraceForm(Form):
    """By POST, so that the number stands in no address and no log."""

    number = StringField(
        _l("Admission or visit number"),
        [DataRequired(_l("Enter a number.")), Length(max=40)],
        render_kw={"autocomplete": "off"},
    )
