"""The provisional view, and the decision."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from trainingbase.form import Form, options
from trainingbase.instruments.words import COMPETENCIES
from trainingbase.judging.actions.deciding import Decided, Planned
from trainingbase.judging.rules.verdicts import needs_plan
from trainingbase.judging.words import APPEAL_OUTCOMES, BECAME, LEVELS, OUTCOMES
from trainingbase.signatures.forms import SigningForm

PLANS = 2
"""Lines of the learning plan the form offers."""


def _level(label):
    return SelectField(label, choices=options({"": _l("Choose"), **LEVELS}), default="")


def _outcome():
    return RadioField(
        _l("Decision"), [InputRequired(_l("Choose a decision."))], choices=options(OUTCOMES)
    )


class ViewForm(Form):
    """The base of what `view_form` makes."""

    packet = HiddenField(validators=[Length(max=20)])
    outcome = _outcome()
    word = TextAreaField(
        _l("Why"),
        [InputRequired(_l("Say why.")), Length(max=2000)],
        description=_l("What in the packet you rest on. The others read it after giving theirs."),
    )

    def judged(self) -> dict[str, str]:
        return {code: self[f"level_{code}"].data for code in COMPETENCIES}

    def levels(self) -> list:
        return [self[f"level_{code}"] for code in COMPETENCIES]

    def validate(self, extra_validators=None) -> bool:
        well = super().validate(extra_validators)
        return _levels_chosen(self) and well


def _levels_chosen(form: Form) -> bool:
    for code in COMPETENCIES:
        if not form[f"level_{code}"].data:
            form.refuse(f"level_{code}", _("Choose one."))
    return not form.errors


def view_form(packet_id: int) -> ViewForm:
    fields = {f"level_{code}": _level(name) for code, name in COMPETENCIES.items()}
    return type("OneViewForm", (ViewForm,), fields)(data={"packet": str(packet_id)})


class DecisionForm(SigningForm):
    """The base of what `decision_form` makes; the password comes last."""

    returning_ids: tuple[int, ...] = ()

    def given(self) -> Decided:
        return Decided(
            outcome=self.outcome.data,
            judged={
                code: [self[f"level_{code}"].data, self[f"why_{code}"].data or ""]
                for code in COMPETENCIES
            },
            reason=self.reason.data,
            advice=self.advice.data,
            votes_for=self.votes_for.data,
            votes_against=self.votes_against.data,
            abstained=self.abstained.data,
            plans=[
                Planned(
                    goal=self[f"goal_{n}"].data,
                    owner_id=self[f"owner_{n}"].data,
                    due_on=self[f"due_{n}"].data,
                    steps=self[f"steps_{n}"].data or None,
                    competency=self[f"of_{n}"].data or None,
                )
                for n in range(PLANS)
                if self[f"goal_{n}"].data
            ],
            returning={key: self[f"returning_{key}"].data for key in self.returning_ids},
            appeal=self.appeal.data if "appeal" in self else None,
        )

    def competencies(self) -> list[tuple]:
        return [(self[f"level_{code}"], self[f"why_{code}"]) for code in COMPETENCIES]

    def plans(self) -> list[list]:
        names = ("goal", "steps", "of", "owner", "due")
        return [[self[f"{name}_{n}"] for name in names] for n in range(PLANS)]

    def returning(self) -> list:
        return [self[f"returning_{key}"] for key in self.returning_ids]

    def votes(self) -> list:
        return [self.votes_for, self.votes_against, self.abstained]

    def validate(self, extra_validators=None) -> bool:
        well = super().validate(extra_validators)
        _levels_chosen(self)
        for code in COMPETENCIES:
            if self[f"level_{code}"].data == "below" and not self[f"why_{code}"].data:
                self.refuse(f"why_{code}", _("Say why."))
        for n in range(PLANS):
            self._check_plan(n)
        if needs_plan(self.outcome.data or "") and not self.goal_0.data:
            self.refuse("goal_0", _("This decision needs a plan with an owner and a day."))
        return well and not self.errors

    def _check_plan(self, n: int) -> None:
        if not self[f"goal_{n}"].data:
            if self[f"steps_{n}"].data or self[f"due_{n}"].data:
                self.refuse(f"goal_{n}", _("Say what is to be reached."))
            return
        if not self[f"owner_{n}"].data:
            self.refuse(f"owner_{n}", _("Choose somebody."))
        if not self[f"due_{n}"].data:
            self.refuse(f"due_{n}", _("Choose the day."))
        elif self.not_before is not None and self[f"due_{n}"].data < self.not_before:
            self.refuse(f"due_{n}", _("This day has passed."))

    not_before = None


def decision_form(
    *, packet_id: int, owners, returning, appeal: bool, voters: int, today
) -> DecisionForm:
    fields: dict[str, Any] = {"packet": HiddenField(validators=[Length(max=20)])}
    fields["outcome"] = _outcome()
    for code, name in COMPETENCIES.items():
        fields[f"level_{code}"] = _level(name)
        fields[f"why_{code}"] = StringField(_l("%(name)s: why", name=name), [Length(max=500)])
    fields["reason"] = TextAreaField(
        _l("What the decision rests on"), [InputRequired(_l("Say why.")), Length(max=3000)]
    )
    fields["advice"] = TextAreaField(
        _l("In plain words, for the letter"),
        [InputRequired(_l("Write what the resident is to read.")), Length(max=2000)],
        description=_l("What went well, what is to change, who helps."),
    )
    count = [InputRequired(_l("Enter a number.")), NumberRange(0, 99)]
    fields["votes_for"] = IntegerField(_l("For"), count, default=voters)
    fields["votes_against"] = IntegerField(_l("Against"), count, default=0)
    fields["abstained"] = IntegerField(_l("Abstained"), count, default=0)
    for plan in returning:
        fields[f"returning_{plan.id}"] = SelectField(
            f"{plan.goal} ({plan.owner.name})", choices=options(BECAME), default="goes_on"
        )
    for n in range(PLANS):
        fields |= _plan_fields(n, owners)
    if appeal:
        fields["appeal"] = RadioField(
            _l("The appeal"), [InputRequired(_l("Choose one."))], choices=options(APPEAL_OUTCOMES)
        )
    fields["password"] = SigningForm.password
    more = {"returning_ids": tuple(one.id for one in returning), "not_before": today}
    return type("OneDecisionForm", (DecisionForm,), fields | more)(data={"packet": str(packet_id)})


def _plan_fields(n: int, owners) -> dict[str, Any]:
    named = {0: _l("Choose"), **{one.id: one.name for one in owners}}
    some = {"": _l("Of no one competency"), **COMPETENCIES}
    numbered = {"n": n + 1}
    return {
        f"goal_{n}": StringField(_l("Plan %(n)s: what is to be reached", **numbered),
                                 [Length(max=300)]),
        f"steps_{n}": TextAreaField(_l("Plan %(n)s: by which steps", **numbered),
                                    [Length(max=1000)]),
        f"of_{n}": SelectField(_l("Plan %(n)s: competency", **numbered), choices=options(some),
                               default=""),
        f"owner_{n}": SelectField(_l("Plan %(n)s: who sees to it", **numbered), coerce=int,
                                  choices=options(named), default=0),
        f"due_{n}": DateField(_l("Plan %(n)s: until", **numbered), [Optional()]),
    }  # fmt: skip
