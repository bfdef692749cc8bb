"""The list of residents as a table for a file, in the viewer's language."""

from collections.abc import Iterable
from datetime import timedelta

from flask_babel import gettext as _

from trainingbase.enrolment.models import Resident
from trainingbase.i18n import named
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
