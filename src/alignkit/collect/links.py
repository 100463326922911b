"""Links as feeds and sitemaps have them, made whole."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urljoin

from alignkit.collect.xml_text import REPLACEMENT
from alignkit.outlets.address import LONGEST_ADDRESS, parse_address

_WHOLE: Final = re.compile(
    rf"https?://[^\s/?#@:\[\]\\<>{REPLACEMENT}]{{1,253}}[/?#][^\s\\<>{REPLACEMENT}]{{0,{LONGEST_ADDRESS - 300}}}"
)
_WEB: Final = ("https://", "http://")


def is_whole_address(link: str) -> bool:
    """Tell, quickly, whether a link is an address that needs no further look: most links are."""
    return _WHOLE.fullmatch(link) is not None


def resolve_address(base: str, link: str) -> str | None:
    """Make a link whole, as browsers do: without line breaks, and with %20 for spaces.

    Args:
        base: The address that it starts from if it is relative.
        link: The link, otherwise left as it is.

    Returns:
        An http or https address, or None if it is none.
    """
    try:
        address = urljoin(base, re.sub(r"[\t\n\r]", "", link).strip().replace(" ", "%20"))
    except ValueError:
        return None
    is_web = address.lower().startswith(_WEB) and REPLACEMENT not in address
    return address if is_web and parse_address(address) is not None else None
