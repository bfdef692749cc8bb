"""How the items of a form were answered, silent where there are too few."""

from decimal import Decimal

import numpy
import pytest

from tests.assessments.conftest import NOW, TODAY
from tests.assessments.test_circle import form
from tests.assessments.test_lists import statements
from trainingbase.assessments import actions
from trainingbase.assessments.queries import items as queries
from trainingbase.assessments.rules import NOT_OBSERVED
from trainingbase.assessments.rules.items import correlation, spread_of
from trainingbase.instruments.queries import instrument_in_use

ROWS = [(5, 4), (4, 4), (3, 2), (5, 5), (2, 2), (4, 5), (3, 3), (5, 4), (1, 2), (4, 3), (5, 5)]


@pytest.fixture
def sheet(county):
    form("own", "faculty")
    return instrument_in_use("own")


@pytest.fixture
def sent(sheet, with_mei, mei):
    def send(rows, first=0):
        for number, (one, two) in enumerate(rows, first):
            actions.submit(
                instrument=sheet, placement=with_mei, by=mei, at=NOW, observed_on=TODAY,
                answers={"N1": one, "N2": two, "N3": "Well."}, form_key=f"k{number}",
            )  # fmt: skip

    return send


def test_mean_spread_top_and_rest(sent, sheet):
    sent(ROWS)
    sent([(NOT_OBSERVED, 5)], first=50)
    one, two = queries.statistics(queries.Scope(sheet.id))
    first = [row[0] for row in ROWS]
    assert one.spread.mean == pytest.approx(numpy.mean(first))
    assert one.spread.deviation == pytest.approx(numpy.std(first, ddof=1))
    assert one.spread.top == pytest.approx(4 / 11)
    assert (one.spread.n, one.spread.not_observed) == (11, 1)
    assert one.spread.bars[0] == (Decimal(1), 1)
    columns = numpy.array(ROWS).T
    assert one.rest == pytest.approx(numpy.corrcoef(*columns)[0, 1])
    assert two.rest == one.rest, "where one was not observed there is no rest to compare with"


def test_what_does_not_vary_has_no_correlation():
    assert correlation(5, 20.0, 80.0, 15.0, 47.0, 60.0) is None
    assert correlation(2, 3.0, 5.0, 3.0, 5.0, 5.0) is None
    nothing = spread_of({None: 3}, kind="rating", highest=Decimal(5))
    assert (nothing.mean, nothing.unobserved_share, nothing.tallest) == (None, 1.0, 0)


def test_silent_below_the_threshold_and_each_bar_opens_its_forms(
    sent, sheet, office, browse, secretary
):
    sent(ROWS[:9])
    browser = browse(office)
    assert "Too few forms: 9" in browser.get("/assessments/items").text
    item = sheet.items[0].id
    assert browser.get(f"/assessments/items/{item}?value=5").status_code == 404
    sent(ROWS[9:], first=9)
    page = browser.get("/assessments/items").text
    assert "Too few" not in page and "3.73" in page and "<rect" in page
    rows = browser.get(f"/assessments/items/{item}?form={sheet.id}&value=5").text
    assert rows.count("/assessments/submissions/") == 4
    for odd in ("x", "NaN", "1e99", "-inf"):
        assert browser.get(f"/assessments/items/{item}?value={odd}").status_code == 404
    for kind in ("csv", "xlsx"):
        assert browser.get(f"/assessments/items/export/{kind}").status_code == 200
    assert "Too few forms: 0" in browser.get("/assessments/items?until=2020-01-01").text
    assert browse(secretary).get("/assessments/items").status_code == 403


def test_many_forms_take_as_many_statements(sent, sheet):
    def count():
        with statements() as seen:
            queries.statistics(queries.Scope(sheet.id))
        return len(seen)

    sent(ROWS[:2])
    few = count()
    sent(ROWS[2:], first=2)
    assert count() == few
