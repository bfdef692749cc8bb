from tests.cast import add, resident


def test_the_office_finds_a_resident_by_name(browse, office, alice, bob):
    page = browse(office).get("/residents?search=Ali")
    assert "Alice" in page.text
    assert "Bob" not in page.text


def test_a_tutor_sees_their_tutees_and_nobody_else(browse, mei, alice_resident, bob_resident):
    alice_resident.tutor_id = mei.id
    add(alice_resident)
    browser = browse(mei)
    page = browser.get("/residents")
    assert "Alice" in page.text
    assert "Bob" not in page.text
    assert browser.get(f"/residents/{alice_resident.id}").status_code == 200
    assert browser.get(f"/residents/{bob_resident.id}").status_code == 404


def test_the_id_number_is_masked_for_everyone_but_the_office(
    browse, office, auditor, alice, alice_resident
):
    address = f"/residents/{alice_resident.id}"
    assert alice_resident.id_number in browse(office).get(address).text
    for other in (auditor, alice):
        text = browse(other).get(address).text
        assert alice_resident.id_number not in text
        assert alice_resident.masked_id_number in text


def test_the_list_asks_no_more_for_many_than_for_few(browse, office, county, statements):
    browser = browse(office)
    resident("Ann", county, "1")
    few = statements(lambda: browser.get("/residents"))
    for number in range(40):
        resident(f"R{number}", county, f"N{number}")
    assert statements(lambda: browser.get("/residents")) == few
    assert few <= 10


def test_an_empty_list_says_what_to_do(browse, office):
    assert "bring in a workbook" in browse(office).get("/residents").text


def test_the_list_is_downloaded_as_it_is_filtered(browse, office, auditor, alice, bob):
    text = browse(office).get("/residents/export/csv?search=Ali").data.decode("utf-8-sig")
    assert "Alice" in text
    assert "Bob" not in text
    workbook = browse(auditor).get("/residents/export/xlsx")
    assert workbook.data.startswith(b"PK")
    assert browse(office).get("/residents/export/exe").status_code == 404
