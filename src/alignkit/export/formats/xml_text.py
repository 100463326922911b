"""Text in XML 1.0: what it cannot hold, and how the rest is written so that a parser gives it back unchanged."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import polars as pl
from lxml import etree

from alignkit.errors import InputError
from alignkit.export.formats.writing import reading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from alignkit.export.formats.checking import Batch, CheckedFrames

# XML forbids surrogates too, which polars cannot hold. The class is not the negation of what XML allows, because in polars
# that takes U+D7FF for forbidden.
_FORBIDDEN: Final = r"[\x00-\x08\x0B\x0C\x0E-\x1F\x{FFFE}\x{FFFF}]"
_FORBIDDEN_ONE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# A parser makes a line feed of a carriage return, and in an attribute a space of a tab and of a line feed.
_IN_CONTENT: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_IN_ATTRIBUTE: Final = _IN_CONTENT | {'"': "&quot;", "\t": "&#9;", "\n": "&#10;"}
_SAFE: Final[dict[str, Any]] = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


def without_forbidden(batch: Batch, checked: CheckedFrames) -> Batch:
    """Leave out rows that hold a character that XML forbids: most controls, U+FFFE and U+FFFF."""
    return checked.drop(batch, batch.frame.select(pl.col(pl.String).str.contains(_FORBIDDEN)), _reason)


def content(name: str) -> pl.Expr:
    """Give a column of text as it is written within an element; null stays null."""
    return pl.col(name).str.replace_many(_IN_CONTENT)


def attribute(name: str) -> pl.Expr:
    """Give a column of text as it is written between an attribute's quotation marks; null stays null."""
    return pl.col(name).str.replace_many(_IN_ATTRIBUTE)


def elements_of(path: Path, tag: str) -> Iterator[etree._Element]:
    """Read a file's elements of one name, one by one, each forgotten when the next is asked for.

    No entity is expanded, nothing is loaded over the network, and a file that declares entities is refused.

    Raises:
        InputError: The file is not there, is not XML, has no such element, or declares entities.
    """
    found = False
    with reading(path) as stream:
        try:
            for _, element in etree.iterparse(stream, tag=tag, **_SAFE):
                if not found:
                    _refuse_entities(path, element)
                found = True
                yield element
                _forget(element)
        except etree.XMLSyntaxError as error:
            line, _ = error.position
            raise InputError(f"is not well-formed XML ({error.msg})", path=path, row=line) from None
    if not found:
        raise InputError(f"has no <{etree.QName(tag).localname}> element", path=path)


def text_of(element: etree._Element, path: Path) -> str:
    """Give an element's text.

    Raises:
        InputError: There is markup in it.
    """
    if len(element):
        name = etree.QName(element).localname
        raise InputError(f"has a <{name}> with markup in it, which is not read", path=path, row=element.sourceline)
    return element.text or ""


def _reason(value: str) -> str:
    match = _FORBIDDEN_ONE.search(value)
    return f"holds U+{ord(match[0]):04X}, which XML cannot hold" if match else "holds what XML cannot hold"


def _refuse_entities(path: Path, element: etree._Element) -> None:
    document_type = element.getroottree().docinfo.internalDTD
    if document_type is not None and next(document_type.iterentities(), None) is not None:
        remedy = "Remove the <!ENTITY …> declarations."
        raise InputError("declares entities, which may be a bomb; it was not read", path=path, remedy=remedy)


def _forget(element: etree._Element) -> None:
    """Free an element that was read, and what stands before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
