"""Every blueprint."""

from trainingbase.accounts.routes import accounts
from trainingbase.assessments.routes import assessments
from trainingbase.audit.routes import audit
from trainingbase.design.routes import design
from trainingbase.enrolment.routes import enrolment
from trainingbase.faculty.routes import faculty
from trainingbase.imports.routes import imports
from trainingbase.incentives.routes import incentives
from trainingbase.notices.routes import notices
from trainingbase.overview.routes import overview
from trainingbase.programmes.routes import programmes
from trainingbase.sites.routes import sites
from trainingbase.thresholds.routes import thresholds

BLUEPRINTS = (
    overview,
    accounts,
    enrolment,
    faculty,
    sites,
    programmes,
    assessments,
    imports,
    incentives,
    thresholds,
    audit,
    notices,
    design,
)
