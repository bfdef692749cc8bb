"""The pages of reports and of the monthly return."""

from trainingbase.reports.routes import pages, returning
from trainingbase.reports.routes.blueprint import reports

__all__ = ["pages", "reports", "returning"]
