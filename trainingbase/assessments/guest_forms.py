"""The forms of guests' links: issuing, listing, and what the guest sees."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from trainingbase.assessments.words import GUEST_KINDS, IDENTITIES, LINK_STATES
from trainingbase.form import CreatingForm, QueryForm, options
from trainingbase.instruments.forms.answering import AnswerForm


class GuestForm(AnswerForm):
    """What the guest answers.  It needs no token against forgery: only who holds the link can
    address it, and phones that open links from a scanner often keep no cookies."""

    class Meta(AnswerForm.Meta):
        csrf = False

    guest_name = StringField(_l("Your name"), [Length(max=60)])

    def validate(self, extra_validators=None) -> bool:
        right = super().validate(extra_validators)
        if "guest_name" in self and self.needs_name and not self.guest_name.data:
            self.refuse("guest_name", _("Write your name."))
            return False
        return right

    needs_name = False


class IssueForm(CreatingForm):
    instrument = SelectField(_l("Form"), coerce=int)
    each = IntegerField(
        _l("How many for each resident"),
        [InputRequired(_l("Give a number.")), NumberRange(1, 10, _l("From 1 to 10."))],
        default=1,
    )
    identity = SelectField(_l("How it reaches the guest"), choices=options(IDENTITIES))
    last_on = DateField(_l("Opens until"), [InputRequired(_l("Give the day."))])


class IssueToDepartmentForm(IssueForm):
    department = SelectField(_l("Department"), coerce=int)


class IssueToOneForm(IssueForm):
    name = StringField(_l("Name of the guest, if known"), [Length(max=60)])
    contact = StringField(
        _l("Phone or mail of the guest, if known"),
        [Length(max=100)],
        description=_l("You are reminded when the guest has not answered after some days."),
    )


class SheetsForm(CreatingForm):
    each = IntegerField(
        _l("How many sheets"),
        [InputRequired(_l("Give a number.")), NumberRange(1, 10, _l("From 1 to 10."))],
        description=_l("One or two to spare do no harm: every answer is kept."),
    )


class SendOneForm(CreatingForm):
    name = StringField(_l("Name of the guest, if known"), [Length(max=60)])
    contact = StringField(
        _l("Phone or mail of the guest"),
        [InputRequired(_l("Give a phone number or an address.")), Length(max=100)],
        description=_l("You are reminded when the guest has not answered after some days."),
    )


class LinkListForm(QueryForm):
    search = StringField(_l("Name or department"), [Length(max=100)])
    state = SelectField(_l("State"), choices=options({"": _l("All"), **LINK_STATES}), default="")
    kind = SelectField(_l("Guest"), choices=options({"": _l("All"), **GUEST_KINDS}), default="")
