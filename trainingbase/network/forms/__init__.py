"""What people type about places, experts, courses and requirements."""

from trainingbase.network.forms.places import (
    CalendarForm,
    ClosureForm,
    DecisionForm,
    PlacesForm,
    ProposalSearchForm,
    RetireForm,
)
from trainingbase.network.forms.posting import (
    CourseForm,
    CourseSearchForm,
    EditCourseForm,
    EditPostingForm,
    PostingForm,
    PostingSearchForm,
    SessionForm,
)
from trainingbase.network.forms.readiness import RuleForm

__all__ = [
    "CalendarForm",
    "ClosureForm",
    "CourseForm",
    "CourseSearchForm",
    "DecisionForm",
    "EditCourseForm",
    "EditPostingForm",
    "PlacesForm",
    "PostingForm",
    "PostingSearchForm",
    "ProposalSearchForm",
    "RetireForm",
    "RuleForm",
    "SessionForm",
]
