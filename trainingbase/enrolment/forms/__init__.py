"""What the office and residents type about residents."""

from trainingbase.enrolment.forms.cells import CleanedField
from trainingbase.enrolment.forms.person import PersonFields
from trainingbase.enrolment.forms.records import (
    ContactsForm,
    NewResidentForm,
    ResidentForm,
)
from trainingbase.enrolment.forms.search import (
    ClaimSearchForm,
    ContractSearchForm,
    ObligationSearchForm,
    ResidentSearchForm,
)
from trainingbase.enrolment.forms.terms import (
    ContractForm,
    CreditForm,
    NewContractForm,
    NewObligationForm,
    ObligationForm,
    ReasonForm,
)

__all__ = [
    "ClaimSearchForm",
    "CleanedField",
    "ContactsForm",
    "ContractForm",
    "ContractSearchForm",
    "CreditForm",
    "NewContractForm",
    "NewObligationForm",
    "NewResidentForm",
    "ObligationForm",
    "ObligationSearchForm",
    "PersonFields",
    "ReasonForm",
    "ResidentForm",
    "ResidentSearchForm",
]
