"""Hours until a form is submitted, by department."""

from decimal import Decimal

import pytest

from trainingbase.quality.waiting import waited


def test_waiting_times_are_told_by_department_the_slowest_first():
    rows = [(1, Decimal(hours)) for hours in (10, 20, 60)] + [(2, Decimal(200))]
    slow, quick = waited(rows)
    assert (slow.department_id, slow.forms, slow.median, slow.within_a_week) == (2, 1, 200, 0)
    assert (quick.median, quick.ninth_decile) == (20, pytest.approx(52))
    assert quick.within_two_days == pytest.approx(2 / 3)


def test_where_nothing_was_answered_there_is_nothing_to_tell():
    assert waited([]) == []
