"""The outlets that a document may name: found in its text by their names, and by the addresses it links to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from alignkit.collect.mentions.dates import half_width
from alignkit.collect.mentions.model import address_of
from alignkit.outlets.address import parse_address
from alignkit.outlets.registry import Registry, registry
from alignkit.text.script import has_japanese_script

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from alignkit.collect.mentions.model import Link
    from alignkit.outlets.model import Outlet
    from alignkit.schema import Language

_THE_SAME: Final = "同紙"
_SHORT: Final = 3
_HIRAGANA: Final = re.compile("[\u3041-\u3096]+")
_KANJI_OR_KATAKANA: Final = "\u30a1-\u30fa\u30fc\u3400-\u9fff々"
# What follows a short Japanese name where it is one: 共同は, not 共同で and 共同声明.
_AFTER_SHORT: Final = (
    "(?=[はがも、，・）」|]|や|の(?:記事|英語|配信|英文|ニュース)|電|発|英語版|配信|によ|に(?:も|は|掲載|転載))"
)
_NOT_BEFORE: Final = r"(?<![A-Za-z0-9.@/-])"
# 'Chunichi Dragons' is no paper, 'Chunichi Online' is.
_NOT_AFTER: Final = r"(?![A-Za-z0-9@])(?!\.[a-z])"
_ANOTHER_NAME: Final = r"(?!\ (?!News|English|Japanese|Press|Online|Digital|Web|Plus|On\b|In\b)[A-Z][a-z]+)"
_ENGLISH_EDITION: Final = re.compile(
    r"(?:['’]s?)?\ English(?:-language)?(?:\ (?:edition|service|site|website|version|page|desk|wire|news))*"
    "|(?:社|の)?(?:英語版|英文版|英語サイト|英文サイト|英語ニュース|英語配信|英語記事|英文ニュース)"
)
_JAPANESE_EDITION: Final = re.compile(
    r"(?:['’]s?)?\ Japanese(?:-language)?(?:\ (?:edition|service|site|website|version|page|desk|wire))*|(?:の)?日本語版"
)
_OWN_PART: Final = re.compile(
    "(?:新聞)?社(?![説会長員])|電子版|デジタル|オンライン|のサイト|の電子版|のニュースサイト|ニュースサイト|紙(?!面)|朝刊|夕刊|"
    r"['’]s\ (?:website|site|web\ edition|online\ edition|evening\ edition|morning\ edition)"
)


@dataclass(frozen=True, slots=True)
class OutletMention:
    """An outlet that a text names: the span, the outlet, and where the name is a link to an article its address."""

    start: int
    end: int
    outlet: Outlet
    url: str | None = None


class Newsstand:
    """Finds outlets in text.

    Args:
        outlets: Outlets beside those that ship with alignkit; where both have a name or an address, these count.

    Raises:
        InputError: Two of the outlets given have a name, id or address in common.
    """

    def __init__(self, outlets: Sequence[Outlet] = ()) -> None:
        self._own = Registry(outlets)
        self._shipped = registry()
        known = [*self._shipped.outlets.values(), *self._own.outlets.values()]
        self._by_name = {name: outlet for outlet in known for name in outlet.names}
        self._names = re.compile("|".join([*_patterns(self._by_name), f"{_THE_SAME}(?!面)"]))

    def find(self, text: str, links: Sequence[Link] = ()) -> list[OutletMention]:
        """Find the outlets that a text names, with the edition that is meant ("Kyodo's English edition")."""
        found: list[OutletMention] = []
        text = half_width(text)
        for match in self._names.finditer(text):
            if match[0] != _THE_SAME:
                outlet, end = self._edition(self._by_name[match[0]], text, match.end())
            elif found:
                outlet, end = found[-1].outlet, match.end()
            else:
                continue
            url = address_of(links, match.start(), end)
            found.append(OutletMention(match.start(), end, outlet, url if url and is_article(url) else None))
        return found

    def at(self, url: str | None) -> Outlet | None:
        """Give the outlet that publishes at an address, or None."""
        return None if url is None else self._own.outlet_of(url) or self._shipped.outlet_of(url)

    def edition(self, outlet: Outlet, lang: Language) -> Outlet | None:
        """Give the outlet's edition in a language: itself, or one of its own under a name of its own, or None."""
        if lang in outlet.languages:
            return outlet
        sibling = self._by_name.get(f"{outlet.name_en} English") or self._by_name.get(f"{outlet.name_ja}英語版")
        if lang == "en":
            return sibling
        base = outlet.name_en.removesuffix(" English"), outlet.name_ja.removesuffix("英語版")
        found = self._by_name.get(base[0]) or self._by_name.get(base[1])
        return found if found is not None and lang in found.languages else None

    def _edition(self, outlet: Outlet, text: str, end: int) -> tuple[Outlet, int]:
        for form, lang in _EDITIONS:
            match = form.match(text, end)
            if match and (edition := self.edition(outlet, lang)):
                return edition, match.end()
        own = _OWN_PART.match(text, end)
        return outlet, own.end() if own else end


_EDITIONS: Final[tuple[tuple[re.Pattern[str], Language], ...]] = ((_ENGLISH_EDITION, "en"), (_JAPANESE_EDITION, "ja"))


def shipped_newsstand() -> Newsstand:
    """Give the newsstand with the outlets of the registry alone."""
    return _newsstand_of(registry())


@lru_cache(maxsize=8)
def _newsstand_of(_outlets: Registry) -> Newsstand:
    return Newsstand()


def is_article(url: str) -> bool:
    """Tell whether an address is of a page within a site, not of its front page."""
    address = parse_address(url)
    return address is not None and (address.path.strip("/") != "" or bool(address.query))


def _patterns(names: Iterable[str]) -> list[str]:
    """Give regular expressions for names, the longest first; what could be a common word must stand where a name does."""
    return [_pattern(name) for name in sorted(names, key=lambda name: (-len(name), name)) if len(name.strip(".")) > 1]


def _pattern(name: str) -> str:
    escaped = re.escape(name)
    if not has_japanese_script(name):
        # 'Nor.' and 'webun' are names only where they stand alone.
        alone = _ANOTHER_NAME if " " not in name else ""
        return f"{_NOT_BEFORE}{escaped}{_NOT_AFTER}{alone}"
    if len(name) < _SHORT or _HIRAGANA.fullmatch(name):
        return f"(?<![\u3041-\u3096{_KANJI_OR_KATAKANA}]){escaped}{_AFTER_SHORT}|(?<=[やとも、]){escaped}{_AFTER_SHORT}"
    return escaped
