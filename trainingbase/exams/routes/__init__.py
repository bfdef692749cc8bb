"""Pages of examinations."""

from trainingbase.exams.routes import (
    appeals,
    board,
    candidates,
    entering,
    kinds,
    marking,
    mine,
    osce,
    papers,
    province,
    releasing,
    results,
    sittings,
    standards,
    stations,
)
from trainingbase.exams.routes.blueprint import exams

__all__ = [
    "appeals",
    "board",
    "candidates",
    "entering",
    "exams",
    "kinds",
    "marking",
    "mine",
    "osce",
    "papers",
    "province",
    "releasing",
    "results",
    "sittings",
    "standards",
    "stations",
]
