from __future__ import annotations

from dataclasses import asdict

from alignkit.align import facts
from alignkit.align.facts import compare_facts, read_facts


def compared(en, ja):
    return compare_facts(*read_facts([en], "en"), *read_facts([ja], "ja"))


def test_each_check_has_a_verdict_of_its_own():
    found = compared("WHO: 3 dead on May 5", "WHO「9人死亡」　5月5日")
    assert asdict(found.checks) == {"numbers": "conflict", "dates": "agree", "names": "agree", "polarity": "agree"}


def test_what_is_denied_and_when_it_was_are_compared_without_a_verdict():
    found = compared("Plant did not reopen last year", "工場、来年再開")
    assert found.more_negations == 1
    assert found.turns.conflicting == ((0, 0),)
    assert found.checks.dates == "absent"


def test_what_was_read_lately_is_remembered_until_there_is_too_much(monkeypatch):
    monkeypatch.setattr(facts, "_TEXTS_REMEMBERED", 2)
    first = read_facts(["One fire", "Two fires"], "en")
    assert read_facts(["One fire"], "en")[0] is first[0]
    again = read_facts(["Three fires", "One fire"], "en")
    assert again[1] == first[0]
