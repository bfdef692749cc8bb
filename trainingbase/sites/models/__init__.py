"""The network: institutions, their departments, when they take residents, and what they have."""

from trainingbase.sites.models.agreement import Agreement
from trainingbase.sites.models.calendar import CalendarException, CalendarYear, DayOff
from trainingbase.sites.models.department import (
    Closure,
    Department,
    PlaceChange,
    ShortName,
    department_standards,
)
from trainingbase.sites.models.institution import LEVELS, PRIMARY_LEVELS, Institution
from trainingbase.sites.models.resources import (
    EQUIPMENT_KINDS,
    QUALIFICATIONS,
    TITLES,
    EquipmentItem,
    StaffCount,
    YearlyFigures,
)
from trainingbase.sites.models.visit import VISIT_KINDS, Finding, Visit

__all__ = [
    "EQUIPMENT_KINDS",
    "LEVELS",
    "PRIMARY_LEVELS",
    "QUALIFICATIONS",
    "TITLES",
    "VISIT_KINDS",
    "Agreement",
    "CalendarException",
    "CalendarYear",
    "Closure",
    "DayOff",
    "Department",
    "EquipmentItem",
    "Finding",
    "Institution",
    "PlaceChange",
    "ShortName",
    "StaffCount",
    "Visit",
    "YearlyFigures",
    "department_standards",
]
