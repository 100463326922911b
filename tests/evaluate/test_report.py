from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace

import numpy as np
import pytest
import typer
from typer.testing import CliRunner

from alignkit.cli import evaluate as cli
from alignkit.errors import UsageError
from alignkit.evaluate.agreement import HumanScores
from alignkit.evaluate.report.html import render_report
from alignkit.evaluate.settings import EvaluationSettings
from alignkit.evaluate.stage import evaluate
from evaluate.evaluation_samples import SYSTEMS, evaluation_set, many
from stats.browser import chromium, started

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}${7}\u202e\u2028'\"&"
SETTINGS = EvaluationSettings(metrics=("chrf", "ter"), resamples=100, trials=100)

in_browser = pytest.mark.skipif(chromium() is None, reason="no Chromium is installed (Debian: chromium)")


def hostile_evaluation():
    """An evaluation each of whose texts tries to run or to break out."""
    stories = {f"{HOSTILE}{place}": (HOSTILE, HOSTILE, f"訳{HOSTILE}") for place in range(12)}
    systems = {f"{HOSTILE}{name}": [f"{HOSTILE}{place}" for place in range(12)] for name in "ab"}
    systems["empty"] = ["", *systems[f"{HOSTILE}a"][1:]]
    return evaluate(evaluation_set(stories, name=HOSTILE), systems, SETTINGS)


@pytest.fixture(scope="module")
def result():
    """Three systems on 60 stories of one to three references, with what people say of them."""
    test_set, outputs = many(10)
    outlets = [
        replace(
            segment,
            references=tuple(
                replace(each, outlet=f"Hibari Shimbun {place}") for place, each in enumerate(segment.references)
            ),
        )
        for segment in test_set.segments
    ]
    human = HumanScores(np.array([3.0, 2.0, 1.0]))
    return evaluate(replace(test_set, segments=tuple(outlets)), outputs, SETTINGS, human=human)


@pytest.fixture(scope="module")
def pages(tmp_path_factory, result):
    """The files of three pages: of several references, of one system with one reference, and of hostile texts."""
    one = {story: texts[:2] for story, texts in evaluation_set_of_two().items()}
    lone = evaluate(evaluation_set(one), {"lone": SYSTEMS["fair"][:2]}, SETTINGS)
    folder = tmp_path_factory.mktemp("reports")
    for name, evaluation in (("several", result), ("lone", lone), ("hostile", hostile_evaluation())):
        (folder / f"{name}.html").write_text(render_report(evaluation), encoding="utf-8")
    return {name: folder / f"{name}.html" for name in ("several", "lone", "hostile")}


def evaluation_set_of_two():
    return {"s1": ("Town opens its 7th library", "町に7館目の図書館が開館"), "s2": ("Strong quake", "強い地震")}


@pytest.fixture(scope="module")
def browser():
    with started() as page:
        yield page


@pytest.fixture
def opened(browser, pages):
    """Open a page; nothing that it does may be complained of by the browser."""

    def _opened(name, **window):
        browser.open(pages[name], **window)
        return browser

    yield _opened
    assert browser.complaints() == []


def choose(browser, **fields):
    """Fill fields of the form as a person would, wait for the segments, and give what was found."""
    return browser.ask(
        f"""new Promise((done) => {{
          const form = document.getElementById("filters");
          const said = () => done(document.getElementById("found").textContent);
          new MutationObserver(() => setTimeout(said)).observe(document.getElementById("rows"), {{ childList: true }});
          for (const [name, value] of Object.entries({json.dumps(fields)})) {{
            if (form.elements[name].type === "checkbox") form.elements[name].checked = value;
            else form.elements[name].value = value;
          }}
          form.dispatchEvent(new Event("input", {{ bubbles: true }}));
        }})"""
    )


def texts(browser, selector):
    return browser.ask(f"[...document.querySelectorAll({json.dumps(selector)})].map((each) => each.innerText)")


def test_the_policy_lets_in_exactly_the_pages_own_style_and_script(pages):
    page = pages["hostile"].read_text(encoding="utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1].replace("&#x27;", "'")
    for element in (r"<style>(.*?)</style>", r'<script type="module">(.*?)</script>'):
        (content,) = re.findall(element, page, re.DOTALL)
        assert f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'" in policy
        assert not re.search(r"innerHTML|insertAdjacentHTML|document\.write|eval\(|url\(|@import", content)
    assert policy.startswith("default-src 'none'; ")
    assert len(re.findall("<script", page)) == 2


def test_the_same_evaluation_gives_the_same_page(result):
    assert render_report(result) == render_report(result)


def test_the_command_writes_page_and_table(write, tmp_path):
    app = typer.Typer()
    app.command()(cli.evaluate)
    outputs = write("fair.txt", "\n".join(SYSTEMS["fair"]))
    reference = write("ref.ja", "\n".join(SYSTEMS["good"]))
    page, table = tmp_path / "report.html", tmp_path / "table.tex"
    arguments = ["--ref", reference, "--hyp", outputs, "--html", page, "--latex", table, "--metrics", "chrf"]
    shown = CliRunner().invoke(app, list(map(str, arguments)), catch_exceptions=False).stdout
    assert shown.endswith(f"page: {page}\ntable: {table}\n")
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert r"\toprule" in table.read_text(encoding="utf-8")
    with pytest.raises(UsageError, match="is a folder"):
        CliRunner().invoke(app, list(map(str, [*arguments, "--html", tmp_path])), catch_exceptions=False)


@in_browser
@pytest.mark.parametrize("name", ["several", "lone", "hostile"])
@pytest.mark.parametrize("width", [320, 1280])
def test_it_loads_nothing_else_and_never_scrolls_sideways(opened, pages, name, width):
    browser = opened(name, width=width, dark=width == 320)
    assert browser.requests() == [pages[name].as_uri()]
    assert browser.ask("document.documentElement.scrollWidth") == width
    assert browser.ask("document.querySelectorAll('#rows article').length") >= 2


@in_browser
def test_every_part_that_there_is_something_for_is_drawn(opened):
    browser = opened("several")
    heads = browser.ask(
        "[...document.querySelectorAll('h2')].filter((each) => each.offsetParent).map((each) => each.innerText)"
    )
    assert heads[:3] == ["Scores", "Which differ by more than chance", "What references do"]
    assert {"What survives", "Slices", "Agreement with people", "Segments", "Signatures"} <= set(heads)
    assert texts(browser, "#scores figure:first-child tbody th") == ["good", "fair", "poor"]
    assert browser.ask("document.querySelectorAll('#scores figure:first-child tbody .whisker').length") == 9
    assert texts(browser, "#pairs figure:first-child td.apart")[0].endswith("told apart")
    assert "reprints" in texts(browser, "#references .people th")
    assert texts(browser, "#signatures li")[0].startswith("chrF2|nrefs:var")
    lone = opened("lone")
    assert lone.ask("document.getElementById('pairs-section').hidden")


@in_browser
def test_an_output_is_compared_with_the_reference_that_it_is_most_like(opened):
    browser = opened("several")
    assert texts(browser, "#rows article:first-child dt") == [
        "Source",
        "Reference 1 · Hibari Shimbun 0",
        "Reference 2 · Hibari Shimbun 1",
        "Reference 3 · Hibari Shimbun 2",
    ]
    outputs = [text.partition("\n")[0] for text in texts(browser, "#rows article:first-child .output")]
    assert outputs == [SYSTEMS[name][0] for name in SYSTEMS]
    assert texts(browser, "#rows article:first-child tr:nth-child(2) mark") == ["が", "番", "を", "く"]
    assert texts(browser, "#rows article:first-child .near")[0].startswith("ref 1")
    choose(browser, missing=True)
    assert texts(browser, "#rows article:first-child tr:nth-child(2) del") == ["に", "館", "が", "館"]


@in_browser
def test_segments_are_searched_ordered_and_turned(opened):
    browser = opened("several")
    assert choose(browser, q="ＢＵＴＴＥＲＦＬＹ 希少") == "1 to 10 of 10 segments (of 60)"
    assert choose(browser, q="", system="fair", sort="best 0") == "1 to 10 of 60 segments"
    assert set(texts(browser, "#rows tbody th")) == {"fair"}
    scores = [float(text) for text in texts(browser, "#rows td:nth-child(4)")]
    assert scores == sorted(scores, reverse=True)
    choose(browser, sort="worst 1")
    errors = [float(text) for text in texts(browser, "#rows td:nth-child(5)")]
    assert errors == sorted(errors, reverse=True)
    choose(browser, other="poor", sort="apart 0")
    assert set(texts(browser, "#rows tbody th")) == {"fair", "poor"}
    browser.ask("document.getElementById('next').click()")
    assert texts(browser, "#found") == ["11 to 20 of 60 segments"]
    assert choose(browser, q="no such words") == "0 segments (of 60)"


@in_browser
def test_what_fails_is_counted_named_and_found(opened, result):
    rate = result.fidelity.systems[2].rate("numbers")
    browser = opened("several")
    assert texts(browser, "#fidelity h3") == ["Facts", "Form", "Style"]
    assert texts(browser, "#fidelity figure:first-child thead th")[:2] == ["system", "numbers"]
    browser.ask("document.querySelector('#fidelity figure:first-child tr:last-child .pick').click()")
    assert texts(browser, "#found") == [f"1 to 10 of {rate.conflict + rate.missing} segments (of 60)"]
    assert set(texts(browser, "#rows tbody th")) == {"poor"}
    assert texts(browser, "#rows .failure")[0] == "numbers missing: source “7th”"
    assert choose(browser, failure="any", system="good", q="7th").startswith("0 segments")


@in_browser
def test_slices_are_shown_by_the_measure_that_is_chosen(opened):
    browser = opened("several")
    first = "#slices tbody tr:first-child td:nth-child(3)"
    before = texts(browser, first)
    browser.ask(
        """(() => {
          const pick = document.querySelector(".measure select");
          pick.value = "1";
          pick.dispatchEvent(new Event("change"));
        })()"""
    )
    assert texts(browser, first) != before
    assert "outlet: Hibari Shimbun 0" in texts(browser, "#slices tbody th")


@in_browser
def test_what_is_chosen_is_in_the_address_and_read_from_it(opened):
    browser = opened("several", fragment="#system=poor&missing=1&sort=worst+0")
    assert set(texts(browser, "#rows tbody th")) == {"poor"}
    assert texts(browser, "#rows del")
    choose(browser, system="good", missing=False)
    assert browser.ask("location.hash") == "#system=good&sort=worst+0"
    browser.ask("new Promise((done) => { addEventListener('hashchange', done); location.hash = '#missing=1&q=7th'; })")
    assert texts(browser, "#found") == ["1 to 10 of 10 segments (of 60)"]
    assert texts(browser, "#rows del")


@in_browser
def test_hostile_texts_are_shown_and_never_run(opened):
    browser = opened("hostile")
    assert texts(browser, "h1")[0].startswith("</script><script>alert(1)</script><img src=x onerror=alert(2)>")
    assert "U+202E" in texts(browser, "h1")[0]
    assert browser.ask("document.querySelectorAll('img, iframe, body script:not(#data, [type=module])').length") == 0
    assert "empty" in texts(browser, "#rows em")
    assert choose(browser, q="onerror=alert") == "1 to 10 of 12 segments"
