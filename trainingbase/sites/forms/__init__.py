"""What people type about sites."""

from trainingbase.sites.forms.network import (
    ContactForm,
    DepartmentForm,
    DepartmentSearchForm,
    InstitutionForm,
    NewDepartmentForm,
    NewInstitutionForm,
    SiteSearchForm,
)
from trainingbase.sites.forms.resources import (
    EditEquipmentForm,
    EquipmentForm,
    FiguresForm,
    staff_form,
)
from trainingbase.sites.forms.visits import (
    AgreementForm,
    EditAgreementForm,
    FindingSearchForm,
    PutRightForm,
    VisitForm,
    VisitSearchForm,
)

__all__ = [
    "AgreementForm",
    "ContactForm",
    "DepartmentForm",
    "DepartmentSearchForm",
    "EditAgreementForm",
    "EditEquipmentForm",
    "EquipmentForm",
    "FiguresForm",
    "FindingSearchForm",
    "InstitutionForm",
    "NewDepartmentForm",
    "NewInstitutionForm",
    "PutRightForm",
    "SiteSearchForm",
    "VisitForm",
    "VisitSearchForm",
    "staff_form",
]
