from tests.cast import PASSWORD


def test_a_person_signs_in_and_out(app, office):
    browser = app.test_client()
    page = browser.post("/sign-in", data={"login": "wu", "password": PASSWORD})
    assert page.status_code == 302 and page.headers["Location"] == "/"
    assert browser.get("/").status_code == 200
    assert browser.post("/sign-out").status_code == 302
    assert browser.get("/").status_code == 302


def test_a_wrong_password_and_an_unknown_account_look_the_same(app, office):
    browser = app.test_client()
    wrong = browser.post("/sign-in", data={"login": "wu", "password": "no"})
    unknown = browser.post("/sign-in", data={"login": "nobody", "password": "no"})
    assert wrong.status_code == unknown.status_code == 200
    assert "账号或密码" in wrong.text or "not right" in wrong.text
    assert wrong.text.replace("wu", "nobody") .count("not right") == unknown.text.count("not right")
