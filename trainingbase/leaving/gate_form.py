"""The form by which the office makes a version of the rules of leaving."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, DecimalField, HiddenField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from trainingbase.form import CreatingForm, options
from trainingbase.leaving.actions.gates import Asked, Terms
from trainingbase.leaving.models import Gate
from trainingbase.leaving.rules.gate import ITEMS, MOST
from trainingbase.leaving.words import EFFECTS
from trainingbase.leaving.words import ITEMS as ITEM_NAMES

OFF = ""


class GateForm(CreatingForm):
    """The base of what `gate_form` makes: effect and amount for each item."""

    newest = HiddenField(validators=[Length(max=12)])
    starts_on = DateField(
        _l("Holds for placements that end on or after"), [InputRequired(_l("Choose the day."))]
    )
    daily = DecimalField(
        _l("Points of the daily part"), [InputRequired(_l("Enter a number.")), NumberRange(0, 100)]
    )
    theory = DecimalField(
        _l("Points of the theory exam"), [InputRequired(_l("Enter a number.")), NumberRange(0, 100)]
    )
    skill = DecimalField(
        _l("Points of the skill exam"), [InputRequired(_l("Enter a number.")), NumberRange(0, 100)]
    )
    why = StringField(_l("Why it is changed"), [InputRequired(_l("Say why.")), Length(max=200)])

    def validate_daily(self, field):
        parts = (self.daily.data, self.theory.data, self.skill.data)
        if None not in parts and sum(parts) != 100:
            self.refuse("daily", _("The three parts together are 100 points."))

    def validate(self, extra_validators=None):
        """What is asked needs an amount; said once every field has been looked at."""
        super().validate(extra_validators)
        for _item, effect, least in self.rows():
            if effect.data != OFF and least.data is None and not least.errors:
                self.refuse(least.name, _("Enter a number."))
        return not self.errors

    def rows(self) -> list:
        """(item, its two fields), for the page."""
        return [(item, self[f"effect_{item}"], self[f"least_{item}"]) for item in ITEMS]

    def terms(self, family: str | None, standard_id: int | None) -> Terms:
        asked = [
            Asked(item, effect.data, least.data)
            for item, effect, least in self.rows()
            if effect.data != OFF
        ]
        return Terms(
            family=family,
            standard_department_id=standard_id,
            starts_on=self.starts_on.data,
            daily=self.daily.data,
            theory=self.theory.data,
            skill=self.skill.data,
            items=asked,
            why=self.why.data,
        )


def gate_form(filled_from: Gate, newest: Gate | None, today: date) -> GateForm:
    """Filled from what holds now; `newest` is the last version of the very scope, if any."""
    fields: dict = {}
    for item, unit in ITEMS.items():
        fields[f"effect_{item}"] = SelectField(
            ITEM_NAMES[item], choices=options({OFF: _l("Not asked")} | EFFECTS), default=OFF
        )
        most = MOST.get(unit)
        fields[f"least_{item}"] = DecimalField(
            _l("To reach"), [Optional(), NumberRange(0, most if most is not None else 1000)]
        )
    data = {
        "newest": str(newest.id) if newest else "",
        "starts_on": today,
        "daily": filled_from.daily,
        "theory": filled_from.theory,
        "skill": filled_from.skill,
    }
    for one in filled_from.items:
        data[f"effect_{one.item}"], data[f"least_{one.item}"] = one.effect, one.least
    return type("Gate", (GateForm,), fields)(data=data)
