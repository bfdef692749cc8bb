"""Forms made of the frameworks that come with the portal: entrustable activities, observed and
entrusted apart, and milestones.  They are not in use until the office wants them."""

from trainingbase.instruments.models import Instrument, Item
from trainingbase.instruments.rules.scales import filled
from trainingbase.programmes.frameworks import Entry, seeded

EPAS = "STFM/fm-epa/2015"
MILESTONES = "ACGME/fm-milestones/2.0"


def forms_of_frameworks() -> list[Instrument]:
    """New rows, not yet in the session."""
    entries = seeded()
    epas = [one for one in entries if one.framework_code == EPAS]
    milestones = [one for one in entries if one.framework_code == MILESTONES]
    return [_observed(epas), _entrusted(epas), _levels(milestones)]


def _form(
    code: str, name: str, name_en: str, source: str, entries: list[Entry], items: list[Item]
) -> Instrument:
    for position, item in enumerate(items):
        item.position = position
    whole = entries[0].whole or len(entries)
    note = note_en = None
    if whole > len(entries):
        note = f"该框架共{whole}条，此处为能够核对来源的{len(entries)}条。"
        note_en = (
            f"The framework has {whole} entries; here are the {len(entries)} read in a source."
        )
    return Instrument(
        code=code, version="2015" if "EPA" in name else "2.0", name=name, name_en=name_en,
        assessor="faculty", subject="resident", source=source, confidence="M", pass_rules=None,
        is_in_use=False, is_once=False, origin="national", note=note, note_en=note_en, items=items,
    )  # fmt: skip


def _text(code: str, name: str, name_en: str, *, required: bool = False) -> Item:
    return Item(
        code=code, section="反馈", section_en="Feedback", name=name, name_en=name_en, kind="text",
        is_required=required, may_be_unobserved=False,
    )  # fmt: skip


def _observed(epas: list[Entry]) -> Instrument:
    options = [[number, one.title, one.title_en or one.title] for number, one in enumerate(epas, 1)]
    items = [
        Item(
            code="EO0.1", section="活动", section_en="Activity", name="观察了哪一项职业行为",
            name_en="Which activity was observed", kind="choice", is_required=True,
            may_be_unobserved=False, options=options,
            competencies=[[one.framework_code, one.code] for one in epas],
        ),
        Item(
            code="EO1.1", section="回顾性置信", section_en="Retrospective entrustment",
            name="本次您需要做到哪一步", name_en="How much did you have to do this time",
            kind="rating", scale="retrospective", is_required=True, may_be_unobserved=False,
            **filled("retrospective"),
        ),
        _text("EO2.1", "看到了什么", "What was seen", required=True),
        _text("EO2.2", "下一步做什么", "What to do next", required=True),
    ]  # fmt: skip
    return _form(
        "epa_observation", "置信职业行为（EPA）观察记录（回顾性）",
        "EPA observation (retrospective)", f"{EPAS}; Ottawa/o-score/2012", epas, items,
    )  # fmt: skip


def _entrusted(epas: list[Entry]) -> Instrument:
    items = [
        Item(
            code=f"EP1.{number}", section="前瞻性置信", section_en="Prospective entrustment",
            name=one.title, name_en=one.title_en or one.title, kind="rating", scale="prospective",
            is_required=True, may_be_unobserved=True,
            competencies=[[one.framework_code, one.code]], **filled("prospective"),
        )
        for number, one in enumerate(epas, 1)
    ]  # fmt: skip
    items.append(_text("EP2.1", "置信的依据", "What this rests on", required=True))
    return _form(
        "epa_entrustment", "置信职业行为（EPA）授权评价（前瞻性）", "EPA entrustment (prospective)",
        f"{EPAS}; ten-Cate/entrustment/2015", epas, items,
    )  # fmt: skip


def _levels(entries: list[Entry]) -> Instrument:
    above = {one.code: one for one in entries if one.parent is None}
    items = [
        Item(
            code=f"FM.{one.code}", section=above[one.parent].title,
            section_en=above[one.parent].title_en, name=one.title,
            name_en=one.title_en or one.title, kind="rating", scale="milestones",
            is_required=True, may_be_unobserved=True,
            competencies=[[one.framework_code, one.code]], **filled("milestones"),
        )
        for one in entries if one.parent is not None
    ]  # fmt: skip
    items.append(_text("FM.T", "说明", "Narrative"))
    return _form(
        "fm_milestones", "家庭医学里程碑评价", "Family medicine milestones",
        f"{MILESTONES} (level 4: graduation goal)", entries, items,
    )  # fmt: skip
