"""Lists of residents and their records as tables for a file, in the viewer's language."""

from collections.abc import Iterable
from datetime import timedelta

from flask_babel import gettext as _

from trainingbase.enrolment.models import Contract, CreditClaim, Obligation, Resident
from trainingbase.enrolment.words import CLAIM_STATES, PAYERS
from trainingbase.i18n import moment, named
from trainingbase.sheets.write import Table
from trainingbase.words import TRAINEE_TYPES


def of_residents(residents: Iterable[Resident], *, unmasked: bool) -> Table:
    header = [
        _("Name"), _("Sex"), _("ID number"), _("Phone"), _("Cohort"), _("Trainee type"),
        _("Home institution"), _("Tutor"), _("From"), _("Until"),
    ]  # fmt: skip
    rows = [
        [
            r.name, r.sex, r.id_number if unmasked else r.masked_id_number, r.person.phone,
            named(r.cohort), str(TRAINEE_TYPES[r.trainee_type]) if r.trainee_type else None,
            r.home_institution, r.tutor.name if r.tutor else None, r.starts_on,
            r.ends_on - timedelta(days=1) if r.ends_on else None,
        ]
        for r in residents
    ]  # fmt: skip
    return Table(_("Residents"), header, rows)


def of_claims(claims: Iterable[CreditClaim]) -> Table:
    header = [
        _("Name"), _("Cohort"), _("Standard department"), _("Months"), _("Trained at"),
        _("From"), _("Until"), _("Asked for"), _("State"), _("Reason"),
    ]  # fmt: skip
    rows = [
        [
            one.resident.name, named(one.resident.cohort), named(one.standard_department),
            one.months, one.place, one.starts_on, one.ends_on - timedelta(days=1),
            moment(one.asked_at), str(CLAIM_STATES[one.approved]), one.reason,
        ]
        for one in claims
    ]  # fmt: skip
    return Table(_("Earlier training"), header, rows)


def of_contracts(contracts: Iterable[Contract]) -> Table:
    header = [
        _("Name"), _("Cohort"), _("Contract number"), _("Signed"), _("From"), _("Until"),
        _("Who pays the salary"), _("Name of the payer"), _("Note"),
    ]  # fmt: skip
    rows = [
        [
            one.resident.name, named(one.resident.cohort), one.number, one.signed_on,
            one.starts_on, one.last_day, str(PAYERS[one.payer]), one.payer_name, one.note,
        ]
        for one in contracts
    ]  # fmt: skip
    return Table(_("Contracts"), header, rows)


def of_obligations(obligations: Iterable[Obligation]) -> Table:
    header = [
        _("Name"), _("Cohort"), _("Years of service"), _("Place of service"),
        _("Service begins"), _("Penalty (yuan)"), _("Terms of a breach"),
        _("What counts as service"), _("Ended on"), _("How it ended"),
    ]  # fmt: skip
    rows = [
        [
            one.resident.name, named(one.resident.cohort), one.years, one.place, one.starts_on,
            one.penalty_amount, one.penalty, one.counts, one.ended_on, one.ended_why,
        ]
        for one in obligations
    ]  # fmt: skip
    return Table(_("Service obligations"), header, rows)
