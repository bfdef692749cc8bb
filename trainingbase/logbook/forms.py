"""What is typed into the log."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from trainingbase.form import CreatingForm, Form, QueryForm, options
from trainingbase.logbook.actions.entering import (
    AlreadyClaimed,
    NotLogged,
    OutsideStay,
    TellsWho,
    TooLate,
    Work,
)
from trainingbase.logbook.models import LEVELS
from trainingbase.logbook.words import CATEGORIES, STATES
from trainingbase.logbook.words import LEVELS as LEVEL_NAMES

LONGEST_ITEM = 60


class EntryForm(CreatingForm):
    """One piece of work; the choices of `category` are all, `item` is typed or chosen."""

    done_on = DateField(_l("Day"), [InputRequired(_l("Give the day."))])
    category = SelectField(_l("Kind"), choices=options(CATEGORIES))
    item = StringField(
        _l("Disease, procedure or work"),
        [DataRequired(_l("Say what it was.")), Length(max=LONGEST_ITEM)],
        render_kw={"list": "items"},
    )
    level = SelectField(
        _l("Your part"),
        choices=options({"": "—"} | {key: LEVEL_NAMES[key] for key in LEVELS}),
        validators=[Optional()],
    )
    number = StringField(
        _l("Admission or visit number"),
        [Length(max=40)],
        description=_l("Kept sealed: nobody can read it here, and an auditor can check it."),
        render_kw={"autocomplete": "off"},
    )
    note = TextAreaField(
        _l("Note"),
        [Length(max=500)],
        description=_l("No name, phone or ID number of a patient."),
    )

    def work(self) -> Work:
        return Work(
            category=self.category.data,
            item=self.item.data,
            done_on=self.done_on.data,
            level=self.level.data or None,
            number=self.number.data or None,
            note=self.note.data or None,
        )

    def refuse_work(self, refused: NotLogged) -> None:
        """Say at its field why the work was not taken."""
        match refused:
            case TellsWho(field=field, said=said):
                self.refuse(
                    field,
                    _("“%(said)s” could tell who the patient is: leave it out.", said=said),
                )
            case OutsideStay():
                self.refuse("done_on", _("Choose a day of this rotation that has come."))
            case TooLate():
                self.refuse("done_on", _("This rotation ended too long ago for new entries."))
            case AlreadyClaimed():
                self.refuse("number", _("You have logged this with the same number before."))


class TapForm(CreatingForm):
    """One more of an item, today."""

    placement = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    category = SelectField(choices=options(CATEGORIES))
    item = HiddenField(validators=[InputRequired(), Length(max=LONGEST_ITEM)])


class BatchForm(CreatingForm):
    """Many lines at once: day, kind, item, part and number, parted by tabs or commas, as they are
    copied from a sheet."""

    lines = TextAreaField(
        _l("Lines"),
        [DataRequired(_l("Type or paste at least one line.")), Length(max=20000)],
        description=_l("One a line: day, kind, item, part, number. Copy them from a sheet."),
        render_kw={"rows": 12, "spellcheck": "false"},
    )


class ReturnForm(Form):
    entries = SelectMultipleField(coerce=int, validate_choice=False)
    reason = StringField(
        _l("Why"),
        [Length(max=300)],
        description=_l("The resident reads it."),
    )


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


class CompletionSearchForm(QueryForm):
    search = StringField(_l("Resident"), [Length(max=100)])
    cohort = SelectField(_l("Cohort"), coerce=int, default=0)


class TraceForm(Form):
    """By POST, so that the number stands in no address and no log."""

    number = StringField(
        _l("Admission or visit number"),
        [DataRequired(_l("Enter a number.")), Length(max=40)],
        render_kw={"autocomplete": "off"},
    )
