"""Pages as papers have them: articles that say what they are by JSON-LD, by OpenGraph or hardly, and lists of articles."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Final, Literal

from world_replies import Reply

if TYPE_CHECKING:
    from collections.abc import Iterable

    from world_stories import Story

Style = Literal["json-ld", "opengraph", "heading"]
"""How a site's articles say what their headline is: by JSON-LD; by OpenGraph; by <h1> and <title> alone."""

LIST_SELECTOR: Final = "main ul.headlines a"
"""The selector of the links on a list page."""

_TEXT: Final = {
    "ja": (
        "関係者が明らかにした。詳しい経緯はなお調べているという。今後の対応については、近く開く会合で改めて話し合う方針だ。",
        "会合には地元の代表も加わる見通しで、早ければ月内にも日程を決める。担当者は取材に「丁寧に説明していきたい」と話した。",
        "地元の人たちからは、早く事情を知らせてほしいとの声が上がっている。",
    ),
    "en": (
        "Officials said they were still looking into how it came about, and that a meeting would be held soon.",
        "Representatives of the area are expected to take part, and a date could be set within the month.",
        "People in the area said that they were waiting for an explanation.",
    ),
}


def article(story: Story, style: Style, links: Iterable[str] = (), encoding: str = "utf-8") -> Reply:
    """Give the page of an article.

    Args:
        story: The article.
        style: How it says what it is.
        links: Where else it links to.
        encoding: What it is encoded in; only the page itself says so.
    """
    paragraphs = "</p>\n<p>".join(_TEXT[story.lang])
    time = story.published_at.isoformat()
    dateline = f'<p class="date"><time datetime="{time}">{time[:16].replace("T", " ")}</time></p>'
    text = (
        f'<!DOCTYPE html><html lang="{story.lang}"><head><meta charset="{encoding}">\n{_head(story, style)}'
        f'<link rel="canonical" href="{escape(story.url)}"></head>\n<body>{_navigation(links)}'
        f"<main><article><h1>{escape(story.text)}</h1>\n{dateline}\n"
        f"<p>{paragraphs}{story.credit or ''}</p></article></main>\n"
        f"<footer><p>© {story.outlet}</p></footer></body></html>"
    )
    codec, named = ("cp932", "text/html") if encoding == "Shift_JIS" else (encoding, f"text/html; charset={encoding}")
    return Reply(text.encode(codec, "xmlcharrefreplace"), headers={"Content-Type": named})


def article_list(title: str, articles: Iterable[tuple[str, str]], links: Iterable[str] = ()) -> Reply:
    """Give a page that lists articles, some of their headlines cut off.

    Args:
        title: The name of the site.
        articles: The articles' paths and headlines.
        links: Where else it links to.
    """
    items = "".join(
        f'<li><a href="{escape(path)}"><img src="/i.png" alt=""></a><a href="{escape(path)}"><h3>{escape(_cut(text))}</h3></a></li>\n'
        for path, text in articles
    )
    text = (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head>\n<body>{_navigation(links)}'
        f'<main><h1>{title}</h1><ul class="headlines">\n{items}</ul></main></body></html>'
    )
    return Reply(text.encode())


def _head(story: Story, style: Style) -> str:
    time, text = story.published_at.isoformat(), escape(story.text)
    if style == "json-ld":
        linked = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": story.text, "url": story.url}
        linked |= {"datePublished": time, "articleSection": story.section, "inLanguage": story.lang}
        data = json.dumps(linked | {"publisher": _organization(story)}, ensure_ascii=False).replace("</", "<\\/")
        return f'<title>{text}</title><script type="application/ld+json">{data}</script>\n'
    if style == "opengraph":
        metas = {"og:type": "article", "og:title": story.text, "og:site_name": story.outlet, "og:url": story.url}
        metas |= {"article:published_time": time, "article:section": story.section}
        return f"<title>{story.outlet}</title>\n" + "".join(
            f'<meta property="{name}" content="{escape(content)}">\n' for name, content in metas.items()
        )
    return (
        f'<title>{text} | {story.outlet}</title>\n<meta name="application-name" content="{story.outlet}">\n'
        f'<meta name="section" content="{story.section}">\n'
    )


def _organization(story: Story) -> dict[str, str]:
    return {"@type": "NewsMediaOrganization", "name": story.outlet}


def _navigation(links: Iterable[str]) -> str:
    return "<nav>" + "".join(f'<a href="{escape(link)}">◆</a> ' for link in links) + "</nav>\n"


def _cut(text: str, longest: int = 24) -> str:
    return text if len(text) <= longest else f"{text[:longest]}…"
