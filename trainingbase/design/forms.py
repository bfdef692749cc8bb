from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    FileField,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, NumberRange, Optional, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from trainingbase.form import CreatingForm, QueryForm

SITES = [
    SelectChoice("", _l("All")),
    SelectChoice("lead", _l("County hospital")),
    SelectChoice("centre", _l("Township health centre")),
]


class RatingField(RadioField):
    """Shown as large buttons in bands; the macros know it by its name."""


class CheckboxesField(SelectMultipleField):
    """Shown as a list of boxes; the macros know it by its name."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class SampleForm(CreatingForm):
    """One field of each kind the macros know."""

    name = StringField(_l("Name"), [DataRequired(_l("Type a name."))])
    address = StringField(
        _l("E-mail"),
        [Optional(), Regexp(r"[^@\s]+@[^@\s]+", message=_l("This is not an e-mail address."))],
    )
    site = SelectField(_l("Site"), [DataRequired(_l("Choose a site."))], choices=SITES)
    starts_on = DateField(
        _l("Starts on"), [Optional()], description=_l("The first day in the department.")
    )
    minutes = DecimalField(
        _l("Observation, minutes"),
        [Optional(), NumberRange(min=1, max=240, message=_l("Between 1 and 240 minutes."))],
    )
    kind = RadioField(
        _l("Setting"),
        [DataRequired(_l("Choose one."))],
        choices=[
            SelectChoice("ward", _l("Ward")),
            SelectChoice("clinic", _l("Clinic")),
            SelectChoice("home", _l("Home visit")),
        ],
    )
    topics = CheckboxesField(
        _l("Topics"),
        choices=[
            SelectChoice("history", _l("History taking")),
            SelectChoice("examination", _l("Examination")),
        ],
    )
    overall = RatingField(
        _l("Overall clinical competence"),
        [DataRequired(_l("Choose a mark from 1 to 9, or “Not observed”."))],
        choices=[
            *(SelectChoice(str(n), str(n)) for n in range(1, 10)),
            SelectChoice("not_observed", _l("Not observed")),
        ],
    )
    comment = TextAreaField(
        _l("Comment"), description=_l("What was done well, and what to do differently next time.")
    )
    sheet = FileField(_l("Workbook"), render_kw={"accept": ".xlsx"})
    password = PasswordField(_l("Password"), [Optional()])
    agreed = BooleanField(_l("The resident has seen this assessment"))


class SampleFilter(QueryForm):
    at = SelectField(_l("Site"), [Optional()], choices=SITES)
    text = StringField(_l("Name"), [Optional()])
