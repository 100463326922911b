"""Invented headlines that several tests use."""

from __future__ import annotations

from alignkit.schema import HEADLINES

ENGLISH = (
    "Strong quake jolts northern island, no tsunami warning issued",
    "Central bank raises key interest rate to 1.25 pct",
    "High court orders retrial in 1984 murder case",
    "Veteran slugger hits 300th career home run",
    "Rare butterfly found on remote southern island",
    "Town to close last elementary school next spring",
)
JAPANESE = (
    "北の島で強い地震 津波の心配なし",
    "中央銀行、政策金利を1.25％に引き上げ",
    "1984年の殺人事件、高裁が再審決定",
    "ベテラン強打者が通算300号本塁打",
    "南の離島で希少チョウ発見",
    "最後の小学校、来春閉校へ 町が方針",
)


def headline(headline_id: str, text: str, **columns: object) -> dict[str, object]:
    """One row of the table `headlines`."""
    row = {
        "id": headline_id,
        "lang": headline_id[:2],
        "text": text,
        "collector": "test",
        "source": f"test#{headline_id}",
    }
    return row | columns


def headlines(english=ENGLISH, japanese=JAPANESE):
    """A table of headlines with ids en0, en1, … and ja0, ja1, …; those with the same number are one story."""
    rows = [headline(f"en{number}", text) for number, text in enumerate(english)]
    rows += [headline(f"ja{number}", text) for number, text in enumerate(japanese)]
    return HEADLINES.frame(rows)
