"""Where names of people stand in a Japanese headline by its characters and by the words around, whatever IPADIC says."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from alignkit.text.people.kanji_names import KANJI, is_known_name, may_be_name
from alignkit.text.people.tables import any_of, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Span = tuple[int, int]

AGE: Final = r"(?:[(（〔](?:当時)?\d{1,3}(?:歳|才)?[)）〕]|[=＝](?:当時)?\d{1,3}(?:歳|才)?[=＝])"
"""How an age stands behind a name: （34）, ＝当時13＝."""

DOTTED: Final = re.compile("(?:[A-Z]{1,2}[・.])*[ァ-ヺー]{2,}(?:[・＝=][ァ-ヺー]+)+|(?:[A-Z]{1,2}[・.])+[ァ-ヺー]{2,}")
_LATIN: Final = re.compile(
    r"[^\W\d_ぁ-んァ-ヺ\u3400-\u9fff][^\W\d_ぁ-んァ-ヺ\u3400-\u9fff'.-]+(?: [^\W\d_ぁ-んァ-ヺ\u3400-\u9fff][^\W\d_ぁ-んァ-ヺ\u3400-\u9fff'.-]*)*$"
)
_KATAKANA_BEFORE: Final = re.compile("(?:[A-Z]{1,2}[・.])*[ァ-ヺー]+(?:[・＝=][ァ-ヺー]+)*$")
_PARTICLE: Final = re.compile("[、。をがはのにもとらへや」』 (（―…]|$|から|まで|ほか|など|似")
_IN_QUOTES: Final = ("「", "『", "“", '"')
_MOST_LATIN: Final = 40
_LONGEST_ACRONYM: Final = 5
_MOST_KANJI: Final = 6
_NEAR: Final = 12
_STAGE: Final = "亭家屋楼軒斎"


def things_in_katakana(folded: str) -> list[Span]:
    """Find names in katakana of several parts that are a firm's, a place's or a work's."""
    return [match.span() for match in DOTTED.finditer(folded) if _is_thing(folded, match)]


def dotted_names(folded: str) -> Iterator[Span]:
    """Find names in katakana of several parts that nothing makes a firm's or a place's, where a name may end."""
    for match in DOTTED.finditer(folded):
        if not _is_thing(folded, match) and _PARTICLE.match(folded, match.end()):
            yield match.span()


def foreign_before(folded: str, end: int, *, is_sure: bool) -> int:
    """Go back from a role to where a name in katakana or in Latin letters begins; where the role begins, if there is none."""
    katakana = _KATAKANA_BEFORE.search(folded, max(0, end - _MOST_LATIN), end)
    if katakana is not None and (is_sure or DOTTED.fullmatch(katakana[0])):
        return katakana.start() + len(katakana[0]) - len(katakana[0].lstrip("ー"))
    latin = _LATIN.search(folded, max(0, end - _MOST_LATIN), end) if is_sure else None
    if latin is not None and not (latin[0].isupper() and len(latin[0]) <= _LONGEST_ACRONYM):
        return latin.start()
    return end


def names_of_acts(folded: str, is_blocked: Callable[[int, int], bool], role: re.Pattern[str]) -> Iterator[Span]:
    """Find kanji, with or without kana behind, that begin a clause and that something is done to or by in court or by police.

    Args:
        folded: The headline.
        is_blocked: Tells of a span whether it holds the name of a place or of an organisation. What IPADIC knows as such
            is nevertheless somebody if it is arrested or sentenced.
        role: What is no part of a name at its end.
    """
    for match in _before_acts().finditer(folded):
        end = match.end("name")
        start = without_occupation(folded, match.start("name"), end)
        written = folded[start:end]
        if any(role.fullmatch(folded, at, end) for at in range(start, end)):
            continue
        is_sure = _personal_acts().match(folded, end) is not None
        if KANJI.fullmatch(written):
            if (is_sure or not is_blocked(start, end)) and may_be_name(written, is_sure=is_sure):
                yield start, end
        elif _is_stage_name(written):
            yield start, end


def without_occupation(folded: str, start: int, end: int) -> int:
    """Go over the occupations that kanji begin with to where a name may begin."""
    while start < end and (known := occupation().match(folded, start, end)):
        if end - known.end() <= 1 and (len(known[0]) == 1 or known.end() == end):
            break
        start = known.end()
    return start


def completed(folded: str, span: Span, ends: re.Pattern[str]) -> Span:
    """Take in the kanji beside what IPADIC knows of a name, if they are one name with it: 佐治 of 佐治木隼.

    Args:
        folded: The headline.
        span: What is known.
        ends: What no longer belongs to a name: a role, an office, a head.
    """
    run = next((m.span() for m in KANJI.finditer(folded) if m.start() <= span[1] and span[0] <= m.end()), None)
    if run is None or (run[0] >= span[0] and run[1] <= span[1]):
        return span
    first, last = run
    if span[0] > first:
        first = without_occupation(folded, first, min(span[0], last))
    last = next((at for at in range(max(span[1], first), last) if ends.match(folded, at)), last)
    first, last = min(first, span[0]), max(last, span[1])
    kanji = folded[max(first, run[0]) : min(last, run[1])]
    return (first, last) if len(kanji) <= _MOST_KANJI and may_be_name(kanji) else span


def is_scene(folded: str, end: int) -> bool:
    """Tell whether what stands behind a word makes it the place where something happened: で, の住宅."""
    return _scene().match(folded, end) is not None


@cache
def occupation() -> re.Pattern[str]:
    """Give what may stand before a name without anything between; most single kanji of the list begin names, too."""
    several = any_of(frozenset(word for word in words("before_ja.txt") if len(word) > 1))
    return re.compile(f"{several}|[元前現故男女同両各夫妻父母兄弟姉妹娘]")


def _is_thing(folded: str, match: re.Match[str]) -> bool:
    parts = re.split("[・＝=.]", match[0])
    behind = folded[match.end() : match.end() + 1]
    if _person_behind().match(folded, match.end()):
        return False
    return (
        any(part in words("firm_parts_ja.txt") for part in parts)
        or folded[match.start() - 1 : match.start()] in _IN_QUOTES
        or _thing_behind().match(folded, match.end()) is not None
        or KANJI.match(behind) is not None
    )


def _is_stage_name(written: str) -> bool:
    """Tell whether kanji and kana behind them are one name: 七瀬川みちる, 松風亭ぽん八."""
    kanji = KANJI.match(written)
    return kanji is not None and (is_known_name(kanji[0]) or kanji[0][-1] in _STAGE) and may_be_kana(written)


def may_be_kana(written: str) -> bool:
    """Tell whether the hiragana of a name begin as none of the words do that bind nouns."""
    kana = re.search("[ぁ-ん]+", written)
    return kana is None or (len(kana[0]) > 1 and kana[0][0] not in "をがはにでともへやの")


@cache
def _before_acts() -> re.Pattern[str]:
    kanji = "[\u3400-\u4dbf\u4e00-\u9fff々ヶケ]"
    acts = any_of(words("acts_ja.txt"))
    name = f"{kanji}{{1,9}}(?:ノ{kanji}{{1,3}})?"
    kana = f"(?:[ぁ-ん]{{2,4}}{kanji}{{0,2}}(?=[、を]))?"
    near = f"[^。「」 ]{{0,{_NEAR}}}?"
    begins = "(?:^|(?<=[、。 の」】で:：と―=＝はがァ-ヺー]))"
    return re.compile(rf"{begins}(?P<name>{name}{kana})(?=[をに、らがもは]{near}(?:{acts})|の(?:{acts}))")


@cache
def _personal_acts() -> re.Pattern[str]:
    """Give what is done to or by people alone, directly behind a name."""
    return re.compile(
        f"を[^。、「」 ]{{0,4}}(?:逮捕|起訴|送検|手配|釈放|保釈|聴取|確保|拘束)"
        "|に(?:懲役|禁錮|拘禁刑|死刑|無期|有罪|無罪|実刑|執行猶予|逮捕状)"
        "|[のが](?:上告|控訴|起訴内容|黙秘|供述|自供|出頭|自首|身柄|弁護人|弁護団|死刑)"
        f"|、[^。「」 ]{{0,{_NEAR}}}?(?:上告|控訴|起訴内容|黙秘|否認|認める|自供|出頭|自首|送検|逮捕)"
    )


@cache
def _scene() -> re.Pattern[str]:
    return re.compile(
        f"で(?!は)|沖|の[^、。 ]{{0,4}}?(?:{any_of(words('scenes_ja.txt'))})|、[^、。 ]{{1,4}}の(?:住宅|路上)"
    )


@cache
def _thing_behind() -> re.Pattern[str]:
    heads = any_of(words("heads_ja.txt") | {"社", "州", "号", "市", "郡", "島", "沖", "杯", "賞", "製", "教会", "で"})
    return re.compile(heads)


@cache
def _person_behind() -> re.Pattern[str]:
    return re.compile(any_of(words("roles_ja.txt") | words("surest_ja.txt") | words("public_ja.txt")) + "|[両元前]")
