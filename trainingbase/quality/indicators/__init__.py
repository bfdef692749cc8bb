"""Every indicator, each in a file of its own; the order is that of the pages."""

from trainingbase.quality.indicators import (
    activities_held,
    activity_ratings,
    assessment_wait,
    assessments_in_time,
    attendance,
    base_opinions,
    comments_good,
    comments_written,
    competency_scores,
    cost,
    cost_per_month,
    department_opinions,
    enrolment,
    entered_on_time,
    faculty_certificates,
    faculty_load,
    first_pass,
    leave_taken,
    left_on_time,
    log_completion,
    placements_done,
    places_used,
    retention,
    roster_kept,
    teacher_opinions,
)
from trainingbase.quality.indicators.indicator import Indicator

MODULES = (
    enrolment,
    placements_done,
    places_used,
    entered_on_time,
    left_on_time,
    attendance,
    leave_taken,
    log_completion,
    assessments_in_time,
    assessment_wait,
    competency_scores,
    comments_written,
    comments_good,
    roster_kept,
    activities_held,
    activity_ratings,
    department_opinions,
    faculty_certificates,
    faculty_load,
    teacher_opinions,
    first_pass,
    base_opinions,
    retention,
    cost,
    cost_per_month,
)

INDICATORS: dict[str, Indicator] = {one.INDICATOR.key: one.INDICATOR for one in MODULES}

__all__ = ["INDICATORS", "Indicator"]
