"""Lists as tables for export."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from flask_babel import gettext as _

from trainingbase import i18n
from trainingbase.assessments.queries.demands import Demands
from trainingbase.assessments.rules.demands import Line
from trainingbase.clock import LOCAL
from trainingbase.judging import words
from trainingbase.judging.queries.demanded import Lacking
from trainingbase.judging.words import NUMBER_NAMES
from trainingbase.sheets.write import Table


def _day(moment):
    return moment.astimezone(LOCAL).date() if moment is not None else None


def _before(ends_on):
    return ends_on - timedelta(days=1) if ends_on is not None else None


def of_pictures(rows: Sequence) -> Table:
    header = [_("Resident"), _("Cohort"), _("Tutor"), _("Training since"), _("Last day")]
    return Table(
        _("Residents' pictures"),
        header,
        [
            [one.name, either(one.cohort, one.cohort_en), one.tutor, one.starts_on,
             _before(one.ends_on)]
            for one in rows
        ],
    )  # fmt: skip


def of_demands(found: Demands, lines: Sequence[Line]) -> Table:
    header = [
        _("Form"),
        _("Department"),
        _("From"),
        _("Last day"),
        *map(str, NUMBER_NAMES.values()),
    ]
    return Table(
        _("Forms demanded, done and missing"),
        header,
        [
            [
                i18n.named(found.forms[one.code]),
                i18n.named(found.places[one.placement_id]) if one.placement_id else None,
                one.starts_on,
                _before(one.ends_on),
                *(getattr(one, name) for name in NUMBER_NAMES),
            ]
            for one in lines
        ],
    )


def of_lacking(rows: Sequence[Lacking]) -> Table:
    header = [_("Resident"), _("Cohort"), _("Form"), *map(str, NUMBER_NAMES.values())]
    return Table(
        _("Who lacks what"),
        header,
        [
            [
                one.resident,
                either(one.cohort.cohort, one.cohort.cohort_en),
                i18n.named(one.form),
                *(one.numbers[name] for name in NUMBER_NAMES),
            ]
            for one in rows
        ],
    )


def either(name: str, name_en: str | None) -> str:
    return (i18n.language() == "en" and name_en) or name


def of_members(rows: Sequence) -> Table:
    header = [_("Name"), _("Duty"), _("From"), _("Last day of the term")]
    return Table(
        _("Committee members"),
        header,
        [
            [one.person.name, str(words.DUTIES[one.duty]), one.starts_on, _before(one.ends_on)]
            for one in rows
        ],
    )


def of_conflicts(rows: Sequence) -> Table:
    header = [
        _("Member"), _("Resident"), _("Ground"), _("More about it"), _("Declared by"), _("Day"),
        _("Withdrawn"),
    ]  # fmt: skip
    return Table(
        _("Conflicts of interest"),
        header,
        [
            [one.person.name, one.resident.name, str(words.GROUNDS[one.ground]), one.word,
             one.declared_by.name, _day(one.declared_at), _day(one.withdrawn_at)]
            for one in rows
        ],
    )  # fmt: skip


def of_meetings(rows: Sequence, numbers: Mapping[int, tuple[int, int]]) -> Table:
    header = [
        _("Day"), _("Kind"), _("Place"), _("State"), _("Members"), _("On the agenda"),
        _("Decided"),
    ]  # fmt: skip
    return Table(
        _("Committee meetings"),
        header,
        [
            [one.held_on, str(words.MEETING_KINDS[one.kind]), one.place,
             str(words.MEETING_STATES[one.state]), len(one.sittings), *numbers.get(one.id, (0, 0))]
            for one in rows
        ],
    )  # fmt: skip


def of_agenda(lines: Sequence, judging: int) -> Table:
    header = [
        _("Resident"), _("Cohort"), _("Why on the agenda"), _("Views given"), _("May judge"),
        _("The decision"),
    ]  # fmt: skip
    return Table(
        _("Agenda"),
        header,
        [
            [
                one.case.resident.name,
                i18n.named(one.case.resident.cohort),
                "; ".join(words.reason(name, facts) for name, facts in one.case.reasons),
                one.views,
                judging - len(one.abstains),
                str(words.OUTCOMES[one.decision.outcome]) if one.decision else None,
            ]
            for one in lines
        ],
    )


def of_decisions(rows: Sequence, readings: Mapping, appeals: Mapping) -> Table:
    header = [
        _("Resident"), _("Cohort"), _("Day of the meeting"), _("The decision"), _("Why"),
        _("Letter read"), _("Reply"), _("Appeal"), _("Digest of the packet"),
    ]  # fmt: skip
    made = []
    for one in rows:
        read, appeal = readings.get(one.id), appeals.get(one.id)
        made.append(
            [
                one.case.resident.name,
                i18n.named(one.case.resident.cohort),
                one.case.meeting.held_on,
                str(words.OUTCOMES[one.outcome]),
                one.reason,
                _day(read.read_at) if read else None,
                read.answer if read else None,
                appeal.because if appeal else None,
                one.packet.digest,
            ]
        )
    return Table(_("Decisions"), header, made)


def of_appeals(rows: Sequence) -> Table:
    header = [
        _("Resident"),
        _("Decided on"),
        _("Appealed on"),
        _("Why"),
        _("Panel"),
        _("Outcome of the appeal"),
    ]
    return Table(
        _("Appeals against decisions"),
        header,
        [
            [
                one.decision.case.resident.name,
                one.decision.case.meeting.held_on,
                _day(one.made_at),
                one.because,
                one.panel_case.meeting.held_on if one.panel_case else None,
                str(words.APPEAL_OUTCOMES[one.outcome]) if one.outcome else None,
            ]
            for one in rows
        ],
    )


def of_plans(rows: Sequence, today) -> Table:
    header = [
        _("Resident"), _("What is to be reached"), _("By which steps"), _("Core competency"),
        _("Who sees to it"), _("Until"), _("State"), _("How it stands"), _("From the committee"),
    ]  # fmt: skip
    return Table(
        _("Learning plans"),
        header,
        [
            [
                one.resident.name,
                one.goal,
                one.steps,
                words.competency(one.competency) if one.competency else None,
                one.owner.name,
                one.due_on,
                str(words.PLAN_STATES[one.state(today)]),
                result(one.result),
                _("yes") if one.origin == "committee" else _("no"),
            ]
            for one in rows
        ],
    )


def result(text: str | None) -> str | None:
    return str(words.RESULTS.get(text, text)) if text else None


def of_signals(rows: Sequence) -> Table:
    header = [
        _("Resident"), _("Rule"), _("Fired on"), _("Why"), _("Over since"), _("Contested"),
        _("Reply"), _("Silent"),
    ]  # fmt: skip
    return Table(
        _("Early warning"),
        header,
        [
            [
                one.resident.name,
                str(words.RULES[one.rule_code]),
                one.fired_on,
                words.why_fired(one.rule.kind, one.facts),
                one.over_on,
                one.contest.because if one.contest else None,
                one.contest.answer if one.contest else None,
                _("yes") if one.is_silent else _("no"),
            ]
            for one in rows
        ],
    )
