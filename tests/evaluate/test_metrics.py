from __future__ import annotations

import importlib
import json
import subprocess
import sys

import pytest
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER

from alignkit.errors import MissingExtraError, UsageError
from alignkit.evaluate.metrics import METRICS, parse_metrics, unsuited
from alignkit.evaluate.statistics import extract
from evaluate.evaluation_samples import SYSTEMS, evaluation_set

TWO_EACH = [texts[:2] for texts in evaluation_set().references if len(texts) > 1]
OUTPUTS = [SYSTEMS["fair"][place] for place in (0, 1, 3, 4)]
ENGLISH = [
    ("Strong quake jolts island, 3 hurt.", "Island jolted by quake; 3 hurt"),
    ("Town opens a library", "A new library"),
]
ENGLISH_OUTPUTS = ["A strong quake jolted the island, 3 people hurt.", "The town opens library"]


def command_line(write, outputs, references, *options):
    """What sacrebleu's command line says, by its name of the metric."""
    hypotheses = write("hyp.txt", "".join(f"{text}\n" for text in outputs))
    streams = [
        write(f"ref{n}.txt", "".join(f"{texts[n]}\n" for texts in references)) for n in range(len(references[0]))
    ]
    command = [sys.executable, "-m", "sacrebleu", *streams, "-i", hypotheses, *options, "-w", "14", "--quiet"]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    return {one["name"]: one for one in (found if isinstance(found, list) else [found])}


@pytest.mark.parametrize(
    ("outputs", "references", "language", "tokenize", "names", "options"),
    [
        (OUTPUTS, TWO_EACH, "ja", None, ("bleu", "chrf", "ter"), "-l en-ja -m bleu chrf ter --ter-normalized --ter-asian-support"),
        (OUTPUTS, TWO_EACH, "ja", "char", ("bleu",), "-tok char"),
        (ENGLISH_OUTPUTS, ENGLISH, "en", None, ("bleu", "chrf++", "ter"), "-m bleu chrf ter --chrf-word-order 2"),
    ],
    ids=["ja", "ja by characters", "en"],
)  # fmt: skip
def test_scores_and_signatures_are_those_of_sacrebleus_command_line(
    write, outputs, references, language, tokenize, names, options
):
    theirs = command_line(write, outputs, references, *options.split())
    assert len(theirs) == len(names)
    for name in names:
        ours = extract(METRICS[name], [outputs], [references], language, tokenize)
        assert f"{ours.scores[0, 0]:.14f}" == f"{theirs[ours.label]['score']:.14f}"
        assert ours.signature == theirs[ours.label]["signature"].replace(f"|lang:{language}", "")


def test_references_may_differ_in_number_and_what_is_missing_is_no_empty_reference():
    test_set = evaluation_set()
    for metric, theirs in ((METRICS["ter"], TER(normalized=True, asian_support=True)), (METRICS["chrf"], CHRF())):
        ours = extract(metric, [SYSTEMS["fair"]], [test_set.references], "ja")
        streams = [[*texts, None, None][:3] for texts in test_set.references]
        assert ours.scores[0, 0] == theirs.corpus_score(SYSTEMS["fair"], list(zip(*streams, strict=True))).score
        assert "nrefs:var" in ours.signature


def test_segment_scores_are_those_of_sacrebleus_sentence_level():
    test_set = evaluation_set()
    for name, theirs in (("bleu", BLEU(tokenize="ja-mecab", effective_order=True)), ("chrf", CHRF())):
        ours = extract(METRICS[name], [SYSTEMS["fair"]], [test_set.references], "ja").segment_scores[0]
        pairs = zip(SYSTEMS["fair"], test_set.references, strict=True)
        assert ours == pytest.approx([theirs.sentence_score(text, references).score for text, references in pairs])


def test_the_score_of_some_segments_is_that_of_a_set_of_them():
    test_set = evaluation_set()
    whole = extract(METRICS["bleu"], [SYSTEMS["fair"]], [test_set.references], "ja")
    chosen = test_set.reference_counts == 1
    part = extract(
        METRICS["bleu"], [[SYSTEMS["fair"][place] for place in (2, 5)]], [test_set.take([2, 5]).references], "ja"
    )
    assert whole.score_of(chosen)[0] == pytest.approx(part.scores[0, 0], abs=1e-9)


def test_an_empty_output_is_scored_as_it_is():
    for metric in METRICS.values():
        found = extract(metric, [["", "地震"]], [[("島",), ("地震",)]], "ja")
        assert found.segment_scores[0, 0] == (100.0 if metric.name == "ter" else 0.0)


def test_a_metric_has_to_be_known():
    assert [metric.label for metric in parse_metrics(["chrf++", "ter"])] == ["chrF2++", "TER"]
    with pytest.raises(UsageError, match=r"is no metric: 'comet'. Known: bleu, chrf, chrf\+\+, ter. Scores of others"):
        parse_metrics(["comet"])
    with pytest.raises(UsageError, match="is there twice: 'bleu'"):
        parse_metrics(["bleu", "bleu"])


def test_a_metric_that_needs_spaces_says_so_where_there_are_none():
    assert "words between spaces" in unsuited(METRICS["chrf++"], "ja")
    assert unsuited(METRICS["chrf++"], "en") is None


def test_a_tokenizer_that_is_unknown_or_not_installed_is_an_error_that_names_the_remedy(monkeypatch):
    def score(**how):
        extract(METRICS["bleu"], [["x"]], [[("x",)]], **how)

    with pytest.raises(UsageError, match=r"is no tokenizer of sacrebleu: 'mecab'\. Known: 13a"):
        score(language="ja", tokenize="mecab")
    with pytest.raises(UsageError, match=r"pip install 'sacrebleu\[ko\]'"):
        score(language="ko")
    japanese = importlib.import_module("sacrebleu.tokenizers.tokenizer_ja_mecab")
    monkeypatch.setattr(japanese, "MeCab", None)
    with pytest.raises(MissingExtraError, match=r"splitting text by 'ja-mecab' .* 'alignkit\[evaluate\]'"):
        score(language="ja")


def test_without_sacrebleu_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "sacrebleu.metrics", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'alignkit\[evaluate\]'"):
        extract(METRICS["chrf"], [["x"]], [[("x",)]], "en")
