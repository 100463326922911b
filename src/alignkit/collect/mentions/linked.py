"""Headlines that are not quoted but are the text of a link to an outlet's page."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from alignkit.collect.mentions.form import form_score
from alignkit.collect.mentions.newsstand import is_article
from alignkit.collect.mentions.quotations import Quotation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignkit.collect.mentions.model import Block, Link
    from alignkit.collect.mentions.newsstand import Newsstand

# 'Read the whole story here' is no headline, and no prose runs through one.
_PROSE_BEFORE: Final = re.compile(r"[A-Za-z,]\s*$")
_INVITATION: Final = re.compile(
    r"\b(?:here|read|click|page|website|site|archive)\b|こちら|詳しく|一覧|トップ|ページ|サイト", re.IGNORECASE
)


def linked_headlines(block: Block, quotations: Sequence[Quotation], newsstand: Newsstand) -> list[Quotation]:
    """Give the texts of links to outlets' articles that look like headlines, with what is quoted, in their order.

    Args:
        block: A block.
        quotations: What it quotes; a link with a quotation in or around it is left to that.
        newsstand: The outlets.
    """
    found = [
        Quotation(link.start, link.end, block.text[link.start : link.end].strip(), "", link.url)
        for link in block.links
        if not _quotes(quotations, link) and _is_headline(block.text, link, newsstand)
    ]
    return sorted([*quotations, *found], key=lambda quotation: quotation.start)


def _quotes(quotations: Sequence[Quotation], link: Link) -> bool:
    following = bisect_left(quotations, link.end, key=lambda quotation: quotation.start)
    return following > 0 and quotations[following - 1].end > link.start


def _is_headline(text: str, link: Link, newsstand: Newsstand) -> bool:
    words = text[link.start : link.end].strip()
    return (
        is_article(link.url)
        and newsstand.at(link.url) is not None
        and form_score(words) > 0
        and not newsstand.find(words)
        and not _INVITATION.search(words)
        and not _PROSE_BEFORE.search(text[: link.start])
    )
