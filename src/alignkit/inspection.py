"""How headlines are read: everything that the readers make of a headline, side by side."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, cast

from alignkit.errors import UsageError
from alignkit.outlets.affixes import outlet_of_affix, registered_affixes
from alignkit.outlets.registry import find, outlet_of
from alignkit.text.language import detect_languages
from alignkit.text.names import read_names
from alignkit.text.normalise import normalise
from alignkit.text.quantities import read_quantities
from alignkit.text.tokens import tokenise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignkit.outlets.model import Outlet
    from alignkit.schema import Language
    from alignkit.text.language import DetectedLanguage
    from alignkit.text.names import Name
    from alignkit.text.normalise import Normalised
    from alignkit.text.quantities import Quantity
    from alignkit.text.tokens import Token


@dataclass(frozen=True)
class Inspection:
    """How one headline was read.

    Attributes:
        headline: The headline proper, and what stood around it.
        language: Its language.
        quantities: Its numbers, dates and times; none where its language is not ours.
        names: Its names.
        tokens: Its words.
        outlet: Who published it, where the address or what stands around it says so.
    """

    headline: Normalised
    language: DetectedLanguage
    quantities: tuple[Quantity, ...]
    names: tuple[Name, ...]
    tokens: tuple[Token, ...]
    outlet: Outlet | None

    def as_dict(self) -> dict[str, Any]:
        """Give it as plain values; places in the text are those of the headline proper."""
        text = self.headline.text
        return {
            "published": self.headline.published,
            "text": text,
            "language": self.language,
            "around": [{"kind": part.kind, "text": part.core} for part in self.headline.parts],
            "truncated": self.headline.is_truncated,
            "outlet": self.outlet.id if self.outlet else None,
            "quantities": [asdict(quantity) for quantity in self.quantities],
            "names": [
                {"start": name.start, "end": name.end, "text": text[name.start : name.end], "kind": name.kind}
                | {"keys": sorted(name.keys)}
                for name in self.names
            ],
            "tokens": [{"text": text[token.start : token.end]} | asdict(token) for token in self.tokens],
        }


def inspect_headlines(
    texts: Sequence[str], *, lang: Language | None = None, outlet: str | None = None
) -> list[Inspection]:
    """Read headlines, each by itself.

    Args:
        texts: Published headlines.
        lang: Their language; None to tell it from each.
        outlet: Who published them, by name, id or address; None to tell it from what stands around each.

    Raises:
        UsageError: No outlet is known by that name.
    """
    publisher = _publisher(outlet)
    headlines = normalise(texts, registered_affixes())
    proper = [headline.text for headline in headlines]
    languages = [lang] * len(proper) if lang else detect_languages(proper)
    names: dict[int, tuple[Name, ...]] = {}
    tokens: dict[int, tuple[Token, ...]] = {}
    for ours in ("en", "ja"):
        rows = [row for row, language in enumerate(languages) if language == ours]
        chosen = [proper[row] for row in rows]
        tokens |= dict(zip(rows, tokenise(chosen, ours), strict=True))
        names |= zip(rows, map(tuple, read_names(chosen, ours)), strict=True)
    return [
        Inspection(
            headline=headline,
            language=language,
            quantities=tuple(read_quantities(headline.text, cast("Language", language))) if row in tokens else (),
            names=names.get(row, ()),
            tokens=tokens.get(row, ()),
            outlet=publisher or _outlet_around(headline),
        )
        for row, (headline, language) in enumerate(zip(headlines, languages, strict=True))
    ]


def _publisher(name: str | None) -> Outlet | None:
    if name is None:
        return None
    found = outlet_of(name) or find(name)
    if found is None:
        raise UsageError("is no known outlet", value=name, remedy="See 'alignkit outlets list'.")
    return found


def _outlet_around(headline: Normalised) -> Outlet | None:
    return next((found for mark in headline.of_kind("outlet") if (found := outlet_of_affix(mark))), None)
