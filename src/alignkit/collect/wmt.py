"""WMT's XML test sets, as released since 2021: documents with sources, references and systems' outputs.

A document of a news test set is an article, and its first segment the article's headline, so that sources and
references of first segments are headline pairs of known correspondence. Systems' outputs are not read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lxml import etree

from alignkit.collect.decoding import unreadable
from alignkit.collect.record import Record, Reject
from alignkit.errors import InputError
from alignkit.schema import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from alignkit.collect.record import Records
    from alignkit.collect.sources import Segments

_TEXT_ELEMENTS: Final = ("src", "ref")


def read_wmt(path: Path, segments: Segments = "headlines") -> Records:
    """Read the English and Japanese sources and references of a test set, document by document.

    Entities are never expanded, nothing is loaded over the network, and a file that brings its own document type is
    refused: a test set needs none, and it is what entity bombs are made with.

    Args:
        path: The XML file.
        segments: 'headlines' for each document's first segment, 'all' for every segment.

    Yields:
        Nothing for an empty file; else a `Record` for each segment and language; the outlet is the document's collection for a source (all of its id
        before the last '.'), and 'translator …' for a reference. A `Reject` for what cannot be read.

    Raises:
        InputError: The file is not there, is not XML, has a document type, or is no WMT test set.
    """
    documents = 0
    if path.is_file() and not path.stat().st_size:
        return
    try:
        # Document by document, each forgotten when it is read, so that memory does not grow with the file.
        with path.open("rb") as stream:
            for _, document in etree.iterparse(
                stream, tag="doc", resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False
            ):
                _refuse_document_type(path, document)
                documents += 1
                yield from _read_document(document, segments)
                _forget(document)
    except etree.XMLSyntaxError as error:
        reason = f"is not well-formed XML ({error.msg})"
        if not documents:
            raise InputError(reason, path=path) from None
        yield Reject(error.lineno, f"{reason}; nothing after it was read", dropped="file")
    except OSError as error:
        raise unreadable(path, error) from None
    if not documents:
        raise InputError("has no <doc> element: it is no WMT test set", path=path)


def _forget(document: etree._Element) -> None:
    """Free a document that was read, and what stands before it."""
    document.clear()
    parent = document.getparent()
    while parent is not None and document.getprevious() is not None:
        del parent[0]


def _refuse_document_type(path: Path, document: etree._Element) -> None:
    if document.getroottree().docinfo.internalDTD is not None:
        raise InputError(
            "declares a document type, which may hold entity bombs; it was not read",
            path=path,
            remedy="Remove the <!DOCTYPE …> declaration.",
        )


def _read_document(document: etree._Element, segments: Segments) -> Records:
    identity = document.get("id")
    if not identity:
        yield Reject(document.sourceline, "is a <doc> without an id")
        return
    for element in document.iterchildren(*_TEXT_ELEMENTS):
        language = element.get("lang")
        if language not in LANGUAGES:
            continue
        outlet = (
            identity.rpartition(".")[0]
            if element.tag == "src"
            else f"translator {element.get('translator', 'unknown')}"
        )
        for segment in _segments(element, segments):
            place = f"{identity}:{segment.get('id', '?')}"
            row = segment.sourceline or 0
            if len(segment):
                yield Reject(row, f"segment {place} holds markup or an entity instead of text alone")
            elif not (segment.text or "").strip():
                yield Reject(row, f"segment {place} is empty")
            else:
                fields = {"lang": language, "text": segment.text, "outlet": outlet}
                yield Record(row, fields, place, identity=place)


def _segments(element: etree._Element, segments: Segments) -> Iterator[etree._Element]:
    for segment in element.iter("seg"):
        yield segment
        if segments == "headlines":
            return
