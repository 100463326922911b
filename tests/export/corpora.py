"""Small invented corpora: stories with reprints, no headline like another."""

from __future__ import annotations

import datetime as dt
import random

import polars as pl

from alignkit.schema import HEADLINES, PAIRS

FIRST = dt.datetime(2031, 5, 1, tzinfo=dt.UTC)
ENGLISH = [
    "harbor",
    "lantern",
    "festival",
    "council",
    "orders",
    "survey",
    "bridge",
    "ferry",
    "harvest",
    "museum",
    "tax",
    "rail",
    "quake",
    "storm",
    "record",
]
JAPANESE = "湖氷早解港祭灯橋渡船収穫館税鉄道震嵐記録市議会町村山川海空雪雨風森林"
COLLECTED = dt.datetime(2031, 6, 1, 3, tzinfo=dt.UTC)


def corpus(stories=60, *, dated=True, from_web=False, unpaired=6):
    """Make the tables headlines and pairs; story N begins on day N and has 1 to 3 reprints."""
    draw = random.Random(2031)  # noqa: S311 - no secret
    headlines, pairs = [], []
    for story in range(stories + unpaired):
        time = FIRST + dt.timedelta(days=story)
        en = headline("en", f"en-{story}", " ".join(draw.choices(ENGLISH, k=6)).capitalize() + f" {story}", time, draw)
        headlines.append(en)
        if story >= stories:
            continue
        for reprint in range(1 + story % 3):
            ja = headline("ja", f"ja-{story}-{reprint}", "".join(draw.choices(JAPANESE, k=14)), time, draw)
            ja |= {"wire_id": f"2031{story:08}", "published_at": time + dt.timedelta(hours=3 + reprint)}
            headlines.append(ja)
            pairs.append(pair(en, ja, f"s-{story:04}", draw))
    tables = HEADLINES.frame(headlines), PAIRS.frame(pairs)
    if from_web:
        tables = tables[0].with_columns(collected_at=pl.lit(COLLECTED).cast(pl.Datetime("us", "UTC"))), tables[1]
    return tables if dated else tuple(without_dates(table) for table in tables)


def headline(lang, headline_id, text, time, draw):
    outlet = "Sorami News" if lang == "en" else draw.choice(("Hibari Shimbun", "Shiomi Nippo"))
    host = outlet.split()[0].lower()
    return {
        "id": headline_id,
        "lang": lang,
        "text": text,
        "outlet": outlet,
        "url": f"https://{host}.example/news/{headline_id}",
        "published_at": time,
        "section": draw.choice(("politics", "sport")),
        "collector": "files",
        "source": f"{lang}.jsonl#{headline_id}",
    }


def pair(en, ja, story, draw):
    sides = {
        f"{lang}_{name}": side[name]
        for lang, side in (("en", en), ("ja", ja))
        for name in ("outlet", "url", "published_at")
    }
    checks = dict.fromkeys(("numbers", "dates", "names", "polarity"), "absent")
    shares = {name: round(draw.random(), 3) for name in ("cosine", "margin", "coverage_en", "coverage_ja", "score")}
    ids = {"pair_id": f"p-{ja['id']}", "story_id": story, "en_id": en["id"], "ja_id": ja["id"]}
    texts = {"en": en["text"], "ja": ja["text"], "wire_id": ja["wire_id"], "section": en["section"]}
    return ids | texts | sides | checks | shares | {"relation": "equivalent", "days_apart": 0.1}


def without_dates(table):
    return table.with_columns(
        pl.lit(None, table.schema[name]).alias(name) for name in table.columns if name.endswith("_at")
    )


def files(folder):
    """Give the content of all files of a folder by their paths in it."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def read(folder, config, split=None):
    """Read a config, or one split of it, with a column split."""
    found = sorted((folder / "data" / config).glob(f"{split or ''}*.parquet"))
    return pl.concat(pl.read_parquet(file).with_columns(split=pl.lit(file.name.partition("-")[0])) for file in found)
