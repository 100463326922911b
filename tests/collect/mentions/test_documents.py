from __future__ import annotations

import datetime as dt

import pytest

from alignkit.collect.mentions.documents import read_document
from alignkit.collect.mentions.model import Link
from alignkit.errors import InputError


def blocks(content, **options):
    document = read_document(content, **({"name": "a", "content_type": None} | options))
    return [(block.kind, block.text, block.line) for block in document.blocks]


def test_plain_text_is_paragraphs_and_items_on_one_line():
    text = "First line\nsecond line.\n\n日本語の\n改行。\n- one\n* two\n  more\n> quoted\n> mail"
    assert blocks(text) == [
        ("paragraph", "First line second line.", 1),
        ("paragraph", "日本語の改行。", 4),
        ("item", "one", 6),
        ("item", "two more quoted mail", 7),
    ]


def test_markdown_leaves_code_and_front_matter_out():
    text = "---\ndate: 2031-05-04\n---\n# Head\n\nSome *text* and `code`.\n\n```\ncode\n```\n\n1. item\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    assert blocks(text, name="a.md") == [
        ("heading", "Head", 4),
        ("paragraph", "Some text and .", 6),
        ("item", "item", 12),
        ("row", "a | b", 14),
        ("row", "1 | 2", 16),
    ]
    assert read_document(text, name="a.md", content_type=None).date == dt.date(2031, 5, 4)


def test_html_leaves_navigation_and_scripts_out():
    html = (
        '<html><head><title>T</title><meta name="Date" content="2031-05-04T23:00:00+09:00"></head><body><nav>Menu</nav>\n'
        "<h1>Head</h1>\n<p>Some <b>bold</b>\n  text<script>var x</script><!-- no -->.</p><ul><li>one<li>two</ul>"
        "<table><tr><th>a<td>b</table><pre>code</pre>after</body></html>"
    )
    assert blocks(html) == [
        ("heading", "Head", 2),
        ("paragraph", "Some bold text.", 3),
        ("item", "one", 4),
        ("item", "two", 4),
        ("row", "a | b", 4),
        ("paragraph", "after", 4),
    ]
    assert read_document(html, name="a", content_type=None).date == dt.date(2031, 5, 4)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.md", "See [the page](https://a.example/1) now."),
        ("a.html", '<p>See <a href="https://a.example/1">the\npage</a> now.'),
        ("a.md", '<p>See <a href="https://a.example/1"> the page</a> now.</p>'),
    ],
)
def test_links_have_the_span_of_their_text(name, content):
    (block,) = read_document(content, name=name, content_type=None).blocks
    assert block.text == "See the page now."
    assert block.links == (Link(4, 12, "https://a.example/1"),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "euc_jp", "iso2022_jp", "utf-16"])
def test_bytes_are_decoded_as_they_look(encoding):
    text = "河北の空は青い。\n\nひらがなとカタカナの文。"
    assert [block[1] for block in blocks(text.encode(encoding))] == ["河北の空は青い。", "ひらがなとカタカナの文。"]


def test_a_page_is_decoded_as_it_says():
    page = '<html><head><meta charset="windows-1252"></head><p>“Café”</p>'
    assert blocks(page.encode("cp1252")) == [("paragraph", "“Café”", 1)]


@pytest.mark.parametrize("charset", ["no-such", "base64", "undefined", "idna"])
def test_a_page_that_says_nonsense_is_decoded_as_it_looks(charset):
    assert blocks(f'<meta charset="{charset}"><p>“Café”</p>'.encode(), content_type="html")[0][1] == "“Café”"


def test_bytes_that_are_no_text_are_refused():
    with pytest.raises(InputError, match=r"a\.txt: is not UTF-8"):
        read_document(bytes(range(128, 256)), name="a.txt", content_type=None)
