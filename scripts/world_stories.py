"""The demonstration corpus's headlines, as the sites of the demonstration world publish them."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignkit.schema import Language

DEMO: Final = Path(__file__).parents[1] / "corpora" / "demo"
FILES: Final[dict[Language, str]] = {"en": "english.jsonl", "ja": "japanese.jsonl"}


class Row(NamedTuple):
    """What the corpus says of a headline, in the form in which what was collected is compared with it.

    Attributes:
        url: Its address.
        text: Its text.
        published_at: When it was published (UTC).
        section: The outlet's section.
        wire_id: The wire's id of the story.
        credit: The mark that names the wire.
    """

    url: str
    text: str
    published_at: dt.datetime | None
    section: str | None
    wire_id: str | None
    credit: str | None


@dataclass(frozen=True, slots=True)
class Story:
    """A headline of the corpus, and the article that it stands over.

    Attributes:
        lang: Its language.
        text: Its text.
        outlet: Who published it.
        url: Its address.
        published_at: When it was published, in Japan's time.
        section: The outlet's section.
        wire_id: The wire's id of the story.
        credit: The mark that names the wire.
    """

    lang: Language
    text: str
    outlet: str
    url: str
    published_at: dt.datetime
    section: str
    wire_id: str | None = None
    credit: str | None = None

    @property
    def path(self) -> str:
        """The path of its address."""
        return urlsplit(self.url).path

    @property
    def link(self) -> str:
        """The path and query under which its site links to it: they carry the wire id, where there is one."""
        return self.path if self.wire_id is None or self.wire_id in self.path else f"{self.path}?id={self.wire_id}"

    @property
    def row(self) -> Row:
        """What the corpus says of it."""
        time = self.published_at.astimezone(dt.UTC)
        return Row(self.url, self.text, time, self.section, self.wire_id, self.credit)


def read_stories(folder: Path = DEMO) -> dict[str, tuple[Story, ...]]:
    """Give the corpus's headlines by outlet, each outlet's newest first."""
    stories = [
        Story(lang, **{**fields, "published_at": dt.datetime.fromisoformat(fields["published_at"])})
        for lang, name in FILES.items()
        for fields in map(json.loads, (folder / name).read_text(encoding="utf-8").splitlines())
    ]
    stories.sort(key=attrgetter("published_at", "url"), reverse=True)
    stories.sort(key=attrgetter("outlet"))
    return {outlet: tuple(of_outlet) for outlet, of_outlet in itertools.groupby(stories, attrgetter("outlet"))}


def by_section(stories: Sequence[Story]) -> dict[str, list[Story]]:
    """Give stories by their section."""
    sections: dict[str, list[Story]] = {}
    for story in stories:
        sections.setdefault(story.section, []).append(story)
    return sections


def by_month(stories: Sequence[Story]) -> dict[str, list[Story]]:
    """Give stories by the month of their publication, such as '2031-05'."""
    months: dict[str, list[Story]] = {}
    for story in stories:
        months.setdefault(f"{story.published_at:%Y-%m}", []).append(story)
    return months
