"""What a maintainer writes of a dataset, kept apart from what is counted: about.md, and card/*.md beside it.

about.md is the text that the card opens with. It may begin with YAML between two lines '---', with the facts of `Facts`.
card/NAME.md, where NAME is one of `WRITABLE`, is put at the head of that section of the card, before what alignkit says
there itself. An export reads these files and never writes them, so that judgement survives every new export.
"""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - pydantic reads the annotation
import re
from collections.abc import Mapping  # noqa: TC003 - pydantic reads the annotation
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, ConfigDict, HttpUrl, ValidationError
from yaml import YAMLError, safe_load  # type: ignore[import-untyped]  # it comes with huggingface_hub, without stubs

from alignkit.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

SECTIONS_FOLDER: Final = "card"

WRITABLE: Final = (
    *("motivation", "composition", "collection", "speakers", "processing", "quality", "biases", "uses"),
    *("personal_data", "legal", "distribution", "maintenance"),
)
"""The sections of the card that a maintainer may write to."""

_FRONT_MATTER: Final = re.compile(r"\A---\r?\n(.*?)\r?\n---\r?\n", re.DOTALL)


class Facts(BaseModel):
    """Facts about a dataset that nothing else tells.

    Attributes:
        creators: Who made the dataset: persons or organisations.
        contact: Where to write to, as for having something removed: a page's address.
        url: Where the dataset is published.
        published: The day of publication.
        citation: How to cite it, in BibTeX.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    creators: tuple[str, ...] = ()
    contact: HttpUrl | None = None
    url: HttpUrl | None = None
    published: dt.date | None = None
    citation: str | None = None


class About(BaseModel):
    """What was written of a dataset.

    Attributes:
        text: Markdown that the card opens with; '' for none.
        sections: Markdown for sections of the card, by the names of `WRITABLE`.
        facts: The facts.
    """

    model_config = ConfigDict(frozen=True)

    text: str = ""
    sections: Mapping[str, str] = {}
    facts: Facts = Facts()


def read_about(path: Path | None) -> About:
    """Read about.md and the files of the folder card beside it; nothing was written if no path is given.

    Raises:
        InputError: A file cannot be read, its facts are wrong, or it is for a section that there is not.
    """
    if path is None:
        return About()
    text = _read(path)
    front = _FRONT_MATTER.match(text)
    return About(
        text=_FRONT_MATTER.sub("", text, count=1).strip(),
        sections=dict(_read_sections(path.parent / SECTIONS_FOLDER)),
        facts=_read_facts(front[1], path) if front else Facts(),
    )


def _read_sections(folder: Path) -> list[tuple[str, str]]:
    sections = []
    for file in sorted(folder.glob("*.md")):
        if file.stem not in WRITABLE:
            remedy = f"Name it after one of the card's sections: {', '.join(WRITABLE)}."
            raise InputError("is for a section that the card does not have", path=file, remedy=remedy)
        if text := _read(file).strip():
            sections.append((file.stem, text))
    return sections


def _read_facts(front: str, path: Path) -> Facts:
    try:
        return Facts.model_validate(safe_load(front) or {})
    except YAMLError as error:
        raise InputError(f"begins with YAML that cannot be read ({error})", path=path) from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        remedy = f"It may begin with: {', '.join(Facts.model_fields)}."
        key = ".".join(map(str, first["loc"])) or None
        problem = f"says something that is not understood ({first['msg']})"
        raise InputError(problem, path=path, column=key, value=first["input"], remedy=remedy) from None


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read ({error})", path=path) from None
