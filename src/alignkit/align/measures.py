"""What the words of a candidate's two headlines say about how they correspond, block by block, on all cores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from alignkit.align.facts import CHECKS, compare_facts, read_facts
from alignkit.align.lexical import LexicalMatcher
from alignkit.align.parallel import in_order
from alignkit.text.heard import Listener, romaji_names, sound_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from alignkit.align.blocks import Block
    from alignkit.align.facts import Comparison
    from alignkit.progress import Progress
    from alignkit.text.lexicon.store import Lexicon

_MOST_CHECKED_FOR_EACH: Final = 10
_FARTHEST_CHECKED: Final = 0.35

VERDICTS: Final = tuple(f"{check}_{verdict}" for check in CHECKS for verdict in ("agree", "conflict"))
HEARD: Final = ("heard", "unheard")
_CHECKED: Final = (
    *VERDICTS,
    "matched_facts",
    "conflicting_facts",
    "lonely_facts",
    "negations_en_more",
    "negations_ja_more",
    "turns_matched",
    "turns_conflicting",
    "turns_left",
)
TEXT_MEASURES: Final = ("coverage_en", "coverage_ja", *_CHECKED, *HEARD)
"""What `measure_texts` gives of each candidate: shares; 1 or 0 for each verdict; how many facts match, how many conflict,
and how many numbers and names both headlines have that match nothing; how many negations each has more than the other;
how many turns ('last year') match, how many conflict, and how many English ones match nothing; and how many of the
English headline's words that may be Japanese names are heard in the Japanese headline, and how many are not."""


def measure_texts(
    en: Sequence[str],
    ja: Sequence[str],
    en_places: NDArray[np.int64],
    ja_places: NDArray[np.int64],
    cosine: NDArray[np.float32],
    lexicon: Lexicon | None,
) -> NDArray[np.float32]:
    """Measure candidates by their words, and check the facts of those that are plausible.

    Args:
        en: n English headlines proper.
        ja: m Japanese headlines proper.
        en_places: int64 of shape (p,): each candidate's place in `en`.
        ja_places: int64 of shape (p,): each candidate's place in `ja`.
        cosine: float32 of shape (p,): each candidate's cosine.
        lexicon: The bilingual lexicon; None where there is none.

    Returns:
        float32 of shape (p, len(TEXT_MEASURES)).
    """
    coverage = LexicalMatcher(en, ja, lexicon).coverage(en_places, ja_places)
    en_facts, ja_facts = read_facts(en, "en"), read_facts(ja, "ja")
    checked = np.zeros((len(en_places), len(TEXT_MEASURES) - 2), dtype=np.float32)
    names, sounds = [romaji_names(text) for text in en], [sound_of(text) for text in ja]
    listener = Listener(sounds, lexicon)
    for row in _plausible(ja_places, cosine + (coverage.en + coverage.ja) / 2):
        one, other = en_places[row], ja_places[row]
        heard = listener.count_heard(names[one], sounds[other])
        compared = compare_facts(en_facts[one], ja_facts[other])
        checked[row] = [*_checked(compared), heard, len(names[one]) - heard]
    return np.column_stack([coverage.en, coverage.ja, checked]).astype(np.float32)


def _checked(compared: Comparison) -> list[float]:
    """Give a comparison of facts as numbers, in the order of `_CHECKED`."""
    verdicts = [getattr(compared.checks, check) for check in CHECKS]
    quantities, names, cues, turns = compared.quantities, compared.names, compared.cues, compared.turns
    return [
        *(float(verdict == wanted) for verdict in verdicts for wanted in ("agree", "conflict")),
        float(sum(len(check.matched) for check in (quantities, names, cues))),
        float(sum(len(check.conflicting) for check in (quantities, names, cues))),
        float(sum(min(len(check.en_left), len(check.ja_left)) for check in (quantities, names))),
        float(max(compared.more_negations, 0)),
        float(max(-compared.more_negations, 0)),
        float(len(turns.matched)),
        float(len(turns.conflicting)),
        float(turns.left),
    ]


def _plausible(ja_places: NDArray[np.int64], closeness: NDArray[np.float64]) -> NDArray[np.int64]:
    """Give, of each Japanese headline's candidates, those that are about as close as the closest, and not too many.

    Among these facts decide; to check all would cost most of the time and change next to nothing.
    """
    order = np.lexsort((-closeness, ja_places))
    first = np.concatenate([[0], np.flatnonzero(np.diff(ja_places[order])) + 1])
    sizes = np.diff(np.concatenate([first, [len(order)]]))
    rank = np.arange(len(order)) - np.repeat(first, sizes)
    behind = np.repeat(closeness[order][first], sizes) - closeness[order]
    return np.asarray(order[(rank < _MOST_CHECKED_FOR_EACH) & (behind < _FARTHEST_CHECKED)])


def measure_blocks(
    texts: Sequence[str],
    blocks: Sequence[Block],
    cosines: Sequence[NDArray[np.float32]],
    lexicon: Lexicon | None,
    *,
    processes: int,
    progress: Progress,
) -> Iterator[tuple[Block, NDArray[np.float32]]]:
    """Measure the candidates of blocks.

    Args:
        texts: The headlines proper, by the rows that the blocks name.
        blocks: The blocks.
        cosines: float32 of shape (p,) for each block: its candidates' cosines.
        lexicon: The bilingual lexicon; None where there is none.
        processes: How many to work in, where there are many blocks.
        progress: Told of each block.

    Yields:
        Each block with its measures, in the blocks' order.
    """
    jobs = (
        (
            [texts[row] for row in block.en],
            [texts[row] for row in block.ja],
            block.en_places,
            block.ja_places,
            cosine,
            lexicon,
        )
        for block, cosine in zip(blocks, cosines, strict=True)
    )
    measured = in_order(measure_texts, jobs, len(blocks), processes=processes)
    for done, (block, values) in enumerate(zip(blocks, measured, strict=True)):
        progress("comparing", done, len(blocks))
        yield block, values
    progress("comparing", len(blocks), len(blocks))
