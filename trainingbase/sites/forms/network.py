"""Institutions and departments."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from trainingbase.form import CreatingForm, EditingForm, Form, QueryForm, options
from trainingbase.words import LEVELS

LARGEST = 100_000_000
MOST_PLACES = 200


class CheckboxesField(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def text(label, longest=120, **more) -> StringField:
    return StringField(label, [Length(max=longest)], **more)


def count(label, largest=LARGEST, **more) -> IntegerField:
    wrong = _l("Enter a whole number from 0 to %(largest)s.", largest=largest)
    return IntegerField(label, [Optional(), NumberRange(0, largest, wrong)], **more)


def required_count(label, largest=MOST_PLACES, **more) -> IntegerField:
    wrong = _l("Enter a whole number from 0 to %(largest)s.", largest=largest)
    return IntegerField(
        label, [InputRequired(_l("Enter a number.")), NumberRange(0, largest, wrong)], **more
    )


class _Institution(Form):
    name = StringField(_l("Its name"), [InputRequired(_l("Give a name.")), Length(max=120)])
    name_en = text(_l("English name"))
    level = SelectField(_l("Level"), choices=options(LEVELS))
    address = text(_l("Address"), 200)
    beds = count(_l("Beds"))
    catchment = count(_l("Catchment"))
    contact = text(_l("Contact"))
    telephone = text(_l("Telephone"), 40)
    map_x = count(
        _l("Place on the map, across"),
        100,
        description=_l("0 is the left edge, 100 the right one; empty places it by itself."),
    )
    map_y = count(
        _l("Place on the map, down"),
        100,
        description=_l("0 is the upper edge, 100 the lower one."),
    )
    note = TextAreaField(_l("Note"), [Length(max=1000)])


class NewInstitutionForm(_Institution, CreatingForm):
    pass


class InstitutionForm(_Institution, EditingForm):
    why = text(_l("Why this is changed"), 300)


class ContactForm(EditingForm):
    """What a site keeps about itself."""

    contact = text(_l("Contact"))
    telephone = text(_l("Telephone"), 40)
    beds = count(_l("Beds"))
    catchment = count(_l("Catchment"))


class _Department(Form):
    name = StringField(_l("Its name"), [InputRequired(_l("Give a name.")), Length(max=120)])
    name_en = text(_l("English name"))
    standards = CheckboxesField(_l("Stands for"), coerce=int)
    head_name = text(_l("Head"))
    head_title = text(_l("Title of the head"), 40)
    secretary_name = text(_l("Secretary"))
    note = TextAreaField(_l("Note"), [Length(max=1000)])

    def validate_standards(self, field):
        if not field.data:
            self.refuse("standards", _("Choose at least one standard department."))


class NewDepartmentForm(_Department, CreatingForm):
    most = required_count(_l("Most a month"))
    fewest = required_count(_l("Fewest a month"), default=0)

    def validate_fewest(self, field):
        if (field.data or 0) > (self.most.data or 0):
            self.refuse("fewest", _("This is more than the most."))


class DepartmentForm(_Department, EditingForm):
    why = text(_l("Why this is changed"), 300)


STATES = {"": _l("In use"), "retired": _l("No longer in use"), "all": _l("All")}


class SiteSearchForm(QueryForm):
    search = StringField(_l("Search"), [Length(max=100)])
    level = SelectField(_l("Level"), choices=options({"": _l("All"), **LEVELS}), default="")
    state = SelectField(_l("State"), choices=options(STATES), default="")


class DepartmentSearchForm(QueryForm):
    search = StringField(_l("Search"), [Length(max=100)])
    institution = SelectField(_l("Site"), coerce=int, default=0)
    standard = SelectField(_l("Standard department"), coerce=int, default=0)
    state = SelectField(_l("State"), choices=options(STATES), default="")
