"""Whether the news of a headline goes the same way after translation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alignkit.evaluate.fidelity.model import Finding, Span
from alignkit.text.polarity import compare_cues

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignkit.evaluate.fidelity.reading import Reading
    from alignkit.text.polarity import Cue, PolarityCheck


def check_polarity(source: Reading, output: Reading, references: Sequence[Reading]) -> Finding:
    """Compare which way the news goes; a reference that goes the output's way excuses it.

    Nothing is ever missing here: what says which way the news goes can be put in very many ways.
    """
    found = _compare(source, output)
    if found.verdict != "conflict":
        return Finding(found.verdict)
    for reference in references:
        if _compare(source, reference).verdict == "conflict" or _compare(reference, output).verdict == "agree":
            return Finding("absent")
    own, other = (1, 0) if output.lang == "ja" else (0, 1)
    return Finding(
        "conflict",
        _spans(source, source.facts.cues, [pair[other] for pair in found.conflicting]),
        _spans(output, output.facts.cues, [pair[own] for pair in found.conflicting]),
    )


def _compare(one: Reading, other: Reading) -> PolarityCheck:
    first, second = (other, one) if (one.lang, other.lang) == ("ja", "en") else (one, other)
    return compare_cues(first.facts.cues, second.facts.cues)


def _spans(reading: Reading, cues: Sequence[Cue], places: Sequence[int]) -> tuple[Span, ...]:
    chosen = (cues[place] for place in places)
    return tuple(Span(cue.start, cue.end, reading.text[cue.start : cue.end]) for cue in chosen)
