"""What a document of fixed layout promises, read back from the file."""

import socket
import time
from datetime import UTC, datetime, timedelta

import pytest

from tests.paper.reading import fonts, page_text, reader, text
from trainingbase.paper import (
    Contents,
    Document,
    Facts,
    Heading,
    NotSet,
    PageBreak,
    Picture,
    SignatureLine,
    Signatures,
    Table,
    Text,
    pdf,
    pdf_aside,
)
from trainingbase.paper.letters import letters, printable

AT = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
SQUARE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9H0z"/></svg>'


def document(*blocks, **changes):
    given = {
        "title": "全科医学住培手册",
        "language": "zh",
        "made_at": AT,
        "footer": "某某县人民医院",
    }
    return Document(**{**given, **changes, "blocks": list(blocks)})


def one_of_each():
    return document(
        Picture(SQUARE, "二维码", 30),
        PageBreak(),
        Contents("目录"),
        Heading("登记"),
        Heading("病例", 2),
        Facts([("姓名", "张三"), ("编号", 7), ("电话", None)], columns=2),
        Table(["日期", "内容", "数"], [["2026-01-02", "高血压随访", 3]], caption="明细"),
        Signatures([SignatureLine("导师", "李四", "2026-01-03", "ab" * 32), SignatureLine("组长")]),
        Text("说明\n第二行", small=True),
    )


def test_every_block_is_there_to_read():
    said = text(pdf(one_of_each()))
    for part in ("全科医学住培手册", "目录", "病例", "张三", "高血压随访", "明细", "李四"):
        assert part in said
    for part in ("ab" * 32, "组长", "说明", "第二行", "某某县人民医院", "第1页，共2页"):
        assert part in said


def test_it_is_an_archival_tagged_file_that_says_its_language_and_title():
    made = pdf(one_of_each())
    root = reader(made).trailer["/Root"]
    about = root["/Metadata"].get_object().get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in about
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in about
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "zh-CN"
    assert reader(made).metadata.title == "全科医学住培手册"
    assert reader(made).metadata.creation_date == AT
    assert [one.title for one in reader(made).outline if not isinstance(one, list)][-1] == "登记"


def test_the_font_is_ours_and_inside():
    (font,) = fonts(pdf(one_of_each()))
    assert "NotoSansCJKsc" in font[0] and font[1]


def test_the_same_document_gives_the_same_bytes():
    assert pdf(one_of_each()) == pdf(one_of_each())
    later = document(made_at=AT + timedelta(minutes=1))
    assert pdf(later) != pdf(document())
    assert pdf(document(made_at=AT.replace(tzinfo=None))) == pdf(document())


def test_a_document_set_aside_is_the_same():
    assert pdf_aside(one_of_each()) == pdf(one_of_each())


def test_what_cannot_be_set_aside_says_why():
    broken = document(Picture(b"no picture at all", "nothing"))
    with pytest.raises(NotSet, match=r"picture-1\.svg|failed to parse"):
        pdf_aside(broken)
    with pytest.raises(NotSet, match="not set after"):
        pdf_aside(one_of_each(), seconds=0.001)


def test_nothing_is_fetched(monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("a document asked the network")

    monkeypatch.setattr(socket, "socket", refuse)
    assert pdf(document(Text('#import "@preview/tablex:0.0.8": *')))


@pytest.mark.parametrize(
    "typed",
    [
        '#panic(1) #sys.inputs #read("/etc/passwd")',
        "$x^2$ and $ alone",
        "\\u{41} \\ end\\",
        "@nobody <label> @preview/x",
        "*strong* _soft_ `raw` = Heading - item + item / term: x",
        "[content] {code} ]]}} //comment /* more */",
        "\"quoted\" 'single' ~ --- ...",
        "https://example.test/#a?b=c",
    ],
)
def test_what_is_typed_is_shown_and_never_run(typed):
    everywhere = document(
        Heading(typed),
        Text(typed),
        Facts([(typed, typed)]),
        Table([typed], [[typed]], caption=typed),
        Signatures([SignatureLine(typed, typed, typed, typed)]),
        Picture(SQUARE, typed),
        Contents(typed),
        title=typed,
        subtitle=typed,
        footer=typed,
    )
    said = text(pdf(everywhere))
    assert said.count("".join(typed.split())) >= 13


def test_what_cannot_be_printed_does_not_stop_the_press():
    wild = "甲\x00\x07\x1b[31m乙\ud800丙\u202e丁\ufffe\U000e0041戊\U0001f600己\ue000"
    said = text(pdf(document(Text(wild), title=wild)))
    assert "甲[31m乙丙丁" in said
    assert "戊〓(U+1F600)己〓(U+E000)" in said


def test_rare_letters_of_names_are_in_the_font():
    rare = "𠮷䶮喆堃犇㛃"
    assert {ord(one) for one in rare} <= letters()
    assert rare in text(pdf(document(Text(rare))))


def test_a_word_too_long_is_broken_and_can_be_copied_whole():
    digest = "0123456789abcdef" * 20
    made = pdf(document(Table(["a", "b"], [[digest, "x"]]), Facts([(digest, digest)])))
    assert text(made).count(digest) == 3
    assert printable("short") == "short"


def test_a_head_repeats_and_pages_are_counted():
    rows = [[f"2026-{n:04}", "全科门诊", "高血压随访", n] for n in range(5000)]
    table = Table(["日期", "科室", "内容", "序号"], rows)
    began = time.process_time()
    made = pdf(document(table, subtitle="张三"))
    assert time.process_time() - began < 30
    number = len(reader(made).pages)
    assert number > 50
    for page in (1, number // 2, number):
        said = page_text(made, page)
        assert "日期" in said and "张三" in said
        assert said.endswith(f"第{page}页，共{number}页")
    assert "4999" in said


def test_a_cell_may_be_longer_than_a_page():
    made = pdf(document(Table(["内容"], [["很长的记录" * 2000]])))
    assert len(reader(made).pages) > 2


def test_an_empty_table_and_an_empty_document_are_documents():
    assert "日期" in text(pdf(document(Table(["日期"], []), Facts([]), Signatures([]))))
    assert reader(pdf(Document("x", "en"))).trailer["/Root"]["/Lang"] == "en-GB"
    assert "Page1of1" in text(pdf(Document("x", "en")))


def test_a_row_of_the_wrong_length_is_named():
    with pytest.raises(ValueError, match="2 cells under a head of 1"):
        pdf(document(Table(["a"], [["1", "2"]])))


def test_a_side_page_lies():
    (page,) = reader(pdf(document(landscape=True))).pages
    assert page.mediabox.width > page.mediabox.height
