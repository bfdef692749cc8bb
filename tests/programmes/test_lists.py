"""Lists are filtered, sorted and taken away, and cost the same for many rows as for few."""

from decimal import Decimal

from trainingbase.db import db
from trainingbase.programmes.models import Minimum, Programme, Requirement, StandardDepartment


def fill(programme, number):
    for n in range(number):
        standard = StandardDepartment(name=f"Ward {number} {n}")
        programme.requirements.append(
            Requirement(
                standard_department=standard,
                position=n + 10,
                months=Decimal(1),
                may_split=False,
                shortest_stretch=Decimal(1),
                at_primary_site=False,
            )
        )
        programme.minimums.append(
            Minimum(
                standard_department=standard, category="disease", item=f"D{n} of {number}", count=1
            )
        )
    db.session.add_all(
        Programme(code=f"X{number}-{n}", name="X", months=Decimal(1)) for n in range(number)
    )
    db.session.commit()


def test_pages_ask_as_much_for_many_rows_as_for_few(browse, office, county, statements):
    browser = browse(office)
    number = county.programme.id
    pages = [
        "/programmes/",
        f"/programmes/{number}",
        f"/programmes/{number}/minimums",
        f"/programmes/{number}/competencies",
        f"/programmes/{number}/checks",
        f"/programmes/{number}/history",
        f"/programmes/{number}/export/xlsx",
        "/programmes/departments",
        "/programmes/export/csv",
        "/programmes/departments/export/csv",
    ]
    fill(county.programme, 10)
    few = [statements(lambda page=page: browser.get(page)) for page in pages]
    fill(county.programme, 300)
    assert [statements(lambda page=page: browser.get(page)) for page in pages] == few
    assert max(few) < 40


def test_the_list_of_programmes(browse, office, draft):
    browser = browse(office)
    page = browser.get("/programmes/?search=gp6").text
    assert "GP6" in page and "GP33" not in page
    assert "GP6" not in browser.get("/programmes/?state=in_force").text
    assert browser.get("/programmes/?sort=-months&page=2").status_code == 200
    table = browser.get("/programmes/export/csv?search=gp6").get_data(as_text=True)
    assert "GP6" in table and "GP33" not in table
