"""English sentences: whose headline a quotation is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from alignkit.collect.mentions.cues import cues, pattern
from alignkit.collect.mentions.english_carriers import ARTICLE, CARRY_ACTIVE, SPOKEN_TO, WHICH, carries
from alignkit.collect.mentions.form import form_score
from alignkit.collect.mentions.scene import DAY, OUTLET, QUOTE, Group, Reading, Scene, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

_ENOUGH: Final = 3
_MOST_HEAVY_WORDS: Final = 2

_OTHERS: Final = r"(?:(?:the\s+)?[A-Z][\w'’.-]+(?:\s[A-Z][\w'’.-]+){0,3}(?:,\s+(?:and\s+)?|\s+and\s+))*"
_LIST: Final = re.compile(
    rf"(?:\s*\([^(){OUTLET}{QUOTE}]*\))?(?:,|,?\s+(?:and|or|&|as\ well\ as|along\ with|and\ also)(?=[\s,])|\s*[/|])\s*"
    rf"(?:,?\s*{DAY},?\s*)?(?:(?:in|by|on|also\ in|also\ by)\s+)?{ARTICLE}{_OTHERS}{ARTICLE}"
)
_REPORT: Final = pattern("en", "report", "carry")
_HEADLINE: Final = pattern("en", "headline")
_STRONG_NOUN: Final = re.compile(
    rf"\bhead(?:line[sd]?|ing)\b(?:\s+{cues('en', 'light')}|\s*{DAY}|[:,])*\s*\(?$", re.IGNORECASE
)
_LIGHT: Final = pattern("en", "light", "report")
_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_THAT: Final = re.compile(rf"{cues('en', 'report', 'carry')}(?:\s+\w+)?\s+(?:that|how|whether)\b", re.IGNORECASE)
_SPEECH_BEFORE: Final = re.compile(rf"{cues('en', 'speech')}(?:\s+[\w'’]+){{0,6}}?[\s,:]*$", re.IGNORECASE)
_SPEECH_AFTER: Final = re.compile(
    rf"\s*,?\s*(?!{ARTICLE}{OUTLET})[^{OUTLET}{QUOTE};.(]{{0,50}}?{cues('en', 'speech')}", re.IGNORECASE
)
_WORK_BEFORE: Final = re.compile(rf"{cues('en', 'work')}(?:['’]s)?(?:[\s,:]+[\w'’]+){{0,3}}?[\s,:(]*$", re.IGNORECASE)
_GLOSS_BEFORE: Final = re.compile(rf"{cues('en', 'gloss')}(?:\s+\w+){{0,3}}[\s,:]*$", re.IGNORECASE)
_GLOSS_OF_THE_LAST: Final = re.compile(r"\s*[(—–-]\s*(?:or|that is|i\.e\.|lit\.)?,?\s*")
_SAME_AGAIN: Final = re.compile(r",?\s*(?:and|or)(?:\s+(?:then|later|also))?\s*")
_COLON: Final = re.compile(
    rf"(?:,?\s*{DAY})?(?:\s*\([^()]*\))?(?:,?\s*{DAY})?\s*(?:[:|—–]|\s-)\s*(?:{DAY}\s*\|\s*)?|\s*,?\s*(?:\([^()]*\)\s*)?{DAY}\s*,?\s*"
)
_POSSESSIVE: Final = re.compile(
    rf"['’]s?\s+(?:own\s+)?(?:{DAY}\s+)?(?:(?:[a-z-]+\s+){{0,2}}(?:story|report|article|item|piece|dispatch|version|account|take),?\s+)?"
)
_CITED: Final = re.compile(rf"\s*(?:[(|—–]|,?\s+-)\s*(?:{DAY}\s*[,:|]?\s*)?(?:from\s+)?{ARTICLE}")
_SUBJECT: Final = re.compile(rf",?\s*(?:as\s+)?{ARTICLE}")
_TELLS: Final = re.compile(rf"(?:['’]s)?(?:\s+[\w'’-]+){{0,4}}?\s+{cues('en', 'report', 'headline')}", re.IGNORECASE)
_POSSESSED: Final = re.compile(r"['’]s?\s")
_LINKING: Final = re.compile(r"^,?\s*(?:was|is|ran|read|became)\s+(?:the\s+)?$")
_THROUGH: Final = re.compile(rf"\b(?:by|in|from|of|on|at)\s+{ARTICLE}$", re.IGNORECASE)
_FROM: Final = re.compile(rf",?\s*(?:this\s+one\s+|also\s+|again\s+|a\s+story\s+)?(?:by|from|in)\s+{ARTICLE}")
_CREDITED: Final = re.compile(
    rf"{cues('en', 'report', 'carry')}\s+(?:\w+\s+){{0,3}}?(?:by|in)\s+{ARTICLE}$", re.IGNORECASE
)


class _Link(NamedTuple):
    """How closely a quotation is tied to an outlet, or to being a headline at all."""

    strength: int
    publishers: tuple[int, ...] = ()


_NONE: Final = _Link(0)


def read_english(scene: Scene) -> Reading:
    """Read a sentence whose words are English, whatever its quotations are in."""
    groups = scene.groups(_LIST)
    verdicts: list[Verdict] = []
    for number in range(len(scene.quotations)):
        verdicts.append(_verdict(scene, groups, number, verdicts))
    publishers = {outlet for verdict in verdicts for outlet in verdict.publishers if verdict.kind == "headline"}
    glossed = {outlet for verdict in verdicts for outlet in verdict.publishers if verdict.kind == "gloss"}
    carriers = {
        outlet for group in groups if carries(scene, group) for outlet in group.outlets if outlet not in publishers
    }
    return Reading(tuple(verdicts), tuple(sorted((carriers | glossed) - publishers)))


def _verdict(scene: Scene, groups: Sequence[Group], number: int, earlier: Sequence[Verdict]) -> Verdict:
    places = scene.places(QUOTE)
    start = places[number - 1] + 1 if number else 0
    end = places[number + 1] if number + 1 < len(places) else len(scene.skeleton)
    before, after = scene.skeleton[start : places[number]], scene.skeleton[places[number] + 1 : end]
    if number and _SAME_AGAIN.fullmatch(before) and earlier[-1].kind == "headline":
        return earlier[-1] if form_score(scene.quotations[number].text) >= 0 else Verdict("other")
    if number and _GLOSS_OF_THE_LAST.fullmatch(before):
        return Verdict("gloss")
    leading = _before(before, [_moved(group, start) for group in groups if start <= group.start < places[number]])
    if _GLOSS_BEFORE.search(before):
        return Verdict("gloss", leading.publishers)
    at = places[number] + 1
    trailing = _after(after, [_moved(group, at) for group in groups if at <= group.start and group.end <= end])
    link = max(leading, trailing, key=lambda found: (found.strength, bool(found.publishers)))
    link = link if link.publishers else _Link(link.strength, leading.publishers or trailing.publishers)
    noun = _ENOUGH if _STRONG_NOUN.search(before) or re.match(r"\s*(?:was|ran|read)\s+the\s+headline", after) else 0
    if _is_spoken(before, after) or _WORK_BEFORE.search(before):
        return Verdict("other")
    score = max(link.strength, noun) + form_score(scene.quotations[number].text)
    return Verdict("headline", link.publishers) if score >= _ENOUGH else Verdict("open")


def _is_spoken(before: str, after: str) -> bool:
    speech = _SPEECH_BEFORE.search(before)
    return bool((speech and not _HEADLINE.search(speech[0])) or _SPEECH_AFTER.match(after))


def _before(before: str, groups: Sequence[Group]) -> _Link:
    """Tie a quotation to the last outlet before it."""
    if not groups:
        return _NONE
    group = groups[-1]
    ahead, between = before[: group.start], before[group.end :]
    if ";" in between or SPOKEN_TO.search(ahead) or _THAT.search(between):
        return _NONE
    reported = bool(_REPORT.search(between) or _CREDITED.search(ahead)) and _heavy_words(between) <= _MOST_HEAVY_WORDS
    if reported or _COLON.fullmatch(between) or _HEADLINE.search(between):
        return _Link(_ENOUGH, group.outlets)
    return _Link(_ENOUGH - 1, group.outlets) if _POSSESSIVE.fullmatch(between) else _NONE


def _after(after: str, groups: Sequence[Group]) -> _Link:
    """Tie a quotation to the first outlet after it."""
    if not groups or ";" in after[: groups[0].start]:
        return _NONE
    group = groups[0]
    between, rest = after[: group.start], after[group.end :]
    cited = _CITED.fullmatch(between) or _FROM.fullmatch(between)
    told = _SUBJECT.fullmatch(between) and _TELLS.match(rest)
    owned = _LINKING.match(between) and _POSSESSED.match(rest)
    through = _THROUGH.search(between) and (_REPORT.search(between) or _HEADLINE.search(between))
    if cited or told or owned or (through and _heavy_words(between) <= _MOST_HEAVY_WORDS):
        return _Link(_ENOUGH, group.outlets)
    return _Link(_ENOUGH - 1) if WHICH.fullmatch(between) and CARRY_ACTIVE.match(rest) else _NONE


def _heavy_words(between: str) -> int:
    """Count the words that do not belong between an outlet and its headline."""
    between = re.sub(r"\([^()]*\)", " ", between)
    return len(_WORD.findall(_LIGHT.sub(" ", between)))


def _moved(group: Group, by: int) -> Group:
    return Group(group.start - by, group.end - by, group.outlets)
