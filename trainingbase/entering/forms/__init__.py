"""What people type about arrivals and inductions."""

from trainingbase.entering.forms.arriving import (
    ArrivalForm,
    MissedForm,
    TickForm,
    UndoForm,
    tick_form,
)
from trainingbase.entering.forms.inducing import InductionForm, ItemForm, NewItemForm, PaperForm
from trainingbase.entering.forms.looking import ArrivalsForm, InductionsForm, LateForm

__all__ = [
    "ArrivalForm",
    "ArrivalsForm",
    "InductionForm",
    "InductionsForm",
    "ItemForm",
    "LateForm",
    "MissedForm",
    "NewItemForm",
    "PaperForm",
    "TickForm",
    "UndoForm",
    "tick_form",
]
