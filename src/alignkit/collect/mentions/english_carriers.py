"""English sentences: which outlets are said to have carried a story."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from alignkit.collect.mentions.cues import cues
from alignkit.collect.mentions.scene import OUTLET, QUOTE

if TYPE_CHECKING:
    from alignkit.collect.mentions.scene import Group, Scene

ARTICLE: Final = r"(?:[Tt]he\s+)?"
WHICH: Final = re.compile(rf",?\s*(?:which|that|a\s+story\s+that|a\s+story)\s+{ARTICLE}")
SPOKEN_TO: Final = re.compile(rf"{cues('en', 'spoken_to')}\s+(?:with\s+)?{ARTICLE}$", re.IGNORECASE)
_LONGEST_INTRODUCTION: Final = 300
_WHOSE: Final = re.compile(rf",\s+whose\s[^;{OUTLET}]*?,?\s+and\s+{ARTICLE}")
_SOURCE: Final = re.compile(
    rf"(?:['’]s?)?(?:\s+(?!{cues('en', 'carry')})[a-z-]+)?\s+(?:stor(?:y|ies)|articles?|reports?|items?|piece|dispatch|copy"
    r"|network|wire|reporters?|journalists?|correspondents?|editors?|members?|readers?|office|newsroom)\b",
    re.IGNORECASE,
)
_NEGATED: Final = re.compile(rf"{cues('en', 'negation')}|n['’]t\b", re.IGNORECASE)
_NOT_CARRIED: Final = re.compile(
    rf"(?:{cues('en', 'negation')}|n['’]t\b)(?:\s+\w+)?\s+(?:carry|run|print|{cues('en', 'carry')})", re.IGNORECASE
)
_AND_OTHERS: Final = r"(?:,?\s+and\s+(?:\w+\s+){0,4}?(?:others?|papers|outlets|titles|members|more))?"
CARRY_ACTIVE: Final = re.compile(
    rf"{_AND_OTHERS}(?:,\s[^,;]{{0,60}},)?(?:\s+(?!{cues('en', 'carry')})[\w'’-]+){{0,4}}\s+{cues('en', 'carry')}(?P<object>[^{QUOTE}]*)",
    re.IGNORECASE,
)
_STORY: Final = re.compile(
    rf"\s*(?:$|[.;,)]|(?:also|too|as\s+well|along)\b|(?:[\w'’-]+\s+){{0,4}}?(?:{OUTLET}(?:['’]s)?\s+)?(?:[\w'’-]+\s+){{0,2}}?{cues('en', 'story')})",
    re.IGNORECASE,
)
_OTHER_PRINT: Final = re.compile(rf"\s*(?:[\w'’-]+\s+){{0,4}}?{cues('en', 'other')}", re.IGNORECASE)
_PASSIVE: Final = re.compile(
    rf"(?:{cues('en', 'carry')}|appeared|ran|seen|found|turned\s+up|available|read)[^{QUOTE}{OUTLET}.]{{0,40}}?\b(?:by|in|on|at)\s+{ARTICLE}$",
    re.IGNORECASE,
)
_AS_DID: Final = re.compile(rf"\b(?:as|so)\s+(?:did|have|had|does)\s+{ARTICLE}$", re.IGNORECASE)
_LISTED: Final = re.compile(rf"{cues('en', 'carry', 'report')}[^{QUOTE}.]*:\s*{ARTICLE}$", re.IGNORECASE)
_INTRODUCED: Final = re.compile(rf"{cues('en', 'carry', 'report')}[^.]*:\s*$", re.IGNORECASE)
_NAME_ALONE: Final = re.compile(rf"\s*{ARTICLE}{OUTLET}\s*(?:[(,;:|—–-][^{QUOTE}{OUTLET}]*)?[.;,]?\s*")


def introduces(text: str) -> bool:
    """Tell whether a paragraph introduces a list of those that carried the story: 'It was carried by:'."""
    end = text[-_LONGEST_INTRODUCTION:]
    return bool(_INTRODUCED.search(end)) and not _NEGATED.search(end)


def carries(scene: Scene, group: Group) -> bool:
    """Tell whether a sentence says that outlets carried the story."""
    text = scene.skeleton
    ahead = re.split(f"[;{QUOTE}]", text[: group.start])[-1]
    behind = re.split(f"[;{QUOTE}]", text[group.end :])[0]
    if scene.listed and _NAME_ALONE.fullmatch(text):
        return not _NOT_CARRIED.search(text)
    if SPOKEN_TO.search(ahead) or _negated(ahead, behind):
        return False
    if _PASSIVE.search(ahead) or _AS_DID.search(ahead) or _LISTED.search(ahead):
        return True
    whose = _WHOSE.match(text, group.end)
    return not _SOURCE.match(behind) and _gives(text[whose.end() + 1 :] if whose else behind, ahead)


def _gives(behind: str, ahead: str) -> bool:
    """Tell whether the verb behind an outlet says that it gave the story, not an interview or a letter."""
    active = CARRY_ACTIVE.match(behind)
    if active is None or _OTHER_PRINT.match(active["object"]):
        return False
    return bool(_STORY.match(active["object"]) or WHICH.search(ahead))


def _negated(ahead: str, behind: str) -> bool:
    clause = re.split(r",\s|\sbut\s|\sand\s", behind)[0]
    return bool(_NEGATED.search(clause) or _NEGATED.search(re.split(r"\sand\s|\swhile\s", ahead)[-1][-30:]))
