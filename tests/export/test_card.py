from __future__ import annotations

import re

import pytest

from alignkit.config import ExportSettings
from alignkit.errors import InputError
from alignkit.export.about import WRITABLE, Facts, read_about
from alignkit.export.card import SECTIONS, cell, citation, plural
from alignkit.export.checks.card import check_card
from alignkit.export.dataset_manifest import read_manifest
from alignkit.export.figures import scorer_figures
from alignkit.export.stage import export_dataset
from conftest import DEMO
from export.corpora import corpus

ABOUT = """---
creators: [Shiomi Institute]
contact: https://shiomi.example/contact
url: https://shiomi.example/data
published: 2031-07-01
---

Written *about* it.
"""


FORMS = {"full": {}, "stand-off": {"from_web": True}, "undated": {"dated": False}}


@pytest.fixture(scope="module", autouse=True)
def _without_plots():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("alignkit.export.plots.find_spec", lambda _: None)
        yield


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """Export a small corpus in each form."""
    folder = tmp_path_factory.mktemp("cards")
    for name, options in FORMS.items():
        card(folder / name, **options)
    return {name: folder / name for name in FORMS}


@pytest.fixture(scope="module")
def cards(folders):
    return {name: (folder / "README.md").read_text(encoding="utf-8") for name, folder in folders.items()}


def card(folder, *, about=None, **options):
    """Export a small corpus, and give its card."""
    headlines, pairs = corpus(30, **options)
    settings = ExportSettings(name="Trial headlines", license="cc-by-4.0", synthetic=not options.get("from_web"))
    export_dataset(pairs, folder, headlines=headlines, settings=settings, about=about)
    return (folder / "README.md").read_text(encoding="utf-8")


def sections(text):
    """Give the sections of a card by their titles."""
    parts = re.split(r"^## (.*)$", text.rpartition("\n---\n")[0], flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], map(str.strip, parts[1::2]), strict=True))


# --- what is generated ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
def test_it_has_every_section_with_something_in_it(folders, cards, form):
    found = sections(cards[form])
    assert list(found) == list(SECTIONS.values())
    assert all(len(text) > 60 for text in found.values())
    assert list(check_card(folders[form], read_manifest(folders[form]))) == []


@pytest.mark.parametrize("form", FORMS)
def test_tables_are_apart_from_what_stands_around_them(cards, form):
    lines = cards[form].splitlines()
    starts = [at for at, line in enumerate(lines) if line.startswith("|---")]
    assert starts
    assert all(lines[at - 1].count("|") == lines[at].count("|") and lines[at - 2] == "" for at in starts)


def test_it_says_whether_the_headlines_are_in_it_and_what_may_be_done(cards):
    full, standoff = (sections(cards[form])["Rights"] for form in ("full", "stand-off"))
    assert "The headlines were invented; the licence, `cc-by-4.0`, covers them" in full
    assert "Stand-off: no headline's text is in the dataset" in standoff
    assert "| Hibari Shimbun | " in standoff


def test_quality_is_what_was_measured_of_the_scorer(cards):
    quality = sections(cards["full"])["Quality"]
    assert "no figure yet of how far people agree" in quality
    figures = [row for row in scorer_figures("use") if "roc_auc" in row]
    assert quality.count("half") >= len(figures) > 0
    assert f"| {figures[0]['data']} | {figures[0]['candidates']:,} |" in quality
    assert scorer_figures("st:some/model") == []


def test_without_what_draws_plots_it_has_none_and_says_so(folders, cards):
    assert "Plots are left out" in cards["full"]
    assert "](plots/" not in cards["full"]
    assert not (folders["full"] / "plots").exists()


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("Sorami | News", r"Sorami \| News"),
        ("two\nlines", "two lines"),
        ("<script>", "&lt;script>"),
        ("[a](b) `c` *d*", r"\[a\](b) \`c\` \*d\*"),
    ],
)
def test_names_from_the_data_cannot_change_the_page(value, shown):
    assert cell(value) == shown


def test_numbers_have_their_nouns():
    assert [plural(1, "story", "stories"), plural(2000, "story", "stories"), plural(0, "pair")] == [
        "1 story",
        "2,000 stories",
        "0 pairs",
    ]


# --- what is written --------------------------------------------------------------------------------------------------


def test_what_a_maintainer_wrote_opens_the_card_and_its_sections(tmp_path, write):
    about = write("about.md", ABOUT)
    write("card/motivation.md", "We wanted to know.\n")
    text = card(tmp_path / "dataset", about=about)
    found = sections(text)
    assert "# Trial headlines\n\nWritten *about* it.\n" in text
    assert found["Motivation"].startswith("We wanted to know.\n\n")
    assert "have not stated" not in found["Motivation"]
    assert "write to https://shiomi.example/contact" in found["Personal data"]
    assert "published at https://shiomi.example/data, this version on 2031-07-01" in found["Distribution"]
    assert "maintained by Shiomi Institute" in found["Maintenance"]
    assert 'author = "{Shiomi Institute}"' in found["Citation"]


def test_exporting_again_leaves_what_was_written_as_it_was(tmp_path, write):
    files = [write("about.md", ABOUT), *(write(f"card/{name}.md", f"About {name}.\n") for name in WRITABLE)]
    before = [file.read_bytes() for file in files]
    first = card(tmp_path / "dataset", about=files[0])
    assert card(tmp_path / "dataset", about=files[0]) == first
    assert [file.read_bytes() for file in files] == before
    assert all(f"About {name}." in first for name in WRITABLE)


def test_every_section_that_can_be_written_is_one_of_the_card():
    assert set(WRITABLE) <= SECTIONS.keys()
    demo = read_about(DEMO / "about.md")
    assert demo.sections
    assert demo.facts.published


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("about.md", b"\xff\xfe", r"about.md: cannot be read"),
        ("about.md", "---\ncreators: [\n---\nText", r"about.md: begins with YAML that cannot be read"),
        ("about.md", "---\nauthor: me\n---\nText", r"about.md, 'author': says something that is not understood"),
        ("about.md", "---\ncontact: here\n---\nText", r"'contact': .*: 'here'. It may begin with: creators, contact"),
        ("about.md", "---\n- a\n---\nText", r"about.md: says something that is not understood"),
        ("card/prices.md", "Free.", r"prices.md: is for a section that the card does not have. .*motivation"),
    ],
)
def test_what_was_written_wrongly_is_said(write, name, content, message):
    about = write("about.md", "Text")
    write(name, content)
    with pytest.raises(InputError, match=message):
        read_about(about)


def test_a_citation_is_as_stated_or_made_from_what_is_known():
    assert citation("Trial", "1.0.0", Facts()) == "@misc{trial,\n  title = {Trial},\n  version = {1.0.0}\n}"
    assert citation("Trial", "1.0.0", Facts(citation="@misc{ours}\n")) == "@misc{ours}"


# --- the check --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("## Biases and limits\n", "", "lacks the section 'Biases and limits'"),
        ("# Trial headlines\n", "# Trial headlines\n\n![A plot](plots/none.png)\n", "not there: 'plots/none.png'"),
        ("language:\n- en\n", "language:\n", r"says under 'language' ['ja']"),
    ],
)
def test_the_check_finds_what_is_missing(folders, cards, write, old, new, message):
    assert old in cards["full"]
    changed = write("README.md", cards["full"].replace(old, new, 1))
    (found,) = check_card(changed.parent, read_manifest(folders["full"]))
    assert message in found.message
