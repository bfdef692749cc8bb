"""Every model, so that the migrations and the tests see the whole database."""

import trainingbase.accounts.models
import trainingbase.assessments.models
import trainingbase.attendance.models
import trainingbase.audit.models
import trainingbase.courses.models
import trainingbase.editions.models
import trainingbase.enrolment.models
import trainingbase.enrolment.suspension
import trainingbase.entering.models
import trainingbase.faculty.models
import trainingbase.files.models
import trainingbase.filters.models
import trainingbase.handbook.models
import trainingbase.history.models
import trainingbase.identities.models
import trainingbase.imports.models
import trainingbase.incentives.models
import trainingbase.instruments.models
import trainingbase.intake.models
import trainingbase.leave.models
import trainingbase.leaving.models
import trainingbase.logbook.models
import trainingbase.network.models
import trainingbase.notices.models
import trainingbase.people.models
import trainingbase.programmes.models
import trainingbase.research.models
import trainingbase.rotations.models
import trainingbase.selfassessment.models
import trainingbase.signatures.models
import trainingbase.sites.models
import trainingbase.supervision.models
import trainingbase.swaps.models
import trainingbase.thresholds.models
import trainingbase.training.models
import trainingbase.wishes.models  # noqa: F401
