"""Invented headlines of stories that name people, as tables of an export."""

from __future__ import annotations

from alignkit.export.rows import read_rows
from alignkit.schema import HEADLINES, PAIRS

ARREST = {
    "en-a": "Keita Ogose, 34, arrested over murder of woman in Chiba",
    "ja-a1": "無職の生越啓太容疑者（34）を逮捕　千葉で女性殺害疑い",
    "ja-a2": "【速報】生越容疑者「覚えていない」｜汐見日報",
    "ja-a3": "千葉の女性殺害、生越と交際か",
}
APOLOGY = {
    "en-b": "Prime Minister Makihara sorry after crash kills 3",
    "ja-b1": "槙原首相、事故を陳謝",
    "ja-b2": "槙原氏が陳謝　列車事故",
}
BAIL = {"en-c": "Jake Holloway freed on bail", "ja-c1": "ハロウェイ、保釈"}
TENNIS = {"en-d": "Natori wins French Open title", "ja-d1": "名取、全仏オープンＶ"}
STORIES = (ARREST, APOLOGY, BAIL, TENNIS)


def tables(*stories, **columns):
    """The tables pairs and headlines of stories; `columns` gives, by ids, further columns of headlines."""
    rows = [
        {"id": each, "lang": each[:2], "text": text, "outlet": "Sorami News", "collector": "files", "source": each}
        | columns.get(each.replace("-", "_"), {})
        for story in stories
        for each, text in story.items()
    ]
    by_id = {row["id"]: row for row in rows}
    pairs = [pair(by_id[en], by_id[ja]) for story in stories for en, *more in [list(story)] for ja in more]
    return PAIRS.frame(pairs), HEADLINES.frame(rows)


def rows(*stories, **columns):
    pairs, headlines = tables(*stories, **columns)
    return read_rows(PAIRS, pairs), read_rows(HEADLINES, headlines)


def pair(en, ja):
    ids = {"pair_id": f"p-{ja['id']}", "story_id": f"s-{en['id']}", "en_id": en["id"], "ja_id": ja["id"]}
    texts = {"en": en["text"], "ja": ja["text"], "en_url": en.get("url"), "ja_url": ja.get("url")}
    checks = dict.fromkeys(("numbers", "dates", "names", "polarity"), "absent")
    shares = dict.fromkeys(("cosine", "margin", "coverage_en", "coverage_ja", "score"), 0.5)
    return ids | texts | checks | shares | {"relation": "equivalent"}
