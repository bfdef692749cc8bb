"""Plans and reflections, warnings, letters."""

from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from trainingbase.form import CreatingForm, EditingForm, Form, options
from trainingbase.instruments.words import COMPETENCIES
from trainingbase.judging.rules.watching import AGAIN_DAYS, KINDS
from trainingbase.judging.words import SETTINGS

OF = {"": _l("Of no one competency"), **COMPETENCIES}


class PlanForm(CreatingForm, EditingForm):
    goal = StringField(
        _l("What I want to reach"),
        [InputRequired(_l("Say what is to be reached.")), Length(max=300)],
    )
    steps = TextAreaField(_l("By which steps"), [Length(max=1000)])
    competency = SelectField(_l("Core competency"), choices=options(OF), default="")
    due_on = DateField(_l("Until"), [InputRequired(_l("Choose the day."))])
    share = BooleanField(
        _l("Share it"),
        description=_l("Shared: tutor, supervisor, office and committee read it. Else only you."),
    )


class ReflectionForm(CreatingForm, EditingForm):
    title = StringField(_l("Title"), [InputRequired(_l("Enter a title.")), Length(max=120)])
    text = TextAreaField(
        _l("Reflection"),
        [InputRequired(_l("Write something.")), Length(max=4000)],
        description=_l("Write no patient’s name."),
    )
    competency = SelectField(_l("Core competency"), choices=options(OF), default="")
    share = BooleanField(
        _l("Share it"),
        description=_l("Shared: tutor, supervisor, office and committee read it. Else only you."),
    )


class ReportForm(EditingForm):
    result = TextAreaField(
        _l("How it stands"), [InputRequired(_l("Say how it stands.")), Length(max=1000)]
    )
    is_done = BooleanField(_l("It is done"))


class ContestForm(Form):
    because = TextAreaField(
        _l("Why I contest it"), [InputRequired(_l("Say why.")), Length(max=1000)]
    )


class AnswerContestForm(EditingForm):
    upheld = RadioField(
        _l("The warning"),
        [InputRequired(_l("Choose one."))],
        choices=options({"1": _l("stands"), "0": _l("is taken back")}),
    )
    text = TextAreaField(_l("Reply"), [InputRequired(_l("Say why.")), Length(max=1000)])


class LetterForm(EditingForm):
    answer = TextAreaField(
        _l("My answer"),
        [Length(max=2000)],
        description=_l("If you like: the committee and your tutor read it."),
    )


class AppealForm(Form):
    because = TextAreaField(_l("Why I appeal"), [InputRequired(_l("Say why.")), Length(max=2000)])


class SwitchOnForm(EditingForm):
    valid_from = DateField(_l("From"), [InputRequired(_l("Choose the day."))])
    because = TextAreaField(
        _l("What was looked at, and why it may speak"),
        [InputRequired(_l("Say why.")), Length(max=1000)],
    )


class SettingsForm(EditingForm):
    """The base of what `settings_form` makes."""

    def settings(self, before: dict[str, Any]) -> dict[str, Any]:
        found = dict(before)
        for name in before:
            if f"n_{name}" in self:
                found[name] = _kept(self[f"n_{name}"].data, before[name])
        return found


def _kept(value: int | Decimal | None, before: Any) -> Any:
    if isinstance(before, int):
        return int(value or 0)
    return "" if value is None else format(value.normalize(), "f")


def settings_form(rule) -> SettingsForm:
    fields: dict[str, Any] = {}
    for name in (*KINDS[rule.kind], AGAIN_DAYS):
        kept = rule.settings.get(name)
        whole = isinstance(kept, int)
        may_be_empty = rule.kind == "cusum" and name in ("target", "deviation")
        must = [Optional()] if may_be_empty else [InputRequired(_l("Enter a number."))]
        least = Decimal("0.01") if name in ("k", "h", "deviation") else 0
        kind = IntegerField if whole else DecimalField
        fields[f"n_{name}"] = kind(
            SETTINGS[name],
            [*must, NumberRange(least, 9999)],
            **({} if whole else {"places": None}),
        )
    fields["why"] = TextAreaField(_l("Why"), [InputRequired(_l("Say why.")), Length(max=500)])
    data = {
        f"n_{name}": value if isinstance(value, int) else (Decimal(value) if value else None)
        for name, value in rule.settings.items()
        if name != "series"
    }
    made = type("RuleForm", (SettingsForm,), fields)(data={**data, "version": rule.version})
    if rule.kind == "cusum" and rule.settings["series"] == "verdicts":
        del made.n_deviation
    return made


def refuse_share(form: SettingsForm) -> bool:
    """The share expected of verdicts lies between the ends."""
    if "n_target" in form and "n_deviation" not in form:
        given = form["n_target"].data
        if given is None or not 0 < given < 100:
            form.refuse("n_target", _("Between 0 and 100, both excluded."))
    return not form.errors
