"""Which day goes with a headline or an outlet of a sentence: the one nearest in words, in its own clause rather than another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from alignkit.collect.mentions.scene import DAY, OUTLET, QUOTE

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from alignkit.collect.mentions.scene import Scene

_ACROSS_QUOTATION: Final = 60
_ACROSS_OUTLET: Final = 40
_ACROSS_CLAUSE: Final = 50
_OUT_OF_PARENTHESES: Final = 60
_IN_ITS_CLAUSE: Final = 50
_CLAUSE: Final = re.compile(
    r";|；|,\s+(?:while|and|but|whereas)\s|\s(?:while|whereas)\s|(?:た|し|る)(?:ほか|が|一方)?、|。"
)


def day_of_quotation(scene: Scene, number: int, publishers: Sequence[int]) -> dt.date | None:
    """Give the day that is nearest to a headline in its sentence, or None if there is none or it cannot be told which."""
    own = {scene.places(OUTLET)[publisher] for publisher in publishers}
    return _nearest(scene, scene.places(QUOTE)[number], own, limit=None)


def day_of_outlet(scene: Scene, number: int) -> dt.date | None:
    """Give the day on which an outlet is said to have carried the story: one in its own clause, or None."""
    outlets = set(scene.places(OUTLET))
    return _nearest(scene, scene.places(OUTLET)[number], outlets, limit=_IN_ITS_CLAUSE)


def _nearest(scene: Scene, at: int, own: set[int], *, limit: int | None) -> dt.date | None:
    best, least = None, float("inf")
    for mention, place in zip(scene.days, scene.places(DAY), strict=True):
        cost = _cost(scene.skeleton, at, place, own)
        if cost < least and (limit is None or cost < limit):
            best, least = mention.day, cost
    return best


def _cost(skeleton: str, at: int, place: int, own: set[int]) -> int:
    low, high = min(at, place) + 1, max(at, place)
    between = skeleton[low:high]
    foreign = sum(character == OUTLET and low + shift not in own for shift, character in enumerate(between))
    return (
        len(between)
        + _ACROSS_QUOTATION * between.count(QUOTE)
        + _ACROSS_OUTLET * foreign
        + _OUT_OF_PARENTHESES * (between.count(")") + between.count("）"))
        + _ACROSS_CLAUSE * len(_CLAUSE.findall(between))
    )
