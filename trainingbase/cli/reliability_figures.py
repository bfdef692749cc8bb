"""Computes what `trainingbase reliability` was asked for.  Here NumPy and SciPy are loaded."""

from typing import TYPE_CHECKING, Any

from trainingbase.cli.reliability_json import (
    alpha_json,
    icc_json,
    leniency_json,
    notes_json,
    study_json,
)
from trainingbase.cli.reliability_text import alpha_lines, icc_lines, leniency_lines, study_lines
from trainingbase.psychometrics.agreement import agreement_of
from trainingbase.psychometrics.consistency import alpha_of
from trainingbase.psychometrics.designs import Design
from trainingbase.psychometrics.leniency import adjusted_means
from trainingbase.psychometrics.scores import Scores, complete_table
from trainingbase.psychometrics.study import Note, study
from trainingbase.psychometrics.words import note_in_words

if TYPE_CHECKING:
    from trainingbase.cli.reliability import Wanted


def told(
    scores: Scores, design: Design, wanted: "Wanted", language: str
) -> tuple[dict[str, Any], list[str]]:
    """As JSON and as lines.  Raises `CannotSay`."""
    document: dict[str, Any] = {}
    lines: list[str] = []
    notes: list[Note] = []
    if wanted.alpha or wanted.icc:
        table = complete_table(scores, design.object, design.others[0])
        if table.left_out:
            notes.append(("left_out", {"count": table.left_out, "facet": design.object}))
        if wanted.alpha:
            alpha = alpha_of(table)
            document |= alpha_json(alpha)
            lines += alpha_lines(alpha, language)
        if wanted.icc:
            icc = agreement_of(table)
            document |= icc_json(icc)
            lines += icc_lines(icc, language)
    if wanted.adjusted:
        leniency = adjusted_means(scores, people=design.object, judges=design.others[0])
        document |= leniency_json(leniency)
        lines += leniency_lines(leniency, language)
    if not wanted.of_a_table:
        found = study(
            scores, design, fixed=wanted.fixed, choices=wanted.numbers, target=wanted.target
        )
        document |= study_json(found)
        notes += found.notes
        lines += study_lines(found, language, chosen=bool(wanted.numbers))
    lines += [note_in_words(key, facts, language) for key, facts in notes]
    return document | {"notes": notes_json(notes)}, lines
