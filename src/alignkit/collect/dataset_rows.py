"""Rows of a dataset: which of its columns hold headlines, and how they become records."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from alignkit.collect.bitext import partners
from alignkit.collect.record import Record, Reject
from alignkit.errors import InputError, quoted
from alignkit.schema import HEADLINES, LANGUAGES

if TYPE_CHECKING:
    from alignkit.collect.record import Records
    from alignkit.schema import Language

Row: TypeAlias = Mapping[str, Any]
Layout: TypeAlias = Callable[[int, str, Row, set[str]], "Records"]
"""Takes a row's number, place and values, and the ids that were given before; gives its records."""

_EXPORTED: Final = frozenset({"pair_id", "en_id", "ja_id", "en", "ja"})
_OF_A_SIDE: Final = ("id", "outlet", "url", "published_at")
_OF_A_STORY: Final = ("wire_id", "section")
_TEXT_NAMES: Final = ("text", "headline", "title", "sentence")
_LANGUAGE_NAMES: Final = ("lang", "language")
_COLUMNS: Final = frozenset(HEADLINES.schema.names()) - {"lang", "text", "collector", "collected_at", "source"}


def find_layout(
    row: Row,
    path: str,
    *,
    text_column: str | None = None,
    lang: Language | None = None,
    en_column: str | None = None,
    ja_column: str | None = None,
) -> Layout:
    """Find out from a dataset's first row how its rows hold headlines.

    Args:
        row: The row.
        path: The dataset, for the message.
        text_column: The column with the headline, if it is named.
        lang: The language of all texts, if it is named.
        en_column: The column with the English text of a pair, if it is named.
        ja_column: The column with the Japanese text, if it is named.

    Raises:
        InputError: A column that is named is not there, or none is one of those that are known.
    """
    for wanted in (text_column, en_column, ja_column):
        if wanted is not None and wanted not in row:
            remedy = f"Its columns are: {', '.join(row)}."
            raise InputError("has no column of that name", path=path, value=wanted, remedy=remedy)
    en, ja = en_column or "en", ja_column or "ja"
    named_text = next((name for name in (text_column, *_TEXT_NAMES) if name in row), None)
    named_language = next((name for name in _LANGUAGE_NAMES if name in row), None)
    if text_column is None:
        if en_column is None and ja_column is None and row.keys() >= _EXPORTED:
            return _exported
        if en in row and ja in row:
            return _pairs(en, ja)
        if "translation" in row:
            return _translations(en, ja)
    if named_text is not None and (named_language is not None or lang is not None):
        return _headlines(named_text, named_language, lang)
    raise InputError(
        "has no columns with headlines that are known",
        path=path,
        remedy=f"They are 'translation' with en and ja in it, 'en' and 'ja', or 'text' and 'lang'; "
        f"its columns are: {', '.join(row)}.",
    )


def _exported(number: int, place: str, row: Row, seen: set[str]) -> Records:
    """Give the headlines of a pair that alignkit exported; one that is in several pairs is given once."""
    for lang in LANGUAGES:
        values = {name: row.get(f"{lang}_{name}") for name in _OF_A_SIDE} | {
            name: row.get(name) for name in _OF_A_STORY
        }
        headline_id = values["id"]
        if headline_id in seen:
            continue
        if not row[lang]:
            yield Reject(number, "is empty", column=lang)
            continue
        if headline_id is not None:
            seen.add(headline_id)
        fields = {"lang": lang, "text": row[lang]} | {
            name: value for name, value in values.items() if value is not None
        }
        yield Record(number, fields, place, identity=place)


def _pairs(en: str, ja: str) -> Layout:
    def _read(number: int, place: str, row: Row, _: set[str]) -> Records:
        yield from _partners(number, place, row.get(en), row.get(ja))

    return _read


def _translations(en: str, ja: str) -> Layout:
    def _read(number: int, place: str, row: Row, _: set[str]) -> Records:
        texts = row.get("translation")
        if isinstance(texts, Mapping):
            yield from _partners(number, place, texts.get(en), texts.get(ja))
        else:
            reason = "is empty" if texts is None else "is no object with en and ja in it"
            yield Reject(number, reason, column="translation", value=None if texts is None else quoted(texts))

    return _read


def _partners(number: int, place: str, en: object, ja: object) -> Records:
    texts: dict[Language, str | None] = {}
    given: dict[Language, object] = {"en": en, "ja": ja}
    for lang, value in given.items():
        if value is not None and not isinstance(value, str):
            yield Reject(number, "is not text", column=lang, value=quoted(value))
        else:
            texts[lang] = value
    yield from partners(number, place, texts)


def _headlines(text: str, language: str | None, lang: Language | None) -> Layout:
    def _read(number: int, place: str, row: Row, _: set[str]) -> Records:
        if row.get(text) is None:
            yield Reject(number, "is empty", column=text)
            return
        named = row.get(language) if language is not None else None
        fields = {"text": row[text], "lang": named if named is not None else lang}
        others = {name: row[name] for name in _COLUMNS if row.get(name) is not None}
        yield Record(number, {name: value for name, value in fields.items() if value is not None} | others, place)

    return _read
