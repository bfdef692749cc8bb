"""A paper of Alice's, handed in or approved, and a PDF to show for it."""

import io
from datetime import UTC, date, datetime

import pytest

from trainingbase.research import actions
from trainingbase.research.models import Work

NOW = datetime(2026, 11, 22, 2, tzinfo=UTC)
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
PAPER = {
    "kind": "paper",
    "title": "Hypertension in a township",
    "role": "first",
    "author_order": 1,
    "venue": "Chinese General Practice",
    "level": None,
    "reference": "https://doi.org/10.1234/ABC.5",
    "done_on": date(2026, 10, 20),
}


@pytest.fixture
def handed_in(alice):
    """`handed_in(title="…")` hands in a paper of Alice's, or of `person`."""

    def hand_in(person=None, at=NOW, **more) -> Work:
        someone = person or alice
        return actions.hand_in(someone, {**PAPER, **more}, [], by=someone, at=at)

    return hand_in


@pytest.fixture
def approved(handed_in, office):
    """The same, approved by the office."""

    def approve(person=None, points=None, **more) -> Work:
        work = handed_in(person, **more)
        actions.approve(work, points, version=work.version, by=office, at=NOW)
        return work

    return approve


def typed(**more) -> dict:
    """What a browser sends."""
    return {
        "kind": "paper",
        "title": "Hypertension in a township",
        "role": "first",
        "author_order": "1",
        "reference": "10.1234/abc.5",
        "done_on": "2026-10-20",
        "evidence": (io.BytesIO(PDF), "paper.pdf"),
    } | more
