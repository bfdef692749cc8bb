"""Names that hold where nobody has told the base its own: fallbacks, not official lists."""

from __future__ import annotations

import re

# Standard departments of general-practice programmes, as their usual full names.
STANDARDS = (
    "全科医学科", "心血管内科", "呼吸与危重症医学科", "呼吸内科", "消化内科", "内分泌科", "肾内科",
    "血液内科", "风湿免疫科", "神经内科", "儿科", "普通外科", "骨科", "胸外科", "神经外科",
    "泌尿外科", "妇产科", "妇科", "产科", "急诊医学科", "急诊科", "感染性疾病科", "传染科",
    "皮肤科", "眼科", "耳鼻咽喉科", "口腔科", "医学影像科", "放射科", "超声医学科", "心电图室",
    "检验科", "精神科", "康复医学科", "中医科", "肿瘤科", "老年医学科", "重症医学科", "麻醉科",
    "疼痛科", "预防保健科", "基层实践",
)  # fmt: skip

# How people shorten them in a note; only used to read notes, never to correct a cell.
SHORT_STANDARDS = {
    "全科": "全科医学科", "心内": "心血管内科", "心血管": "心血管内科",
    "呼吸": "呼吸与危重症医学科", "消化": "消化内科", "内分泌": "内分泌科", "肾内": "肾内科",
    "肾病": "肾内科", "血液": "血液内科", "风湿": "风湿免疫科", "神内": "神经内科",
    "神经": "神经内科", "普外": "普通外科", "外科": "普通外科", "泌尿": "泌尿外科",
    "妇产": "妇产科", "急诊": "急诊医学科", "感染": "感染性疾病科", "皮肤": "皮肤科",
    "耳鼻喉": "耳鼻咽喉科", "耳鼻咽喉": "耳鼻咽喉科", "五官": "耳鼻咽喉科",
    "影像": "医学影像科", "放射": "医学影像科", "检验": "检验科", "精神": "精神科",
    "心理": "精神科", "康复": "康复医学科", "中医": "中医科", "肿瘤": "肿瘤科",
    "老年": "老年医学科", "重症": "重症医学科", "基层": "基层实践", "社区": "基层实践",
}  # fmt: skip

GENERAL_NAMES = (
    "全科", "全科医学", "全科医学科", "全科住培", "全科专业", "全科医生", "全科住院医师",
    "全科医学专业", "全科规培", "gp", "general practice",
)  # fmt: skip
ASSISTANT_NAMES = (
    "助理全科", "助理全科医生", "助理全科医学", "助理全科住培", "助理全科专业", "助理全科培训",
    "助理全科医生培训", "助理全科规培", "agp", "assistant gp", "assistant general practice",
)  # fmt: skip

WHOLE_BASE = ("科教科", "全院", "全基地", "基地", "医院", "教学办", "教育处", "科教处", "教务科")


def names_of(code: str) -> tuple[str, ...]:
    return ASSISTANT_NAMES if code.upper().startswith("A") else GENERAL_NAMES


def programme_code(name: str) -> str:
    """GP33 or AGP24 from a programme's own name, by its length where the name tells it."""
    assistant = "助理" in name or "assistant" in name.lower()
    length = re.search(r"(\d+)\s*(?:个月|months?)", name)
    months = length.group(1) if length else ("24" if assistant else "33")
    return f"{'AGP' if assistant else 'GP'}{months}"


def is_leave(short: str) -> bool:
    return bool(re.search(r"假|休$|^休|leave", short, re.IGNORECASE))


def is_not_rotation(short: str) -> bool:
    return is_leave(short) or bool(re.search(r"考核|考试|机动|结业", short))


def standard_in(text: str, standards: tuple[str, ...]) -> str | None:
    """The one standard department a shortened name means, or None."""
    text = text.strip()
    if text in standards:
        return text
    long = SHORT_STANDARDS.get(text) or SHORT_STANDARDS.get(text.removesuffix("科"))
    if long in standards:
        return long
    starts = [name for name in standards if text and name.startswith(text)]
    return starts[0] if len(starts) == 1 else None
