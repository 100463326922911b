"""Make the demonstration corpus from the stories that were written for it.

    python scripts/make_demo_corpus.py

Reads corpora/demo/stories/*.toml (what was written: headlines, days, relations) and corpora/demo/outlets.toml (papers and
their house styles), and writes english.jsonl, japanese.jsonl and gold.tsv beside them. Papers, times, addresses and wire
ids are drawn from the hash of a story's key, so that a story that is added changes no other. Run twice it gives the same
files.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DEMO: Final = Path(__file__).parents[1] / "corpora" / "demo"
JST: Final = dt.timezone(dt.timedelta(hours=9))

FULL_WIDTH: Final = str.maketrans("0123456789", "０１２３４５６７８９")
LABELS: Final = ("【速報】", "【動画あり】", "【独自】")
SHARE_WITH_LABEL: Final = 0.04
SHARE_WITH_WIRE_ID: Final = 0.3
SHARE_WITH_WIRE_ID_IN_ENGLISH: Final = 0.1
WEB_LAG_HOURS: Final = (-1.0, 7.0)
MORNING: Final = dt.time(5, 0, tzinfo=JST)
FIRST_HOUR, LAST_HOUR = 6.0, 22.0


@dataclass(frozen=True)
class Made:
    """A headline as it is written to a file, and the story it belongs to.

    Attributes:
        row: The fields of its line of JSON.
        story: The key of the story that it is of; None for an unmatched one.
    """

    row: dict[str, str]
    story: str | None = None


def main() -> None:
    """Write the corpus."""
    for name, content in render(DEMO).items():
        (DEMO / name).write_text(content, encoding="utf-8")
        print(f"{name}: {content.count(chr(10)):,} lines")


def render(folder: Path) -> dict[str, str]:
    """Give the content of each of the corpus's files, by name."""
    outlets = tomllib.loads((folder / "outlets.toml").read_text(encoding="utf-8"))
    english: list[Made] = []
    japanese: list[Made] = []
    gold: list[tuple[str, str, str]] = []
    for path in sorted((folder / "stories").glob("*.toml")):
        topic = tomllib.loads(path.read_text(encoding="utf-8"))
        stories = [_story(story, path.stem, outlets) for story in topic["story"]]
        english += [story[0] for story in stories]
        japanese += [made for story in stories for made in story[1]]
        gold += [pair for story in stories for pair in story[2]]
        unmatched = [_unmatched(entry, path.stem, outlets) for entry in topic["unmatched"]]
        english += [made for entry, made in zip(topic["unmatched"], unmatched, strict=True) if entry["lang"] == "en"]
        japanese += [made for entry, made in zip(topic["unmatched"], unmatched, strict=True) if entry["lang"] == "ja"]
        gold += _near_misses(zip(topic["unmatched"], unmatched, strict=True), stories)
    return {
        "english.jsonl": _json_lines(english),
        "japanese.jsonl": _json_lines(japanese),
        "gold.tsv": "".join("\t".join(row) + "\n" for row in [("en_url", "ja_url", "relation"), *sorted(gold)]),
    }


def _story(
    story: dict[str, Any], topic: str, outlets: dict[str, Any]
) -> tuple[Made, list[Made], list[tuple[str, str, str]]]:
    """Give a story's English headline, its reprints and its gold pairs."""
    key, day = story["key"], story["day"]
    wire_id = _wire_id(key, day) if _draw(key, "wire id") < SHARE_WITH_WIRE_ID else None
    in_english = wire_id is not None and _draw(key, "wire id") < SHARE_WITH_WIRE_ID_IN_ENGLISH
    english = _english(key, story["en"], day, topic, outlets["wire"], wire_id if in_english else None)
    papers = sorted(outlets["papers"], key=lambda paper: _draw(key, paper["name"]))
    wired = _time(key, day)
    reprints = [
        _japanese(f"{key} {number}", text, wired, topic, paper, wire_id)
        for number, ((_, text), paper) in enumerate(zip(story["ja"], papers, strict=False), 1)
    ]
    relations = [relation for relation, _ in story["ja"]]
    gold = [(english["url"], made["url"], relation) for made, relation in zip(reprints, relations, strict=True)]
    return Made(english, key), [Made(made, key) for made in reprints], gold


def _unmatched(entry: dict[str, Any], topic: str, outlets: dict[str, Any]) -> Made:
    key = f"{topic} {entry['lang']} {entry['text']}"
    if entry["lang"] == "en":
        return Made(_english(key, entry["text"], entry["day"], topic, outlets["wire"], None))
    paper = min(outlets["papers"], key=lambda paper: _draw(key, paper["name"]))
    return Made(_japanese(key, entry["text"], _time(key, entry["day"]), topic, paper, None))


def _near_misses(
    unmatched: Iterable[tuple[dict[str, Any], Made]], stories: list[tuple[Made, list[Made], list[tuple[str, str, str]]]]
) -> Iterator[tuple[str, str, str]]:
    """Give the pairs of a near miss with the other language's headlines of the story that it nearly is."""
    by_key = {english.story: (english, reprints) for english, reprints, _ in stories}
    for entry, made in unmatched:
        if "near" not in entry:
            continue
        english, reprints = by_key[entry["near"]]
        if entry["lang"] == "en":
            yield from ((made.row["url"], reprint.row["url"], entry["relation"]) for reprint in reprints)
        else:
            yield english.row["url"], made.row["url"], entry["relation"]


def _english(
    key: str, text: str, day: dt.date, topic: str, wire: dict[str, Any], wire_id: str | None
) -> dict[str, str]:
    url = f"{wire['url']}/{day:%Y/%m}/{_digest(key)[:12]}.html"
    return _row(text, wire["name"], url, _time(key, day), topic, wire_id)


def _japanese(
    key: str, text: str, wired: dt.datetime, topic: str, paper: dict[str, Any], wire_id: str | None
) -> dict[str, str]:
    if paper.get("digits") == "full":
        text = text.translate(FULL_WIDTH)
    if _draw(key, "label") < SHARE_WITH_LABEL:
        text = LABELS[int(_draw(key, "which label") * len(LABELS))] + text
    text += paper.get("credit", "") + paper.get("suffix", "")
    if paper["edition"] == "morning":
        published = dt.datetime.combine(wired.astimezone(JST).date() + dt.timedelta(days=1), MORNING)
    else:
        least, most = WEB_LAG_HOURS
        published = wired + dt.timedelta(minutes=round(60 * (least + _draw(key, "lag") * (most - least))))
    url = f"{paper['url']}/{wire_id or _digest(key)[:10]}"
    row = _row(text, paper["name"], url, published, topic, wire_id)
    if paper.get("credit"):
        row["credit"] = paper["credit"]
    return row


def _row(text: str, outlet: str, url: str, published: dt.datetime, topic: str, wire_id: str | None) -> dict[str, str]:
    row = {"text": text, "outlet": outlet, "url": url, "published_at": published.isoformat(), "section": topic}
    return row | ({"wire_id": wire_id} if wire_id else {})


def _time(key: str, day: dt.date) -> dt.datetime:
    hours = FIRST_HOUR + _draw(key, "hour") * (LAST_HOUR - FIRST_HOUR)
    return dt.datetime.combine(day, dt.time(tzinfo=JST)) + dt.timedelta(minutes=round(60 * hours))


def _wire_id(key: str, day: dt.date) -> str:
    return f"{day:%Y%m%d}01{int(_draw(key, 'wire number') * 1_000_000):06}"


def _json_lines(rows: Iterable[Made]) -> str:
    ordered = sorted((made.row for made in rows), key=lambda row: (row["published_at"], row["url"]))
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ordered)


def _draw(key: str, what: str) -> float:
    """Draw a number from 0 to 1 that depends on nothing but its arguments."""
    return int(_digest(f"{key}\n{what}")[:13], 16) / 16**13


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


if __name__ == "__main__":
    main()
