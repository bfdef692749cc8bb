"""Questions about the network of sites."""

from trainingbase.sites.queries.network import (
    department_by_id,
    departments,
    institution_by_id,
    institutions,
)

__all__ = ["department_by_id", "departments", "institution_by_id", "institutions"]
