"""Incentives as tables for workbooks and files."""

from trainingbase.incentives.tables.lists import (
    appraisals_table,
    bank_table,
    changes_table,
    corrections_table,
    entries_table,
    payroll_tables,
    schemes_table,
    shifts_table,
)
from trainingbase.incentives.tables.payouts import payouts_table, places_table
from trainingbase.incentives.tables.runs import tables_of

__all__ = [
    "appraisals_table",
    "bank_table",
    "changes_table",
    "corrections_table",
    "entries_table",
    "payouts_table",
    "payroll_tables",
    "places_table",
    "schemes_table",
    "shifts_table",
    "tables_of",
]
