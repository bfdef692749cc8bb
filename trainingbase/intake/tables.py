"""Lists of intakes and applicants as tables for a file, in the viewer's language."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from flask_babel import gettext as _

from trainingbase.i18n import moment, named
from trainingbase.intake.models import Applicant, Arrival, Intake
from trainingbase.intake.queries import Counts
from trainingbase.intake.rules import share
from trainingbase.intake.words import HOW, STATES, state_of
from trainingbase.sheets.write import Table
from trainingbase.words import TRAINEE_TYPES


def of_intakes(intakes: Iterable[Intake], counts: Mapping[int, Counts]) -> Table:
    header = [
        _("Year"), _("Programme"), _("Planned"), _("Applied"), _("Admitted"), _("Enrolled"),
        _("Reported in"), _("Share of the plan met (%)"),
    ]  # fmt: skip
    rows = []
    for one in intakes:
        has = counts.get(one.id, Counts())
        rows.append(
            [
                one.year, named(one.programme), one.planned, has.applied, has.admitted,
                has.enrolled, has.reported, share(has.admitted, one.planned),
            ]
        )  # fmt: skip
    return Table(_("Intake"), header, rows)


def of_applicants(applicants: Iterable[Applicant], title: str, *, unmasked: bool) -> Table:
    header = [
        _("Name"), _("Sex"), _("ID number"), _("Phone"), _("Trainee type"), _("Home institution"),
        _("School"), _("Major"), _("Written"), _("Interview"), _("Total"), _("State"), _("Reason"),
    ]  # fmt: skip
    rows = [
        [
            one.name, one.sex, one.id_number if unmasked else one.masked_id_number, one.phone,
            str(TRAINEE_TYPES[one.trainee_type]) if one.trainee_type else None,
            one.home_institution, one.school, one.major, one.written, one.interview, one.total,
            str(STATES[state_of(one)]), one.reason,
        ]
        for one in applicants
    ]  # fmt: skip
    return Table(title, header, rows)


def of_ranks(applicants: Iterable[Applicant], *, unmasked: bool) -> Table:
    """Without telephone numbers: this one is put up on a wall."""
    header = [
        _("Rank"), _("Name"), _("ID number"), _("Written"), _("Interview"), _("Total"), _("State"),
    ]  # fmt: skip
    rows = [
        [
            rank, one.name, one.id_number if unmasked else one.masked_id_number, one.written,
            one.interview, one.total, str(STATES[one.decision or "open"]),
        ]
        for rank, one in enumerate(applicants, 1)
    ]  # fmt: skip
    return Table(_("Admission list"), header, rows)


def of_arrivals(
    applicants: Iterable[Applicant], arrivals: Mapping[int, Arrival], intake: Intake
) -> Table:
    header = [_("Name"), _("Phone"), _("Report in by"), _("Reported in"), _("How")]
    rows = []
    for one in applicants:
        there = arrivals.get(one.resident_id or 0)
        rows.append(
            [
                one.name, one.phone, intake.report_ends_on - timedelta(days=1),
                moment(there.reported_at) if there else None,
                str(HOW[there.how]) if there else None,
            ]
        )  # fmt: skip
    return Table(_("Reporting in"), header, rows)
