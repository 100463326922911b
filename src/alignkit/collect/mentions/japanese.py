"""Japanese sentences: whose headline a quotation is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from alignkit.collect.mentions.cues import cues
from alignkit.collect.mentions.form import form_score
from alignkit.collect.mentions.japanese_carriers import carries
from alignkit.collect.mentions.scene import DAY, OUTLET, QUOTE, Group, Reading, Scene, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

_ENOUGH: Final = 3
_LIST: Final = re.compile(
    rf"(?:（[^（）{QUOTE}{OUTLET}]*）)?\s*(?:、|，|,|・|と|や|／|/|及び|および|並びに|ならびに|\s\|)\s*(?:[\w・]{{2,10}}、){{0,3}}"
)
# What a verb after the quotation says of it: と報じた, を配信し, の見出しで, と題する記事.
_BY: Final = r"(?:（[^（）]{0,20}）)?(?:と|を|との|という|の|などと|などの|とする|といった)"
_REPORTED: Final = re.compile(rf"\s*{_BY}(?:の|する)?[^{QUOTE}{OUTLET}。、]{{0,12}}?{cues('ja', 'report')}")
_NAMED_HEADLINE: Final = re.compile(rf"\s*(?:{_BY}[^{QUOTE}{OUTLET}。、]{{0,6}}?)?{cues('ja', 'headline')}")
_SPOKEN: Final = re.compile(rf"\s*(?:と|との|など|などと|という|って)[^{QUOTE}。、]{{0,14}}?{cues('ja', 'speech')}")
_CALLED: Final = re.compile(
    rf"\s*(?:と(?:呼|名付|称|い[うっ](?!記事|見出し|ニュース|タイトル|一報|速報))|(?:は|が)[^。]{{0,20}}{cues('ja', 'work')})"
)
_WORK_BEFORE: Final = re.compile(rf"{cues('ja', 'work')}(?:の|である|は|が|、)?\s*$")
_HEADLINE_BEFORE: Final = re.compile(r"(?:見出し|タイトル|表題|題)(?:は|が|に|を|も|、|：|:)?\s*$")
# Aが配信した「…」
_REPORTED_BEFORE: Final = re.compile(
    rf"が[^、。]{{0,12}}{cues('ja', 'report')}(?:した|た)?\s*(?:記事|ニュース|速報)?の?\s*$"
)
_SUBJECT: Final = re.compile(
    rf"(?:（[^（）]*）)?(?:各紙|両紙|紙|など|の各紙|の両紙|は|が|も|では|でも|には|にも|に|の|から|、|:|：|\||\s|{DAY}|付|発)+"
)
_OTHER_SUBJECT: Final = re.compile(r"[^、。]{1,15}(?:が|は)\s*(?:[^、。]{0,12}で)?\s*$|によ(?:る|れば)|の取材|に対し")
_OF_OUTLET: Final = re.compile(f"[^{QUOTE}{OUTLET}。]{{0,40}}")
_CITED: Final = re.compile(rf"\s*(?:\|\s*|[（(〈])(?:{DAY}(?:付|の)?[、,|\s]*)?")
_TOLD_BY: Final = re.compile(rf"\s*(?:と|を)(?:{DAY}(?:に|、|付で)?)?\s*")
_CHAIN: Final = re.compile(rf"\s*(?:と|、|，|とし、?|で、|や)\s*(?:一方、?|また、?)?{OUTLET}")
_REPORT_FOLLOWS: Final = re.compile(rf"(?:は|が|も)[^{QUOTE}。]{{0,25}}?{cues('ja', 'report')}")
# 「…」とAが報じた
_TOLD_AFTER: Final = re.compile(rf"\s*(?:と|を)[^{QUOTE}{OUTLET}。]{{0,8}}{OUTLET}{_REPORT_FOLLOWS.pattern}")
_ROW: Final = re.compile(rf"{OUTLET}[^{QUOTE}。]{{0,12}}[|：:]\s*(?:{DAY}[^|]{{0,4}}\|\s*)?$")
_PREPARED: Final = re.compile(r"^(?:によ|の取材|に(?:語|話|対|答|明|よ)|と(?:語|話))")


def read_japanese(scene: Scene) -> Reading:
    """Read a sentence whose words are Japanese, whatever its quotations are in."""
    groups = scene.groups(_LIST)
    verdicts = _chained(scene, [_verdict(scene, groups, number) for number in range(len(scene.quotations))])
    publishers = {outlet for verdict in verdicts for outlet in verdict.publishers}
    carriers = {
        outlet for group in groups if carries(scene, group) for outlet in group.outlets if outlet not in publishers
    }
    return Reading(tuple(verdicts), tuple(sorted(carriers)))


def _verdict(scene: Scene, groups: Sequence[Group], number: int) -> Verdict:
    before, after = _around(scene, number)
    publishers, tie = _publishers(scene, groups, number)
    evidence = max(
        tie,
        2 if _REPORTED.match(after) or _REPORTED_BEFORE.search(before) or _TOLD_AFTER.match(after) else 0,
        _ENOUGH if _NAMED_HEADLINE.match(after) or _HEADLINE_BEFORE.search(before) else 0,
    )
    if publishers and evidence:
        evidence = max(evidence, _ENOUGH)
    if _SPOKEN.match(after) or _CALLED.match(after) or _WORK_BEFORE.search(before):
        return Verdict("other", publishers)
    score = evidence + form_score(scene.quotations[number].text)
    return Verdict("headline" if evidence and score >= _ENOUGH else "open", publishers)


def _publishers(scene: Scene, groups: Sequence[Group], number: int) -> tuple[tuple[int, ...], int]:
    """Give the outlets whose headline a quotation is, if it is one, and how strongly the form alone says that it is."""
    at = scene.places(QUOTE)[number]
    before, after = _around(scene, number)
    following = next((group for group in groups if at < group.start <= at + len(after)), None)
    if following is not None:
        between = scene.skeleton[at + 1 : following.start]
        if _CITED.fullmatch(between):
            return following.outlets, _ENOUGH
        if _TOLD_BY.fullmatch(between) and _REPORT_FOLLOWS.match(scene.skeleton, following.end):
            leading = _leading(scene, groups, at, before)
            return (leading, 2) if leading else (following.outlets, 2)
    return _leading(scene, groups, at, before), _row_strength(scene.skeleton, at)


def _row_strength(skeleton: str, at: int) -> int:
    """Score the cells of a table's row, and a name with a colon: 'outlet | day | 「headline」'."""
    return _ENOUGH if _ROW.search(skeleton[:at]) else 0


def _leading(scene: Scene, groups: Sequence[Group], at: int, before: str) -> tuple[int, ...]:
    """Give the last outlets before a quotation, if they are the ones who are said to do something with it."""
    start = at - len(before)
    preceding = [group for group in groups if start <= group.start and group.end <= at]
    if not preceding:
        return ()
    group = preceding[-1]
    between = scene.skeleton[group.end : at]
    if _PREPARED.match(between) or not _SUBJECT.match(between):
        return ()
    other_subject = _OTHER_SUBJECT.search(between) and not _HEADLINE_BEFORE.search(between)
    return group.outlets if _OF_OUTLET.fullmatch(between) and not other_subject else ()


def _chained(scene: Scene, verdicts: list[Verdict]) -> list[Verdict]:
    """Let a quotation share the verb of the next one: Aは「…」、Bは「…」と報じた."""
    for number in range(len(verdicts) - 2, -1, -1):
        verdict, following = verdicts[number], verdicts[number + 1]
        if verdict.kind != "open" or following.kind != "headline" or not verdict.publishers:
            continue
        _, after = _around(scene, number)
        if _CHAIN.match(after) and form_score(scene.quotations[number].text) >= 0:
            verdicts[number] = Verdict("headline", verdict.publishers)
    return verdicts


def _around(scene: Scene, number: int) -> tuple[str, str]:
    """Give the words before and after a quotation, up to the next."""
    places = scene.places(QUOTE)
    start = places[number - 1] + 1 if number else 0
    end = places[number + 1] if number + 1 < len(places) else len(scene.skeleton)
    return scene.skeleton[start : places[number]], scene.skeleton[places[number] + 1 : end]
