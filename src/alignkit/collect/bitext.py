"""Texts that are known to be each other's partners: how they are handed on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from alignkit.collect.decoding import encoding_name, is_broken, show_broken
from alignkit.collect.packed import LONGEST_LINE
from alignkit.collect.record import Record, Reject
from alignkit.errors import quoted
from alignkit.schema import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from alignkit.collect.record import Records
    from alignkit.schema import Language

_AROUND: Final = "\ufeff \t\u3000\xa0"


def partners(
    row: int, place: str, texts: Mapping[Language, str | None], encodings: Mapping[Language, str] | None = None
) -> Records:
    """Give a record for each of two texts that are partners.

    Both have the same place, which is also their identity: two headlines of one source whose places are the same are a
    gold pair, and nothing else tells so. A text without a partner is still a headline, and is given.

    Args:
        row: The row, counted from 1.
        place: What of the source it is, such as 'line 7'.
        texts: The texts by language; one that is left out is not spoken of.
        encodings: The encodings of the files they are from, for texts with bytes that those do not allow.

    Yields:
        A `Record` for each text, or a `Reject` that says by its column which of them is missing or broken.
    """
    for lang in LANGUAGES:
        if lang not in texts:
            continue
        text = texts[lang]
        if text is None or not text.strip(_AROUND):
            yield Reject(row, "is empty", column=lang)
        elif encodings is not None and is_broken(text):
            reason = f"has bytes that are not {encoding_name(encodings[lang])}"
            yield Reject(row, reason, column=lang, value=quoted(show_broken(text)))
        elif len(text) > LONGEST_LINE:
            yield Reject(row, f"has more than {LONGEST_LINE:,} characters", column=lang, value=quoted(text))
        else:
            yield Record(row, {"lang": lang, "text": text}, place, identity=place)
