"""The office keeps sites and departments; a site keeps what it says about itself."""

from sqlalchemy import select

from trainingbase.db import db
from trainingbase.history.queries import changes_of
from trainingbase.sites.models import Department, EquipmentItem, Institution, StaffCount

from ..cast import add


def said(**more):
    return {"name": "River Township", "level": "township", "beds": "30", **more}


def test_a_site_is_added_once(browse, office, county):
    browser = browse(office)
    for _again in range(2):
        page = browser.post("/sites/new", data=said(form_key="k"), follow_redirects=True)
        assert "River Township" in page.text
    found = db.session.scalars(select(Institution).where(Institution.name == "River Township"))
    assert len(found.all()) == 1
    assert "There is a site of this name already." in browser.post("/sites/new", data=said()).text
    assert "0 to 100000000" in browser.post("/sites/new", data=said(name="X", beds="-1")).text


def test_the_second_editor_sees_the_difference(browse, office, county):
    browser = browse(office)
    site = county.township
    address = f"/sites/{site.id}/edit"
    data = {"name": site.name, "level": "township", "address": "Mill Lane", "version": "1"}
    assert browser.post(address, data=data | {"why": "moved"}).status_code == 302
    second = browser.post(address, data=data | {"address": "Bridge Road"})
    assert second.status_code == 409
    assert "Mill Lane" in second.text and "Bridge Road" in second.text
    db.session.refresh(site)
    assert site.address == "Mill Lane"
    history = browser.get(f"/sites/{site.id}/history")
    assert "Mill Lane" in history.text and "moved" in history.text


def test_a_coordinator_keeps_contact_and_equipment_of_their_site_only(browse, coordinator, county):
    browser = browse(coordinator)
    site = county.township
    data = {"contact": "Dr Qian", "version": "1", "name": "Stolen name"}
    browser.post(f"/sites/{site.id}/edit", data=data)
    db.session.refresh(site)
    assert (site.contact, site.name) == ("Dr Qian", "Willow Township")
    assert browser.get(f"/sites/{county.lead.id}/edit").status_code == 404
    item = {"name": "12-lead ECG", "kind": "ecg", "count": "2", "department_id": "0"}
    browser.post(f"/sites/{site.id}/equipment/new", data=item)
    db.session.refresh(site)
    assert site.has_ecg
    kept = db.session.scalars(select(EquipmentItem)).one()
    browser.post(f"/sites/equipment/{kept.id}/removal")
    db.session.refresh(site)
    assert not site.has_ecg
    assert [c.old or c.new for c in db.session.scalars(changes_of(site))][:2] == [
        "12-lead ECG × 2",
        "12-lead ECG × 2",
    ]


def test_a_department_stands_for_several_standard_departments(browse, office, county):
    browser = browse(office)
    both = [county.standards["Medicine"].id, county.standards["Surgery"].id]
    data = {"name": "Mixed ward", "standards": both, "most": "3", "fewest": "1"}
    browser.post(f"/sites/{county.township.id}/departments/new", data=data)
    ward = db.session.scalars(select(Department).where(Department.name == "Mixed ward")).one()
    assert [one.id for one in ward.standards] == both
    assert (ward.most, ward.fewest) == (3, 1)
    address = f"/sites/departments/{ward.id}/edit"
    edited = {"name": "Mixed ward", "standards": both[:1], "head_name": "Dr Sun", "version": "1"}
    assert browser.post(address, data=edited).status_code == 302
    db.session.refresh(ward)
    assert [one.id for one in ward.standards] == both[:1] and ward.head_name == "Dr Sun"
    page = browser.get(f"/sites/departments/{ward.id}")
    assert "Dr Sun" in page.text and "Surgery" in page.text
    wrong = data | {"name": "Other", "fewest": "4"}
    refused = browser.post(f"/sites/{county.township.id}/departments/new", data=wrong)
    assert "This is more than the most." in refused.text
    none = {"name": "None", "most": "1", "fewest": "0"}
    refused = browser.post(f"/sites/{county.township.id}/departments/new", data=none)
    assert "Choose at least one standard department." in refused.text


def test_staff_and_figures_are_kept_by_year(browse, coordinator, county):
    browser = browse(coordinator)
    site = county.township
    counts = {"year": "2025", "associate_bachelor": "2", "junior_college": "5"}
    browser.post(f"/sites/{site.id}/staff", data=counts)
    browser.post(f"/sites/{site.id}/staff", data={"year": "2025", "associate_bachelor": "3"})
    rows = db.session.scalars(select(StaffCount)).all()
    assert [(r.title, r.qualification, r.count) for r in rows] == [("associate", "bachelor", 3)]
    figures = {"year": "2025", "department_id": "0", "beds": "30", "outpatients": "41000"}
    browser.post(f"/sites/{site.id}/figures", data=figures)
    browser.post(f"/sites/{site.id}/figures", data=figures | {"outpatients": "42000"})
    page = browser.get(f"/sites/{site.id}/resources")
    assert "42,000" in page.text and "41,000" not in page.text
    refused = browser.post(f"/sites/{site.id}/figures", data=figures | {"beds": "-2"})
    assert "whole number" in refused.text


def test_lists_are_filtered_sorted_and_exported(browse, office, county):
    browser = browse(office)
    assert "Lead Hospital" not in browser.get("/sites/?level=township").text.split("<tbody>")[1]
    page = browser.get("/sites/?sort=-name").text.split("<tbody>")[1]
    assert page.index("Willow Township") < page.index("Lead Hospital")
    assert "Willow Township" in browser.get("/sites/export/csv?search=Willow").text
    assert "Lead Hospital" not in browser.get("/sites/export/csv?search=Willow").text
    wards = browser.get(f"/sites/departments?standard={county.standards['Surgery'].id}").text
    assert "Surgery" in wards and "GP team" not in wards.split("<tbody>")[1]
    assert browser.get("/sites/departments/export/xlsx").status_code == 200


def test_lists_ask_as_much_for_a_thousand_rows(browse, office, county, statements):
    browser = browse(office)
    addresses = ("/sites/", "/sites/departments")
    few = [statements(lambda url=url: browser.get(url)) for url in addresses]
    places = [Institution(name=f"Site {number}", level="village") for number in range(1000)]
    db.session.add_all(places)
    db.session.add_all(
        Department(
            institution=place,
            name="Team",
            most=1,
            standards=[county.standards["Community"]],
        )
        for place in places
    )
    db.session.commit()
    assert [statements(lambda url=url: browser.get(url)) for url in addresses] == few


def test_an_empty_place_can_be_opened(browse, office, county):
    site = add(Institution(name="New", level="village"))
    browser = browse(office)
    for page in ("", "/resources", "/agreements", "/history"):
        assert browser.get(f"/sites/{site.id}{page}").status_code == 200
