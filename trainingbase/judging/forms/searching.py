"""Filters of the lists."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import Length

from trainingbase.form import QueryForm, options
from trainingbase.judging.words import MEETING_KINDS, NUMBER_NAMES, OUTCOMES, RULES

ALL = {"": _l("All")}


def _name():
    return StringField(_l("Name"), [Length(max=100)])


class PictureSearchForm(QueryForm):
    search = StringField(_l("Resident"), [Length(max=100)])
    cohort = SelectField(_l("Cohort"), coerce=int, default=0)


class DemandForm(QueryForm):
    form = SelectField(_l("Form"), default="")
    what = SelectField(
        _l("Only where there are"), choices=options({**ALL, **NUMBER_NAMES}), default=""
    )


class LackingForm(PictureSearchForm):
    form = SelectField(_l("Form"), default="")
    state = SelectField(
        _l("State"),
        choices=options({"": _l("Something is missing"), "all": _l("All")}),
        default="",
    )


class MemberSearchForm(QueryForm):
    search = _name()
    state = SelectField(
        _l("State"),
        choices=options({**ALL, "present": _l("Present"), "former": _l("Former")}),
        default="",
    )


class ConflictSearchForm(QueryForm):
    search = _name()
    state = SelectField(
        _l("State"),
        choices=options({**ALL, "in_force": _l("In force"), "withdrawn": _l("Withdrawn")}),
        default="",
    )


class MeetingSearchForm(QueryForm):
    state = SelectField(
        _l("State"),
        choices=options(
            {**ALL, "coming": _l("Coming"), "closed": _l("Held"), "cancelled": _l("Cancelled")}
        ),
        default="",
    )
    kind = SelectField(_l("Kind"), choices=options({**ALL, **MEETING_KINDS}), default="")


class DecisionSearchForm(QueryForm):
    search = StringField(_l("Resident"), [Length(max=100)])
    outcome = SelectField(_l("The decision"), choices=options({**ALL, **OUTCOMES}), default="")
    state = SelectField(
        _l("Letter"),
        choices=options(
            {
                **ALL,
                "unread": _l("Not read yet"),
                "answered": _l("Answered"),
                "appealed": _l("Appealed against"),
            }
        ),
        default="",
    )


class AppealSearchForm(QueryForm):
    search = StringField(_l("Resident"), [Length(max=100)])
    state = SelectField(
        _l("State"),
        choices=options(
            {
                **ALL,
                "open": _l("Waits for a panel"),
                "heard": _l("A panel is called"),
                "over": _l("Over"),
            }
        ),
        default="",
    )


class PlanSearchForm(QueryForm):
    search = StringField(_l("Resident"), [Length(max=100)])
    state = SelectField(
        _l("State"),
        choices=options(
            {
                **ALL,
                "open": _l("Under way"),
                "late": _l("Past its day"),
                "done": _l("Reported as done"),
                "closed": _l("Closed"),
                "mine": _l("Mine to see to"),
            }
        ),
        default="",
    )


class SignalSearchForm(QueryForm):
    search = StringField(_l("Resident"), [Length(max=100)])
    code = SelectField(_l("Rule"), choices=options({**ALL, **RULES}), default="")
    state = SelectField(
        _l("State"),
        choices=options(
            {
                **ALL,
                "open": _l("Open"),
                "contested": _l("Contested"),
                "over": _l("Over"),
                "silent": _l("Silent"),
            }
        ),
        default="",
    )
