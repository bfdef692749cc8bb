"""The roles a person may hold, each with or without a scope; see `people.models.Grant`."""

from enum import StrEnum


class Role(StrEnum):
    RESIDENT = "resident"
    FACULTY = "faculty"
    SECRETARY = "secretary"  # of one department
    SITE_COORDINATOR = "site_coordinator"  # of one institution
    OFFICE = "office"
    LEADER = "leader"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


OVERSEERS = (Role.OFFICE, Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR)
"""Who decides or checks: nobody comes to act in their name by an account or a merge."""

EVERYONE = tuple(Role)
"""Every signed-in person, whatever their role."""
