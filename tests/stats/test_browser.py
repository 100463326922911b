"""The page in a real browser."""

from __future__ import annotations

import json

import pytest

from alignkit.stats.listing import list_pairs
from alignkit.stats.measure import dataset_stats
from alignkit.stats.page import render_page
from stats.browser import chromium, started
from stats.datasets_on_disk import HOSTILE, hostile_dataset, pair, small_dataset, write_dataset

pytestmark = pytest.mark.skipif(chromium() is None, reason="no Chromium is installed (Debian: chromium)")


@pytest.fixture(scope="module")
def browser():
    with started() as page:
        yield page


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The files of three pages: of a small dataset, of a hostile one, and of one with more pairs than the page lists."""

    def write(folder, most=10_000):
        path = folder / "page.html"
        path.write_text(render_page(dataset_stats(folder), list_pairs(folder, most=most)), encoding="utf-8")
        return path

    large = write_dataset(tmp_path_factory.mktemp("large"), {"train": [pair(number) for number in range(300)]})
    return {
        "small": write(small_dataset(tmp_path_factory.mktemp("small"))),
        "hostile": write(hostile_dataset(tmp_path_factory.mktemp("hostile"))),
        "large": write(large, most=120),
    }


@pytest.fixture
def opened(browser, pages):
    """Open a page; nothing that it does may be complained of by the browser."""

    def _opened(name, **window):
        browser.open(pages[name], **window)
        return browser

    yield _opened
    assert browser.complaints() == []


def found(browser):
    return browser.ask("document.getElementById('found').textContent")


def choose(browser, **fields):
    """Fill fields of the form as a person would, and wait for the table."""
    browser.ask(
        f"""new Promise((done) => {{
          const form = document.getElementById("filters");
          new MutationObserver(() => done()).observe(document.getElementById("rows"), {{ childList: true }});
          for (const [name, value] of Object.entries({json.dumps(fields)})) form.elements[name].value = value;
          form.dispatchEvent(new Event("input", {{ bubbles: true }}));
        }})"""
    )
    return found(browser)


def texts(browser, selector):
    return browser.ask(f"[...document.querySelectorAll({json.dumps(selector)})].map((each) => each.innerText)")


@pytest.mark.parametrize("name", ["small", "hostile", "large"])
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_it_loads_nothing_else_and_never_scrolls_sideways(opened, pages, name, width):
    browser = opened(name, width=width, dark=width == 360)
    assert browser.requests() == [pages[name].as_uri()]
    assert browser.ask("document.documentElement.scrollWidth") == width
    assert browser.ask("document.querySelectorAll('#figures figure').length") >= 8
    browser.ask("document.querySelectorAll('.more').forEach((button) => button.click())")
    assert browser.ask("document.documentElement.scrollWidth") == width


def test_filters_narrow_the_table(opened):
    browser = opened("small")
    assert found(browser) == "1 to 25 of 40 pairs"
    assert choose(browser, split="validation") == "1 to 4 of 4 pairs (of 40)"
    assert choose(browser, split="", relation="overlap") == "1 to 13 of 13 pairs (of 40)"
    assert set(texts(browser, "#rows .relation")) == {"overlap"}
    assert choose(browser, relation="", outlet="Hibari Shimbun") == "1 to 20 of 20 pairs (of 40)"
    assert choose(browser, outlet="", check="any conflict") == "1 to 20 of 20 pairs (of 40)"
    assert choose(browser, check="numbers agree", **{"from": 0.9}) == "1 to 4 of 4 pairs (of 40)"
    assert choose(browser, check="", to=0.95) == "1 to 6 of 6 pairs (of 40)"
    assert choose(browser, split="no such") == "1 to 6 of 6 pairs (of 40)"


def test_search_finds_words_of_either_language_whatever_their_width_and_case(opened):
    browser = opened("small")
    assert choose(browser, q="蝶 チョウ").startswith("0 pairs")
    assert texts(browser, "#rows .nothing") == ["No pair is like that."]
    assert choose(browser, q="希少ﾁｮｳ") == "1 to 5 of 5 pairs (of 40)"
    assert choose(browser, q="BUTTERFLY  南") == "1 to 5 of 5 pairs (of 40)"
    assert choose(browser, q="p17") == "1 to 1 of 1 pair (of 40)"


def test_what_is_chosen_is_in_the_address_and_read_from_it(opened):
    browser = opened("small", fragment="#relation=overlap&sort=score&direction=down&nonsense=1&length=2")
    assert found(browser) == "1 to 13 of 13 pairs (of 40)"
    scores = list(map(float, texts(browser, "#rows .score")))
    assert scores == sorted(scores, reverse=True)
    choose(browser, relation="", sort="", direction="", q="南")
    assert browser.ask("location.hash") == "#q=%E5%8D%97"


def test_the_headers_sort_and_say_so(opened):
    browser = opened("small")
    browser.ask("document.querySelector('th[data-sort=score] button').click()")
    assert browser.ask("document.querySelector('th[data-sort=score]').ariaSort") == "descending"
    assert texts(browser, "#rows .score")[0] == "1.000"
    browser.ask("document.querySelector('th[data-sort=score] button').click()")
    assert browser.ask("document.querySelector('th[data-sort=score]').ariaSort") == "ascending"
    assert texts(browser, "#rows .score")[0] == "0.525"


def test_a_figure_chooses_pairs(opened):
    browser = opened("small")
    browser.ask("[...document.querySelectorAll('.bars .pick')].find((each) => each.innerText === 'overlap').click()")
    assert found(browser) == "1 to 13 of 13 pairs (of 40)"
    browser.ask("[...document.querySelectorAll('.columns .pick .hit')].at(-1).dispatchEvent(new MouseEvent('click'))")
    assert found(browser) == "1 to 6 of 6 pairs (of 40)"


def test_pointing_at_a_word_lights_its_counterpart(opened):
    browser = opened("small")
    browser.ask(
        """[...document.querySelectorAll("#rows tr:first-child mark")].find((mark) => mark.innerText === "Sendai")
             .dispatchEvent(new PointerEvent("pointerover", { bubbles: true }))"""
    )
    assert texts(browser, "#rows tr:first-child mark.lit") == ["Sendai", "仙台"]
    assert texts(browser, "#rows tr:first-child mark.differs") == ["3", "13人"]


def test_a_row_says_why_and_every_cell_says_its_language(opened):
    browser = opened("small")
    browser.ask("document.querySelector('.more').click()")
    assert browser.ask("document.querySelector('.more').ariaExpanded") == "true"
    (said,) = texts(browser, "#rows .details")
    assert "3 ↔ 13人" in said
    assert "Said differently" in said
    assert browser.ask("[...document.querySelectorAll('#rows tr:first-child .side')].map((each) => each.lang)") == [
        "en",
        "ja",
    ]
    browser.ask("document.querySelector('.more').click()")
    assert texts(browser, "#rows .details") == []


def test_pages_are_turned_and_a_sample_is_called_one(opened):
    browser = opened("large")
    assert "lists 120 of the 300 pairs" in browser.ask("document.getElementById('sampled').innerText")
    browser.ask("document.getElementById('next').click()")
    assert found(browser) == "26 to 50 of 120 pairs"
    browser.ask(
        "{ const page = document.getElementById('page'); page.value = 99; page.dispatchEvent(new Event('change')) }"
    )
    assert found(browser) == "101 to 120 of 120 pairs"
    assert browser.ask("document.getElementById('next').disabled")


def test_every_field_and_button_has_a_name_and_can_be_reached_by_the_keyboard(opened):
    browser = opened("small")
    nameless = """[...document.querySelectorAll("input, select, button")]
      .filter((each) => !(each.ariaLabel || each.innerText || each.labels?.[0]?.innerText.trim())).length"""
    assert browser.ask(nameless) == 0
    browser.press("Tab")
    assert browser.ask("document.activeElement.className") == "skip"
    # A figure is one stop, in which arrow keys move.
    stops = browser.ask(
        "[...document.querySelectorAll('.columns')].map((each) => each.querySelectorAll('[tabindex=\"0\"]').length)"
    )
    assert set(stops) == {1}
    browser.ask("document.querySelector('.columns [tabindex=\"0\"]').focus()")
    browser.press("ArrowRight")
    assert browser.ask("document.activeElement.ariaLabel").startswith("0.55 to 0.6 score")
    assert browser.ask("document.getElementById('tip').innerText").startswith("0.55 to 0.6 score")


def test_hostile_headlines_are_shown_and_never_run(opened):
    browser = opened("hostile")
    assert browser.ask("typeof hacked") == "undefined"
    browser.ask("document.querySelectorAll('.more').forEach((button) => button.click())")
    shown = texts(browser, "#rows .side[lang=en] .headline")
    assert shown[:4] == list(HOSTILE[:4])
    assert "U+202E" in shown[4]
    assert "\u202e" not in "".join(shown)
    assert browser.ask("document.querySelectorAll('img, iframe, object, #rows script, #rows svg').length") == 0
    assert browser.ask("document.querySelectorAll('script').length") == 2
    assert browser.ask("document.title").startswith(HOSTILE[2])
    assert choose(browser, q="</script><script>window.hacked").startswith("1 to 1 of 1 pair")
    assert choose(browser, q="", outlet=HOSTILE[1]).startswith("1 to 1 of 1 pair")
    assert browser.ask("typeof hacked") == "undefined"


def test_only_addresses_of_the_web_are_links(opened):
    browser = opened("hostile")
    browser.ask("document.querySelectorAll('.more').forEach((button) => button.click())")
    links = browser.ask("[...document.querySelectorAll('#rows a')].map((each) => [each.protocol, each.rel])")
    assert {tuple(link) for link in links} == {("https:", "noreferrer noopener")}
    assert any("javascript:window" in said for said in texts(browser, "#rows dd"))


def test_no_string_can_become_html(opened):
    browser = opened("small")
    assert (
        browser.ask("(() => { try { document.body.innerHTML = '<b>x</b>'; } catch (error) { return error.name; } })()")
        == "TypeError"
    )
    # The browser reports the try, which is what it should do.
    browser.forget()


def test_it_prints(opened):
    assert opened("small").pdf().startswith(b"%PDF")
