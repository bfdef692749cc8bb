"""What is typed into the log."""

from trainingbase.logbook.forms.entries import BatchForm, EntryForm, TapForm, kind_form
from trainingbase.logbook.forms.searching import (
    CompletionSearchForm,
    EntrySearchForm,
    ReturnForm,
    TraceForm,
    WaitingSearchForm,
)

__all__ = [
    "BatchForm",
    "CompletionSearchForm",
    "EntryForm",
    "EntrySearchForm",
    "ReturnForm",
    "TapForm",
    "TraceForm",
    "WaitingSearchForm",
    "kind_form",
]
