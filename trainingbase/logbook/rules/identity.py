"""Whether a text gives away who a patient is.

A portal of a training base must not become a second patient record: texts that carry an identity
are refused, with the place where it stands.  The rules look for what people really type: numbers of
identity cards and phones, in whatever digits and with whatever between them, and names after the
words that announce them, before sex or age, beside a bed, or with a form of address.
"""

import re
import unicodedata
from collections.abc import Iterator

from trainingbase.logbook.rules.names import COMMON, MEDICINE, NAME, PINYIN, SURNAMES

CHINESE_DIGITS = str.maketrans(
    "〇零一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖", "0012345678912123456789"
)
SOURCE = re.compile(r"10\.\d{4,9}/\S+|https?://\S+")
"""A DOI or an address: what its digits look like says nothing."""

_GAP = r"[ \-._]?"
CARD = re.compile(
    rf"(?<![0-9])[1-8](?:{_GAP}[0-9]){{5}}{_GAP}(?:19|20){_GAP}[0-9]{_GAP}[0-9]{_GAP}"
    rf"(?:0{_GAP}[1-9]|1{_GAP}[0-2]){_GAP}(?:0{_GAP}[1-9]|[12]{_GAP}[0-9]|3{_GAP}[01])"
    rf"(?:{_GAP}[0-9]){{3}}{_GAP}[0-9Xx](?![0-9])"
    r"|(?<![0-9])[1-8][0-9]{5}[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}(?![0-9])"
)
PHONE = re.compile(
    r"(?<![0-9.])(?:\+?86[ -]?)?(?:"
    r"1[3-9][0-9]([ .\-]?)[0-9]{4}\1[0-9]{4}|1[3-9][0-9][ -][0-9]{3}[ -][0-9]{5}"
    r"|1[3-9][0-9][ -][0-9]{8}|1[3-9][0-9]{5}[ -][0-9]{4}|1[3-9][0-9]{3}[ -][0-9]{6}"
    r"|1[ -][3-9](?:[ -][0-9]){9}"
    r")(?![0-9])"
)
LANDLINE = re.compile(
    r"(?<![0-9])\(?0[0-9]{2,3}\)?[ -][0-9]{7,8}(?![0-9])"
    r"|(?:电话|手机|座机|联系方式|微信)号?码?[:：]?\s*[0-9]{3,4}-?[0-9]{4}(?![0-9])"
)
NUMBERS = (CARD, PHONE, LANDLINE)

_AFTER = (
    r"(?=[，,。；;、：:\s（(/0-9]|男|女|因|诉|于|系|自述|主诉|入院|来院|来诊|就诊|复诊|门诊|住院|出院|"
    r"反复|突发|既往|近日|今日|昨日|家属|的|$)"
)
NAMED = re.compile(
    rf"(?:姓名|名字|户主|叫做?)[:：为是叫做 　]*"
    rf"(?P<name>[{SURNAMES}][\u4e00-\u9fff·]{{1,2}}){_AFTER}"
)
ANNOUNCED = re.compile(
    r"(?:患者|病人|患儿|产妇|孕妇|家属|家长|伤者|老人|居民)[:：为是叫,， 　]*"
    rf"(?P<name>{NAME}){_AFTER}"
)
SEXED = re.compile(
    rf"(?<![\u4e00-\u9fff])(?P<name>{NAME})\s*[,，、;；/（(|:：]?\s*[男女]性?"
    r"(?=[,，、;；/）)|\s。0-9]|$)"
)
AGED = re.compile(rf"(?<![\u4e00-\u9fff])(?P<name>{NAME})\s*[,，、;；/（(|]?\s*[0-9]{{1,3}}\s*岁")
BEDDED = re.compile(rf"[0-9+]\s*(?:号床|床|号)\s*[:：,，]?\s*(?P<name>{NAME}){_AFTER}")
ADDRESSED = re.compile(
    rf"(?P<name>[{SURNAMES}][\u4e00-\u9fff]{{0,2}}?"
    r"(?:先生|女士|小姐|大爷|大妈|大娘|大叔|阿姨|奶奶|爷爷|师傅|同志))"
)
MASKED = re.compile(rf"(?P<name>[{COMMON}](?:某某|某(?=[，,。；;、\s（(0-9男女]|$)|XX))")
ENGLISH = re.compile(
    r"(?i:\b(?:patient(?:'s)? name|name)\s*(?::|is)\s*)(?P<name>[A-Z][\w'-]+(?: [A-Z][\w'-]+)?)"
    r"|\b(?:Mr|Mrs|Ms|Miss)\.? (?P<titled>[A-Z][\w'-]+)"
    r"|\b(?:[Pp]atient|[Pp]t)[.:]? "
    r"(?P<patient>(?!Health|Safety|Care|Education|Reported|Cent)[A-Z][a-z]+ [A-Z][a-z]+)\b"
    rf"|\b(?P<pinyin>(?:{PINYIN}) [A-Z][a-z]+)"
    r"(?=,? ?(?:\(|male|female|[MF]\b|[0-9]{1,3} ?(?:y|岁)))"
)
NAMES = (NAMED, ANNOUNCED, SEXED, AGED, BEDDED, ADDRESSED, MASKED, ENGLISH)


def identity_in(text: str | None) -> str | None:
    """The first piece of the text that could tell who a patient is, as it was typed; None when
    there is none."""
    if not text:
        return None
    found = []
    for said, places in _readings(text):
        for start, end in _spans(said):
            found.append((places[start], places[end - 1] + 1))
    if not found:
        return None
    start, end = min(found)
    return text[start:end]


def _readings(text: str) -> Iterator[tuple[str, list[int]]]:
    """The text in narrow characters, once as it stands and once without blanks between Chinese
    ones; each with the place every character had."""
    narrow, places = [], []
    for place, typed in enumerate(text):
        for one in unicodedata.normalize("NFKC", typed):
            if unicodedata.category(one) not in ("Cf", "Mn"):
                narrow.append(one)
                places.append(place)
    plain = SOURCE.sub(lambda match: "·" * len(match.group()), "".join(narrow))
    yield plain, places
    blank = re.compile(r"(?<=[\u4e00-\u9fff])[ \t]+(?=[\u4e00-\u9fff])")
    if blank.search(plain):
        dropped = {i for match in blank.finditer(plain) for i in range(*match.span())}
        kept = [i for i in range(len(plain)) if i not in dropped]
        yield "".join(plain[i] for i in kept), [places[i] for i in kept]


def _spans(text: str) -> Iterator[tuple[int, int]]:
    digits = text.translate(CHINESE_DIGITS)
    for pattern in NUMBERS:
        for match in pattern.finditer(digits):
            yield match.span()
    for pattern in NAMES:
        for match in pattern.finditer(text):
            name = next(key for key, value in match.groupdict().items() if value)
            if not MEDICINE.match(match[name]):
                yield match.span(name)
