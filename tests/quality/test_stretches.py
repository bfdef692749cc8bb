"""The rows behind a figure come a month at a time, whatever the period; together they are all."""

import re
from html import unescape

PERIOD = "first=2026-09&last=2026-12"


def _walk(browser, url):
    """Each page from the newest to the oldest: its heading and its rows."""
    pages, address = [], f"{url}?{PERIOD}"
    while address is not None:
        text = browser.get(address).text
        heading = re.search(r"<h2>([^<]+)</h2>", text)
        pages.append((heading and heading[1], text.count('<th scope="row">')))
        found = re.search(r'rel="prev" href="([^"]+)"', text)
        address = url + unescape(found[1]) if found else None
    return pages


def test_rows_are_shown_a_month_at_a_time(autumn, office, browse):
    browser, url = browse(office), "/quality/rows/placements-done"
    pages = _walk(browser, url)
    assert [month for month, _rows in pages] == ["2026-12", "2026-11", "2026-10", "2026-09"]
    exported = browser.get(f"{url}/export/csv?{PERIOD}").text.splitlines()[1:]
    assert sum(rows for _month, rows in pages) == len(exported) > 4
    one = browser.get(f"{url}?{PERIOD}&of=2026-10").text
    assert "<h2>2026-10</h2>" in one and 'rel="next"' in one


def test_what_is_no_month_of_the_period_shows_the_newest(autumn, office, browse):
    for said in ("1999-01", "x", "2026-10-01", ""):
        page = browse(office).get(f"/quality/rows/placements-done?{PERIOD}&of={said}")
        assert page.status_code == 200 and "<h2>2026-12</h2>" in page.text


def test_who_sees_no_names_reads_quarters(autumn, leader, browse):
    pages = _walk(browse(leader), "/quality/rows/places-used")
    assert len(pages) == 2 and all(rows for _quarter, rows in pages)


def test_a_longer_period_takes_no_more_statements(autumn, office, browse, statements):
    browser, asked = browse(office), []
    for last in ("2026-09", "2026-12"):
        browser.get(f"/quality/rows/placements-done?first=2026-09&last={last}")
        statements.clear()
        browser.get(f"/quality/rows/placements-done?first=2026-09&last={last}")
        asked.append(len(statements))
    assert asked[0] == asked[1]
