"""Which addresses are of one site: those whose hosts were registered as one name."""

from __future__ import annotations

import ipaddress
from functools import cache
from typing import TYPE_CHECKING

from alignkit.outlets.address import parse_address
from alignkit.web.extras import import_extra

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList


def site_of(url: str) -> str | None:
    """Give the registered name that an address is under: 'news.example.co.jp' and 'example.co.jp' are of one.

    Args:
        url: An http or https address.

    Returns:
        The name by the Public Suffix List; the host itself where it has none, as numbers and 'localhost' do; None if
        it is no address.

    Raises:
        MissingExtraError: publicsuffixlist is not installed.
    """
    address = parse_address(url)
    if address is None:
        return None
    try:
        ipaddress.ip_address(address.host)
    except ValueError:
        return _suffixes().privatesuffix(address.host) or address.host
    return address.host


@cache
def _suffixes() -> PublicSuffixList:
    suffixes: PublicSuffixList = import_extra("publicsuffixlist").PublicSuffixList()
    return suffixes
