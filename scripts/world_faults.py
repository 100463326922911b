"""What goes wrong with news sites: a faulty site for each kind of fault, with what is still to be had from it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from world_feeds import rss
from world_replies import (
    PAGE,
    Reply,
    drip,
    endless,
    gzip_bomb,
    in_turn,
    nonsense,
    page,
    redirect,
    reset,
    robots,
    slow,
    status,
    wrong_length,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from world_replies import Answer
    from world_stories import Story

FEED: Final = "/rss.xml"
PRIVATE: Final = "/private/rss.xml"
"""A feed that a robots.txt may forbid; it has other headlines than `FEED`."""

INSIDE: Final = "inside.example"
"""A host whose address is within a private network."""

_RULES: Final = "/rules.txt"
_FORBIDDING: Final = "User-agent: *\nDisallow: /private/\n"
_MORE_THAN_IS_READ: Final = 600 * 1024
_ENTITIES: Final = "".join(f'<!ENTITY e{number} "{f"&e{number - 1};" * 10}">' for number in range(1, 10))


@dataclass(frozen=True)
class Case:
    """A faulty site.

    Attributes:
        name: What is wrong with it.
        answers: What it answers, by path.
        due: The headlines that are to be had from it in spite of that.
        forbidden: The beginnings of the paths that must not be asked for.
    """

    name: str
    answers: Mapping[str, Answer] = field(default_factory=dict)
    due: Sequence[Story] = ()
    forbidden: tuple[str, ...] = ()


def cases(stories: Sequence[Story], private: Sequence[Story], port: int) -> Iterator[Case]:
    """Give all faulty sites.

    Args:
        stories: What is in their feed.
        private: What is in the feed that a robots.txt may forbid.
        port: Where redirects to other hosts lead.
    """
    feed = rss("faulty", stories)
    for name, answer, is_due in _feeds(feed, port):
        yield Case(name, {FEED: answer}, stories if is_due else ())
    for name, answer, due, forbidden in _robots():
        whole: dict[str, Sequence[Story]] = {"all": [*stories, *private], "public": stories, "none": ()}
        answers: dict[str, Answer] = {"/robots.txt": answer, FEED: feed, PRIVATE: rss("faulty", private)}
        answers[_RULES] = robots(_FORBIDDING)
        yield Case(f"robots.txt: {name}", answers, whole[due], forbidden)


def _feeds(feed: Reply, port: int) -> Iterator[tuple[str, Answer, bool]]:
    """Give faults of a feed: a name, the answer, and whether its headlines are still to be had."""
    text = feed.content.decode()
    yield "none", feed, True
    yield "slow, within the time limit", slow(0.5, feed), True
    yield "slow, beyond the time limit", slow(30.0, feed), False
    yield "a byte now and then, for ever", drip(), False
    yield "reset, then good", in_turn(reset(), feed), True
    yield "reset, always", reset(), False
    yield "reset within the body, then good", in_turn(reset(feed.content[:500]), feed), True
    yield "shorter than it says, then good", in_turn(wrong_length(feed.content[:500]), feed), True
    yield "no HTTP", nonsense(), False
    yield "429 with Retry-After: 1, then good", in_turn(status(429, Retry_After="1"), feed), True
    yield "429 with Retry-After: 3600", status(429, Retry_After="3600"), False
    yield "500, then 200", in_turn(status(500), feed), True
    yield "500, always", status(500), False
    yield "410", status(410), False
    yield "redirect loop", redirect(FEED), False
    yield "redirect to a private address", redirect(f"http://{INSIDE}:{port}{FEED}"), False
    yield "redirect to a file", redirect("file:///etc/hostname"), False
    yield "endless body", endless(), False
    yield "gzip bomb", gzip_bomb(), False
    yield "gzip bomb in a gzip bomb", gzip_bomb(layers=2), False
    yield "Shift_JIS that is called UTF-8", _with(feed, text.encode("cp932", "xmlcharrefreplace")), True
    yield "wrong charset in the header", _with(feed, feed.content, "application/rss+xml; charset=iso-8859-1"), True
    yield "malformed XML: a bare &", _with(feed, text.replace("</guid>", "?a=1&b=2</guid>").encode()), True
    yield "malformed XML: breaks off at the end", _with(feed, feed.content[: -len("</channel></rss>")]), True
    yield "malformed XML: a control character", _with(feed, text.replace("<item>", "\x0b<item>").encode()), True
    yield "entity bomb", _with(feed, _with_entities(text).encode()), True
    yield "HTML where XML was due", page(PAGE), False


def _robots() -> Iterator[tuple[str, Answer, str, tuple[str, ...]]]:
    """Give kinds of robots.txt: a name, the answer, which headlines may be had, and which paths are forbidden (RFC 9309)."""
    everything = ("/rss", "/private", "/.well-known")
    private = ("/private",)
    huge = _FORBIDDING + "# filler\n" * (_MORE_THAN_IS_READ // 9) + "Disallow: /\n"
    yield "404", status(404), "all", ()
    yield "403", status(403), "all", ()
    yield "500", status(500), "none", everything
    yield "too slow", slow(30.0), "none", everything
    yield "reset", reset(), "none", everything
    yield "redirect to rules", redirect(_RULES), "public", private
    yield "redirect loop", redirect("/robots.txt"), "all", ()
    yield "more than is read", robots(huge), "public", private
    yield "byte order mark", robots(b"\xef\xbb\xbf" + _FORBIDDING.encode()), "public", private
    yield "HTML", page(), "all", ()
    yield "garbage before rules", robots(b"\x00\xff\xfe:::\n" + _FORBIDDING.encode()), "public", private
    yield "wildcards", robots("User-agent: *\nDisallow: /*vate/*.xml$\n"), "public", private
    yield (
        "rules for us by name",
        robots(f"User-agent: *\nAllow: /\n\n{_FORBIDDING.replace('*', 'alignkit')}"),
        "public",
        private,
    )
    yield "Crawl-delay of an hour", robots("User-agent: *\nCrawl-delay: 3600\n"), "none", everything


def _with_entities(text: str) -> str:
    """Let a feed's own title stand for a billion times 'ha' (the 'billion laughs')."""
    text = text.replace("<rss", f'<!DOCTYPE rss [<!ENTITY e0 "ha">{_ENTITIES}]><rss', 1)
    return text.replace("<title>", "<title>&e9;", 1)


def _with(feed: Reply, content: bytes, content_type: str | None = None) -> Reply:
    headers = {"Content-Type": content_type} if content_type else feed.headers
    return dataclasses.replace(feed, content=content, headers=headers)
