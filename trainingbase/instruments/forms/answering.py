"""The form that is answered, built from what an instrument asks."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DecimalField, IntegerField, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from trainingbase.form import LONGEST_TEXT, CreatingForm
from trainingbase.i18n import language, named
from trainingbase.instruments.models import Instrument, Item
from trainingbase.instruments.rules.scoring import LARGEST, NOT_OBSERVED, AnswersAtFault, asked

UNOBSERVED = "not_observed"


class RatingField(RadioField):
    """Shown as large buttons; the macros know it by its name."""


class AnswerForm(CreatingForm):
    """One field for each item; `form_of` adds them."""

    items: list[Item] = []

    def given(self) -> dict[str, Any]:
        """The answers by item code; what was left blank is left out."""
        answers = {}
        for item in self.items:
            value = self[field_name(item)].data
            if value is not None and value != "":
                answers[item.code] = NOT_OBSERVED if value == UNOBSERVED else value
        return answers

    def validate(self, extra_validators=None) -> bool:
        """A conditional item must be answered only where it is asked; where it is not, nothing
        that was typed there is looked at."""
        super().validate(extra_validators)
        given = self.given()
        seen = {item.code for item in asked(self.items, given)}
        for item in self.items:
            field = self[field_name(item)]
            if item.code not in seen:
                field.errors = []
            elif item.shown_when and item.is_required and item.code not in given:
                field.errors = [_("Choose or type an answer.")]
        return not any(field.errors for field in self)

    def refuse_answers(self, at_fault: AnswersAtFault) -> None:
        names = {item.code: field_name(item) for item in self.items}
        for fault in at_fault.faults:
            self.refuse(names[fault.code], _("This answer is missing or not possible."))


def field_name(item: Item) -> str:
    return item.code.replace(".", "_")


def option_name(option: list) -> str:
    """Of `[value, zh, en]`."""
    return option[2] if language() == "en" else option[1]


def bands_of(item: Item) -> list[tuple[int, int, str]]:
    return [(band[0], band[1], option_name(band[1:])) for band in item.anchors or ()]


def form_of(
    instrument: Instrument,
    *,
    known: Mapping[str, int],
    base: type[AnswerForm] = AnswerForm,
    data: Mapping[str, Any] | None = None,
) -> Any:
    """The form of an instrument; `known` fills items the portal has the answer to."""
    items = [item for item in instrument.items if not item.missing]
    fields = {field_name(item): _field(item) for item in items}
    made = type("FormOfInstrument", (base,), {**fields, "items": items})
    filled = {field_name(item): known[item.known_as] for item in items if item.known_as in known}
    return made(data={**(data or {}), **filled})


def _field(item: Item):
    kind_of_needed = DataRequired if item.kind == "text" else InputRequired  # 0 is an answer
    always = item.is_required and not item.shown_when
    needed = kind_of_needed(_l("Choose or type an answer.")) if always else Optional()
    label, note = named(item), _note(item)
    if item.is_signature:
        hint = note or _("Type your name. It stands for your signature, with the moment you send.")
        return StringField(label, [needed, Length(max=100)], description=hint)
    if item.kind == "text":
        return TextAreaField(label, [needed, Length(max=LONGEST_TEXT)], description=note)
    if item.kind == "boolean":
        return RatingField(label, [needed], choices=NO_OR_YES, description=note)
    if item.options or _has_marks(item):
        return RatingField(label, [needed], choices=_choices(item), description=note)
    low = item.lowest if item.lowest is not None else 0
    high = item.highest if item.highest is not None else LARGEST
    within = NumberRange(
        low, high, _("Between %(low)s and %(high)s.", low=int(low), high=int(high))
    )
    if item.kind == "score":
        hint = _("At most %(points)s points.", points=int(high))
        hint = f"{hint} {note}".strip()
        return DecimalField(label, [needed, within], description=hint, render_kw=DECIMAL)
    unit = _("Minutes") if item.kind == "minutes" else ""
    return IntegerField(label, [needed, within], description=unit or note, render_kw=WHOLE)


def _has_marks(item: Item) -> bool:
    """A rating of a draft may have no scale yet."""
    return item.kind == "rating" and item.lowest is not None and item.highest is not None


def _note(item: Item) -> str:
    return ((language() == "en" and item.note_en) or item.note) or ""


NO_OR_YES = [
    SelectChoice("0", _l("No, there was not")),
    SelectChoice("1", _l("Yes, there was")),
]
DECIMAL = {"inputmode": "decimal", "autocomplete": "off"}
WHOLE = {"inputmode": "numeric", "autocomplete": "off"}


def _choices(item: Item) -> list[SelectChoice]:
    if item.options:
        choices = [SelectChoice(shown_value(one[0]), option_name(one)) for one in item.options]
    else:
        marks = range(int(item.lowest), int(item.highest) + 1)
        choices = [SelectChoice(str(mark), str(mark)) for mark in marks]
    if item.may_be_unobserved:
        unobserved = _("I cannot say") if _is_for_patients(item) else _("Not observed")
        choices.append(SelectChoice(UNOBSERVED, unobserved))
    return choices


def _is_for_patients(item: Item) -> bool:
    return item.instrument.assessor == "patient"


def shown_value(value: float | int | str) -> str:
    """1 and 1.5, not 1.0."""
    return f"{value:g}" if isinstance(value, float) else str(value)


def condition_in_words(instrument: Instrument, item: Item) -> dict | None:
    """For the page: the field a conditional item looks at, the answers it is asked for, and the
    same in words."""
    if not item.shown_when:
        return None
    other = next((one for one in instrument.items if one.code == item.shown_when["item"]), None)
    if other is None:
        return None
    names = {str(option[0]): option_name(option) for option in other.options or ()}
    if other.kind == "boolean":
        names = {choice.value: str(choice.label) for choice in NO_OR_YES}
    wanted = [str(value) for value in item.shown_when["in"]]
    said = " / ".join(names.get(value, value) for value in wanted)
    return {
        "field": field_name(other),
        "wanted": " ".join(wanted),
        "words": _("Only where “%(item)s” is: %(answers)s", item=named(other), answers=said),
    }
