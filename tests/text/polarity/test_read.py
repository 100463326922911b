from __future__ import annotations

import pytest

from alignkit.text.polarity import Cue, read_cues

ENGLISH = [
    ("Bill passes", [("passes", "approve-reject.vote", 1), ("passes", "pass-fail", 1)]),
    ("Rate hike ruled out", [("Rate hike ruled out", "direction.rates", -1), ("ruled out", "approve-reject", -1)]),
    ("Ex-mayor not guilty", [("not guilty", "verdict", -1)]),
    ("Mayor isn't satisfied", [("isn't", "negation", -1), ("isn't satisfied", "satisfied", -1)]),
    ("Mayor isn’t satisfied", [("isn’t", "negation", -1), ("isn’t satisfied", "satisfied", -1)]),
    ("Ｙｅｎ　ｗｅａｋｅｎｓ", [("ｗｅａｋｅｎｓ", "direction.yen", -1), ("ｗｅａｋｅｎｓ", "strengthen-weaken", -1)]),
    ("Shares up 200 yen", [("up", "direction.stocks", 1)]),
    ("Ticket prices lowered", [("lowered", "direction.prices", -1)]),
    ("Toyama cuts rice output", [("cuts", "direction.output", -1)]),
    ("Nobody satisfied", [("Nobody", "negation", -1), ("Nobody satisfied", "satisfied", -1)]),
    ("No comment from mayor", [("No", "negation", -1)]),
    ("No. 1 seed satisfied", [("satisfied", "satisfied", 1)]),
    ("Not only mayor satisfied", [("satisfied", "satisfied", 1)]),
    ("A win-win proposal", []),
    ("Close ally visits this fall", []),
    ("Talks not without success", [("success", "succeed-fail", 1)]),
    ("Protesters gather", []),
]
JAPANESE = [
    ("参院で可決", [("可決", "approve-reject.vote", 1)]),
    ("参院で可決されず", [("可決されず", "approve-reject.vote", -1), ("ず", "negation", -1)]),
    ("円高進む", [("円高", "direction.yen", 1)]),
    ("終値は200円高", [("円高", "direction", 1)]),
    ("終値は２００円安", [("円安", "direction", -1)]),
    ("秋田の人口減", [("減", "direction.population", -1)]),
    ("15％増", [("増", "direction", 1)]),
    ("増田さん語る", []),
    ("高校の安田さん", []),
    ("不動産と無人島", []),
    ("元市長に無罪", [("無罪", "verdict", -1)]),
    ("楽観できない", [("楽観できない", "optimism", -1), ("ない", "negation", -1)]),
    ("満足せず", [("満足せず", "satisfied", -1), ("ず", "negation", -1)]),
    ("満足しないわけではない", [("満足", "satisfied", 1)]),
    ("結婚しなければならない", [("結婚", "marry-divorce", 1)]),
    ("結婚かもしれない", [("結婚", "marry-divorce", 1)]),
    ("参加者が語る", []),
    (
        "日経平均、反発",
        [("反発", "direction.stocks", 1), ("反発", "praise-criticise", -1), ("反発", "support-oppose", -1)],
    ),
    ("中国が反発", [("反発", "praise-criticise", -1), ("反発", "support-oppose", -1)]),
    ("未公表", [("未", "negation", -1), ("未公表", "disclose-conceal", -1)]),
]


def told(text: str, cues: list[Cue]) -> list[tuple[str, str, int]]:
    return [(text[cue.start : cue.end], cue.concept, cue.sign) for cue in cues]


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_english_cues(text, expected):
    assert told(text, read_cues([text], "en")[0]) == expected


@pytest.mark.parametrize(("text", "expected"), JAPANESE)
def test_japanese_cues(text, expected):
    assert told(text, read_cues([text], "ja")[0]) == expected


def test_a_batch_gives_each_text_its_own_cues():
    assert [len(cues) for cues in read_cues(["円高進む", "", "祭り"], "ja")] == [1, 0, 0]
    assert read_cues([], "en") == []
