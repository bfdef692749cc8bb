"""The base class of every form."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from flask import request
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import HiddenField, IntegerField, SelectChoice, StringField, TextAreaField
from wtforms.i18n import get_translations as wtforms_messages
from wtforms.validators import Length, Optional
from wtforms.widgets import HiddenInput

from trainingbase.i18n import day, language
from trainingbase.texts import cleaned, in_one_line

NOT_ANSWERS = frozenset({"csrf_token", "form_key", "version"})
LONGEST_TEXT = 4000
LARGEST_NUMBER = 2**31 - 1  # of an integer column


def within_reach(value):
    """Numbers that fit a column, and days one can count from: everything else is a typing error,
    and would otherwise be one of the database or of the calendar."""
    if isinstance(value, date) and not 1900 <= value.year <= 2200:
        raise ValueError(_("Choose a day between 1900 and 2200."))
    if isinstance(value, Decimal) and not value.is_finite():
        raise ValueError(_("Enter a number."))
    if isinstance(value, int | Decimal) and not -LARGEST_NUMBER <= value <= LARGEST_NUMBER:
        raise ValueError(_("This number is too large."))
    return value


def whole_number(text) -> int:
    """Of a choice, or of an address."""
    return within_reach(int(text))


def number_or_none(text: str | None) -> int | None:
    """A number in plain digits that fits a column; None for everything else, ² and ٣ included."""
    if not text or len(text) > 9 or not (text.isascii() and text.isdecimal()):
        return None
    return int(text)


@lru_cache
def _own_messages(tongue: str):
    return wtforms_messages([tongue])


def options(labels: Mapping) -> list[SelectChoice]:
    """The choices of a select, from labels by value; labels may be lazy."""
    return [SelectChoice(value, label) for value, label in labels.items()]


class Form(FlaskForm):
    """Texts are cleaned, those of one line kept in one; what was typed before a session ended is
    put back (see `kept`)."""

    class Meta:
        def get_translations(self, form):
            """WTForms' own messages; Flask-WTF's way reads their file anew for each page."""
            return _own_messages(language())

        def bind_field(self, form, unbound_field, options):
            filters = [*unbound_field.kwargs.get("filters", ()), cleaned, within_reach]
            if issubclass(unbound_field.field_class, StringField) and not issubclass(
                unbound_field.field_class, TextAreaField | HiddenField
            ):
                filters.append(in_one_line)
            if unbound_field.kwargs.get("coerce") is int:
                options = {**options, "coerce": whole_number}
            if "PasswordField" in unbound_field.field_class.__name__:
                filters = list(unbound_field.kwargs.get("filters", ()))
            return unbound_field.bind(form=form, filters=filters, **options)

    kept = None
    """Set by `accounts`: returns the answers kept for this page, or None."""

    def __init__(self, formdata=..., **kwargs):
        if formdata is ... and request.method in ("GET", "HEAD") and Form.kept is not None:
            answers = Form.kept()
            if answers is not None:
                formdata = answers
        super().__init__(**({} if formdata is ... else {"formdata": formdata}), **kwargs)

    def process(self, *args, **kwargs):
        """What is out of reach is no answer: nobody reckons with it on the way to the message."""
        super().process(*args, **kwargs)
        for field in self:
            if field.process_errors and isinstance(field.data, date | int | Decimal):
                field.data = None

    def answers(self) -> dict:
        """What was typed, by field name, without the hidden fields."""
        return {name: value for name, value in self.data.items() if name not in NOT_ANSWERS}

    def refuse(self, field_name: str, message: str) -> None:
        """Say beside a field what the domain refused."""
        field = self[field_name]
        field.errors = [*field.errors, message]


def new_key() -> str:
    """For a form that makes something."""
    return secrets.token_urlsafe(16)


def own_key(sent: str) -> str:
    """The key of a form as it is kept: each person's own."""
    owned = f"{getattr(current_user, 'id', '')} {sent}"
    return hashlib.sha256(owned.encode()).hexdigest()[:40]


class CreatingForm(Form):
    """A form that makes something: sent twice it makes one, since its key is unique.

    The key is each person's own: whoever sends somebody else's finds nothing of theirs by it.
    """

    form_key = HiddenField(validators=[Length(max=64)], default=new_key)

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        if self.is_submitted():
            self.form_key.data = own_key(self.form_key.data or new_key())


@dataclass(frozen=True)
class Difference:
    """One field of a stale form, in words."""

    label: str
    yours: str
    now: str


class EditingForm(Form):
    """A form that changes something: it says which version it was filled from."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])

    def stale_against(self, row, **more) -> list[Difference]:
        """After `Stale`: where what was typed differs from what stands in `row` now.  The form
        then counts as filled from the present version, so that sending it again saves.

        `more` gives the present value of fields that are no attributes of the row.
        """
        self.version.data, self.version.raw_data = row.version, None
        found = []
        for field in self:
            if field.name in NOT_ANSWERS or not (field.name in more or hasattr(row, field.name)):
                continue
            now = more.get(field.name, getattr(row, field.name, None))
            if (field.data or None) != (now or None):
                found.append(
                    Difference(field.label.text, shown(field, field.data), shown(field, now))
                )
        return found


def shown(field, value) -> str:
    """A value of the field as people read it: the label of a choice, a day, yes or no."""
    if value is None or value == "" or value == []:
        return "—"
    if isinstance(value, list | tuple | set):
        return ", ".join(shown(field, one) for one in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return day(value)
    labels = {
        c.value: c.label for c in getattr(field, "choices", None) or () if hasattr(c, "value")
    }
    return str(labels.get(value, value))


class QueryForm(Form):
    """A form in the address (GET): filters and searches.  It needs no token."""

    class Meta(Form.Meta):
        csrf = False

    def __init__(self, **kwargs):
        super().__init__(formdata=request.args, **kwargs)

    def hidden_tag(self, *fields):
        return Markup("")
