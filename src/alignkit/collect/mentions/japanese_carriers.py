"""Japanese sentences: which outlets are said to have carried a story."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from alignkit.collect.mentions.cues import cues
from alignkit.collect.mentions.scene import OUTLET, QUOTE

if TYPE_CHECKING:
    from alignkit.collect.mentions.scene import Group, Scene

_LONGEST_INTRODUCTION: Final = 150
_PARTICLES: Final = (
    rf"(?:（[^（）{OUTLET}]*）)?\s*(?:などの各紙|などの[^、。]{{1,6}}|などが|など[数0-9]*[^、。はがもに]{{0,4}}|の各紙|各紙|両紙|の(?:[0-9]|[二三四五六七八九])紙|[0-9二三四五六七八九]紙|紙)?"
    r"(?:は|が|も|でも|では|にも|には|に|で|、|の[^、。]{1,8}(?:に|で)(?:も|は)?)"
)
_CARRIES: Final = re.compile(
    rf"{_PARTICLES}(?P<clause>(?:(?!によ|の取材|コラム|社説|連載)[^{QUOTE}{OUTLET}。]){{0,40}}?{cues('ja', 'carry')}(?P<ending>[^、。{OUTLET}{QUOTE}]{{0,10}}[。、]?))"
)
_CARRIES_FROM: Final = re.compile(
    rf"{_PARTICLES}[^{QUOTE}{OUTLET}。]{{0,12}}{OUTLET}(?:の|が(?:配信|発信)した|配信の)[^{QUOTE}{OUTLET}。、]{{0,12}}{QUOTE}?(?:（[^（）]{{0,20}}）)?"
    rf"(?:を|も)?[^{QUOTE}{OUTLET}。]{{0,20}}?{cues('ja', 'carry')}(?P<ending>[^、。{OUTLET}{QUOTE}]{{0,10}}[。、]?)"
)
_TARGET_BEFORE: Final = re.compile(r"(?:掲載紙|掲載したの|掲載は|転載)(?:は|が|：|:|、)\s*$")
_INTRODUCED: Final = re.compile(rf"{cues('ja', 'carry')}[^。]*[:：。]?\s*$")
_NEGATED: Final = re.compile(rf"{cues('ja', 'negation')}|て(?:い)?ない")
_SOURCE: Final = re.compile(
    r"(?:の|が(?:配信|発信)した|配信の|発の)(?:この|同)?(?:記事|配信|ニュース|報道|原稿|記者|取材)"
)
_NAME_ALONE: Final = re.compile(rf"\s*{OUTLET}\s*(?:[（(、|:：][^{QUOTE}{OUTLET}]*)?。?\s*")
_NOT_CARRIED: Final = re.compile(rf"{cues('ja', 'carry')}\w{{0,2}}{cues('ja', 'negation')}")


def introduces(text: str) -> bool:
    """Tell whether a paragraph introduces a list of those that carried the story: '掲載した新聞は次の通り。'."""
    end = text[-_LONGEST_INTRODUCTION:]
    return bool(_INTRODUCED.search(end)) and not _NEGATED.search(end)


def carries(scene: Scene, group: Group) -> bool:
    """Tell whether a sentence says that outlets carried the story."""
    text = scene.skeleton
    if scene.listed and _NAME_ALONE.fullmatch(text):
        return not _NOT_CARRIED.search(text)
    if _SOURCE.match(text, group.end):
        return False
    found = _CARRIES.match(text, group.end) or _CARRIES_FROM.match(text, group.end)
    if found is None:
        return bool(_TARGET_BEFORE.search(text[: group.start]))
    return not _NEGATED.search(found["ending"])
