"""The first page names the teaching of the day, with the code for whoever speaks."""


def test_today_names_the_teaching_of_the_day(activity, here, browse, alice, mei):
    row = activity()
    hers = browse(alice).get("/").text
    assert "Teaching activities today" in hers and f"/training/activities/{row.id}" in hers
    assert "Show the code" not in hers
    assert "Show the code" in browse(mei).get("/").text


def test_a_day_without_teaching_says_nothing_of_it(here, browse, alice):
    assert "Teaching activities today" not in browse(alice).get("/").text
