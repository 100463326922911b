"""Where two texts part that should have as many lines as each other."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence


def parting_line(outputs: Sequence[str], references: Sequence[Sequence[str]]) -> int:
    """Find the line from which on a file's lines are no longer partners of the segments.

    All lines that lack, or are too many, are taken to be in one place. It is the place for which the lines before it
    look most like the references of the same number, and the lines from it on like those as many further as lines lack.

    Args:
        outputs: The lines of the file.
        references: The references of each segment; not as many as there are lines.

    Returns:
        The line, counted from 1; one more than there are if all that there are fit.
    """
    lacking = len(references) - len(outputs)
    surplus = max(0, -lacking)
    places = len(outputs) - surplus
    before = np.array([_likeness(outputs[place], references[place]) for place in range(places)])
    after = np.array(
        [_likeness(outputs[place + surplus], references[place + max(0, lacking)]) for place in range(places)]
    )
    fits = np.concatenate([[0.0], np.cumsum(before)]) + np.concatenate([np.cumsum(after[::-1])[::-1], [0.0]])
    # Of places that fit as well as each other the last one says most: what is before it is in order.
    return places - int(np.argmax(fits[::-1])) + 1


def _likeness(output: str, references: Sequence[str]) -> float:
    """Give the Dice coefficient of the character pairs of a text and the most alike of others."""
    return max((_dice(_pairs(output), _pairs(reference)) for reference in references), default=0.0)


def _pairs(text: str) -> Counter[str]:
    return Counter(text[place : place + 2] for place in range(len(text) - 1))


def _dice(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0
