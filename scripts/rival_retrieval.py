"""How often the right English sentence is still found when altered copies of it are among those it is looked for in.

Two readings, both counting only Japanese sentences whose partner has a copy of the kind:

- all: the copies of all sentences are added at once, as xSIM++ does.
- one: one copy of each sentence is added, so that every right answer has one rival of its own. This is done in rounds, each
  with the next copy; a trial is a sentence in a round in which its partner has a copy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from retrieval import cosine_grid, found_by_score, found_in_grid, lexicon_grid, margin_grid, score_bitext
from rivals import rivals

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from alignkit.encoders.embedder import Embedder
    from retrieval import Bitext
    from rivals import Kind

ROUNDS: Final = 3
METHODS: Final = ("cosine", "margin", "lexicon", "alignkit")


class Outcome(NamedTuple):
    """What came of the search for right answers with rivals.

    Attributes:
        rivals: How many rivals were added, in all rounds.
        trials: How many right answers with a rival of their own were looked for.
        errors: How many of them were not found, by method.
    """

    rivals: int
    trials: int
    errors: Mapping[str, int]


def all_rivals(texts: Bitext, kind: Kind, embedder: Embedder) -> Outcome:
    """Look for right answers among all sentences and all copies of all of them."""
    copies = copies_of(texts, kind)
    return _outcome(texts, [copy for row in copies for copy in row], np.array([bool(row) for row in copies]), embedder)


def one_rival(texts: Bitext, kind: Kind, embedder: Embedder) -> Outcome:
    """Look for right answers among all sentences and one copy of each, round by round."""
    copies = copies_of(texts, kind)
    rounds = []
    for turn in range(ROUNDS):
        counted = np.array([turn < len(row) for row in copies])
        if counted.any():
            rounds.append(_outcome(texts, [row[turn] for row in copies if turn < len(row)], counted, embedder))
    errors = {method: sum(outcome.errors[method] for outcome in rounds) for method in METHODS}
    return Outcome(sum(outcome.rivals for outcome in rounds), sum(outcome.trials for outcome in rounds), errors)


def no_rivals(texts: Bitext, kind: Kind, embedder: Embedder) -> Outcome:
    """Look for the same right answers as `all_rivals`, among the sentences alone."""
    return _outcome(texts, [], np.array([bool(row) for row in copies_of(texts, kind)]), embedder)


def copies_of(texts: Bitext, kind: Kind) -> list[list[str]]:
    """Give the altered copies of each Japanese sentence's partner; none that is a sentence of the set."""
    known = set(texts.en)
    return [[copy for copy in rivals(text, kind) if copy not in known] for text in texts.en]


def _outcome(texts: Bitext, added: Sequence[str], counted: NDArray[np.bool_], embedder: Embedder) -> Outcome:
    """Look for the partners of the Japanese sentences that count."""
    with_rivals = texts.with_rivals(added)
    cosine = cosine_grid(with_rivals, embedder)
    grids = {"cosine": cosine, "margin": margin_grid(cosine), "lexicon": lexicon_grid(with_rivals)}
    found = {method: found_in_grid(grid, with_rivals, "ja") for method, grid in grids.items()}
    found["alignkit"] = found_by_score(score_bitext(with_rivals, embedder), with_rivals, "ja")
    return Outcome(
        len(added), int(counted.sum()), {method: int((counted & ~found[method]).sum()) for method in METHODS}
    )
