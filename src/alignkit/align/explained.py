"""Two headlines by themselves: score, relation and explanation."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from alignkit.align.explanation import explain_pairs
from alignkit.align.stage import relate_candidates, score_candidates
from alignkit.config import AlignSettings
from alignkit.errors import UsageError
from alignkit.reading import read_headlines
from alignkit.schema import CANDIDATES, HEADLINES
from alignkit.text.lexicon.store import load_lexicon
from alignkit.text.places import places_in_published, published_span

if TYPE_CHECKING:
    import polars as pl

    from alignkit.align.explanation import Explanation, Said, Span
    from alignkit.encoders.embedder import Embedder
    from alignkit.text.normalise import Normalised


@dataclass(frozen=True)
class ExplainedPair:
    """How two headlines correspond.

    Attributes:
        en: The English headline, and what stood around it.
        ja: The Japanese headline, likewise.
        score: The probability that they are of the same story and at least overlap, as if there were no others.
        relation: How their news are related, as the aligner tells it.
        explanation: Why.
    """

    en: Normalised
    ja: Normalised
    score: float
    relation: str
    explanation: Explanation

    def as_dict(self) -> dict[str, Any]:
        """Give it as plain values; places are those of the headlines as they were published."""
        spots = {
            "en": places_in_published(self.en.published, self.en.text),
            "ja": places_in_published(self.ja.published, self.ja.text),
        }

        def place(lang: str, span: Span) -> dict[str, Any]:
            published = self.en.published if lang == "en" else self.ja.published
            start, end = published_span(spots[lang], span.start, span.end)
            return {"start": start, "end": end, "text": published[start:end]}

        def side(lang: str, said: Said) -> dict[str, Any]:
            left = [place(lang, each.span) | {"kind": each.kind} for each in said.left]
            return {"coverage": round(said.share, 4), "words": said.words, "left": left}

        explanation = self.explanation
        return {
            "en": {"published": self.en.published, "text": self.en.text, **side("en", explanation.en)},
            "ja": {"published": self.ja.published, "text": self.ja.text, **side("ja", explanation.ja)},
            "score": round(self.score, 4),
            "relation": self.relation,
            "checks": asdict(explanation.checks),
            **{
                name: [
                    {"kind": match.kind, "en": place("en", match.en), "ja": place("ja", match.ja)} for match in matches
                ]
                for name, matches in (("matches", explanation.matches), ("conflicts", explanation.conflicts))
            },
        }


def explain_aligned(headlines: pl.DataFrame, pairs: pl.DataFrame) -> list[ExplainedPair]:
    """Explain aligned pairs.

    Args:
        headlines: The table `alignkit.schema.HEADLINES`.
        pairs: The table `alignkit.schema.PAIRS`, of these headlines.

    Returns:
        The explanations, in the order of the pairs.
    """
    read = dict(zip(headlines["id"], read_headlines(headlines), strict=True))
    en, ja = ([read[name] for name in pairs[column]] for column in ("en_id", "ja_id"))
    explained = explain_pairs([each.text for each in en], [each.text for each in ja], load_lexicon())
    facts = zip(en, ja, pairs["score"], pairs["relation"], explained, strict=True)
    return [ExplainedPair(*each) for each in facts]


def explain_pair(en: str, ja: str, *, embedder: Embedder | None = None) -> ExplainedPair:
    """Explain how two headlines correspond.

    Args:
        en: An English headline as published.
        ja: A Japanese headline as published.
        embedder: What turns texts into vectors; None for the default encoder.

    Raises:
        UsageError: A headline is empty.
    """
    for name, text in (("English", en), ("Japanese", ja)):
        if not text.strip():
            raise UsageError(f"the {name} headline is empty")
    rows: list[dict[str, object]] = [
        {"id": lang, "lang": lang, "text": text, "collector": "-", "source": "-"}
        for lang, text in (("en", en), ("ja", ja))
    ]
    headlines = HEADLINES.frame(rows)
    candidates = CANDIDATES.frame([{"en_id": "en", "ja_id": "ja", "reason": "neighbour"}])
    settings = AlignSettings()
    scored = score_candidates(headlines, candidates, settings=settings, embedder=embedder)
    related = relate_candidates(headlines, scored, settings=settings, embedder=embedder).row(0, named=True)
    read_en, read_ja = read_headlines(headlines)
    (explanation,) = explain_pairs([read_en.text], [read_ja.text], load_lexicon())
    return ExplainedPair(read_en, read_ja, related["score"], related["relation"], explanation)
