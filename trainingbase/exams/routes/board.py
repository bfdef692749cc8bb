"""The timetable, and how far the day has come."""

from flask import render_template

from trainingbase import clock
from trainingbase.access import allow
from trainingbase.downloads import download
from trainingbase.exams import osce_tables, words
from trainingbase.exams.queries import board as boards
from trainingbase.exams.queries import osce as queries
from trainingbase.exams.routes.blueprint import READING, exams


@exams.get("/osce/<int:session_id>/timetable")
@allow(*READING)
def timetable(session_id: int):
    one = queries.session_by_id(session_id)
    slots = queries.slots_of(one)
    rounds: dict[int, dict] = {}
    for slot in slots:
        cells = rounds.setdefault(slot.round, {"starts_at": slot.starts_at, "cells": {}})
        cells["cells"][slot.circuit, slot.station_id] = slot.candidate
    return render_template(
        "exams/osce/timetable.html",
        session=one,
        rounds=rounds,
        last=max((slot.ends_at for slot in slots), default=None),
        words=words,
    )


@exams.get("/osce/<int:session_id>/timetable/export/<string:kind>")
@allow(*READING)
def export_timetable(session_id: int, kind: str):
    one = queries.session_by_id(session_id)
    return download(osce_tables.timetable(one, queries.slots_of(one)), kind, "timetable")


@exams.get("/osce/<int:session_id>/progress")
@allow(*READING)
def progress(session_id: int):
    return _board("exams/osce/progress.html", session_id)


@exams.get("/osce/<int:session_id>/progress/board")
@allow(*READING)
def progress_board(session_id: int):
    """What the page asks for again every few seconds."""
    return _board("exams/osce/_board.html", session_id)


def _board(template: str, session_id: int):
    one = queries.session_by_id(session_id)
    at = clock.now()
    return render_template(
        template, session=one, board=boards.board(one, at=at), at=at, words=words
    )
