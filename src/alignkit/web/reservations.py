"""What pages say about being read by machines: X-Robots-Tag, <meta name="robots"> and TDMRep.

TDMRep (https://www.w3.org/2022/tdmrep/) reserves the right to mine text and data,
which Article 4 of Directive (EU) 2019/790 lets rightholders do by machine-readable means.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Kind = Literal["robots", "tdm-reservation", "tdm-policy"]
Where = Literal["header", "meta", "tdmrep.json"]

_NOTED: Final = frozenset({"noai", "noimageai", "noindex", "none"})
_FORBIDDING: Final = frozenset({"noai", "noimageai"})
_WITH_VALUE: Final = frozenset({"unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"})
"""Directives that have a colon of their own, which sets off no crawler's name."""


@dataclass(frozen=True)
class Reservation:
    """Something that a page says about being read by machines.

    Attributes:
        kind: 'robots', 'tdm-reservation' or 'tdm-policy'.
        value: The directive ('noai', 'noimageai', 'noindex', 'none'); '1'; or the address of the policy.
        where: Where it says so: in a header, in a <meta> of the page, or in the origin's tdmrep.json.
    """

    kind: Kind
    value: str
    where: Where

    @property
    def forbids(self) -> bool:
        """Whether it keeps the page out of a dataset: 'noindex' and 'none' are for search engines, and do not."""
        return (self.kind == "robots" and self.value in _FORBIDDING) or self.kind == "tdm-reservation"

    def __str__(self) -> str:
        """Give it as a clause of a message."""
        name = {"header": "X-Robots-Tag", "meta": '<meta name="robots">'}.get(self.where, self.where)
        return f"{name} says {self.value}" if self.kind == "robots" else f"{self.kind} is {self.value} ({self.where})"


def header_reservations(lines: Iterable[tuple[str, str]], product: str) -> tuple[Reservation, ...]:
    """Read the reservations in the headers of an answer.

    Args:
        lines: The names and values of its headers, repeated ones apart.
        product: The crawler's name, without a version; what is said to others is not noted.
    """
    return _reservations(lines, {"x-robots-tag"}, product, "header")


def meta_reservations(metas: Iterable[tuple[str, str]], product: str) -> tuple[Reservation, ...]:
    """Read the reservations in the <meta> elements of a page.

    Args:
        metas: Their names and contents.
        product: The crawler's name, without a version; what is said to others is not noted.
    """
    return _reservations(metas, {"robots", product.lower()}, product, "meta")


def _reservations(
    lines: Iterable[tuple[str, str]], robots_names: set[str], product: str, where: Where
) -> tuple[Reservation, ...]:
    named = [(name.strip().lower(), value) for name, value in lines]
    said = [found for name, value in named if name in robots_names for found in _directives(value, product)]
    noted = (Reservation("robots", directive, where) for directive in dict.fromkeys(said))
    reserved = ",".join(value for name, value in named if name == "tdm-reservation")
    policy = next((value for name, value in named if name == "tdm-policy"), None)
    return (*noted, *tdm_reservations(reserved, policy, where))


def tdm_reservations(reserved: object, policy: object, where: Where) -> tuple[Reservation, ...]:
    """Give the reservations that TDMRep's two properties make.

    Args:
        reserved: The property 'tdm-reservation': reserved if it is 1, as a number or as text, alone or in a list.
        policy: The property 'tdm-policy', an address; noted with a reservation only.
        where: Where they were found.
    """
    if isinstance(reserved, str):
        reserved = 1 if "1" in (part.strip() for part in reserved.split(",")) else 0
    if reserved != 1:
        return ()
    made = Reservation("tdm-reservation", "1", where)
    if isinstance(policy, str) and policy.strip():
        return made, Reservation("tdm-policy", policy.strip(), where)
    return (made,)


def _directives(line: str, product: str) -> Iterator[str]:
    """Give the noted directives of a line that are for all or for this crawler.

    A name and a colon before a directive say whom it and those that follow are for: 'noindex, otherbot: noai, nofollow'
    says noindex to all.
    """
    ours = True
    for part in line.lower().split(","):
        name, colon, directive = (piece.strip() for piece in part.partition(":"))
        if colon and name not in _WITH_VALUE:
            ours = name in {product.lower(), "*"}
        else:
            directive = name
        if ours and directive in _NOTED:
            yield directive
