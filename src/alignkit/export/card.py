"""The card, README.md of a dataset: a template for each section, filled with figures and with what was written.

Its questions are those of *Datasheets for Datasets* (Gebru et al., 2021) and *Data Statements* (Bender and Friedman, 2018).
A section opens with what a maintainer wrote (`alignkit.export.about`); what follows is made anew with every export.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from alignkit.errors import MissingExtraError

try:
    import jinja2
except ImportError as error:
    raise MissingExtraError(error.name or "jinja2", extra="export", purpose="exporting a dataset") from None

if TYPE_CHECKING:
    from collections.abc import Mapping

    from huggingface_hub import DatasetCardData

    from alignkit.export.about import Facts

SECTIONS: Final = {
    "motivation": "Motivation",
    "composition": "What is in it",
    "loading": "How to load it",
    "columns": "Columns",
    "collection": "Collection",
    "speakers": "Languages and who wrote them",
    "processing": "Processing and alignment",
    "splits": "Splits",
    "quality": "Quality",
    "biases": "Biases and limits",
    "uses": "Uses and misuses",
    "personal_data": "Personal data",
    "legal": "Rights",
    "distribution": "Distribution",
    "maintenance": "Maintenance",
    "citation": "Citation",
}
"""The titles of the card's sections, in order, by the names of their templates."""

_CARD: Final = "dataset_card.md.jinja"
_NO_PROSE: Final = re.compile(r"^(?:\||#|\[?!\[|\s{4})")
_FENCED: Final = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)


def render_card(data: DatasetCardData, values: Mapping[str, Any]) -> str:
    """Render the card.

    Args:
        data: The metadata, which becomes the YAML front matter.
        values: What the templates name.
    """
    sections = [(title, render_section(name, values)) for name, title in SECTIONS.items()]
    text = _templates().get_template(_CARD).render(card_data=data.to_yaml(), sections=sections, **values)
    return re.sub(r"\n{3,}", "\n\n", text).rstrip() + "\n"


def render_section(name: str, values: Mapping[str, Any]) -> str:
    """Render a section without its title, as Markdown: what was written, then what is generated.

    Args:
        name: Its name, of `SECTIONS`.
        values: What the templates name.
    """
    generated = _templates().get_template(f"sections/{name}.md.jinja").render(**values).strip()
    written = values["about"].sections.get(name, "")
    return re.sub(r"\n{3,}", "\n\n", "\n\n".join(part for part in (written, generated) if part))


def section_prose(name: str, values: Mapping[str, Any]) -> list[str]:
    """Give a section's paragraphs and items, each on one line, without its tables, pictures, titles and code."""
    text = _FENCED.sub("", render_section(name, values))
    blocks = re.split(r"\n\s*\n|\n(?=- )", text)
    prose = [block for block in blocks if block.strip() and not _NO_PROSE.match(block)]
    return [" ".join(block.removeprefix("- ").split()) for block in prose]


def citation(name: str, version: str, facts: Facts) -> str:
    """Give how a dataset is cited, in BibTeX: as its maintainers state it, or made from what is known of it."""
    if facts.citation:
        return facts.citation.strip()
    key = re.sub(r"\W+", "-", name.lower()).strip("-") or "dataset"
    fields = {
        "title": name,
        "year": str(facts.published.year) if facts.published else "",
        "version": version,
        "url": str(facts.url or ""),
    }
    lines = [f"  {field} = {{{value}}}" for field, value in fields.items() if value]
    if facts.creators:
        # Braces of their own keep an organisation's name from being taken apart as a person's.
        lines.insert(1, f'  author = "{" and ".join(f"{{{creator}}}" for creator in facts.creators)}"')
    return ",\n".join([f"@misc{{{key}", *lines]) + "\n}"


@cache
def _templates() -> jinja2.Environment:
    # Markdown is no HTML: what comes from the data is made harmless by the filter 'cell' where it is put.
    environment = jinja2.Environment(  # noqa: S701
        loader=jinja2.PackageLoader("alignkit.export"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"cell": cell, "count": "{:,}".format, "percent": "{:.1%}".format, "plural": plural}
    return environment


def cell(value: object) -> str:
    """Give a value of the data so that it changes neither the table it is put in nor the page around it."""
    text = " ".join(str(value).split())
    return re.sub(r"([\\|`*_\[\]])", r"\\\1", text).replace("<", "&lt;")


def plural(count: int, one: str, many: str | None = None) -> str:
    """Give a number with its noun: '1 pair', '2,000 pairs'."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
