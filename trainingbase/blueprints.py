"""Every blueprint."""

from trainingbase.accounts.routes import accounts
from trainingbase.assessments.routes import assessments, by_link
from trainingbase.attendance.routes import attendance
from trainingbase.audit.routes import audit
from trainingbase.ballots.routes import ballots
from trainingbase.careers.routes import careers, whereabouts
from trainingbase.community.routes import community
from trainingbase.courses.routes import courses
from trainingbase.design.routes import design
from trainingbase.editions.routes import editions
from trainingbase.enrolment.routes import enrolment
from trainingbase.entering.routes import entering
from trainingbase.exams.routes import exams
from trainingbase.faculty.routes import faculty
from trainingbase.filters.routes import filters
from trainingbase.handbook.routes import handbook
from trainingbase.identities.routes import identities
from trainingbase.imports.routes import imports
from trainingbase.incentives.routes import incentives
from trainingbase.instruments.routes import instruments
from trainingbase.intake.routes import intake
from trainingbase.judging.routes import judging
from trainingbase.leave.routes import leave
from trainingbase.leaving.routes import leaving
from trainingbase.logbook.routes import logbook
from trainingbase.mailing.routes import mailing
from trainingbase.network.routes import network
from trainingbase.notices.routes import notices
from trainingbase.offline.routes import offline
from trainingbase.overview.routes import overview
from trainingbase.permissions.routes import permissions
from trainingbase.programmes.routes import programmes
from trainingbase.quality.routes import quality
from trainingbase.reports.routes import reports
from trainingbase.research.routes import research
from trainingbase.rotations.routes import rotations
from trainingbase.search.routes import search
from trainingbase.selfassessment.routes import selfassessment
from trainingbase.signatures.routes import signatures
from trainingbase.sites.routes import sites
from trainingbase.supervision.routes import supervision
from trainingbase.swaps.routes import swaps
from trainingbase.thresholds.routes import thresholds
from trainingbase.training.routes import training
from trainingbase.wishes.routes import wishes

BLUEPRINTS = (
    overview,
    search,
    filters,
    accounts,
    rotations,
    wishes,
    swaps,
    leave,
    enrolment,
    intake,
    identities,
    courses,
    careers,
    whereabouts,
    faculty,
    supervision,
    entering,
    sites,
    network,
    programmes,
    editions,
    assessments,
    by_link,
    ballots,
    instruments,
    exams,
    training,
    logbook,
    attendance,
    leaving,
    research,
    handbook,
    imports,
    incentives,
    judging,
    quality,
    community,
    reports,
    selfassessment,
    thresholds,
    signatures,
    audit,
    permissions,
    notices,
    mailing,
    offline,
    design,
)
