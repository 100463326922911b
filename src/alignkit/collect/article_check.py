"""Whether a page is an article, and if not what it is instead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from alignkit.outlets.address import parse_address

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from alignkit.collect.json_ld import LinkedArticle
    from alignkit.collect.page_parts import PageParts

PUBLISHED_NAMES: Final = (
    "article:published_time",
    "datepublished",
    "og:article:published_time",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "pubdate",
    "publishdate",
    "publish_date",
    "publication_date",
    "article.published",
    "sailthru.date",
    "parsely-pub-date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "date",
)
"""The names under which <meta> elements say when an article was published, the surest first."""

_ERROR: Final = re.compile(
    r"(?:(?:error|エラー)? ?(?:40\d|410|50\d)(?: ?[|:-]? ?(?:error|not found|forbidden|gone|bad gateway|エラー).*)?$|"
    r"(?:page )?not found$|forbidden$|access denied|just a moment|internal server error|bad gateway|service unavailable|"
    r".{0,24}(?:ページ|記事)(?:が|は|を)?(?:見つかりません|存在しません|ありません|削除され|表示できません)|"
    r"お探しの(?:ページ|記事)|.{0,12}(?:掲載|公開)(?:期間)?(?:は|が)?終了(?:しました|しています)|(?:ただいま)?メンテナンス中)",
    re.IGNORECASE,
)
_SEARCH: Final = re.compile(
    r"(?:search results|search:|search$|results for |.{0,40}検索結果|.{0,20}の検索$|記事検索$)", re.IGNORECASE
)
_LOGIN: Final = re.compile(
    r"(?:log ?in|sign ?in|.{0,12}ログイン(?:する|画面|ページ)?$|会員登録|会員ログイン)", re.IGNORECASE
)
_TITLE_END: Final = re.compile(r"\s*[|｜:：]|\s+[-–—]\s+")
_LISTS: Final = frozenset({"CollectionPage", "ItemList", "ProfilePage"})
_FRONT: Final = re.compile(r"/(?:index\.\w{3,5})?")
_MOST_CARDS: Final = 4
_LEAST_PROSE: Final = 80
_MUCH_PROSE: Final = 240


def not_an_article(url: str, parts: PageParts, article: LinkedArticle | None, types: AbstractSet[str]) -> str | None:
    """Say why a page is no article, or None if it is one.

    What a page says it is decides, if it says so; where it says nothing, the text does.

    Args:
        url: Its address.
        parts: Its parts.
        article: What its JSON-LD says of it as an article.
        types: The types of all things that its JSON-LD tells of.
    """
    is_dated = bool(parts.meta(*PUBLISHED_NAMES)) or bool(article and article.published)
    titles = [heading.text for heading in parts.headings] + [_TITLE_END.split(parts.title)[0]]
    if not is_dated and any(_ERROR.match(title) for title in titles):
        return "is no article: it says that something went wrong or is not there"
    if article is not None:
        return None
    if "SearchResultsPage" in types or (not is_dated and any(_SEARCH.match(title) for title in titles)):
        return "is no article: it lists what a search found"
    prose = sum(len(block.text) for block in parts.blocks if block.is_prose)
    asks_only = parts.has_password and prose < _MUCH_PROSE
    if not is_dated and (asks_only or any(_LOGIN.match(title) for title in titles)):
        return "is no article: it asks the reader to log in"
    if _is_front(url) or types & _LISTS or (parts.articles > _MOST_CARDS and not is_dated):
        return "is no article: it lists articles"
    says_so = is_dated or parts.is_marked_article or parts.meta("og:type") == "article"
    return None if says_so or prose >= _LEAST_PROSE else "is no article: neither its metadata nor its text says so"


def _is_front(url: str) -> bool:
    address = parse_address(url)
    return address is not None and _FRONT.fullmatch(address.path) is not None and not address.query
