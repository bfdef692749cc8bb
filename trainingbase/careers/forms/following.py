"""Follow-ups: what a graduate taps, what the office enters, and what retention is asked."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    RadioField,
    SelectField,
    StringField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from trainingbase.careers.actions.following import Told
from trainingbase.careers.words import ANSWERS, GROUPS, LISTS, MAILS, STAYING, TASK_STATES
from trainingbase.form import EditingForm, Form, QueryForm, options
from trainingbase.i18n import named
from trainingbase.mailing.forms import an_address


class AnswerFields(Form):
    answer = RadioField(_l("What we know"), [InputRequired(_l("Choose one."))])
    institution_id = SelectField(
        _l("Where they work now"), coerce=int, default=0,
        description=_l("Only after moving; or name the employer below."),
    )  # fmt: skip
    employer = StringField(_l("Employer outside the network"), [Length(max=120)])
    since_on = DateField(_l("Since when"), [Optional()])
    left_why = SelectField(_l("Why the place before was left"), default="")
    note = StringField(_l("Note"), [Length(max=300)])

    def offer(self, institutions, reasons) -> None:
        self.institution_id.choices = options(
            {0: _("outside the network")} | {one.id: named(one) for one in institutions}
        )
        self.left_why.choices = options({"": "—"} | {one.code: named(one) for one in reasons})

    def is_whole(self, today: date) -> bool:
        """Of who moved, where to is known."""
        if self.answer.data == "moved":
            if bool(self.institution_id.data) == bool(self.employer.data):
                said = _("Choose an institution, or name an employer: one of both.")
                self.refuse("employer", said)
            if self.since_on.data is not None and self.since_on.data > today:
                self.refuse("since_on", _("This day lies ahead."))
        return not self.errors

    def told(self) -> Told:
        moved = self.answer.data == "moved"
        return Told(
            answer=self.answer.data,
            institution_id=(self.institution_id.data or None) if moved else None,
            employer=(self.employer.data or None) if moved else None,
            since_on=self.since_on.data if moved else None,
            left_why=(self.left_why.data or None) if moved else None,
            note=self.note.data or None,
        )


class OfficeAnswerForm(AnswerFields):
    answer = RadioField(
        _l("What we know"), [InputRequired(_l("Choose one."))], choices=options(ANSWERS)
    )


class TapForm(AnswerFields):
    """What the graduate answers.  It needs no token against forgery: only who holds the link can
    address it, and phones that open links from a message often keep no cookies."""

    class Meta(Form.Meta):
        csrf = False

    answer = RadioField(_l("Where do you work now?"), [InputRequired(_l("Choose one."))])
    address = EmailField(
        _l("E-mail for the next question"),
        [Length(max=120), an_address],
        description=_l(
            "As you like. With it you agree that the base mails you its next question; you may "
            "take that back at any time."
        ),
    )


class TaskListForm(QueryForm):
    search = StringField(_l("Name"), [Length(max=100)])
    state = SelectField(_l("State"), choices=options({"": _l("All"), **TASK_STATES}), default="")
    months = SelectField(
        _l("Months after training"),
        choices=options({"": _l("All"), "0": "0", "6": "6", "12": "12", "36": "36"}),
        default="",
    )

    mail = SelectField(_l("Mail"), choices=options({"": _l("All"), **MAILS}), default="")


class AddressForm(EditingForm):
    address = EmailField(
        _l("E-mail"),
        [Length(max=120), an_address],
        description=_l("Empty: they want no more mail of the base."),
    )
    agreed = BooleanField(_l("The graduate agreed to be written to at this address"))

    def validate_agreed(self, field):
        if self.address.data and not field.data:
            raise ValidationError(_("Only with their consent."))


class RetentionForm(QueryForm):
    by = SelectField(_l("Group by"), choices=options(GROUPS), default="all")
    of = SelectField(_l("What counts as staying"), choices=options(STAYING), default="network")


class ChoiceForm(Form):
    of = SelectField(_l("List"), choices=options(LISTS))
    code = StringField(
        _l("Code"),
        [DataRequired(_l("Give a code.")), Length(max=20)],
        description=_l("Of a county the first six digits of its ID numbers."),
    )
    name = StringField(_l("Name"), [DataRequired(_l("Give a name.")), Length(max=60)])
    name_en = StringField(_l("Name in English"), [Length(max=60)])

    def validate(self, extra_validators=None) -> bool:
        well = super().validate(extra_validators)
        code = self.code.data or ""
        if self.of.data == "county" and not (len(code) == 6 and code.isascii() and code.isdigit()):
            self.refuse("code", _("Six digits."))
        return well and not self.errors
