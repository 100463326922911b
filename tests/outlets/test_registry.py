from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gold_data
from alignkit.errors import InputError
from alignkit.outlets.address import parse_domain
from alignkit.outlets.affixes import registered_affixes
from alignkit.outlets.registry import (
    Registry,
    _shipped,
    find,
    load_outlet,
    outlet_of,
    outlets,
    own_outlets,
    registry,
    title_affixes,
    wire_id,
)
from outlets.feed_server import outlet_with

DATA = Path(sys.modules["alignkit.outlets.registry"].__file__).parent / "data"
SHIPPED = pytest.mark.parametrize("outlet", outlets().values(), ids=lambda outlet: outlet.id)

MINPO = "https://www.minpo.jp/globalnews/detail/2025072901001269"


def id_of(outlet):
    return outlet and outlet.id


def test_every_file_is_an_outlet_and_nothing_else_registers_one():
    assert {f"{outlet}.toml" for outlet in outlets()} == {file.name for file in DATA.iterdir()}
    kinds = [outlet.kind for outlet in outlets().values()]
    assert kinds.count("regional") >= 26
    assert {"kyodo-news-english", "47news", "kahoku-shimpo", "fukushima-minpo", "yahoo-news-japan"} <= set(outlets())


@SHIPPED
def test_every_fact_says_where_and_when_it_was_seen(outlet):
    assert all(fact.source and fact.date.year >= 2020 for fact in outlet.facts)


@SHIPPED
def test_every_outlet_is_found_by_its_names_and_its_domains(outlet):
    for name in (outlet.id, outlet.name_en, outlet.name_ja, outlet.name_en.upper(), *outlet.aliases):
        assert find(name) is outlet
    for host in outlet.hosts:
        assert outlet_of(f"https://{host}/a/b?c=d") is outlet
        assert outlet_of(f"http://sub.{host}") is outlet


@SHIPPED
def test_feeds_and_sitemaps_are_web_addresses(outlet):
    urls = [*outlet.feed_urls, *(url for group in outlet.sitemaps for url in group.urls)]
    assert all(urlsplit(url).scheme in {"http", "https"} and outlet_of(url) is outlet for url in urls)


@SHIPPED
def test_regional_papers_have_a_prefecture(outlet):
    assert (outlet.prefecture is not None) == (outlet.kind == "regional")


@pytest.mark.parametrize(
    "rule", [rule for outlet in outlets().values() for rule in outlet.wire_ids], ids=lambda rule: rule.example
)
def test_wire_id_rules_have_groups_and_give_what_their_example_says(rule):
    assert re.compile(rule.pattern).groupindex
    assert wire_id(rule.example) == rule.example_id
    assert wire_id(rule.example.partition(":")[2]) == rule.example_id


def test_no_domain_is_claimed_twice():
    hosts = [host for outlet in outlets().values() for host in outlet.hosts]
    assert len({parse_domain(host) for host in hosts}) == len(hosts)


def test_a_new_outlet_is_only_one_new_file(write):
    file = write("hibari-shimbun.toml", outlet_with("https://hibari-shimbun.example/rss"))
    both = Registry([*outlets().values(), load_outlet(file)])
    assert id_of(both.find("雲雀新聞")) == "hibari-shimbun"
    assert both.wire_id("https://www.hibari-shimbun.example/world/article?id=2031051201000123&page=2")
    assert {affix.text for affix in both.title_affixes()} - {a.text for a in title_affixes()} == {"｜雲雀新聞デジタル"}


@pytest.mark.parametrize(
    ("url", "outlet"),
    [
        (MINPO, "fukushima-minpo"),
        ("HTTP://WWW.MINPO.JP:8080/", "fukushima-minpo"),
        ("//minpo.jp", "fukushima-minpo"),
        ("https://minpo.jp./news", "fukushima-minpo"),
        (" https://user:secret@minpo.jp/news \n", "fukushima-minpo"),
        ("https://mainichi.jp/articles/1", "mainichi"),
        ("https://mainichi.jp/english/articles/1", "mainichi-english"),
        ("https://mainichi.jp/english", "mainichi-english"),
        ("https://mainichi.jp/englishes", "mainichi"),
        ("https://notminpo.jp/", None),
        ("https://minpo.jp.example.com/", None),
        ("https://example.com/?u=https://minpo.jp/", None),
        ("ftp://minpo.jp/", None),
        ("mailto:desk@minpo.jp", None),
        ("minpo.jp", None),
        ("https://", None),
        ("https://[::1", None),
        ("https://minpo.jp:port/", "fukushima-minpo"),
        ("https://xn--/", None),
        ("https://☃.jp/", None),
        ("https://" + "a" * 10_000, None),
        ("https://\ud800.jp/", None),
        ("", None),
    ],
)
def test_an_address_leads_to_its_outlet(url, outlet):
    assert id_of(outlet_of(url)) == outlet


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (MINPO, "2025072901001269"),
        (MINPO + "/?utm_source=x#top", None),
        (MINPO.replace("https://www.", "http://"), "2025072901001269"),
        ("https://www.shinmai.co.jp/news/world/article.php?date=20180514&id=2018051401001659", "2018051401001659"),
        ("https://www.shinmai.co.jp/news/world/article.php?id=2018051401001659&date=20180514", "2018051401001659"),
        ("https://www.shinmai.co.jp/news/world/article.php?wid=2018051401001659", None),
        ("https://www.minpo.jp/news/detail/2025072901001269", None),
        ("https://www.minpo.jp/globalnews/detail/20250729010012691", None),
        ("https://www.saga-s.co.jp/articles/-/2025072901001269", None),
        ("https://example.com/globalnews/detail/2025072901001269", None),
    ],
)
def test_an_address_carries_a_wire_id_by_its_outlets_rule(url, expected):
    assert wire_id(url) == expected


def test_sections_are_told_by_the_beginning_of_the_path():
    assert registry().section("https://japantoday.com/category/politics/ministers-meet") == "politics"
    assert registry().section("https://japantoday.com/") is None


@pytest.mark.parametrize("written", ["雲雀.example", "xn--8n5avd.example"])
def test_internationalised_domains_are_one_whatever_they_are_written_in(write, written):
    text = outlet_with("https://x.example/").replace('"hibari-shimbun.example"', f'"{written}"')
    own = Registry([load_outlet(write("hibari.toml", text))])
    for url in ("https://雲雀.example/", "https://www.雲雀.EXAMPLE/", "https://XN--8N5AVD.example/"):
        assert id_of(own.outlet_of(url)) == "hibari"


@given(st.text() | st.text().map("https://{}".format) | st.text().map("https://minpo.jp/{}".format))
def test_any_text_may_be_asked_for(text):
    assert outlet_of(text) is None or outlet_of(text) in outlets().values()
    assert wire_id(text) is None or wire_id(text)
    assert find(text) is None or find(text) in outlets().values()


def test_affixes_come_the_longest_first_and_name_their_outlet():
    affixes = title_affixes()
    assert [len(affix.text) for affix in affixes] == sorted((len(affix.text) for affix in affixes), reverse=True)
    assert ("｜静岡新聞アットエス", "suffix", "shizuoka-shimbun") in [(a.text, a.place, a.outlet.id) for a in affixes]


@pytest.mark.usefixtures("wmt21")
def test_what_is_verified_stands_in_wmt21():
    headlines = gold_data.wmt21("ja-en", "headlines").headlines["text"].to_list()
    segments = "\n".join(gold_data.wmt21("ja-en", "all").headlines["text"])
    verified = [fact for outlet in outlets().values() for fact in outlet.facts if fact.verified]
    assert {fact.source for fact in verified} == {"WMT21 news test set, ja-en"}
    for fact in verified:
        for suffix in getattr(fact, "suffixes", ()):
            assert any(text.endswith(suffix) for text in headlines), suffix
        for form in getattr(fact, "forms", ()):
            assert re.search(re.escape(form).replace("…", r"\w+"), segments), form
    assert len([suffix for fact in verified for suffix in getattr(fact, "suffixes", ())]) == 8


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("hibari.toml", 'name_en = "Hibari Shimbun"\n', "", "hibari.toml, 'name_en': is missing"),
        ("hibari.toml", "urls", "url", "'feeds[1].url': is no known key. Did you mean 'urls'?"),
        ("hibari.toml", "date = 2031-05-12\n\n[[domains]]", "[[domains]]", "'date': is missing"),
        ("hibari.toml", '"regional"', '"blog"', "'kind': input should be 'agency', 'regional'"),
        ("hibari.toml", '"Nagano"', '"Nagno"', "'prefecture': input should be 'Hokkaido'"),
        ("hibari.toml", "https://hibari-shimbun.example/rss", "ftp://x/", "'feeds[1].urls[1]'"),
        ("hibari.toml", "hibari-shimbun.example", "https://hibari", "is no host such as example.jp"),
        ("hibari.toml", "(?P<id>", "(", "'wire_ids[1].pattern': has no named group"),
        ("hibari.toml", "(?P<id>", "(?P<id", "'wire_ids[1].pattern': is no regular expression"),
        ("hibari.toml", '"{id}"', '"{story}"', "form must be made of the pattern's groups: id"),
        ("hibari.toml", '"{id}"', '"{id"', "form is no form such as '{id}'"),
        ("hibari.toml", '"{id}"', '"{id.__class__}"', "form must be made of the pattern's groups: id"),
        ("hibari.toml", 'd = "2031', 'd = "2032', "the example gives '2031051201000123', not '2032051201000123'"),
        ("hibari.toml", "name_en", 'id = "x"\nname_en', "'id': is no key of an outlet's file"),
        ("hibari.toml", "2031-05-12", "soon", "is not TOML"),
        ("Hibari Shimbun.toml", "x", "x", "is no name for an outlet's file"),
    ],
)
def test_a_wrong_file_is_refused_with_the_file_and_the_key(write, name, old, new, message):
    text = outlet_with("https://hibari-shimbun.example/rss")
    assert old in text
    with pytest.raises(InputError) as error:
        load_outlet(write(name, text.replace(old, new)))
    assert message in str(error.value)
    assert name in str(error.value)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", None])
def test_a_file_that_cannot_be_read_is_named(write, tmp_path, content):
    path = tmp_path / "hibari.toml" if content is None else write("hibari.toml", content)
    with pytest.raises(InputError, match=r"hibari\.toml: cannot be read"):
        load_outlet(path)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Hibari Shimbun", "KYODO  News", "hibari and kyodo-news have the same name or id: 'Kyodo News'"),
        ('"hibari-shimbun.example"', '"MINPO.jp"', "hibari have the same domain: 'MINPO.jp'"),
    ],
)
def test_outlets_that_claim_the_same_are_refused(write, old, new, message):
    own = load_outlet(write("hibari.toml", outlet_with("https://x.example/").replace(old, new)))
    with pytest.raises(InputError, match=re.escape(message)):
        Registry([*outlets().values(), own])


def test_importing_reads_no_file_and_nothing_heavy():
    code = (
        "import sys, alignkit.outlets.registry as r; "
        "print(r._shipped.cache_info().currsize, [m for m in ('polars', 'numpy', 'httpx2', 'feedparser') if m in sys.modules])"
    )
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed == "0 []\n"


def test_each_file_is_read_once():
    outlets()
    before = _shipped.cache_info().misses
    assert outlets() is outlets()
    assert _shipped.cache_info().misses == before == 1


def test_own_outlets_are_known_for_a_while(write):
    own = load_outlet(write("hibari.toml", outlet_with("https://hibari-shimbun.example/rss")))
    url = "https://hibari-shimbun.example/world/article?id=2031051201000123"
    with own_outlets([own]):
        assert outlet_of(url) == own
        assert wire_id(url) == "2031051201000123"
        assert "｜雲雀新聞デジタル" in registered_affixes().suffixes
        assert "kahoku-shimpo" in outlets()
    assert outlet_of(url) is None
    assert "｜雲雀新聞デジタル" not in registered_affixes().suffixes
