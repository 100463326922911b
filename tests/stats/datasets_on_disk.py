"""Small datasets in their folders, as 'alignkit export' lays them out."""

from __future__ import annotations

import datetime as dt
import json

from alignkit.schema import HEADLINES, PAIRS

EVENING = dt.datetime(2031, 5, 30, 20, 0, tzinfo=dt.UTC)
WEB = {"en": "https://english.sorami.example/news", "ja": "https://hibari.example/articles"}

STORIES = (
    ("Quake injures 3 in Sendai, no tsunami", "仙台で地震、13人けが　津波なし"),
    ("Central bank raises key rate to 1.25 pct", "中央銀行、政策金利を1.25％に引き上げ"),
    ("Rare butterfly found on southern island", "南の離島で希少チョウ発見"),
    ("Typhoon heads for southern islands", "台風、南の島々へ"),
    ("Museum shows lost manuscript", "失われた写本を博物館が公開"),
    ("Old ferry begins its last voyage", "老朽フェリー、最後の航海"),
    ("Swimmer breaks national record", "競泳で国内新記録"),
    ("Dam reaches lowest level in decade", "ダム貯水、十年で最低"),
)

HOSTILE = (
    "<script>window.hacked = 1</script>",
    '"><img src=x onerror="window.hacked = 2">',
    "</script><script>window.hacked = 3</script>",
    "{{constructor.constructor('window.hacked = 4')()}} ${hacked}",
    "abc \u202etxet lacigol\u202c def \u2066ghi\u2069",
    "line\u2028separator\u2029and\u0000null &lt;b&gt; &amp;",
    "<!-- <svg/onload=hacked=5> --> ]]> \\u003c",
    "𠮷野家 🦋 ｛ﾊﾝｶｸ｝ e\u0301",
)


def pair(number, **columns):
    """One row of the table `pairs`: of the story of that number, unless columns say otherwise."""
    en, ja = STORIES[number % len(STORIES)]
    row = {
        "pair_id": f"p{number}",
        "story_id": f"s{number // 2}",
        "en_id": f"en{number // 2}",
        "ja_id": f"ja{number}",
        "en": en,
        "ja": ja,
        "en_outlet": "Sorami News",
        "ja_outlet": ("Hibari Shimbun", "Shiomi Nippo")[number % 2],
        "en_url": f"{WEB['en']}/{number}",
        "ja_url": f"{WEB['ja']}/{number}",
        "en_published_at": EVENING + dt.timedelta(days=number % 5),
        "ja_published_at": EVENING + dt.timedelta(days=number % 5, hours=6),
        "days_apart": 0.25,
        "section": "nature",
        "cosine": 0.5,
        "margin": 1.2,
        "coverage_en": (number % 10) / 10,
        "coverage_ja": 1.0,
        "numbers": ("conflict", "agree")[number % 2],
        "dates": "absent",
        "names": "agree",
        "polarity": "absent",
        "relation": ("equivalent", "en_more", "overlap")[number % 3],
        "score": 1 - (number % 20) / 40,
    }
    return row | columns


def headline(lang, number, **columns):
    """One row of the table `headlines`."""
    text = STORIES[number % len(STORIES)][lang == "ja"]
    fixed = {"collector": "files", "source": f"{lang}.txt#{number}", "published_at": EVENING}
    return {"id": f"{lang}{number}", "lang": lang, "text": text, "outlet": "Sorami News", **fixed} | columns


def write_dataset(folder, pairs, *, headlines=None, manifest=None):
    """Write a dataset: tables of pairs, and of headlines, by their splits."""
    tables = {"pairs": {split: PAIRS.frame(rows) for split, rows in pairs.items()}}
    tables |= {"headlines": {split: HEADLINES.frame(rows) for split, rows in headlines.items()}} if headlines else {}
    for config, splits in tables.items():
        for split, table in splits.items():
            path = folder / "data" / config / f"{split}-00000-of-00001.parquet"
            path.parent.mkdir(parents=True, exist_ok=True)
            table.write_parquet(path)
    if manifest is not None:
        (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def small_dataset(folder):
    """A dataset of 40 pairs of 20 stories in three splits."""
    rows = [pair(number) for number in range(40)]
    pairs = {"train": rows[:30], "validation": rows[30:34], "test": rows[34:]}
    headlines = {
        "train": [headline("en", number) for number in range(3)]
        + [headline("ja", number, outlet="Hibari Shimbun") for number in range(5)],
        "test": [headline("ja", 9, published_at=None, outlet=None)],
    }
    manifest = {"name": "Trial headlines", "version": "1.2.0", "license": "cc0-1.0", "synthetic": True}
    return write_dataset(folder, pairs, headlines=headlines, manifest=manifest)


def hostile_dataset(folder):
    """A dataset in which every text, name and address would like to be something else."""
    addresses = (
        "javascript:window.hacked=6",
        "data:text/html,<script>hacked=7</script>",
        "https://ok.example/?a=<b>&c",
    )
    rows = [
        pair(
            number,
            pair_id=f"{text}{number}",
            en=text,
            ja=f"見出し{text}",
            en_outlet=text,
            ja_outlet=text,
            section=text,
            en_url=addresses[number % 3],
            ja_url=addresses[(number + 1) % 3],
        )
        for number, text in enumerate(HOSTILE)
    ]
    return write_dataset(
        folder, {"train": rows}, manifest={"name": HOSTILE[2], "version": HOSTILE[1], "license": HOSTILE[0]}
    )
