from __future__ import annotations

from alignkit.collect.mentions import read_mentions
from alignkit.pair.mentions import mentioned_together
from alignkit.pair.stage import find_candidates
from alignkit.schema import HEADLINES


def mentioned(row, lang, place, collector="mentions"):
    return {"id": row, "lang": lang, "text": row, "collector": collector, "source": f"note.md#{place}"}


def test_headlines_of_one_paragraph_belong_together():
    headlines = HEADLINES.frame(
        [
            mentioned("en-1", "en", "paragraph 2, sentence 1"),
            mentioned("ja-1", "ja", "paragraph 2, sentence 3"),
            mentioned("ja-2", "ja", "paragraph 3, sentence 1"),
            mentioned("ja-3", "ja", "paragraph 2, sentence 1", collector="files"),
        ]
    )
    assert mentioned_together(headlines).rows() == [("en-1", "ja-1")]


def test_such_pairs_are_candidates_because_they_were_mentioned():
    document = (
        "Kyodo's English edition reported “Lake ice melts earliest on record in northern basin” on 12 May 2031; "
        "Kahoku Shimpo carried it under the headline 「湖の氷、観測史上最も早く解ける」."
    )
    records = [item for item in read_mentions(document, name="note.txt") if hasattr(item, "fields")]
    headlines = HEADLINES.frame(
        [mentioned(record.fields["text"], record.fields["lang"], record.place) for record in records]
    )
    candidates = find_candidates(headlines, known_pairs=mentioned_together(headlines))
    assert candidates["reason"].to_list() == ["mention"]
