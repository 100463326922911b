"""Faults of form: outputs that are empty, copied, in the wrong language, too short or too long, or end in a full stop."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from alignkit.evaluate.fidelity.style import ends_in_full_stop
from alignkit.text.language import detect_languages

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alignkit.evaluate.fidelity.model import FormFault


@dataclass(frozen=True)
class FormLimits:
    """What lengths are accepted.

    Attributes:
        shortest: The least length, as a share of the shortest reference's.
        longest: The greatest, as a share of the longest reference's.
        title: The most characters that a title may have; None for any number.
    """

    shortest: float = 0.5
    longest: float = 2.0
    title: int | None = None


def form_faults(
    source: str, output: str, references: Sequence[str], language: str, limits: FormLimits
) -> Iterator[FormFault]:
    """Give the faults of an output's form; what a reference does, too, is no fault.

    Args:
        source: The source.
        output: The output.
        references: Its references, at least one.
        language: The target language.
        limits: What lengths are accepted.
    """
    text = output.strip()
    if not text:
        yield "empty"
        return
    plain = _plain(text)
    if plain == _plain(source) and plain not in map(_plain, references):
        yield "copied"
    detected = detect_languages([text, *references])
    if detected[0] not in {language, "mixed"} and detected[0] not in detected[1:] and language in {"en", "ja"}:
        yield "wrong_language"
        return
    lengths = [len(reference.strip()) for reference in references]
    if len(text) < limits.shortest * min(lengths):
        yield "too_short"
    if len(text) > limits.longest * max(lengths):
        yield "too_long"
    if limits.title is not None and len(text) > limits.title:
        yield "over_limit"
    if ends_in_full_stop(text) and not any(map(ends_in_full_stop, references)):
        yield "full_stop"


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
