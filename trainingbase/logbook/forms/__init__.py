"""What is typed into the log."""

from trainingbase.logbook.forms.appeals import (
    AppealForm,
    AppealSearchForm,
    DecisionForm,
    OpinionForm,
)
from trainingbase.logbook.forms.entries import BatchForm, EntryForm, TapForm, kind_form
from trainingbase.logbook.forms.kinds import FieldForm, KindEditForm, KindNewForm
from trainingbase.logbook.forms.searching import (
    CompletionSearchForm,
    EntrySearchForm,
    ReturnForm,
    TraceForm,
    WaitingSearchForm,
)

__all__ = [
    "AppealForm",
    "AppealSearchForm",
    "BatchForm",
    "CompletionSearchForm",
    "DecisionForm",
    "EntryForm",
    "EntrySearchForm",
    "FieldForm",
    "KindEditForm",
    "KindNewForm",
    "OpinionForm",
    "ReturnForm",
    "TapForm",
    "TraceForm",
    "WaitingSearchForm",
    "kind_form",
]
