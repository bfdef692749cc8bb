"""Rows that are drawn once and filled in: what is put in is escaped, and nothing else is."""

from flask_babel import force_locale
from markupsafe import Markup

from trainingbase.drawn import Pattern, mark, patterns

ROW = f'<tr class="100%">{mark("name")}<td>{mark("number")} %</td>{mark("name")}</tr>'


def test_values_are_escaped_and_numbers_and_markup_are_not():
    row = Pattern(ROW)(name="<b>A & B</b>", number=3)
    assert row == (
        '<tr class="100%">&lt;b&gt;A &amp; B&lt;/b&gt;<td>3 %</td>&lt;b&gt;A &amp; B&lt;/b&gt;</tr>'
    )
    assert isinstance(row, Markup)
    assert "<i>x</i>" in Pattern(ROW)(name=Markup("<i>x</i>"), number=1)


def test_what_looks_like_a_place_stays_what_was_typed():
    odd = f"%(number)s %s {mark('number')} 50%"
    assert Pattern(ROW)(name=str(odd), number=7).count(str(odd)) == 2


def test_many_rows_stand_one_after_the_other():
    rows = ({"name": name, "number": 1} for name in "ab")
    assert Pattern(ROW).each(rows) == Pattern(ROW)(name="a", number=1) + Pattern(ROW)(
        name="b", number=1
    )


def test_each_language_has_its_own(app):
    with app.test_request_context():
        with force_locale("zh"):
            chinese = patterns("attendance/_day.html")["closed"]()
        with force_locale("en"):
            english = patterns("attendance/_day.html")["closed"]()
    assert "本月已确认" in chinese and "month closed" in english
