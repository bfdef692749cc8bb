"""An official form as a workbook: written from one, and read to enter another.

Five sheets: the form by itself, its indicators, the parts their points fall to, the verdicts and
the basic conditions.  Titles and headers may be in either language.
"""

from trainingbase.selfassessment.workbook.layout import tables_of
from trainingbase.selfassessment.workbook.reading import Read, read
from trainingbase.selfassessment.workbook.sheet import Fault

__all__ = ["Fault", "Read", "read", "tables_of"]
