from __future__ import annotations

import pytest

from alignkit.collect.mentions.model import Link
from alignkit.collect.mentions.newsstand import Newsstand, shipped_newsstand
from alignkit.errors import InputError


def found(text, newsstand=None):
    return [mention.outlet.id for mention in (newsstand or shipped_newsstand()).find(text)]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Kahoku Shimpo, Fukushima Minpo and 47NEWS", ["kahoku-shimpo", "fukushima-minpo", "47news"]),
        ("河北新報社と福島民報、４７ＮＥＷＳ", ["kahoku-shimpo", "fukushima-minpo", "47news"]),
        ("Kyodo's English edition, the Kyodo network", ["kyodo-news-english", "kyodo-news"]),
        ("共同通信英語版、共同通信の英語サイト、共同は", ["kyodo-news-english", "kyodo-news-english", "kyodo-news"]),
        ("毎日新聞の英語版", ["mainichi-english"]),
        ("河北新報は掲載し、同紙は翌日も", ["kahoku-shimpo", "kahoku-shimpo"]),
    ],
)
def test_outlets_are_found_by_name_in_both_languages(text, ids):
    assert found(text) == ids


@pytest.mark.parametrize(
    "text", ["共同で発表した", "日米共同声明", "the Chunichi Dragons", "Kyodosha", "同紙は", "他のさきがけとなる"]
)
def test_words_that_only_look_like_names_are_not(text):
    assert found(text) == []


def test_outlets_that_are_given_are_found_by_name_and_address(outlets):
    newsstand = Newsstand(outlets)
    assert found("The Hokuryo Shimpo's site and 河北新報", newsstand) == ["hokuryo-shimpo", "kahoku-shimpo"]
    assert newsstand.at("https://www.shiomi.example/a").id == "shiomi-nippo"
    assert newsstand.at("https://unknown.example/a") is None


def test_only_a_link_to_an_article_is_kept(outlets):
    text = "Hokuryo Shimpo, Shiomi Nippo"
    links = [Link(0, 14, "https://hokuryo.example/a/1"), Link(16, 28, "https://shiomi.example/")]
    assert [mention.url for mention in Newsstand(outlets).find(text, links)] == ["https://hokuryo.example/a/1", None]


def test_outlets_must_not_share_a_name(outlets):
    with pytest.raises(InputError, match="have the same name or id"):
        Newsstand([outlets[0], outlets[0].model_copy(update={"id": "another"})])
