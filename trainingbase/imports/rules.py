"""Which kind of workbook a file is, and the words offices write."""

from trainingbase.sheets import KINDS, Limits

LIMITS = Limits(rows=10_000, cells=300_000)
"""More would keep a browser waiting; no base has a roster or a month as long."""

LEAVE_WORDS = {
    "事假": "personal",
    "病假": "sick",
    "产假": "maternity",
    "婚假": "marriage",
    "年假": "annual",
    "补休": "compensatory",
    "陪产假": "paternity",
    "护理假": "paternity",
    "计生假": "family_planning",
    "丧假": "bereavement",
    "出国": "abroad",
    "进修": "study",
    "脱产读研": "full_time_study",
    "放射假": "radiation",
    "旷工": "absence",
}
WORD_OF_LEAVE = {kind: word for word, kind in reversed(LEAVE_WORDS.items())}


def likely_kind(content: bytes, filename: str) -> str | None:
    """The kind whose tables cover most of the file's rows; None where nothing fits.

    Raises FileFault for a file that is no table at all.
    """
    from trainingbase.sheets.book import grids
    from trainingbase.sheets.kinds import specs_of
    from trainingbase.sheets.table import find_tables

    sheets = [sheet for sheet in grids(content, filename, LIMITS) if not sheet.hidden]
    best, most = None, 0.0
    for kind in KINDS:
        specs = specs_of(kind)
        tables = [table for sheet in sheets for table in find_tables(sheet, specs)]
        score = sum(table.header.score * min(len(table.body), 50) for table in tables)
        if score > most:
            best, most = kind, score
    return best
