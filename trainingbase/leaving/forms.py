"""What people type about leaving."""

from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    HiddenField,
    IntegerField,
    MonthField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from trainingbase.form import CreatingForm, EditingForm, QueryForm, options
from trainingbase.leaving.actions.appraising import Appraised
from trainingbase.leaving.actions.exams import Result
from trainingbase.leaving.actions.retaking import Arranged
from trainingbase.leaving.actions.reviewing import Verdict
from trainingbase.leaving.rules import form as exit_form
from trainingbase.leaving.words import CONSEQUENCES, GRADES, RETAKES, STATES, VERDICTS
from trainingbase.signatures.forms import SigningForm

NOBODY = 0


class CheckboxesField(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class SearchForm(QueryForm):
    search = StringField(_l("Resident"), [Length(max=100)])
    month = MonthField(_l("Leaves in"), [Optional()])
    state = SelectField(
        _l("State"),
        choices=options(
            {
                "": _l("All"),
                "mine": _l("Waiting for me"),
                "late": _l("Late"),
                "office": _l("For the office to decide"),
            }
            | {key: words for key, words in STATES.items() if key != "withdrawn"}
        ),
        default="",
    )
    department = SelectField(_l("Department"), coerce=int, default=0)


class WhyForm(EditingForm):
    why = TextAreaField(_l("Why"), [InputRequired(_l("Say why.")), Length(max=500)])


class PrepareForm(EditingForm):
    because = TextAreaField(
        _l("Why it is handed over although something is missing"),
        [InputRequired(_l("Say why.")), Length(max=500)],
    )


class AppraisalForm(EditingForm, SigningForm):
    """The base of what `appraisal_form` makes: a field for each item that the supervisor fills."""

    def given(self) -> Appraised:
        return Appraised(
            grades={one.code: int(self[field_name(one.code)].data) for one in exit_form.graded()},
            counts={
                one.code: self[field_name(one.code)].data
                for one in exit_form.typed()
                if self[field_name(one.code)].data is not None
            },
            comment=self.comment.data or None,
        )


def field_name(code: str) -> str:
    return code.replace(".", "_")


def appraisal_form(named, appraisal=None, answers=None) -> AppraisalForm:
    """`named` gives the name of an item in the viewer's language; before anything is signed it is
    filled from the `answers` that the supervisor gave in the same form elsewhere."""
    fields: dict = {
        field_name(one.code): RadioField(
            named(one),
            [InputRequired(_l("Choose a grade."))],
            choices=options({str(key): words for key, words in GRADES.items()}),
        )
        for one in exit_form.graded()
    } | {
        field_name(one.code): IntegerField(named(one), [Optional(), NumberRange(0, 9999)])
        for one in exit_form.typed()
    }
    fields["comment"] = TextAreaField(_l("Comment"), [Length(max=1000)])
    fields["password"] = SigningForm.password
    data = {}
    if appraisal is not None:
        data = {field_name(code): str(grade) for code, grade in appraisal.grades.items()}
        data |= {field_name(code): count for code, count in appraisal.counts.items()}
        data |= {"comment": appraisal.comment, "version": appraisal.version}
    elif answers:
        grades, counts = exit_form.copied(answers)
        data = {field_name(code): str(grade) for code, grade in grades.items()}
        data |= {field_name(code): count for code, count in counts.items()}
    return type("Appraisal", (AppraisalForm,), fields)(data=data)


class ExamForm(CreatingForm, EditingForm):
    held_on = DateField(_l("Day of the exam"), [InputRequired(_l("Choose the day."))])
    score = DecimalField(
        _l("Mark (of 100)"), [InputRequired(_l("Enter the mark.")), NumberRange(0, 100)]
    )
    name = StringField(
        _l("What was examined"), [InputRequired(_l("Say what was examined.")), Length(max=120)]
    )
    examiner = SelectField(_l("First examiner"), coerce=int, default=NOBODY)
    second = SelectField(_l("Second examiner"), coerce=int, default=NOBODY)
    why = StringField(_l("Why it is corrected"), [InputRequired(_l("Say why.")), Length(max=200)])

    def of_kind(self, kind: str, *, correcting: bool) -> None:
        if kind == "theory":
            for name in ("name", "examiner", "second"):
                del self[name]
        if not correcting:
            del self["why"]

    def result(self, kind: str) -> Result:
        is_skill = kind == "skill"
        return Result(
            kind=kind,
            held_on=self.held_on.data,
            score=self.score.data,
            name=self.name.data if is_skill else None,
            examiner_id=(self.examiner.data or None) if is_skill else None,
            second_examiner_id=(self.second.data or None) if is_skill else None,
        )


class ReviewForm(EditingForm, SigningForm):
    seen = HiddenField(validators=[Length(max=64)])
    verdict = RadioField(
        _l("Verdict"), [InputRequired(_l("Choose a verdict."))], choices=options(VERDICTS)
    )
    reason = TextAreaField(
        _l("Why the verdict is not the one proposed"),
        [Length(max=1000)],
        description=_l("Needed only where it differs."),
    )
    feedback = TextAreaField(
        _l("Feedback to the resident"),
        [InputRequired(_l("Say what went well and what to work on.")), Length(max=2000)],
    )
    reviewers = CheckboxesField(_l("Who took part in the review"), coerce=int)
    password = SigningForm.password

    def given(self) -> Verdict:
        return Verdict(
            verdict=self.verdict.data,
            feedback=self.feedback.data,
            reason=self.reason.data or None,
            reviewer_ids=self.reviewers.data or (),
        )


class SeenForm(EditingForm, SigningForm):
    remark = TextAreaField(_l("Remark"), [Length(max=1000)], description=_l("If you like."))
    objects = BooleanField(
        _l("I object to the result"),
        description=_l("The training office answers. Say in the remark what is wrong."),
    )
    password = SigningForm.password

    def validate_remark(self, field):
        if self.objects.data and not field.data:
            self.refuse("remark", _("Say what is wrong."))


class RetakeForm(EditingForm):
    kinds = CheckboxesField(_l("What is examined again"), choices=options(RETAKES))
    held_on = DateField(_l("Day of the re-examination"), [InputRequired(_l("Choose the day."))])
    examiner = SelectField(_l("First examiner"), coerce=int, default=NOBODY)
    second = SelectField(_l("Second examiner"), coerce=int, default=NOBODY)

    def validate_kinds(self, field):
        if not field.data:
            self.refuse("kinds", _("Choose at least one."))

    def given(self) -> Arranged:
        return Arranged(self.kinds.data, self.held_on.data, self.examiner.data, self.second.data)


class ConsequenceForm(EditingForm):
    consequence = RadioField(
        _l("What follows"), [InputRequired(_l("Choose one."))], choices=options(CONSEQUENCES)
    )
    because = TextAreaField(_l("Why"), [InputRequired(_l("Say why.")), Length(max=500)])


class AnswerForm(EditingForm):
    answer = TextAreaField(
        _l("Answer to the resident"), [InputRequired(_l("Write an answer.")), Length(max=1000)]
    )


class MemberForm(EditingForm):
    member = SelectField(_l("Faculty member"), coerce=int)
    duty = SelectField(_l("Duty"))
    starts_on = DateField(_l("From"), [InputRequired(_l("Choose the first day."))])
    last_day = DateField(_l("Last day"), [Optional()], description=_l("Empty while it goes on."))

    def validate_last_day(self, field):
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            self.refuse("last_day", _("The last day lies before the first."))

    def ends_on(self):
        return self.last_day.data + timedelta(days=1) if self.last_day.data else None


class NewGroupForm(CreatingForm):
    of = SelectField(_l("Department"))


class GroupSearchForm(QueryForm):
    search = StringField(_l("Department or member"), [Length(max=100)])
    state = SelectField(
        _l("State"),
        choices=options({"": _l("All"), "leader": _l("With leader"), "none": _l("Without leader")}),
        default="",
    )
