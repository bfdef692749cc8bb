"""What every base starts with: thresholds, the official forms and what is required of sites.
Running it again adds only what is missing, and never touches what a base has set."""

from sqlalchemy import select

from trainingbase.attendance.start import put_choice
from trainingbase.careers.start import put_choices
from trainingbase.community.start import put_dimensions
from trainingbase.courses.start import put_reasons
from trainingbase.db import db
from trainingbase.entering.start import put_items
from trainingbase.exams.start import put_kinds as put_kinds_of_exam
from trainingbase.incentives.start import put_schemes
from trainingbase.instruments.start import put_instruments
from trainingbase.judging.start import put_rules as put_watch_rules
from trainingbase.leave.start import put_rules as put_leave_rules
from trainingbase.leaving.start import put_gate
from trainingbase.logbook.start import put_kinds as put_kinds_of_work
from trainingbase.network.start import put_rules as put_readiness_rules
from trainingbase.selfassessment.start import put_editions
from trainingbase.thresholds.models import Threshold
from trainingbase.thresholds.seed import starting_point
from trainingbase.training.start import put_kinds as put_kinds_of_activity


def start_with() -> None:
    have = set(db.session.scalars(select(Threshold.key)))
    db.session.add_all(one for one in starting_point() if one.key not in have)
    put_instruments()
    put_reasons()
    put_choices()
    put_leave_rules()
    put_readiness_rules()
    put_editions()
    put_dimensions()
    put_items()
    put_choice()
    put_kinds_of_activity()
    put_kinds_of_work()
    put_gate()
    put_kinds_of_exam()
    put_watch_rules()
    put_schemes()
    db.session.commit()
