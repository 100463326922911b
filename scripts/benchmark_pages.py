"""Print how quick pages are read: articles beside trafilatura and bare parsers, and web archives beside bare fastwarc.

    pip install trafilatura selectolax        # what is not installed is left out
    python scripts/benchmark_pages.py --pages 200

Pages of 60 to 150 kB are made of the demonstration corpus: navigation, scripts, JSON-LD, a story, links to other stories.
Each is read by all in turn, on one core; a figure is the best of several rounds, and ratios are of one run.
"""

from __future__ import annotations

import argparse
import html
import importlib
import io
import json
import platform
import random
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import lxml.html
from lxml import etree

from alignkit.collect.pages import Page, read_page
from alignkit.collect.warc import read_warc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

ROOT: Final = Path(__file__).parents[1]
DEMO: Final = ROOT / "corpora" / "demo"
ROUNDS: Final = 5
SEED: Final = 7
FILLER: Final = {
    "ja": "関係者によると、詳しい経緯はなお調べているという。今後の対応については、近く開く会合で改めて話し合う方針だ。",
    "en": "Officials said they were still looking into how it came about, and that a meeting would be held soon. ",
}


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=200, help="how many pages are made (default: 200)")
    count = parser.parse_args().pages
    pages = make_pages(count)
    sizes = [len(content) for _, content in pages]
    print(
        f"Python {platform.python_version()}, {platform.machine()}, lxml {'.'.join(map(str, etree.LXML_VERSION[:3]))}, one core"
    )
    print(f"{count:,} pages of {min(sizes):,} to {max(sizes):,} bytes, best of {ROUNDS} rounds\n")
    print_pages(pages)
    with tempfile.TemporaryDirectory() as folder:
        for name, writer in (("made.warc.gz", "GzipWriter"), ("made.warc", "")):
            path = Path(folder) / name
            write_archive(path, pages, writer)
            print_archive(path, count)


def print_pages(pages: Sequence[tuple[str, bytes]]) -> None:
    """Print how many pages a second are read."""
    read = sum(isinstance(read_page(content, url=url), Page) for url, content in pages)
    print(f"read_page finds an article in {read:,} of {len(pages):,} pages")
    tasks: dict[str, Callable[[], object] | None] = {
        "read_page": partial(on_each, lambda url, content: read_page(content, url=url), pages),
        "trafilatura.extract_metadata": trafilatura_task(pages),
        "lxml.html: tree alone": partial(on_each, lambda _, content: lxml.html.document_fromstring(content), pages),
        "selectolax (lexbor): tree alone": selectolax_task(pages),
    }
    taken = {name: seconds(task) for name, task in tasks.items() if task is not None}
    print_rates(taken, len(pages), "pages", "read_page")
    for name in tasks.keys() - taken.keys():
        print(f"({name} is not installed)")


def print_archive(path: Path, count: int) -> None:
    """Print how many records of an archive a second are passed over and read."""
    fastwarc = importlib.import_module("fastwarc.warc")
    only = {"record_types": fastwarc.WarcRecordType.response, "parse_http": False}
    taken = {
        "fastwarc: iteration alone": seconds(lambda: exhaust(fastwarc.ArchiveIterator(str(path), **only))),
        "read_warc: no host is wanted": seconds(lambda: exhaust(read_warc(path, hosts=["none.example"]))),
        "read_warc: all are read": seconds(lambda: exhaust(read_warc(path)), 2),
    }
    print(f"\n{path.name}: {count:,} records, {path.stat().st_size / 1e6:.1f} MB")
    print_rates(taken, count, "records", "fastwarc: iteration alone")


def print_rates(taken: dict[str, float], count: int, unit: str, base: str) -> None:
    """Print a line for each task: its rate, and its rate over the base's."""
    print(f"{'':<34}{unit + '/s':>14}{'x ' + base:>32}")
    for name, time_taken in taken.items():
        print(f"{name:<34}{count / time_taken:>14,.0f}{taken[base] / time_taken:>32.3f}")


def trafilatura_task(pages: Sequence[tuple[str, bytes]]) -> Callable[[], object] | None:
    """Give what reads pages with trafilatura, or None if it is not installed."""
    metadata = optional("trafilatura.metadata")
    return metadata and partial(
        on_each, lambda url, content: metadata.extract_metadata(content, default_url=url), pages
    )


def selectolax_task(pages: Sequence[tuple[str, bytes]]) -> Callable[[], object] | None:
    """Give what parses pages with selectolax, or None if it is not installed."""
    lexbor = optional("selectolax.lexbor")
    return lexbor and partial(on_each, lambda _, content: lexbor.LexborHTMLParser(content), pages)


def optional(module: str) -> Any:  # noqa: ANN401 - a module
    """Import a module, or give None if it is not installed."""
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError:
        return None


def on_each(task: Callable[[str, bytes], object], pages: Iterable[tuple[str, bytes]]) -> None:
    """Do something with each page."""
    for url, content in pages:
        task(url, content)


def exhaust(items: Iterable[object]) -> None:
    """Take all items."""
    for _ in items:
        pass


def seconds(task: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Give the least time that a task takes."""
    taken = []
    for _ in range(rounds):
        started = time.perf_counter()
        task()
        taken.append(time.perf_counter() - started)
    return min(taken)


def make_pages(count: int) -> list[tuple[str, bytes]]:
    """Make pages of articles, each with its address."""
    rows = [
        json.loads(line) for name in ("english", "japanese") for line in (DEMO / f"{name}.jsonl").open(encoding="utf-8")
    ]
    chance = random.Random(SEED)  # noqa: S311 - nothing secret
    chosen = [chance.choice(rows) for _ in range(count)]
    return [(row["url"], make_page(row, rows, chance).encode()) for row in chosen]


def make_page(row: dict[str, str], others: Sequence[dict[str, str]], chance: random.Random) -> str:
    """Make the page of one article, as large as real ones."""
    lang = "ja" if not row["text"].isascii() else "en"
    text, site = html.escape(row["text"]), html.escape(row["outlet"])
    linked: dict[str, object] = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": row["text"]}
    linked |= {"datePublished": row["published_at"], "articleSection": row["section"], "url": row["url"]}
    linked |= {"publisher": {"@type": "Organization", "name": row["outlet"]}}
    styles = "".join(
        f".c{number}{{margin:{chance.randrange(99)}px;color:#{chance.randrange(1 << 24):06x}}}" for number in range(200)
    )
    tags = "".join(f'<meta name="x-{number}" content="{chance.random()}">' for number in range(20))
    links = "".join(
        f'<li class="nav c{number}"><a href="/s/{number}" data-id="{chance.random()}">{site} {number}</a></li>'
        for number in range(100)
    )
    story = "".join(f"<p>{FILLER[lang] * chance.randrange(2, 6)}</p>" for _ in range(12))
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{text} | {site}</title>{tags}'
        f'<meta property="og:type" content="article"><meta property="og:title" content="{text}">'
        f'<meta property="og:site_name" content="{site}"><link rel="canonical" href="{row["url"]}">'
        f"<style>{styles}</style><script>{script(chance)}</script>"
        f'<script type="application/ld+json">{json.dumps(linked, ensure_ascii=False)}</script></head>'
        f"<body><header><nav><ul>{links}</ul></nav></header><main><article><h1>{text}</h1>"
        f'<time datetime="{row["published_at"]}">{row["published_at"]}</time>{story}</article></main>'
        f"<aside>{cards(others, chance)}</aside><footer><script>{script(chance)}</script></footer></body></html>"
    )


def script(chance: random.Random) -> str:
    """Make a script."""
    return "".join(
        f"var v{number}=function(a,b){{return a<b?{chance.random()}:b}};"
        for number in range(chance.randrange(300, 900))
    )


def cards(rows: Sequence[dict[str, str]], chance: random.Random) -> str:
    """Make the links to other stories that stand under one."""
    return "".join(
        f'<div class="card c{number}"><a href="{row["url"]}"><img src="/i/{number}.jpg" alt="" width="160" height="90">'
        f'<h3 class="title">{html.escape(row["text"])}</h3><span class="date">{row["published_at"]}</span></a></div>'
        for number, row in enumerate(chance.choices(rows, k=chance.randrange(60, 160)))
    )


def write_archive(path: Path, pages: Iterable[tuple[str, bytes]], writer: str) -> None:
    """Write pages as the responses of a web archive, packed record by record."""
    warc, streams = importlib.import_module("fastwarc.warc"), importlib.import_module("fastwarc.stream_io")
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    with path.open("wb") as file:
        for url, content in pages:
            record = warc.WarcRecord()
            record.init_headers(warc.WarcRecordType.response)
            record.headers["WARC-Target-URI"] = url
            record.headers["Content-Type"] = "application/http; msgtype=response"
            record.set_bytes_content(head + content)
            packed: Any = io.BytesIO()
            stream: Any = getattr(streams, writer)(packed) if writer else packed
            record.write(stream)
            if writer:
                stream.finish()
            file.write(packed.getvalue())


if __name__ == "__main__":
    main()
