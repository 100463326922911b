from __future__ import annotations

import datetime as dt
import html
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit.collect.feeds import read_feed
from alignkit.collect.headlines import HeadlineBuilder
from alignkit.collect.record import Record, Reject

URL = "https://www.shiomi.example/rss/news.xml"
MORNING = dt.datetime(2031, 5, 12, 8, 15, tzinfo=ZoneInfo("Asia/Tokyo"))


def items(content, **options):
    data = content.encode() if isinstance(content, str) else content
    return list(read_feed(data, **({"url": URL} | options)))


def records(content, **options):
    return [item for item in items(content, **options) if isinstance(item, Record)]


def rejects(content, **options):
    return [item for item in items(content, **options) if isinstance(item, Reject)]


def rss(*contents, declaration=""):
    body = "".join(f"<item>{content}</item>" for content in contents)
    return f'{declaration}<rss version="2.0"><channel><title>News</title>{body}</channel></rss>'


def titled(title):
    (record,) = records(rss(f"<title>{title}</title>"))
    return record.fields["text"]


# --- formats ----------------------------------------------------------------------------------------------------------

RSS_2 = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"
     xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>汐見日報</title><link>https://www.shiomi.example/</link><language>en</language>
<atom:link rel="self" href="https://www.shiomi.example/rss/news.xml"/>
<item>
  <atom:link rel="self" href="https://www.shiomi.example/rss/1"/>
  <media:content url="https://www.shiomi.example/1.jpg"><media:title>写真</media:title></media:content>
  <title>灯台守の記録、町が公開へ</title>
  <link>https://www.shiomi.example/news/1?utm_source=rss</link>
  <guid isPermaLink="false">shiomi-1</guid>
  <pubDate>Mon, 12 May 2031 08:15:00 +0900</pubDate>
  <category>地域</category><category>文化</category>
  <content:encoded><![CDATA[<p>本文</p>]]></content:encoded>
</item></channel></rss>"""

RSS_1 = """<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
         xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://www.shiomi.example/"><title>汐見日報</title></channel>
<item rdf:about="https://www.shiomi.example/news/1?utm_source=rss"><title>灯台守の記録、町が公開へ</title>
<dc:date>2031-05-12T08:15:00+09:00</dc:date><dc:subject>地域</dc:subject></item></rdf:RDF>"""

RSS_0_90 = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns="http://my.netscape.com/rdf/simple/0.9/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<item><title>灯台守の記録、町が公開へ</title><link>https://www.shiomi.example/news/1?utm_source=rss</link>
<dc:subject>地域</dc:subject><dc:date>2031-05-12 08:15</dc:date></item></rdf:RDF>"""

RSS_0_91 = """<?xml version="1.0"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.example/rss-0.91.dtd">
<rss version="0.91"><channel><item><title>灯台守の記録、町が公開へ</title>
<link>https://www.shiomi.example/news/1?utm_source=rss</link><pubDate>2031年5月12日 8時15分</pubDate>
<category>地域</category></item></channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://www.shiomi.example/news/"><title>汐見日報</title>
<entry><id>tag:shiomi.example,2031:1</id><title type="html">灯台守の&lt;b&gt;記録&lt;/b&gt;、町が公開へ</title>
<link rel="enclosure" href="1.mp3"/><link rel="alternate" type="application/json" href="1.json"/>
<link rel="alternate" type="text/html" href="1?utm_source=rss"/>
<updated>2031-05-13T00:00:00Z</updated><published>2031-05-11T23:15:00Z</published>
<category term="local" label="地域"/></entry></feed>"""

ATOM_XHTML = """<a:feed xmlns:a="http://www.w3.org/2005/Atom" xmlns:x="http://www.w3.org/1999/xhtml"><a:entry>
<a:title type="xhtml"><x:div>灯台守の<x:em>記録</x:em>、<x:ruby>町<x:rt>まち</x:rt></x:ruby>が公開へ</x:div></a:title>
<a:link href="/news/1?utm_source=rss"/><a:updated>2031-05-12T08:15:00</a:updated><a:category term="地域"/>
</a:entry></a:feed>"""

ATOM_0_3 = """<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>灯台守の記録、町が公開へ</title>
<link rel="alternate" href="https://www.shiomi.example/news/1?utm_source=rss"/><issued>2031-05-12T08:15:00+09:00</issued>
<modified>2031-05-13T00:00:00Z</modified><dc:subject xmlns:dc="http://purl.org/dc/elements/1.1/">地域</dc:subject>
</entry></feed>"""


@pytest.mark.parametrize(
    "content",
    [RSS_2, RSS_1, RSS_0_90, RSS_0_91, ATOM, ATOM_XHTML, ATOM_0_3],
    ids=["RSS 2.0", "RSS 1.0", "RSS 0.90", "RSS 0.91", "Atom", "Atom, XHTML", "Atom 0.3"],
)
def test_every_format_says_the_same(content):
    (record,) = items(content)
    assert (record.row, record.place) == (1, "item 1")
    assert record.fields == {
        "text": "灯台守の記録、町が公開へ",
        "url": "https://www.shiomi.example/news/1?utm_source=rss",
        "published_at": MORNING,
        "section": "地域",
    }


def test_a_record_becomes_a_headline():
    builder = HeadlineBuilder(timezone="Asia/Tokyo", max_characters=300)
    (record,) = records(RSS_2)
    row, left_out = builder.build(
        "news.xml", record, collector="feed", defaults={"lang": "ja", "outlet": "Shiomi Nippo"}
    )
    assert (row["text"], row["source"], left_out) == ("灯台守の記録、町が公開へ", "news.xml#item 1", [])
    assert row["published_at"] == MORNING


def test_an_item_without_a_link_is_told_apart_by_its_guid():
    (record,) = items(rss('<title>題</title><guid isPermaLink="false">shiomi-7</guid>'))
    assert ("url" in record.fields, record.identity) == (False, "shiomi-7")


# --- encodings --------------------------------------------------------------------------------------------------------

JAPANESE = rss(
    "<title>港の灯台、百年ぶりに点灯へ</title><link>/1</link>", "<title>①高橋さんに感謝状</title><link>/2</link>"
)
TITLES = ["港の灯台、百年ぶりに点灯へ", "①高橋さんに感謝状"]


@pytest.mark.parametrize(
    ("encoding", "declared", "content_type"),
    [
        ("utf-8", "UTF-8", ""),
        ("utf-8-sig", "UTF-8", "text/xml"),
        ("utf-8", "Shift_JIS", "text/xml; charset=EUC-JP"),
        ("cp932", "Shift_JIS", ""),
        ("cp932", "UTF-8", ""),
        ("cp932", "Shift_JIS", "text/xml; charset=ISO-8859-1"),
        ("euc_jis_2004", "EUC-JP", "text/xml; charset=euc-jp"),
        ("euc_jis_2004", "Shift_JIS", "text/xml; charset=Shift_JIS"),
        ("iso2022_jp_2004", "ISO-2022-JP", ""),
        ("utf-16", "UTF-16", ""),
        ("utf-16-le", "UTF-16", "text/xml; charset=utf-16"),
        ("utf-16-be", "UTF-8", ""),
    ],
)
def test_every_encoding_whatever_is_said_of_it(encoding, declared, content_type):
    text = f'<?xml version="1.0" encoding="{declared}"?>\n{JAPANESE}'
    found = items(text.encode(encoding), content_type=content_type)
    assert [record.fields["text"] for record in found] == TITLES


def test_where_the_bytes_do_not_tell_what_is_said_of_them_does():
    text = rss("<title>汐見市長選挙</title>", declaration='<?xml version="1.0" encoding="EUC-JP"?>')
    assert records(text.encode("euc_jp"))[0].fields["text"] == "汐見市長選挙"
    french = rss("<title>Le phare rallumé</title>").encode("latin-1")
    assert records(french, content_type="text/xml; charset=ISO-8859-1")[0].fields["text"] == "Le phare rallumé"


def test_bytes_that_are_no_text_cost_one_item():
    data = JAPANESE.encode().replace("百年".encode(), b"\x83\x83")
    broken, good = items(data)
    assert (broken.row, broken.column, broken.dropped) == (1, "text", "row")
    assert broken.reason == "holds bytes that are no text in the feed's encoding"
    assert good.fields["text"] == TITLES[1]


# --- titles -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Bread &amp; butter", "Bread & butter"),
        ("Bread &amp;amp; butter", "Bread & butter"),
        ("Mayor: &#8216;we won&#8217;", "Mayor: ‘we won’"),
        ("<![CDATA[Bread & <b>butter</b>]]>", "Bread & butter"),
        ("<![CDATA[Bread &amp; butter]]>", "Bread & butter"),
        ("&amp;lt;b&amp;gt;Bread&amp;lt;/b&amp;gt; rises", "Bread rises"),
        ('&lt;span class="new"&gt;Bread&lt;/span&gt; rises', "Bread rises"),
        ("Bread<br/>rises", "Bread rises"),
        ("Bread&lt;br&gt;rises", "Bread rises"),
        ("Bread <i>never</i> rises", "Bread never rises"),
        ("\n   Bread\n   rises\n ", "Bread rises"),
        ("&lt;独自&gt;灯台守の記録", "<独自>灯台守の記録"),
        ("Yield &lt; 2% as R&amp;D falls", "Yield < 2% as R&D falls"),
        ("&lt;ruby&gt;汐見&lt;rt&gt;しおみ&lt;/rt&gt;&lt;/ruby&gt;港", "汐見港"),
        ("灯台\u3000百年", "灯台\u3000百年"),
        ("灯<!-- 編集注 -->台<?php x ?>", "灯台"),
    ],
)
def test_titles_are_plain_text(title, text):
    assert titled(title) == text


@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1).filter(lambda text: not set("&<") & set(text)))
def test_plain_titles_are_left_as_they_are(text):
    assert titled(html.escape(text)) == text
    assert titled(f"<![CDATA[{text.replace(']]>', '')}x]]>") == text.replace("]]>", "") + "x"


# --- links ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("item", "url"),
    [
        ("<link>/news/1</link>", "https://www.shiomi.example/news/1"),
        ("<link>\n  https://a.example/1\n</link>", "https://a.example/1"),
        ("<link>//a.example/1</link>", "https://a.example/1"),
        ("<link>HTTPS://A.example/1</link>", "https://A.example/1"),
        ("<link>https://a.example</link>", "https://a.example"),
        ("<link>https://a.example/a b</link>", "https://a.example/a%20b"),
        ("<link>https://a.example/?a=1&amp;b=%E6</link>", "https://a.example/?a=1&b=%E6"),
        ("<link>https://a.example/記事</link>", "https://a.example/記事"),
        ('<link xml:base="https://b.example/x/">1</link>', "https://b.example/x/1"),
        ('<link href="/news/1"/>', "https://www.shiomi.example/news/1"),
        ("<guid>https://a.example/1</guid>", "https://a.example/1"),
        ("<link/><guid>https://a.example/1</guid>", "https://a.example/1"),
        ('<guid isPermaLink="true">/news/1</guid>', "https://www.shiomi.example/news/1"),
        ('<guid isPermaLink="false">https://a.example/1</guid>', None),
        ("<guid>1</guid>", None),
    ],
)
def test_links_are_whole(item, url):
    (record,) = items(rss(f"<title>題</title>{item}"))
    assert record.fields.get("url") == url


@pytest.mark.parametrize("link", ["javascript:void(0)", "mailto:desk@shiomi.example", "http://[1", "tag:a,1"])
def test_a_link_that_is_none_is_left_out(link):
    reject, record = items(rss(f"<title>題</title><link>{link}</link>"))
    assert (reject.row, reject.column, reject.dropped, reject.value) == (1, "url", "value", repr(link))
    assert record.fields == {"text": "題"}


# --- dates ------------------------------------------------------------------------------------------------------------


def test_times_without_a_zone_are_the_outlets():
    feed = rss("<title>Lighthouse lit</title><pubDate>2031-05-12 08:15</pubDate>")
    assert records(feed)[0].fields["published_at"] == MORNING
    assert records(feed, timezone="UTC")[0].fields["published_at"] == MORNING.replace(tzinfo=dt.UTC)


def test_a_date_that_is_none_is_left_out():
    reject, record = items(rss("<title>題</title><pubDate>soon</pubDate>"))
    assert str(reject) == ", row 1, column 'published_at': is no date that can be read: 'soon'"
    assert (reject.dropped, record.fields) == ("value", {"text": "題"})


def test_another_date_may_stand_in():
    dc = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    (record,) = items(rss(f"<title>題</title><pubDate>soon</pubDate><dc:date {dc}>2031-05-12T08:15+09:00</dc:date>"))
    assert record.fields["published_at"] == MORNING


# --- faults -----------------------------------------------------------------------------------------------------------


def test_an_item_without_a_title_is_rejected_and_the_others_are_kept():
    feed = rss("<title>一</title>", "<link>https://a.example/2</link>", "<title> </title>", "<title>四</title>")
    first, second, third, fourth = items(feed)
    assert (second.row, second.column, second.value, second.dropped) == (2, "text", "'https://a.example/2'", "row")
    assert (third.row, third.value) == (3, None)
    assert [(record.row, record.fields["text"]) for record in (first, fourth)] == [(1, "一"), (4, "四")]


def test_an_item_that_is_there_twice_is_given_once():
    same = "<title>題</title><link>/1</link>"
    other = "<title>別の題</title><link>/1</link>"
    assert [record.row for record in items(rss(same, other, same))] == [1, 2]


@pytest.mark.parametrize("content", [b"", b"\n", rss(), '<feed xmlns="http://www.w3.org/2005/Atom"/>'])
def test_an_empty_feed_has_nothing(content):
    assert items(content) == []


@pytest.mark.parametrize(
    "content",
    [
        "<!DOCTYPE html><html><body>404</body></html>",
        "\ufeff\n<!-- x --><HTML lang=ja><p>メンテナンス中",
        '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "x.dtd"><html/>',
    ],
)
def test_html_is_no_feed(content):
    assert items(content) == [Reject(None, "is HTML, not a feed", dropped="file")]


@pytest.mark.parametrize(
    "content", ['{"version": "https://jsonfeed.org/version/1.1"}', "404", "<", "\0\0", "<urlset/>"]
)
def test_what_is_no_feed_is_one_reject(content):
    (reject,) = items(content)
    assert (reject.row, reject.dropped) == (None, "file")


BROKEN = rss("<title>一</title><link>/1?a=1&b=2</link>", "<title>二 & 三&nbsp;四\x0b</title>", "<title>五</title>")


def test_stray_ampersands_and_entities_of_html_are_mended():
    told, *found = items(BROKEN)
    assert told.reason.startswith("is not well-formed XML (line 1, column ")
    assert told.reason.endswith("; what can be recovered was read")
    assert [record.fields["text"] for record in found] == ["一", "二 & 三\xa0四", "五"]
    assert found[0].fields["url"] == "https://www.shiomi.example/1?a=1&b=2"


@pytest.mark.parametrize("end", ["<title>六と", "<title>六</title><link>https://a.exam", "<title>六</title></item"])
def test_an_item_that_breaks_off_is_left_out(end):
    whole = rss("<title>一</title>", "<title>二</title>").removesuffix("</channel></rss>")
    told, *found = items(f"{whole}<item>{end}")
    assert (told.row, told.dropped) == (None, "value")
    assert [record.fields["text"] for record in found] == ["一", "二"]


def test_a_title_that_is_not_closed_does_not_swallow_its_item():
    found = items(rss("<title>一<link>/1</link>", "<title>二</title><link>/2</link>"))
    assert [item.fields["text"] for item in found if isinstance(item, Record)] == ["二"]
    assert [item.row for item in found if isinstance(item, Reject)] == [None, 1]


def test_a_prefix_that_is_not_declared_is_no_obstacle():
    assert [record.fields["text"] for record in records("<rdf:RDF><item><title>題</title></item></rdf:RDF>")] == ["題"]


def test_warnings_of_the_server_before_the_feed_are_passed_over():
    assert [record.fields["text"] for record in records(f"<br />\n<b>Warning</b>: x\n{RSS_2}")] == [
        "灯台守の記録、町が公開へ"
    ]


BOMB = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "boom]>"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY f SYSTEM "{file}">]>"""


def test_no_entity_is_ever_expanded_or_fetched(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    feed = rss(
        "<title>題&c;</title>", "<title>&f;</title>", "<title>二</title>", declaration=BOMB.format(file=secret.as_uri())
    )
    assert [record.fields["text"] for record in records(feed)] == ["題&c;", "&f;", "二"]


# --- anything ---------------------------------------------------------------------------------------------------------

TAGS = ["<rss>", "</rss>", "<item>", "</item>", "<entry>", "<title>", "</title>", "<link>", "</link>", "<pubDate>"]
BITS = [
    "題",
    "/1",
    "2031",
    "&",
    "&amp;",
    "&#0;",
    "&lt;b",
    "<html",
    "http://",
    "\x00",
    "\u3000",
    "<link href='http://[/'/>",
]
MARKS = [
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<?",
    "<!DOCTYPE x [",
    "<!ENTITY",
    '"',
    "]>",
    "<x:y",
    " xml:base='http://['",
]
PIECES = st.sampled_from(TAGS + BITS + MARKS)


@given(st.binary() | st.lists(PIECES).map(lambda pieces: "".join(["<rss><item><title>一</title>", *pieces]).encode()))
def test_any_bytes_give_records_and_rejects_only(content):
    for item in read_feed(content, url=URL):
        assert isinstance(item, Record | Reject)
        assert isinstance(item, Reject) or item.fields["text"]


@given(st.integers(0, len(RSS_2.encode())), st.binary(max_size=3))
def test_any_damage_to_a_feed(place, damage):
    data = RSS_2.encode()
    assert all(isinstance(item, Record | Reject) for item in items(data[:place] + damage + data[place + 1 :]))
