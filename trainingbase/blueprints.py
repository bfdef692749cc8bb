"""Every blueprint."""

from trainingbase.accounts.routes import accounts
from trainingbase.assessments.routes import assessments
from trainingbase.audit.routes import audit
from trainingbase.design.routes import design
from trainingbase.enrolment.routes import enrolment
from trainingbase.faculty.routes import faculty
from trainingbase.imports.routes import imports
from trainingbase.incentives.routes import incentives
from trainingbase.network.routes import network
from trainingbase.notices.routes import notices
from trainingbase.overview.routes import overview
from trainingbase.programmes.routes import programmes
from trainingbase.quality.routes import quality
from trainingbase.rotations.routes import rotations
from trainingbase.sites.routes import sites
from trainingbase.swaps.routes import swaps
from trainingbase.thresholds.routes import thresholds
from trainingbase.training.routes import training
from trainingbase.wishes.routes import wishes

BLUEPRINTS = (
    overview,
    accounts,
    rotations,
    wishes,
    swaps,
    enrolment,
    faculty,
    sites,
    network,
    programmes,
    assessments,
    training,
    imports,
    incentives,
    quality,
    thresholds,
    audit,
    notices,
    design,
)
