"""Whether the names of a headline survive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alignkit.evaluate.fidelity.model import Finding, Span
from alignkit.evaluate.fidelity.name_swaps import exchanged
from alignkit.evaluate.fidelity.name_words import is_said, is_written
from alignkit.evaluate.fidelity.telling_names import is_abbreviation, is_loan
from alignkit.text.names import compare_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from alignkit.evaluate.fidelity.name_words import NameWord
    from alignkit.evaluate.fidelity.reading import Reading
    from alignkit.text.names import Name


def check_names(source: Reading, output: Reading, references: Sequence[Reading]) -> Finding:
    """Compare names.

    It is a conflict if source and output have names that are surely different, and no reference has the output's; or if
    a name of every reference is gone and another has come that neither the source nor any reference has. The one must be
    a name that can stand in the place of the other: people paraphrase names away ('Seoul' for 'the South'), write out
    abbreviations and spell names as they hear them, but rarely put other ones there. A name is missing if the output
    lacks what the source and every reference have; an abbreviation never is, nor a loan word.

    Args:
        source: The source.
        output: The output.
        references: The references; without any, the source alone decides.
    """
    agreeing, wrong = _surely(source, output, references)
    if wrong:
        ours, theirs = zip(*wrong, strict=True)
        return Finding("conflict", _spans(ours), _spans(theirs))
    lost = [word for word in _kept_by_all(references) if _is_lost(word, output, references)]
    said = [word for word in lost if is_said(word, output.lang, source.text, source.words)]
    if lost:
        added = [word for word in output.words if not _is_supported(word, source, references)]
        swaps = exchanged(lost, said, added, (source, output, references[0]))
        if swaps:
            old, new = zip(*swaps, strict=True)
            return Finding("conflict", output=_spans(new), reference=_spans(old))
        left_out = [word for word in said if _is_left_out(word, source, output)]
        if left_out:
            return Finding("missing", reference=_spans(left_out))
    return Finding("agree" if agreeing or _any_said(source, output) else "absent")


def _surely(source: Reading, output: Reading, references: Sequence[Reading]) -> tuple[bool, list[tuple[Name, Name]]]:
    """Tell whether a name of the source is in the output, and give the pairs that are surely different."""
    if output.lang == "ja":
        found = compare_names(source.facts.names, output.facts.names)
        pairs = found.conflicting
    else:
        found = compare_names(output.facts.names, source.facts.names)
        pairs = tuple((j, i) for i, j in found.conflicting)
    wrong = [(source.facts.names[i], output.facts.names[j]) for i, j in pairs]
    return bool(found.matched), [(one, other) for one, other in wrong if not _is_in_any(other, references)]


def _is_in_any(name: Name, references: Sequence[Reading]) -> bool:
    return any(
        name.text in reference.text or any(name.keys & other.keys for other in reference.facts.names)
        for reference in references
    )


def _kept_by_all(references: Sequence[Reading]) -> list[NameWord]:
    """Give the words of the first reference's names that all others have, too."""
    if not references:
        return []
    first, *others = references
    return [word for word in first.words if all(is_written(word, other.text, other.words) for other in others)]


def _is_lost(word: NameWord, output: Reading, references: Sequence[Reading]) -> bool:
    """Tell whether a name's word is not in the output, or, of a country, not as often as in each reference."""
    if not is_written(word, output.text, output.words):
        return True
    return word.kind == "country" and _count(word, output) < min(_count(word, reference) for reference in references)


def _count(word: NameWord, reading: Reading) -> int:
    return sum(bool(word.keys & other.keys) for other in reading.words)


def _is_left_out(word: NameWord, source: Reading, output: Reading) -> bool:
    """Tell whether a name's word that the source says is not in the output, in whatever spelling or full form."""
    return not (
        is_written(word, output.text, output.words)
        or is_abbreviation(word)
        or is_loan(word)
        or _is_spelt_otherwise(word, source, output)
    )


def _is_spelt_otherwise(word: NameWord, source: Reading, output: Reading) -> bool:
    """Tell whether what a reference's word is in the source is in the output after all, in another spelling."""
    return any(
        is_said(own, source.lang, output.text, output.words)
        for own in source.words
        if is_said(own, source.lang, word.text, (word,))
    )


def _is_supported(word: NameWord, source: Reading, references: Sequence[Reading]) -> bool:
    return any(is_written(word, reference.text, reference.words) for reference in references) or is_said(
        word, "en" if source.lang == "ja" else "ja", source.text, source.words
    )


def _any_said(source: Reading, output: Reading) -> bool:
    return any(is_said(word, output.lang, source.text, source.words) for word in output.words)


def _spans(parts: Iterable[Name | NameWord]) -> tuple[Span, ...]:
    return tuple(dict.fromkeys(Span(part.start, part.end, part.text) for part in parts))
