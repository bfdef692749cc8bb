"""What every indicator means, in both languages, and where that comes from."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import force_locale
from flask_babel import gettext as _

from trainingbase.i18n import number
from trainingbase.quality import words
from trainingbase.quality.indicators import INDICATORS, Indicator
from trainingbase.sheets.write import Table
from trainingbase.thresholds.models import Threshold

LANGUAGES = ("zh", "en")


@dataclass(frozen=True)
class Text:
    """An indicator in one language."""

    language: str
    name: str
    definition: str
    numerator: str
    denominator: str
    unit: str


@dataclass(frozen=True)
class Definition:
    """`target` is said as a number with its unit; its source is that of the threshold."""

    indicator: Indicator
    texts: tuple[Text, ...]
    target: str
    target_source: str
    target_confidence: str

    @property
    def sources(self) -> list[str]:
        return [self.indicator.source, self.target_source]


def definitions(targets: Mapping[str, Threshold]) -> list[Definition]:
    """In the order of the pages; `targets` by key."""
    return [_definition(one, targets) for one in INDICATORS.values()]


def _definition(one: Indicator, targets: Mapping[str, Threshold]) -> Definition:
    target = targets.get(one.target) if one.target else None
    if target is not None and not target.value:
        target = None  # the base has set none
    said = "—" if target is None else f"{number(target.value)} {words.unit(one)}"
    return Definition(
        indicator=one,
        texts=tuple(_text(one, language) for language in LANGUAGES),
        target=_("at most %(value)s", value=said) if target and one.high is False else said,
        target_source=target.source if target is not None else "",
        target_confidence=target.confidence if target is not None else "",
    )


def _text(one: Indicator, language: str) -> Text:
    with force_locale(language):
        return Text(
            language,
            str(one.name),
            str(one.definition),
            str(one.numerator),
            str(one.denominator or "—"),
            words.unit(one),
        )


def table(found: list[Definition]) -> Table:
    """For a file."""
    header = [
        _("Key"), _("Name (Chinese)"), _("Name (English)"), _("Definition (Chinese)"),
        _("Definition (English)"), _("Numerator (Chinese)"), _("Numerator (English)"),
        _("Denominator (Chinese)"), _("Denominator (English)"), _("Unit"), _("Source"),
        _("How sure"), _("Target"), _("Source of the target"), _("How sure the target is"),
    ]  # fmt: skip
    rows = []
    for one in found:
        zh, en = one.texts
        rows.append(
            [
                one.indicator.key, zh.name, en.name, zh.definition, en.definition, zh.numerator,
                en.numerator, zh.denominator, en.denominator, words.unit(one.indicator),
                one.indicator.source, one.indicator.confidence, one.target,
                one.target_source or "—", one.target_confidence or "—",
            ]
        )  # fmt: skip
    return Table(_("Definitions"), header, rows)
