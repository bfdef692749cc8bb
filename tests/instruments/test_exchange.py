"""Forms as files: the schema, what is wrong with a file and where, and two versions compared."""

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainingbase.instruments.exchange import (
    SCHEMA,
    NotJson,
    document_of,
    form_of_document,
    read,
    written,
)
from trainingbase.instruments.rules.differences import differences
from trainingbase.instruments.rules.document import ASSESSORS, HEAD, RULES, SUBJECTS, wrongs
from trainingbase.instruments.rules.items import KINDS, MISSING, OF_ITEM
from trainingbase.instruments.rules.scales import SCALES
from trainingbase.instruments.start import shipped
from trainingbase.instruments.words import WRONG, wrong_in_words


@pytest.fixture(scope="module")
def documents():
    return {one.code: document_of(one) for one in shipped()}


def test_every_form_that_comes_with_the_portal_is_right(documents):
    assert {code: wrongs(document) for code, document in documents.items()} == {
        code: [] for code in documents
    }


def test_a_file_goes_out_and_comes_in_unchanged(documents):
    for form in shipped():
        again = form_of_document(read(written(form)), code=form.code, version=form.version)
        made = document_of(again)
        said = documents[form.code]
        assert made["items"] == said["items"]
        assert {**made, "identity": "", "confidence": ""} == {
            **said, "identity": "", "confidence": "",
        }  # fmt: skip


def test_sheets_add_up_to_what_the_source_prints(documents):
    sums = {
        code: sum(item.get("points", 0) for item in document["items"])
        for code, document in documents.items()
    }
    for code in ("teaching_round", "mini_lecture", "bedside_skill_teaching", "inpatient_record",
                 "monthly_assessment", "exit_assessment"):  # fmt: skip
        assert sums[code] == 100


def test_what_the_source_leaves_open_is_not_invented():
    forms = {one.code: one for one in shipped()}
    for code in ("nurse_on_resident", "patient_on_resident", "peer_on_resident",
                 "resident_on_teacher", "resident_on_department"):  # fmt: skip
        assert all(item.missing for item in forms[code].items)
        assert not forms[code].is_in_use
    assert len(forms["patient_on_resident"].items) == 24
    assert forms["inpatient_record"].veto is None
    assert not forms["primary_practice_exit"].is_in_use


def test_entrustment_is_asked_in_two_ways_that_stay_apart(documents):
    mixed = copy.deepcopy(documents["epa_entrustment"])
    mixed["items"][1]["scale"] = "retrospective"
    assert ("items[1].scale", "entrustment_mixed") in {(w.path, w.why) for w in wrongs(mixed)}
    scales = {code: {item.get("scale") for item in documents[code]["items"]} - {None}
              for code in ("epa_observation", "epa_entrustment")}  # fmt: skip
    assert scales == {"epa_observation": {"retrospective"}, "epa_entrustment": {"prospective"}}


def change(document, path, value):
    """`value` at `path` (a tuple of keys); KeyError is no matter."""
    found = copy.deepcopy(document)
    place = found
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return found


@pytest.mark.parametrize(
    ("path", "value", "where", "why"),
    [
        (("format",), "csv", "format", "not_this_format"),
        (("format_version",), 2, "format_version", "not_this_format"),
        (("identity",), "mini_cex", "identity", "identity"),
        (("colour",), "red", "colour", "unknown_key"),
        (("assessor",), "robot", "assessor", "not_one_of"),
        (("name",), "Mini", "name", "both_languages"),
        (("items",), [], "items", "no_items"),
        (("items",), {}, "items", "no_list"),
        (("items", 0, "code"), "1 2", "items[0].code", "code"),
        (("items", 1, "code"), "TR0.4", "items[1].code", "twice"),
        (("items", 4, "points"), None, "items[4].points", "missing"),
        (("items", 4, "points"), -1, "items[4].points", "above_nothing"),
        (("items", 4, "highest"), 9, "items[4].highest", "not_the_points"),
        (("items", 4, "kind"), "slider", "items[4].kind", "not_one_of"),
        (("items", 0, "options"), [{"value": 1, "zh": "一", "en": "1"}],
         "items[0].options", "two_options"),
        (("items", 0, "options", 0, "value"), "x", "items[0].options[0].value", "number"),
        (("items", 0, "options", 1, "value"), 1, "items[0].options[1].value", "twice"),
        (("items", 4, "veto"), True, "items[4].veto", "veto_is_yes_or_no"),
        (("items", 4, "shown_when"), {"item": "ZZ", "in": [1]},
         "items[4].shown_when.item", "not_earlier"),
        (("items", 4, "shown_when"), {"item": "TR0.4", "in": [7]},
         "items[4].shown_when.in[0]", "not_an_answer"),
        (("items", 4, "shown_when"), [], "items[4].shown_when", "condition"),
        (("pass_rules",), [{"kind": "item", "item": "ZZ", "least": 1}],
         "pass_rules[0].item", "no_such_item"),
        (("pass_rules",), [{"kind": "total"}], "pass_rules[0].least", "number"),
        (("pass_rules",), [{"kind": "luck"}], "pass_rules[0].kind", "not_one_of"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_where_it_stands(documents, path, value, where, why):
    found = wrongs(change(documents["teaching_round"], path, value))
    assert (where, why) in {(one.path, one.why) for one in found}


def test_every_fault_has_words(app):
    from trainingbase.instruments.rules.items import Wrong

    with app.test_request_context():
        said = [wrong_in_words(Wrong("x", why, "what")) for why in WRONG]
    assert all(said) and not [one for one in said if "%(" in one]


SHIPPED = document_of(shipped()[0])
plain = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
anything = st.recursive(
    plain,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(anything, st.sampled_from([*HEAD, *OF_ITEM]))
def test_nothing_that_comes_in_breaks_the_check(value, key):
    assert isinstance(wrongs(value), list)
    document = copy.deepcopy(SHIPPED)
    if key in HEAD:
        document[key] = value
    else:
        document["items"][0][key] = value
    if not wrongs(document):  # then it makes a form, and the form a file
        made = form_of_document(document, code="x", version="y")
        assert json.loads(written(made))["items"]


@pytest.mark.parametrize(
    "spoiled",
    [
        {"missing": "item", "options": [{}]},
        {"missing": "item", "shown_when": 5},
        {"missing": "item", "competencies": [[]]},
        {"competency": ["learning"]},
        {"known_as": {}},
        {"options": [{"value": "1E+99999999", "zh": "一", "en": "1"}] * 2},
        {"anchors": [{"from": "1.5", "to": 3, "zh": "一", "en": "1"}]},
    ],
)
def test_a_line_to_be_defined_is_looked_at_too(spoiled):
    document = copy.deepcopy(SHIPPED)
    document["items"][0] |= spoiled
    assert wrongs(document)


def test_numbers_that_came_as_texts_become_numbers():
    document = copy.deepcopy(SHIPPED)
    document["items"][0] |= {
        "scale": None,
        "anchors": [{"from": "1", "to": "9", "zh": "一", "en": "1"}],
    }
    assert not wrongs(document)
    made = form_of_document(document, code="x", version="y")
    assert made.items[0].anchors == [[1, 9, "一", "1"]]


@pytest.mark.parametrize(
    ("content", "line"), [(b"{\n\n,}", 3), (b"\xff\xfe\x00", None), (b"[" * 100_000, None)]
)
def test_what_is_no_json_is_said_with_its_line(content, line):
    with pytest.raises(NotJson) as refused:
        read(content)
    assert refused.value.line == line or line is None


def test_the_schema_names_what_the_check_knows():
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    item = schema["$defs"]["item"]["properties"]
    assert set(schema["properties"]) == set(HEAD)
    assert set(item) == set(OF_ITEM)
    assert tuple(item["kind"]["enum"]) == KINDS
    assert tuple(item["missing"]["enum"][:-1]) == MISSING
    assert set(item["scale"]["enum"]) == {*SCALES, None}
    assert tuple(schema["properties"]["assessor"]["enum"]) == ASSESSORS
    assert tuple(schema["properties"]["subject"]["enum"]) == SUBJECTS
    rules = schema["properties"]["pass_rules"]["items"]["properties"]
    assert rules["kind"]["enum"] == list(RULES)


def test_two_versions_are_compared_item_by_item(documents):
    one = documents["mini_cex"]
    other = copy.deepcopy(one)
    other["name"]["en"] = "Mini-CEX, ours"
    other["items"][0]["required"] = False
    other["items"][1], other["items"][2] = other["items"][2], other["items"][1]
    gone = other["items"].pop()
    other["items"].append({"code": "X1", "name": {"zh": "新", "en": "New"}, "kind": "text"})
    found = differences(one, other)
    assert [(d.code, d.what, d.field) for d in found] == [
        (None, "changed", "name"),
        ("MC1.1", "changed", "required"),
        ("MC1.3", "moved", None),
        ("MC1.2", "moved", None),
        ("X1", "new", None),
        (gone["code"], "gone", None),
    ]
    assert differences(one, copy.deepcopy(one)) == []
