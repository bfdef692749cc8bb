"""The form of a site's month, made of the indicators it is asked."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DecimalField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from trainingbase.community.actions import Given
from trainingbase.community.models import Dimension, MonthlyEntry
from trainingbase.form import LONGEST_TEXT, EditingForm, Form, QueryForm
from trainingbase.i18n import language


def month_form(asked: Sequence[Dimension], there: Mapping[int, MonthlyEntry]) -> "MonthForm":
    """`there` is what was entered, by indicator."""

    class Filled(MonthForm):
        pass

    data = {}
    for one in asked:
        row = there.get(one.id)
        for name in fields_of(one):
            setattr(Filled, f"{name}_{one.id}", _field(one, name))
            data[f"{name}_{one.id}"] = getattr(row, name, None)
        setattr(Filled, f"version_{one.id}", IntegerField(widget=HiddenInput(), default=0))
        data[f"version_{one.id}"] = row.version if row is not None else 0
    form = Filled(data=data)
    form.asked = list(asked)
    return form


def fields_of(one: Dimension) -> tuple[str, ...]:
    if one.kind == "words":
        return ("words",)
    return ("numerator", "denominator", "note") if one.beside else ("numerator", "denominator")


def _field(one: Dimension, name: str):
    if name == "words":
        said = one.name_en if language() == "en" else one.name
        return TextAreaField(said, validators=[Optional(), Length(max=LONGEST_TEXT)])
    if name == "note":
        said = (language() == "en" and one.beside_en) or one.beside or ""
        return TextAreaField(said, validators=[Optional(), Length(max=LONGEST_TEXT)])
    said = (language() == "en" and getattr(one, f"{name}_en")) or getattr(one, name)
    least = NumberRange(min=0, message=_("Enter 0 or more."))
    return DecimalField(said, validators=[Optional(), least], places=None)


class MonthQuery(QueryForm):
    month = SelectField(_l("Month"))


class MonthForm(Form):
    why = StringField(_l("Why it is corrected"), validators=[Optional(), Length(max=200)])

    asked: list[Dimension]

    def validate(self, extra_validators=None) -> bool:
        good = super().validate(extra_validators)
        for one in self.asked:
            if one.kind == "words":
                continue
            top, bottom = self[f"numerator_{one.id}"], self[f"denominator_{one.id}"]
            if (top.data is None) != (bottom.data is None) and not (top.errors or bottom.errors):
                empty = top if top.data is None else bottom
                self.refuse(empty.name, _("Enter both numbers, or neither."))
                good = False
            elif bottom.data == 0 and top.data:
                self.refuse(bottom.name, _("Of nothing there is no share."))
                good = False
        return good

    def given(self) -> dict[Dimension, Given]:
        return {one: self._given(one) for one in self.asked}

    def _given(self, one: Dimension) -> Given:
        if one.kind == "words":
            return Given(None, None, self[f"words_{one.id}"].data or None)
        note = self[f"note_{one.id}"].data or None if one.beside else None
        return Given(
            self[f"numerator_{one.id}"].data, self[f"denominator_{one.id}"].data, None, note
        )

    def seen(self) -> dict[int, int]:
        return {one.id: self[f"version_{one.id}"].data or 0 for one in self.asked}


class DefinitionForm(EditingForm):
    """What a base may say otherwise of an indicator; names and dimension are those of the list."""

    numerator = StringField(_l("Numerator"), [Length(max=100)])
    numerator_en = StringField(_l("Numerator, in English"), [Length(max=100)])
    denominator = StringField(_l("Denominator"), [Length(max=100)])
    denominator_en = StringField(_l("Denominator, in English"), [Length(max=100)])
    times = DecimalField(
        _l("Multiplied by"),
        [InputRequired(_l("Enter a number.")), NumberRange(min=1, max=1000000)],
        places=None,
        description=_l("100 for a share in per cent, 1 for a plain ratio."),
    )
    unit = StringField(_l("Unit"), [Length(max=20)])
    counted = TextAreaField(_l("What is counted"), [Length(max=500)])
    counted_en = TextAreaField(_l("What is counted, in English"), [Length(max=500)])
    beside = StringField(
        _l("Said in words beside it"),
        [Length(max=100)],
        description=_l("Without a heading here nothing is asked in words."),
    )
    beside_en = StringField(_l("Said in words beside it, in English"), [Length(max=100)])
    in_use = BooleanField(_l("In use"))

    def without_numbers(self) -> "DefinitionForm":
        """For an indicator that is said in words, or computed: its numbers are given."""
        for name in ("numerator", "numerator_en", "denominator", "denominator_en", "times", "unit",
                     "beside", "beside_en"):  # fmt: skip
            del self[name]
        return self
