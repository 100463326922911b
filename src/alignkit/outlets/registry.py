"""The outlets that are known, found by address and by name.

A new outlet is one new file in data/, which is read when an outlet is first asked for::

    outlet_of("https://www.example.jp/news/1")  ->  Outlet | None
    wire_id("https://www.example.jp/news/1")    ->  str | None
"""

from __future__ import annotations

import unicodedata
from contextlib import contextmanager
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from alignkit.errors import InputError
from alignkit.outlets.address import Address, parse_address, parse_domain
from alignkit.outlets.loading import load_outlet as load_outlet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from alignkit.outlets.model import Outlet


class TitleAffix(NamedTuple):
    """What an outlet puts around headlines in the titles of its pages.

    Attributes:
        text: The affix, as it stands in titles.
        place: Whether it follows or precedes the headline.
        outlet: Whose it is.
    """

    text: str
    place: Literal["suffix", "prefix"]
    outlet: Outlet


class Registry:
    """Outlets, found by address and by name.

    Args:
        outlets: The outlets; no two may have an id, a name or a domain in common.

    Attributes:
        outlets: The outlets by id, in alphabetical order.

    Raises:
        InputError: Two outlets claim the same id, name or domain.
    """

    def __init__(self, outlets: Iterable[Outlet]) -> None:
        self.outlets: Mapping[str, Outlet]
        self._by_name: dict[str, Outlet] = {}
        self._by_host: dict[str, list[tuple[str, Outlet]]] = {}
        ordered = sorted(outlets, key=lambda outlet: outlet.id)
        for outlet in ordered:
            self._add_names(outlet)
            self._add_domains(outlet)
        for claims in self._by_host.values():
            claims.sort(key=lambda claim: len(claim[0]), reverse=True)
        self.outlets = MappingProxyType({outlet.id: outlet for outlet in ordered})

    def outlet_of(self, url: str) -> Outlet | None:
        """Give the outlet that publishes at an address, or None: the one with the longest domain that it is in."""
        address = parse_address(url)
        return None if address is None else self._at(address)

    def find(self, name: str) -> Outlet | None:
        """Give the outlet with this id or name, in either language, whatever its case and width, or None."""
        return self._by_name.get(_folded(name))

    def wire_id(self, url: str) -> str | None:
        """Give the agency's id of a story that an address carries, or None."""
        address = parse_address(url)
        outlet = None if address is None else self._at(address)
        return None if address is None or outlet is None else outlet.wire_id(address)

    def section(self, url: str) -> str | None:
        """Give the section that an address belongs to, or None."""
        address = parse_address(url)
        outlet = None if address is None else self._at(address)
        return None if address is None or outlet is None else outlet.section(address)

    def title_affixes(self) -> tuple[TitleAffix, ...]:
        """Give all that outlets put around headlines, the longest first."""
        affixes = [TitleAffix(text, "suffix", outlet) for outlet in self.outlets.values() for text in outlet.suffixes]
        affixes += [TitleAffix(text, "prefix", outlet) for outlet in self.outlets.values() for text in outlet.prefixes]
        return tuple(sorted(affixes, key=lambda affix: (-len(affix.text), affix.text)))

    def _at(self, address: Address) -> Outlet | None:
        labels = address.host.split(".")
        for first in range(len(labels)):
            for path, outlet in self._by_host.get(".".join(labels[first:]), ()):
                if not path or address.path == path or address.path.startswith(f"{path}/"):
                    return outlet
        return None

    def _add_names(self, outlet: Outlet) -> None:
        for name in (outlet.id, *outlet.names):
            other = self._by_name.setdefault(_folded(name), outlet)
            if other is not outlet:
                raise InputError(f"{other.id} and {outlet.id} have the same name or id", value=name)

    def _add_domains(self, outlet: Outlet) -> None:
        for host in outlet.hosts:
            domain = parse_domain(host)
            if domain is None:
                continue
            claims = self._by_host.setdefault(domain.host, [])
            other = next((claimant for path, claimant in claims if path == domain.path), None)
            if other is not None:
                raise InputError(f"{other.id} and {outlet.id} have the same domain", value=host)
            claims.append((domain.path, outlet))


def registry() -> Registry:
    """Give the outlets that ship with alignkit, and those that `own_outlets` adds for a while."""
    return _registry_with(_OWN[-1] if _OWN else ())


@contextmanager
def own_outlets(outlets: Iterable[Outlet]) -> Iterator[None]:
    """Know outlets beside those that ship with alignkit until the block is left, in this process.

    Args:
        outlets: The outlets.

    Raises:
        InputError: Two outlets claim the same id, name or domain.
    """
    own = tuple(outlets)
    _registry_with(own)
    _OWN.append(own)
    try:
        yield
    finally:
        _OWN.pop()


_OWN: Final[list[tuple[Outlet, ...]]] = []


@lru_cache(maxsize=8)
def _registry_with(own: tuple[Outlet, ...]) -> Registry:
    return Registry([*_shipped(), *own])


@cache
def _shipped() -> tuple[Outlet, ...]:
    folder = files(__package__).joinpath("data")
    return tuple(load_outlet(file) for file in folder.iterdir() if file.name.endswith(".toml"))


def outlets() -> Mapping[str, Outlet]:
    """Give the outlets that are known, by id."""
    return registry().outlets


def outlet_of(url: str) -> Outlet | None:
    """Give the outlet that publishes at an address, or None."""
    return registry().outlet_of(url)


def find(name: str) -> Outlet | None:
    """Give the outlet with this id or name, in either language, or None."""
    return registry().find(name)


def wire_id(url: str) -> str | None:
    """Give the agency's id of a story that an address carries, or None."""
    return registry().wire_id(url)


@cache
def title_affixes() -> tuple[TitleAffix, ...]:
    """Give all that known outlets put around headlines in the titles of their pages, the longest first."""
    return registry().title_affixes()


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
