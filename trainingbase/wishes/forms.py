"""What the office asks in a round, and what a resident answers."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    DecimalField,
    IntegerField,
    MonthField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from trainingbase.form import CreatingForm, EditingForm, QueryForm, options
from trainingbase.i18n import month, named
from trainingbase.months import months_later
from trainingbase.wishes.actions import Given
from trainingbase.wishes.models import Round, WishList

NOTHING = ""


class CheckboxesField(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class RoundForm(CreatingForm):
    title = StringField(
        _l("Title"), [InputRequired(_l("Give the round a title.")), Length(max=120)]
    )
    cohorts = CheckboxesField(_l("Cohorts asked"), coerce=int)
    starts_on = MonthField(
        _l("First month to wish for"), [InputRequired(_l("Choose the first month."))]
    )
    months = IntegerField(
        _l("Months to wish for"),
        [InputRequired(_l("Enter a number of months.")), NumberRange(1, 60)],
        default=12,
    )
    last_day = DateField(
        _l("Last day to answer"), [InputRequired(_l("Choose the last day to answer."))]
    )
    most_wishes = IntegerField(
        _l("Wishes for months, at most"),
        [InputRequired(_l("Enter a number.")), NumberRange(0, 6)],
        default=3,
    )
    weight = DecimalField(
        _l("Weight of a wish"),
        [InputRequired(_l("Enter a number.")), NumberRange(0, 20)],
        default=3,
        description=_l("What a wish missed costs a plan; a placement moved costs 3."),
    )
    most_sites = IntegerField(
        _l("Sites in order, at most"),
        [InputRequired(_l("Enter a number.")), NumberRange(0, 6)],
        default=3,
    )
    site_weight = DecimalField(
        _l("Weight of a site"),
        [InputRequired(_l("Enter a number.")), NumberRange(0, 20)],
        default=1,
        description=_l("What the second site costs more than the first, the third more than …"),
    )
    standards = CheckboxesField(_l("Departments that may be wished for"), coerce=int)
    institutions = CheckboxesField(_l("Sites that may be wished for"), coerce=int)

    def validate_cohorts(self, field):
        if not field.data:
            self.refuse("cohorts", _("Choose at least one cohort."))

    def validate_starts_on(self, field):
        if field.data and not 2000 <= field.data.year <= 2100:
            self.refuse("starts_on", _("Choose a month between 2000 and 2100."))


class DeadlineForm(EditingForm):
    last_day = DateField(
        _l("Last day to answer"), [InputRequired(_l("Choose the last day to answer."))]
    )


class AnswerSearchForm(QueryForm):
    search = StringField(_l("Resident"), [Length(max=100)])
    state = SelectField(
        _l("State"),
        choices=options(
            {"": _l("All"), "answered": _l("Wishes given"), "silent": _l("Not answered")}
        ),
        default="",
    )


def _wish_fields(asked: Round) -> dict:
    fields: dict = {}
    for n in range(1, asked.most_wishes + 1):
        fields[f"what_{n}"] = SelectField(_l("Department"), default=NOTHING)
        fields[f"from_{n}"] = SelectField(_l("Begins from"), default=NOTHING)
        fields[f"to_{n}"] = SelectField(_l("Begins until"), default=NOTHING)
    for n in range(1, asked.most_sites + 1):
        fields[f"site_{n}"] = SelectField(_l("%(number)s. choice", number=n), default=NOTHING)
    fields["word"] = TextAreaField(
        _l("A word to the office"),
        [Length(max=1000)],
        description=_l("Read by the office only. The planner does not use it."),
    )
    return fields


class WishForm(EditingForm):
    """The base of what `wish_form` makes: as many fields as the round allows wishes."""

    def given(self) -> Given:
        wishes = tuple(
            (
                int(what),
                date.fromisoformat(first),
                months_later(date.fromisoformat(until or first), 1),
            )
            for what, first, until in self.rows()
            if what
        )
        sites = tuple(int(f.data) for f in self.site_fields() if f.data)
        return Given(wishes, sites, (self["word"].data or "").strip() or None)

    def rows(self) -> list[tuple[str, str, str]]:
        return [tuple(f.data or NOTHING for f in fields) for fields in self.wish_fields()]

    def wish_fields(self) -> list[list]:
        """The three fields of each wish."""
        numbers = [name.removeprefix("what_") for name in self._fields if name.startswith("what_")]
        return [[self[f"{part}_{n}"] for part in ("what", "from", "to")] for n in numbers]

    def site_fields(self) -> list:
        return [field for name, field in self._fields.items() if name.startswith("site_")]

    def validate(self, extra_validators=None) -> bool:
        well = super().validate(extra_validators)
        for what, first, until in self.wish_fields():
            if what.data and not first.data:
                self.refuse(first.name, _("Choose a month."))
            if until.data and first.data and until.data < first.data:
                self.refuse(until.name, _("This lies before the first month."))
            if not what.data and (first.data or until.data):
                self.refuse(what.name, _("Choose a department."))
        chosen = [field for field in self.site_fields() if field.data]
        for number, field in enumerate(chosen):
            if field.data in [other.data for other in chosen[:number]]:
                self.refuse(field.name, _("This site is chosen above."))
        return well and not self.errors


def wish_form(asked: Round, kept: WishList | None, standards, months) -> WishForm:
    """`standards` and `months` are what this resident may choose from."""
    made = type("RoundWishForm", (WishForm,), _wish_fields(asked))
    form = made(data=_filled(kept))
    whats = options({NOTHING: _("No wish")} | {str(one.id): named(one) for one in standards})
    starts = {one.isoformat(): month(one) for one in months}
    for what, first, until in form.wish_fields():
        what.choices = whats
        first.choices = options({NOTHING: _("Month")} | starts)
        until.choices = options({NOTHING: _("The same month")} | starts)
    sites = options(
        {NOTHING: _("No choice")} | {str(one.id): named(one) for one in asked.institutions}
    )
    for field in form.site_fields():
        field.choices = sites
    return form


def _filled(kept: WishList | None) -> dict:
    if kept is None:
        return {}
    data = {"version": kept.version, "word": kept.word or ""}
    for n, one in enumerate(kept.wishes, 1):
        last = months_later(one.until_on, -1).isoformat()
        data[f"what_{n}"] = str(one.standard_department_id)
        data[f"from_{n}"] = one.from_on.isoformat()
        data[f"to_{n}"] = NOTHING if last == one.from_on.isoformat() else last
    for n, site in enumerate(kept.sites, 1):
        data[f"site_{n}"] = str(site.institution_id)
    return data
