def test_the_network_and_one_of_its_institutions_are_read(browse, leader, county):
    browser = browse(leader)
    assert "Willow Township" in browser.get("/sites/").text
    page = browser.get(f"/sites/{county.township.id}")
    assert "GP team" in page.text
    assert browser.get("/sites/987654").status_code == 404


def test_a_number_larger_than_any_key_is_not_found(browse, leader):
    assert browse(leader).get(f"/sites/{2**70}").status_code == 404


def test_a_programme_says_its_rules(browse, alice, county):
    page = browse(alice).get(f"/programmes/{county.programme.id}")
    assert page.status_code == 200
    assert "sample" in page.text
