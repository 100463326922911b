"""Invented headlines with reprints, and what three invented systems make of them."""

from __future__ import annotations

from alignkit.evaluate.testset import EvaluationSet, Reference, Segment

STORIES = {
    "s1": ("Town opens its 7th library", "町に7館目の図書館が開館", "7館目の図書館 町に開館", "図書館、7館目オープン"),
    "s2": ("Strong quake jolts northern island", "北の島で強い地震", "強い地震、北の島で"),
    "s3": ("Central bank raises key rate to 1.25 pct", "中央銀行、政策金利1.25％に引き上げ"),
    "s4": ("High court orders retrial in 1984 case", "高裁が再審決定 1984年の事件", "1984年の事件で再審決定"),
    "s5": (
        "Rare butterfly found on southern island",
        "南の島で希少チョウ発見",
        "希少なチョウ、南の島で発見",
        "希少チョウを発見",
    ),
    "s6": ("Veteran slugger hits 300th home run", "ベテラン強打者が300号本塁打"),
}
SYSTEMS = {
    "good": (
        "町に7館目の図書館が開館",
        "北の島で強い地震",
        "中央銀行が政策金利を1.25％に引き上げ",
        "高裁、1984年の事件で再審決定",
        "南の島で希少なチョウを発見",
        "ベテラン強打者が通算300号本塁打",
    ),
    "fair": (
        "町が7番目の図書館を開く",
        "北部の島を強い地震が襲う",
        "中央銀行は主要金利を1.25％に上げる",
        "高等裁判所が1984年の事件の再審を命じる",
        "珍しい蝶が南の島で見つかる",
        "ベテランの強打者が300本目の本塁打を打つ",
    ),
    "poor": ("町は開く", "強い島", "中央の銀行", "高い裁判所", "まれな蝶", "ベテランのスラッガー"),
}


def evaluation_set(stories=STORIES, name="trial"):
    """The set of the stories, or of others that are given in the same way."""
    segments = [
        Segment(story, source, tuple(map(Reference, references)), story=story)
        for story, (source, *references) in stories.items()
    ]
    return EvaluationSet(name, tuple(segments), "en", "ja")


def many(times):
    """The stories and outputs so many times over, for tests that need more of them; each copy is a story of its own."""
    stories = {f"{name}-{copy}": texts for copy in range(times) for name, texts in STORIES.items()}
    return evaluation_set(stories), {name: outputs * times for name, outputs in SYSTEMS.items()}
