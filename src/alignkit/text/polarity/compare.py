"""Whether the cues of an English and a Japanese headline go the same way."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Literal, NamedTuple

from alignkit.text.polarity.model import NEGATION, general
from alignkit.text.polarity.tables import loose_concepts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from alignkit.text.polarity.model import Cue

Verdict = Literal["agree", "conflict", "absent"]


@dataclass(frozen=True, slots=True)
class PolarityCheck:
    """What became of the cues of a pair of headlines.

    Attributes:
        verdict: 'conflict' where a concept is told the one way by one headline and the other way by the other; else
            'agree' where a concept is told the same way by both, and nothing speaks against it; else 'absent'.
        matched: The cues that go the same way, one to one, as indices of the English and of the Japanese cue.
        conflicting: Those that go opposite ways, likewise; also where that is not certain enough for a conflict.
    """

    verdict: Verdict
    matched: tuple[tuple[int, int], ...]
    conflicting: tuple[tuple[int, int], ...]


class _Comparable(NamedTuple):
    """A concept that both headlines tell of: whether it can conflict, and the places of its cues on both sides."""

    firm: bool
    en: list[int]
    ja: list[int]


def compare_cues(en: Sequence[Cue], ja: Sequence[Cue]) -> PolarityCheck:
    """Compare the cues of two headlines, concept by concept.

    A concept of which one headline says both ('stocks fall, then rise') has no verdict. One conflict weighs more than
    any number of agreements, for two stories about one thing agree in most of what they say. A negation that negates
    none of the compared cues leaves the pair open where the other side has no such negation for it: it may be the
    other side's antonym, or belong to a cue that it stands too far from.

    Args:
        en: What `alignkit.text.polarity.read_cues` reads in the English headline.
        ja: What it reads in the Japanese headline.
    """
    matched: list[tuple[int, int]] = []
    conflicting: list[tuple[int, int]] = []
    is_certain = False
    for firm, ones, others in _comparables(_by_concept(en), _by_concept(ja)):
        signs, other_signs = {en[i].sign for i in ones}, {ja[j].sign for j in others}
        if len(signs) > 1 or len(other_signs) > 1:
            continue
        pairs = zip(ones, others, strict=False)
        if signs == other_signs:
            matched += pairs
        else:
            conflicting += pairs
            is_certain = is_certain or firm
    compared = matched + conflicting
    en_open, ja_open = _open_negations(en, {i for i, _ in compared}), _open_negations(ja, {j for _, j in compared})
    matched += zip(en_open, ja_open, strict=False)
    is_open = len(en_open) != len(ja_open)
    return PolarityCheck(
        _verdict(matched, conflicting, is_certain=is_certain, is_open=is_open),
        tuple(sorted(matched)),
        tuple(sorted(conflicting)),
    )


def _verdict(
    matched: list[tuple[int, int]], conflicting: list[tuple[int, int]], *, is_certain: bool, is_open: bool
) -> Verdict:
    if is_open:
        return "absent"
    if conflicting:
        return "conflict" if is_certain else "absent"
    return "agree" if matched else "absent"


def _by_concept(cues: Sequence[Cue]) -> dict[str, list[int]]:
    """Give the places of each concept's cues; negations are compared by themselves."""
    places: dict[str, list[int]] = {}
    for place, cue in enumerate(cues):
        if cue.concept != NEGATION:
            places.setdefault(cue.concept, []).append(place)
    return places


def _comparables(en: dict[str, list[int]], ja: dict[str, list[int]]) -> Iterator[_Comparable]:
    """Give the concepts that both have, and the special cases that meet the other side's general one."""
    loose = loose_concepts()
    for concept, places in en.items():
        if concept in ja:
            yield _Comparable(concept not in loose, places, ja[concept])
        elif (kin := general(concept)) in ja:
            yield _Comparable(concept not in loose, places, ja[kin])
    for concept, places in ja.items():
        if concept not in en and (kin := general(concept)) in en:
            yield _Comparable(concept not in loose, en[kin], places)


def _open_negations(cues: Sequence[Cue], compared: Iterable[int]) -> list[int]:
    """Give the places of the negations that lie in no compared cue's span."""
    negations = [place for place, cue in enumerate(cues) if cue.concept == NEGATION]
    if not negations:
        return []
    spans = sorted((cues[place].start, cues[place].end) for place in compared)
    starts = [start for start, _ in spans]
    furthest = list(accumulate((end for _, end in spans), max))
    return [place for place in negations if not _is_inside(cues[place], starts, furthest)]


def _is_inside(negation: Cue, starts: list[int], furthest: list[int]) -> bool:
    """Tell whether a span that begins no later than the negation ends no earlier."""
    before = bisect_right(starts, negation.start)
    return before > 0 and furthest[before - 1] >= negation.end
