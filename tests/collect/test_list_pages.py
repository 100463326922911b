from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit.collect.pages import read_list
from alignkit.collect.record import Record, Reject
from alignkit.errors import UsageError

URL = "https://www.shiomi.example/list/"
PAGE = """<html><body><nav><a href="/about">会社案内</a></nav><ul class="news">
<li><a href="/news/1"><img src="1.jpg"></a><a href="/news/1">汐祭り、<ruby>空見<rt>そらみ</rt></ruby>で開幕</a></li>
<li><a href="news/2#top"><time datetime="2031-05-12T08:53:00+09:00">5月12日</time><h3>港の橋、架け替えへ</h3><p>要約。</p></a></li>
<li><a href="https://other.example/3">Q&amp;A 防災</a></li>
<li><a href="javascript:void(0)">もっと見る</a></li>
<li><a href="/news/5"></a></li>
<li>広告</li>
</ul></body></html>"""


def read(selector, page=PAGE):
    items = list(read_list(page.encode() if isinstance(page, str) else page, url=URL, selector=selector))
    records = [(item.row, item.fields["text"], item.fields["url"]) for item in items if isinstance(item, Record)]
    return records, [(item.row, item.reason) for item in items if isinstance(item, Reject)]


def test_items_are_read_by_a_selector_and_what_is_none_is_rejected():
    assert read("ul.news > li") == (
        [
            (1, "汐祭り、空見で開幕", "https://www.shiomi.example/news/1"),
            (2, "港の橋、架け替えへ", "https://www.shiomi.example/list/news/2#top"),
            (3, "Q&A 防災", "https://other.example/3"),
        ],
        [(4, "is no link to a page"), (5, "has no text"), (6, "is no link to a page")],
    )


@pytest.mark.parametrize("selector", ["ul.news a", ".news li a:nth-child(1)", "h3"])
def test_links_and_what_stands_in_them_can_be_selected(selector):
    assert ("港の橋、架け替えへ", "https://www.shiomi.example/list/news/2#top") in [
        item[1:] for item in read(selector)[0]
    ]


def test_the_link_around_a_picture_is_left_out():
    records, rejects = read("ul.news a[href^='/news/1']")
    assert ([text for _, text, _ in records], rejects) == (["汐祭り、空見で開幕"], [])


def test_a_time_beside_the_headline_is_read():
    (item,) = read_list(PAGE.encode(), url=URL, selector="li:nth-child(2)")
    assert item.fields["published_at"] == dt.datetime(2031, 5, 11, 23, 53, tzinfo=dt.UTC)


def test_links_start_from_the_base_of_the_page():
    page = '<base href="https://shiomi.example/a/"><a href="b">題</a>'
    assert read("a", page)[0] == [(1, "題", "https://shiomi.example/a/b")]


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("", "is empty"),
        ("words", "is no HTML"),
        ("<p>題</p>", "has nothing that the selector selects"),
        (
            "<p " + " ".join(f"a{number}" for number in range(50_000)) + "><a href=x>題</a>",
            "is no page that can be read",
        ),
    ],
)
def test_a_page_that_cannot_be_read_is_one_reject(page, reason):
    assert read("a", page) == ([], [(None, reason)])


@pytest.mark.parametrize("selector", ["", "a[", "a:nonsense", ">>>"])
def test_a_selector_that_is_none_is_refused(selector):
    with pytest.raises(UsageError, match="is no CSS selector"):
        read(selector)


@given(st.one_of(st.binary(max_size=200), st.text("<>/a href=\"'x題&;", max_size=100).map(str.encode)))
def test_any_bytes_give_records_and_rejects(content):
    assert all(isinstance(item, Record | Reject) for item in read_list(content, url=URL, selector="a, p"))
