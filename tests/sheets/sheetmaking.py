"""Makes small workbooks and CSV files for tests."""

import csv
import io
from datetime import date

import openpyxl

from trainingbase.sheets import Known, read

ON = date(2026, 11, 30)


def xlsx(**sheets):
    """A workbook of sheets given as lists of rows; None leaves a cell out."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row, cells in enumerate(rows, start=1):
            for column, value in enumerate(cells, start=1):
                if value is not None:
                    sheet.cell(row, column, value)
    return saved(book)


def saved(book):
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def csv_bytes(rows, encoding="utf-8-sig", **options):
    target = io.StringIO()
    csv.writer(target, **options).writerows(
        [["" if value is None else value for value in row] for row in rows]
    )
    return target.getvalue().encode(encoding)


def read_rows(kind, rows, *, known=None, sheet="表", filename="x.xlsx"):
    return read(kind, xlsx(**{sheet: rows}), filename, known=known or Known(), on=ON)


def read_csv(kind, rows, *, known=None, filename="花名册.csv", encoding="utf-8-sig", **options):
    content = csv_bytes(rows, encoding, **options)
    return read(kind, content, filename, known=known or Known(), on=ON)


def found(problems):
    """(column, row, category) of each."""
    return [(one.column, one.row, one.category) for one in problems]


def id_number(birth="19981011", serial="981"):
    """A number with a right checksum; an odd last digit of the serial is a man's."""
    start = f"360428{birth}{serial}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(start, weights, strict=True))
    return start + "10X98765432"[total % 11]
