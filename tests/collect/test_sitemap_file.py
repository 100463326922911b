from __future__ import annotations

import datetime as dt
import gzip
import tracemalloc
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit.collect.headlines import HeadlineBuilder
from alignkit.collect.record import Record, Reject
from alignkit.collect.sitemaps import SitemapEntry, read_sitemap
from collect.sitemap_samples import SITE, URL, index, news, page, urlset

JAPAN = ZoneInfo("Asia/Tokyo")
MORNING = dt.datetime(2031, 5, 12, 8, 15, tzinfo=JAPAN)


def day(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=JAPAN)


def read(content, **options):
    data = content.encode() if isinstance(content, str) else content
    return read_sitemap(data, url=URL, **options)


# --- one sitemap ------------------------------------------------------------------------------------------------------


def test_an_index_names_sitemaps():
    sitemap = read(index(("/sitemap-2031-05.xml", "2031-05-12"), (f"{SITE}/sitemap-old.xml", "")))
    assert sitemap.sitemaps == (
        SitemapEntry(f"{SITE}/sitemap-2031-05.xml", day("2031-05-12")),
        SitemapEntry(f"{SITE}/sitemap-old.xml"),
    )
    assert (sitemap.entries, sitemap.rejects) == ((), ())


def test_pages_without_headlines_are_addresses():
    image = "<image:image><image:loc>https://cdn.example/1.jpg</image:loc><image:title>写真</image:title></image:image>"
    url = f"<url>{image}<loc> {SITE}/news/1 </loc><lastmod>2031-05-12T08:15:00+09:00</lastmod><priority>1</priority></url>"
    assert read(urlset(url, page("/news/2"))).entries == (
        SitemapEntry(f"{SITE}/news/1", MORNING),
        SitemapEntry(f"{SITE}/news/2"),
    )


def test_google_news_gives_headlines():
    sitemap = read(urlset(news("/1", "灯台&amp;amp;港、&lt;b&gt;百年&lt;/b&gt;"), page("/2"), news("/3", "")))
    record, *others = sitemap.entries
    assert (record.row, record.place) == (1, "url 1")
    assert record.fields == {
        "text": "灯台&港、百年",
        "url": f"{SITE}/1",
        "lang": "ja",
        "published_at": MORNING,
        "outlet": "汐見日報",
    }
    assert others == [SitemapEntry(f"{SITE}/2"), SitemapEntry(f"{SITE}/3")]
    builder = HeadlineBuilder(timezone="Asia/Tokyo", max_characters=300)
    row, rejects = builder.build("sitemap.xml", record, collector="sitemap", defaults={})
    assert (row["text"], row["lang"], row["outlet"], rejects) == ("灯台&港、百年", "ja", "汐見日報", [])


def test_the_name_of_an_outlet_that_is_known_is_not_taken_from_the_sitemap():
    url = "https://www.kyoto-np.co.jp/sitemap.xml"
    (record,) = read_sitemap(urlset(news("/1", "題")).encode(), url=url).entries
    assert "outlet" not in record.fields


def test_plain_text_has_an_address_a_line():
    sitemap = read(f"\ufeff{SITE}/1\r\n\r\n  {SITE}/2  \nnews/3\n")
    assert sitemap.entries == (SitemapEntry(f"{SITE}/1"), SitemapEntry(f"{SITE}/2"))
    assert [(reject.row, reject.value) for reject in sitemap.rejects] == [(4, "'news/3'")]


def test_a_feed_may_be_a_sitemap():
    (record,) = read(f"<rss><channel><item><title>題</title><link>{SITE}/1</link></item></channel></rss>").entries
    assert record.fields == {"text": "題", "url": f"{SITE}/1"}


def test_an_empty_sitemap_has_nothing():
    for content in ("", urlset(), index()):
        sitemap = read(content)
        assert (sitemap.sitemaps, sitemap.entries, sitemap.rejects) == ((), (), ())


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "euc_jp", "utf-16"])
def test_every_encoding(encoding):
    content = urlset(news("/1", "港の灯台、百年ぶりに点灯へ")).encode(encoding)
    assert read(content).entries[0].fields["text"] == "港の灯台、百年ぶりに点灯へ"


# --- gzip -------------------------------------------------------------------------------------------------------------


def test_gzip_is_known_by_its_first_bytes():
    halves = [gzip.compress(part) for part in (f"{SITE}/1\n".encode(), f"{SITE}/2\n".encode())]
    assert [entry.url for entry in read(b"".join(halves) + b"\0\0").entries] == [f"{SITE}/1", f"{SITE}/2"]


def test_gzip_is_not_unpacked_beyond_a_bound():
    bomb = gzip.compress(f"{SITE}/1\n".encode() + b"\n" * 50_000_000, 1)
    tracemalloc.start()
    sitemap = read(bomb, max_bytes=1_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10_000_000
    assert sitemap.entries == (SitemapEntry(f"{SITE}/1"),)
    assert (
        sitemap.rejects[0].reason == "holds more than 1,000,000 bytes when it is unpacked; what comes before was read"
    )


def test_damaged_gzip_is_read_as_far_as_it_goes():
    packed = gzip.compress(urlset(*(page(f"/{number}") for number in range(20_000))).encode())
    middle = len(packed) // 2
    for damaged, reason in (
        (packed[:-9], "is gzip that breaks off"),
        (packed[:middle] + b"\xff" * 99 + packed[middle + 99 :], "is damaged gzip"),
    ):
        sitemap = read(damaged)
        assert sitemap.rejects[0].reason == f"{reason}; what comes before was read"
        assert len(sitemap.entries) > 5_000


def test_what_is_too_large_is_read_as_far_as_it_may_go():
    content = urlset(page("/1"), page("/2"), page("/3"))
    bound = len(content) - len("oc></url></urlset>")
    sitemap = read(content, max_bytes=bound)
    assert [entry.url for entry in sitemap.entries] == [f"{SITE}/1", f"{SITE}/2"]
    assert sitemap.rejects[0].reason == f"holds more than {bound:,} bytes; what comes before was read"


def test_memory_does_not_hold_a_tree_of_all_pages():
    filler = "<image:image><image:caption>" + "港" * 700 + "</image:caption></image:image>"
    content = urlset(*(f"<url><loc>{SITE}/{number}</loc>{filler}</url>" for number in range(15_000))).encode()
    tracemalloc.start()
    assert len(read(content).entries) == 15_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < len(content) / 3


# --- faults -----------------------------------------------------------------------------------------------------------


def test_what_cannot_be_read_costs_no_good_page():
    sitemap = read(
        urlset("<url/>", page("mailto:a@b.example"), page("/3", "soon"), news("/4", "題", "soon"), page("/5"))
    )
    assert [getattr(entry, "url", None) or entry.fields["url"] for entry in sitemap.entries] == [
        f"{SITE}/3",
        f"{SITE}/4",
        f"{SITE}/5",
    ]
    assert [(reject.row, reject.column, reject.value, reject.dropped) for reject in sitemap.rejects] == [
        (1, "url", None, "row"),
        (2, "url", "'mailto:a@b.example'", "row"),
        (3, "lastmod", "'soon'", "value"),
        (4, "published_at", "'soon'", "value"),
    ]


def test_a_headline_with_bytes_that_are_no_text_is_still_an_address():
    content = urlset(news("/1", "港の灯台"), news("/2", "点灯へ")).encode().replace("港".encode(), b"\x83\x83")
    sitemap = read(content)
    assert sitemap.entries[0] == SitemapEntry(f"{SITE}/1")
    assert sitemap.entries[1].fields["text"] == "点灯へ"
    assert [(reject.row, reject.column) for reject in sitemap.rejects] == [(1, "text")]


def test_stray_ampersands_are_mended():
    sitemap = read(urlset(page("/?a=1&b=2&copy=3"), page("/2")))
    assert [entry.url for entry in sitemap.entries] == [f"{SITE}/?a=1&b=2&copy=3", f"{SITE}/2"]
    assert sitemap.rejects[0].reason.startswith("is not well-formed XML (line 1, column ")


@pytest.mark.parametrize(
    "end", ["<url><loc>https://www.shiomi.example/lo", "<url><loc>/3</loc></ur", "<url><loc>/3</loc>"]
)
def test_an_address_that_breaks_off_is_left_out(end):
    sitemap = read(urlset(page("/1"), page("/2")).removesuffix("</urlset>") + end)
    assert [entry.url for entry in sitemap.entries] == [f"{SITE}/1", f"{SITE}/2"]
    assert len(sitemap.rejects) == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<!doctype html><title>404</title>", "is HTML, not a sitemap"),
        ("<opml/>", "is no sitemap: it is in <opml>, not <urlset> or <sitemapindex>"),
    ],
)
def test_what_is_no_sitemap_is_one_reject(content, reason):
    assert read(content).rejects == (Reject(None, reason, dropped="file"),)


def test_no_entity_is_ever_expanded():
    bomb = '<!DOCTYPE urlset [<!ENTITY a "boom"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
    content = urlset(news("/1", "題&b;&f;")).replace("?>", f"?>{bomb}", 1)
    assert read(content).entries[0].fields["text"] == "題&b;&f;"


PIECES = st.sampled_from(
    [
        "<urlset>",
        "<url>",
        "</url>",
        "<loc>",
        "</loc>",
        "/1",
        "<news:news>",
        "<title>",
        "題",
        "&",
        "\n",
        "<sitemap>",
        "http://[",
    ]
)


@given(
    st.binary()
    | st.binary().map(lambda data: b"\x1f\x8b" + data)
    | st.lists(PIECES).map(lambda pieces: "".join(["<urlset><url>", *pieces]).encode())
)
def test_any_bytes_give_a_sitemap(content):
    sitemap = read(content)
    assert all(isinstance(reject, Reject) for reject in sitemap.rejects)
    assert all(isinstance(entry, SitemapEntry | Record) for entry in sitemap.entries)


@given(st.data())
def test_any_damage_to_gzip(data):
    packed = bytearray(gzip.compress(urlset(page("/1")).encode()))
    packed[data.draw(st.integers(0, len(packed) - 1))] = data.draw(st.integers(0, 255))
    assert len(read(bytes(packed)).entries) <= 1 + len(read(bytes(packed)).rejects)
