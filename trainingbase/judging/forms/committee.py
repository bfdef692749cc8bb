"""Members, conflicts, meetings."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from trainingbase.form import CreatingForm, EditingForm, Form, options
from trainingbase.judging.words import DUTIES, GROUNDS

NOBODY = 0


class CheckboxesField(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class MemberForm(CreatingForm):
    person = SelectField(_l("Person"), coerce=int, default=NOBODY)
    duty = SelectField(_l("Duty"), choices=options(DUTIES), default="member")
    starts_on = DateField(_l("From"), [InputRequired(_l("Choose the first day."))])
    last_day = DateField(
        _l("Last day of the term"), [Optional()], description=_l("Empty: until further notice.")
    )

    def validate(self, extra_validators=None) -> bool:
        well = super().validate(extra_validators)
        if self.person.data == NOBODY:
            self.refuse("person", _("Choose somebody."))
        if self.last_day.data and self.starts_on.data and self.last_day.data < self.starts_on.data:
            self.refuse("last_day", _("The last day is before the first."))
        return well and not self.errors


class TermForm(EditingForm):
    duty = SelectField(_l("Duty"), choices=options(DUTIES))
    last_day = DateField(
        _l("Last day of the term"), [Optional()], description=_l("Empty: until further notice.")
    )


class ConflictForm(Form):
    person = SelectField(_l("Member"), coerce=int, default=NOBODY)
    resident = SelectField(_l("Resident"), coerce=int, default=NOBODY)
    ground = SelectField(_l("Ground"), choices=options(GROUNDS))
    word = TextAreaField(_l("More about it"), [Length(max=500)])

    def validate(self, extra_validators=None) -> bool:
        well = super().validate(extra_validators)
        for name in ("person", "resident"):
            if name in self and self[name].data == NOBODY:
                self.refuse(name, _("Choose somebody."))
        if self.ground.data == "other" and not self.word.data:
            self.refuse("word", _("Say what it is."))
        return well and not self.errors


class MeetingForm(CreatingForm):
    held_on = DateField(_l("Day of the meeting"), [InputRequired(_l("Choose the day."))])
    place = StringField(_l("Place"), [Length(max=120)])


class MoveMeetingForm(EditingForm):
    held_on = DateField(_l("Day of the meeting"), [InputRequired(_l("Choose the day."))])
    place = StringField(_l("Place"), [Length(max=120)])


class AddCaseForm(Form):
    resident = SelectField(_l("Resident"), coerce=int, default=NOBODY)
    why = StringField(_l("Why"), [InputRequired(_l("Say why.")), Length(max=200)])

    def validate(self, extra_validators=None) -> bool:
        well = super().validate(extra_validators)
        if self.resident.data == NOBODY:
            self.refuse("resident", _("Choose somebody."))
        return well and not self.errors


class PresentForm(Form):
    present = CheckboxesField(_l("Who is here"), coerce=int)


class CloseForm(EditingForm):
    minutes = TextAreaField(_l("Minutes of the meeting"), [Length(max=4000)])


class PanelForm(CreatingForm):
    held_on = DateField(_l("Day of the meeting"), [InputRequired(_l("Choose the day."))])
    place = StringField(_l("Place"), [Length(max=120)])
    chair = SelectField(_l("Chair"), coerce=int, default=NOBODY)
    members = CheckboxesField(_l("Other members"), coerce=int)

    def validate(self, extra_validators=None) -> bool:
        well = super().validate(extra_validators)
        if self.chair.data == NOBODY:
            self.refuse("chair", _("Choose somebody."))
        if not [one for one in self.members.data or () if one != self.chair.data]:
            self.refuse("members", _("Choose at least one other member."))
        return well and not self.errors
