from __future__ import annotations

import pytest

from alignkit.collect.credit_marks import find_credit
from alignkit.collect.page_parts import Block

BODY = "市は十二日、建物を三棟増やすと発表した。"


def credit(*texts, forms=(), linked=0):
    return find_credit([Block(text, linked) for text in texts], forms)


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        (f"【ワシントン共同】{BODY}", "【ワシントン共同】"),
        (f"【北京＝共同】{BODY}", "【北京＝共同】"),
        (f"【ソウル共同＝山川花子】{BODY}", "【ソウル共同＝山川花子】"),
        (f"（ロンドン・ロイター）{BODY}", "（ロンドン・ロイター）"),
        (f"{BODY}（共同）", "（共同）"),
        (f"{BODY}＝共同", "＝共同"),
        ("提供：共同通信社", "提供：共同通信社"),
        ("TOKYO (Kyodo) -- The city said Monday it would add shelters.", "TOKYO (Kyodo) --"),
        ("TOKYO, May 12, Kyodo - The city said Monday it would.", "TOKYO, May 12, Kyodo -"),
        ("The city said Monday it would add three. (Kyodo)", "(Kyodo)"),
        ("The city said Monday it would add three. ==Kyodo", "==Kyodo"),
        ("Kyodo News", "Kyodo News"),
    ],
)
def test_marks_at_either_end_of_a_paragraph_are_found_as_they_stand(text, mark):
    assert credit("短い行", text, BODY) == mark


@pytest.mark.parametrize(
    "text",
    [BODY, "共同で事業を進める。", "（共同代表）が語った。", "Kyodo is a word of this sentence.", "【社説】" + BODY],
)
def test_words_that_are_no_marks_are_left(text):
    assert credit(text) is None


def test_a_caption_does_not_outdo_the_story():
    caption = "会見する市長＝十二日（ロイター＝共同）"
    assert credit(caption, BODY, f"{BODY}（共同）") == "（共同）"
    assert credit(caption, f"【仙台共同】{BODY}") == "【仙台共同】"
    assert credit(caption, BODY) == "（ロイター＝共同）"


def test_links_to_other_stories_do_not_count():
    assert credit("別の記事の題（共同）", linked=10) is None


def test_an_outlets_own_forms_are_known():
    forms = ("（空見）", "【…空見】")
    assert credit(f"{BODY}（空見）") is None
    assert credit(f"{BODY}（空見）", forms=forms) == "（空見）"
    assert credit(f"【札幌空見】{BODY}", forms=forms) == "【札幌空見】"
