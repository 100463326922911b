"""A document's quoted headlines, and leads to those that it only says exist."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from alignkit.collect.mentions import english, english_carriers, japanese, japanese_carriers
from alignkit.collect.mentions.dates import Calendar
from alignkit.collect.mentions.dating import day_of_outlet, day_of_quotation
from alignkit.collect.mentions.documents import read_document
from alignkit.collect.mentions.form import form_score, language_of
from alignkit.collect.mentions.linked import linked_headlines
from alignkit.collect.mentions.newsstand import Newsstand, is_article, shipped_newsstand
from alignkit.collect.mentions.quotations import find_quotations
from alignkit.collect.mentions.scene import OUTLET, QUOTE, make_scene
from alignkit.collect.mentions.sentences import masked, split_sentences
from alignkit.collect.mentions.stories import Quoted, Stories, make_lead
from alignkit.collect.record import Record, Reject
from alignkit.errors import InputError, quoted
from alignkit.text.language import detect_languages
from alignkit.text.script import has_japanese_script

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from alignkit.collect.mentions.dates import DateMention
    from alignkit.collect.mentions.model import Block, Document, Format, Lead
    from alignkit.collect.mentions.newsstand import OutletMention
    from alignkit.collect.mentions.quotations import Quotation
    from alignkit.collect.mentions.scene import Scene
    from alignkit.outlets.model import Outlet

Mention: TypeAlias = "Record | Lead | Reject"

_BROKEN: Final = "\ufffd"


def read_mentions(
    content: bytes | str,
    *,
    name: str,
    content_type: Format | None = None,
    date: dt.date | None = None,
    outlets: Sequence[Outlet] | None = None,
) -> Iterator[Mention]:
    """Read the headlines that a document quotes, and the outlets that it says carried a story without quoting theirs.

    A quotation is taken for a headline only where the document says so: by a verb of reporting with an outlet that is known,
    by the word 'headline', or by naming outlet and day behind it. Speech, names and titles of works are left out.

    Args:
        content: The document, English or Japanese; bytes in any encoding that news come in.
        name: Its file name or address.
        content_type: What it is written in; None to tell by its name, or else by how it begins.
        date: The day it is from; None to take what it says itself.
        outlets: Outlets to look for beside those that ship with alignkit.

    Yields:
        A `Record` for each quoted headline and outlet that it is of, with text, lang, and where the document gives them
        outlet, url and published_at (a day in ISO 8601); a `Lead` for each outlet without a headline; a `Reject` for a
        headline that cannot be used, or for the whole document.

    Raises:
        InputError: Two of `outlets` have a name, id or address in common.
    """
    newsstand = Newsstand(outlets) if outlets else shipped_newsstand()
    try:
        document = read_document(content, name=name, content_type=content_type)
    except InputError as error:
        yield Reject(None, error.problem, dropped="file", file=name)
        return
    yield from _Reader(_passages(document, newsstand, date or document.date), newsstand).read()


class _Passage(NamedTuple):
    """A block and what was found in it."""

    block: Block
    quotations: list[Quotation]
    outlets: list[OutletMention]
    days: list[DateMention]


class _Place(NamedTuple):
    """Where a sentence is: the number of its block, its own number in that, and the line on which the block begins."""

    block: int
    sentence: int
    line: int

    def __str__(self) -> str:
        return f"paragraph {self.block + 1}, sentence {self.sentence + 1}"


def _passages(document: Document, newsstand: Newsstand, date: dt.date | None) -> list[_Passage]:
    """Find quotations, and outside of them outlets and days."""
    quoting = [
        linked_headlines(block, find_quotations(block.text, block.links), newsstand) for block in document.blocks
    ]
    prose = [masked(block.text, quotations) for block, quotations in zip(document.blocks, quoting, strict=True)]
    calendar = Calendar(date, prose)
    passages = []
    for block, quotations, text in zip(document.blocks, quoting, prose, strict=True):
        outlets = newsstand.find(text, block.links)
        days = calendar.read(masked(text, outlets))
        passages.append(_Passage(block, quotations, outlets, days))
    return passages


class _Reader:
    """Reads one document, block by block; it remembers the headlines to which what follows may refer."""

    def __init__(self, passages: Sequence[_Passage], newsstand: Newsstand) -> None:
        self._passages = passages
        self._newsstand = newsstand
        self._stories = Stories()
        self._given: set[tuple[str, str]] = set()

    def read(self) -> Iterator[Mention]:
        """Give what the document has, in its order."""
        listed = False
        for number, passage in enumerate(self._passages):
            block = passage.block
            if block.kind == "heading":
                self._stories.forget()
                continue
            listed = listed and block.kind != "paragraph"
            for sentence, span in enumerate(split_sentences(block.text, passage.quotations)):
                scene = make_scene(block.text, span, passage.quotations, passage.outlets, passage.days, listed=listed)
                if scene is not None:
                    yield from self._sentence(scene, _Place(number, sentence, block.line))
            listed = self._introduces(block, listed=listed)

    def _introduces(self, block: Block, *, listed: bool) -> bool:
        """Tell whether items after a block are outlets that carried the story: it says so, or items quote headlines."""
        if block.kind == "paragraph":
            introduces = (
                japanese_carriers.introduces if has_japanese_script(block.text) else english_carriers.introduces
            )
            return introduces(block.text)
        return listed or bool(self._stories)

    def _sentence(self, scene: Scene, place: _Place) -> Iterator[Mention]:
        read = japanese.read_japanese if has_japanese_script(scene.skeleton) else english.read_english
        reading = read(scene)
        carriers = set(reading.carriers)
        for number, verdict in enumerate(reading.verdicts):
            linked = verdict.kind == "open" and self._links_to_article(scene.quotations[number])
            if verdict.kind != "headline" and not linked:
                continue
            if self._outlets(scene, number, verdict.publishers) or not verdict.publishers:
                yield from self._headline(scene, number, verdict.publishers, place)
            else:
                # A headline in a language that the outlet does not publish in is a translation.
                carriers.update(verdict.publishers)
        for number in sorted(carriers):
            yield from self._lead(scene, number, place)

    def _links_to_article(self, quotation: Quotation) -> bool:
        """Tell whether a quotation is the link to an outlet's article, which says that it is its headline."""
        url = quotation.url
        return url is not None and is_article(url) and bool(self._newsstand.at(url)) and form_score(quotation.text) > 0

    def _outlets(self, scene: Scene, number: int, named: Sequence[int]) -> list[tuple[Outlet, int | None]]:
        """Give the outlets that a headline is of, each with its number in the scene: those named, in its language."""
        quotation = scene.quotations[number]
        linked = self._newsstand.at(quotation.url)
        if linked is not None:
            return [
                (linked, next((mention for mention in named if scene.outlets[mention].outlet.id == linked.id), None))
            ]
        lang = language_of(quotation.text)
        editions = [(self._newsstand.edition(scene.outlets[mention].outlet, lang), mention) for mention in named]
        return [(outlet, mention) for outlet, mention in editions if outlet is not None]

    def _headline(self, scene: Scene, number: int, named: Sequence[int], place: _Place) -> Iterator[Record | Reject]:
        """Give a headline once for each outlet that it is of, and remember it for the leads that follow."""
        quotation = scene.quotations[number]
        text = quotation.text
        if problem := _problem(text):
            yield Reject(place.line, problem, column="text", value=quoted(text))
            return
        outlets = self._outlets(scene, number, named)
        day = day_of_quotation(scene, number, named)
        publishers = frozenset(outlet.id for outlet, _ in outlets)
        lang = language_of(text)
        at = scene.places(QUOTE)[number]
        self._stories.add(Quoted(text, lang, day, publishers, place.block, place.sentence, at))
        of: Sequence[tuple[Outlet | None, int | None]] = outlets or [(None, None)]
        for outlet, mention in of:
            url = quotation.url or (scene.outlets[mention].url if mention is not None else None)
            fields = {
                "text": text,
                "lang": lang,
                "outlet": outlet.name_en if outlet else None,
                "url": url if url and is_article(url) else None,
                "published_at": day.isoformat() if day else None,
            }
            yield Record(place.line, {name: value for name, value in fields.items() if value}, str(place))

    def _lead(self, scene: Scene, number: int, place: _Place) -> Iterator[Lead]:
        """Give a lead, once for each outlet and story, if the story has a headline that is not the outlet's own."""
        mention = scene.outlets[number]
        story = self._stories.told(place.block, place.sentence, scene.places(OUTLET)[number])
        if story is None or mention.outlet.id in story.publishers or (mention.outlet.id, story.text) in self._given:
            return
        self._given.add((mention.outlet.id, story.text))
        day = day_of_outlet(scene, number)
        yield make_lead(mention.outlet, story, day=day, place=str(place), url=mention.url)


def _problem(text: str) -> str | None:
    """Say why a quoted headline cannot be used, or None."""
    if _BROKEN in text:
        return "has bytes in it that the document's encoding does not allow"
    if detect_languages([text])[0] == "other":
        return "is in neither English nor Japanese"
    return None
