"""A comment says what was seen and what to do next: "." and pasted praise do not do."""

from datetime import timedelta

import pytest

from tests.assessments.comments import BEFORE, COMMENTS, REPEATED
from tests.assessments.conftest import NOW, RATINGS, TODAY, form_data
from trainingbase.assessments import actions
from trainingbase.assessments.actions.coaching import set_mode
from trainingbase.assessments.models import CommentMark
from trainingbase.assessments.queries import coaching
from trainingbase.assessments.rules.coach import letters, missing, sums_of
from trainingbase.db import db
from trainingbase.stale import Stale

GOOD = "病史采集条理清楚，但未追问用药史；建议按顺序复核一遍。"
DAY = timedelta(days=1)


def test_there_are_enough_of_them_in_both_languages():
    assert len(COMMENTS) >= 60
    assert sum(text.isascii() for text, _lacks in COMMENTS) >= 20


def test_what_is_missing():
    found = [(text, " ".join(missing(text))) for text, _lacks in COMMENTS]
    assert [one for one in found if one not in COMMENTS] == []


def test_what_was_written_before_does_not_do_again():
    own = sums_of(BEFORE)
    found = [(text, " ".join(missing(text, own))) for text, _lacks in REPEATED]
    assert [one for one in found if one not in REPEATED] == []


def test_a_very_long_text_is_judged_at_once():
    text = "病史采集清楚，建议练习。" * 300
    assert missing(text) == [] and letters(text) == 300 * 10


@pytest.fixture
def mode(mini_cex, office):
    def choose(mode):
        row = coaching.choice_of("mini_cex")
        return set_mode("mini_cex", mode, version=row.version, by=office, at=NOW)

    return choose


def marks():
    db.session.expire_all()
    rows = db.session.scalars(db.select(CommentMark).order_by(CommentMark.submission_id))
    return [(one.is_good, one.missing, one.letters > 0) for one in rows]


def test_it_advises_and_takes_what_comes(submitted):
    submitted("a", comment=".")
    submitted("b", comment=GOOD)
    submitted("c", comment=GOOD)
    submitted("d", answers=RATINGS)
    assert marks() == [
        (False, "short seen next", False),
        (True, "", True),
        (False, "old", True),
        (False, "short seen next", False),
    ]


def test_strict_it_asks_until_nothing_is_missing(browse, mei, with_mei, mode, submitted):
    mode("strict")
    address = f"/assessments/placements/{with_mei.id}/mini_cex"
    browser = browse(mei)
    for text, word in (
        (".", "too short"),
        ("病史问得全，查体规范，诊断依据充分。", "What to do next"),
    ):
        refused = browser.post(address, data=form_data({**RATINGS, "MC2.5": text}))
        assert refused.status_code == 422 and word in refused.text
    with pytest.raises(actions.CommentWanting):
        submitted("x", comment="很好，继续努力")
    assert marks() == []
    assert browser.post(address, data=form_data({**RATINGS, "MC2.5": GOOD})).status_code == 302
    again = form_data({**RATINGS, "MC2.5": GOOD}, form_key="another")
    assert "wrote the same before" in browser.post(address, data=again).text


def test_off_it_says_and_counts_nothing(browse, mei, with_mei, mode, submitted):
    mode("off")
    submitted(comment=".")
    assert marks() == []
    page = browse(mei).get(f"/assessments/placements/{with_mei.id}/mini_cex").text
    assert "data-coach=" not in page


def test_the_rule_is_shown_on_the_form(browse, mei, with_mei, submitted):
    submitted(comment=GOOD)
    page = browse(mei).get(f"/assessments/placements/{with_mei.id}/mini_cex").text
    assert 'data-coach="MC2_5"' in page and "What you saw" in page
    assert f'data-own="{" ".join(sorted(sums_of(GOOD)))}"' in page


def test_the_office_chooses_and_nobody_else(browse, office, auditor, mei, mode):
    browser = browse(office)
    page = "/assessments/comments/mini_cex"
    assert browser.post(page, data={"mode": "strict", "version": "0"}).status_code == 302
    stale = browser.post(page, data={"mode": "off", "version": "0"})
    assert stale.status_code == 409
    assert browser.post(page, data={"mode": "cruel", "version": "1"}).status_code == 422
    assert coaching.mode_of("mini_cex") == "strict"
    assert browse(mei).post(page, data={"mode": "off"}).status_code in (403, 404)
    assert browse(auditor).get("/assessments/comments").status_code == 200
    assert browser.get("/assessments/comments/nothing").status_code == 404
    with pytest.raises(Stale):
        set_mode("mini_cex", "off", version=7, by=office, at=NOW)


def test_the_share_of_good_ones_by_place_and_person(submitted, mei, county, browse, office):
    submitted("a", comment=GOOD)
    submitted("b", comment="心电图判读准确。")
    submitted("c", answers=RATINGS)
    for by, key in (("department", county.medicine.id), ("assessor", mei.id),
                    ("instrument", "mini_cex"), ("institution", county.lead.id),
                    ("month", "2026-11")):  # fmt: skip
        (one,) = coaching.comments(TODAY - DAY, TODAY + DAY, by=by)
        assert (one.key, one.asked, one.written, one.good) == (key, 3, 2, 1)
    assert one.share == 0.5
    assert "50 %" in browse(office).get("/assessments/comments").text


def test_guests_are_not_coached(submitted, mei):
    mei.is_guest = True
    db.session.commit()
    submitted(comment=".")
    assert marks() == []
