"""What is typed about the self-assessment."""

import re
from collections.abc import Mapping
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileRequired
from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from trainingbase.files.forms import UploadField
from trainingbase.files.rules import XLSX
from trainingbase.form import CreatingForm, EditingForm, QueryForm, options
from trainingbase.selfassessment.rules import fits
from trainingbase.selfassessment.words import CONDITION_STATES, ITEM_STATES, SURENESS, TASK_STATES

SETTING = re.compile(r"[a-z_]+=[^\s=]+")


class YearForm(QueryForm):
    year = SelectField(_l("Year"), coerce=int)
    section = SelectField(_l("Section"), default="")
    state = SelectField(_l("State"), choices=options(ITEM_STATES), default="")
    search = StringField(_l("Search"), [Length(max=100)])


class TaskListForm(QueryForm):
    year = SelectField(_l("Year"), coerce=int)
    state = SelectField(_l("State"), choices=options(TASK_STATES), default="open")


class AnswerForm(EditingForm):
    points = DecimalField(
        _l("Score"),
        [InputRequired(_l("Enter a number.")), NumberRange(0, None, _l("Enter 0 or more."))],
        places=None,
    )
    why = TextAreaField(
        _l("Why"), [InputRequired(_l("Say why: the next reader asks.")), Length(max=1000)]
    )


class EvidenceForm(CreatingForm):
    what = StringField(
        _l("What it shows"), [InputRequired(_l("Say what it shows.")), Length(max=200)]
    )
    dated_on = DateField(_l("Day of the document"), [InputRequired(_l("Choose the day."))])
    owner = StringField(
        _l("Who answers for it"), [InputRequired(_l("Name somebody.")), Length(max=80)]
    )
    file = UploadField(_l("File"))


class TaskForm(CreatingForm):
    what = StringField(_l("What is to be done"), [InputRequired(_l("Say what.")), Length(max=300)])
    owner = SelectField(_l("By whom"), coerce=int)
    due_on = DateField(_l("Last day"), [InputRequired(_l("Choose the day."))])


class PartForm(EditingForm):
    name = StringField(_l("Its name"), [InputRequired(_l("Give a name.")), Length(max=200)])
    name_en = StringField(_l("English name"), [InputRequired(_l("Give a name.")), Length(max=200)])
    points = DecimalField(
        _l("Score"),
        [InputRequired(_l("Enter a number.")), NumberRange(Decimal("0.1"), 100)],
        places=None,
    )
    numbers = StringField(
        _l("Numbers"),
        [Length(max=300)],
        description=_l(
            "As name=value with blanks between them; what computes the part reads them."
        ),
    )
    why = StringField(_l("Why this is changed"), [Length(max=300)])

    def validate_numbers(self, field):
        if any(not SETTING.fullmatch(one) for one in (field.data or "").split()):
            raise ValidationError(_("Write each as name=value, with blanks between them."))

    def alike(self, before: Mapping[str, str]) -> bool:
        return fits(self.settings(), before)

    def settings(self) -> dict[str, str]:
        return dict(one.split("=", 1) for one in (self.numbers.data or "").split())


class MarkForm(EditingForm):
    state = RadioField(
        _l("State"),
        [InputRequired(_l("Choose one."))],
        choices=options({key: label for key, (_kind, label) in CONDITION_STATES.items()}),
    )
    why = TextAreaField(
        _l("What shows it"), [InputRequired(_l("Say what it shows.")), Length(max=1000)]
    )
    dated_on = DateField(_l("Day of the document"), [InputRequired(_l("Choose the day."))])
    owner = StringField(
        _l("Who answers for it"), [InputRequired(_l("Name somebody.")), Length(max=80)]
    )
    file = UploadField(_l("File"))


class _ConditionFields:
    name = StringField(_l("Its name"), [InputRequired(_l("Give a name.")), Length(max=200)])
    name_en = StringField(_l("English name"), [InputRequired(_l("Give a name.")), Length(max=200)])
    source = StringField(
        _l("Source"),
        [InputRequired(_l("Say where it is printed.")), Length(max=100)],
        description=_l("The document and its number, so that the next reader finds it."),
    )
    confidence = SelectField(_l("How sure"), choices=options(SURENESS), default="S")
    needs_department = SelectField(
        _l("Department it needs"),
        description=_l(
            "Where no lead hospital has it in the register, the condition is found not met."
        ),
    )
    in_use = BooleanField(_l("In use"), default=True)


class NewConditionForm(_ConditionFields, CreatingForm):
    pass


class ConditionForm(_ConditionFields, EditingForm):
    pass


class NewEditionForm(CreatingForm):
    file = UploadField(
        _l("Workbook"),
        [FileRequired(_l("Choose a file."))],
        kinds=(XLSX,),
        description=_l("Download a form that is there, change it to what the document says."),
    )


class EditionForm(EditingForm):
    first_year = IntegerField(
        _l("First year it is used"),
        [
            Optional(strip_whitespace=True),
            NumberRange(2000, 2100, _l("Enter a year, or nothing while it is not used.")),
        ],
        description=_l(
            "A year is judged by the form that was last begun with. Empty: it is not used."
        ),
    )


class FreezeForm(CreatingForm):
    pass


class ActForm(EditingForm):
    """Nothing but the version: taking back, finishing."""
