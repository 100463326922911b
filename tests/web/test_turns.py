from __future__ import annotations

import threading

import pytest

from alignkit.web.once import Once
from alignkit.web.turns import TooLongAWait, Turns


@pytest.fixture
def turns(clock):
    return Turns(2.0, 60.0, clock=clock, sleep=clock.sleep)


def test_a_host_is_waited_for_from_the_end_of_its_last_turn(turns, clock):
    with turns.turn("hibari.example"):
        clock.now += 10
    clock.now += 0.5
    with turns.turn("suzume.example"):
        assert clock.slept == []
    with turns.turn("hibari.example"):
        assert clock.slept == [1.5]
    assert turns.taken == {"hibari.example": 2, "suzume.example": 1}


def test_a_turn_that_fails_counts_as_well(turns, clock):
    with pytest.raises(ZeroDivisionError), turns.turn("hibari.example"):
        _ = 1 / 0
    with turns.turn("hibari.example"):
        assert clock.slept == [2]


def test_a_host_may_slow_us_down_but_not_hurry_us(turns, clock):
    for asked in (5.0, 1.0):
        turns.slow_down("hibari.example", asked)
        with turns.turn("hibari.example"):
            pass
    turns.slow_down("suzume.example", 1.0)
    for _ in range(2):
        with turns.turn("suzume.example"):
            pass
    assert clock.slept == [5, 2]


def test_a_host_that_is_put_off_is_waited_for_within_reason(turns, clock):
    turns.put_off("hibari.example", 30)
    turns.put_off("hibari.example", 10)
    with turns.turn("hibari.example"):
        assert clock.slept == [30]
    turns.put_off("hibari.example", 61)
    with pytest.raises(TooLongAWait) as error, turns.turn("hibari.example"):
        pass
    assert error.value.seconds == 61


def test_one_finds_out_for_all_who_ask_at_once(clock):
    asked = []
    started = threading.Event()

    def _find(key):
        asked.append(key)
        started.wait(5)
        return key.upper(), 10.0

    once = Once(_find, clock)
    found = []
    threads = [threading.Thread(target=lambda: found.append(once.get("a"))) for _ in range(5)]
    for thread in threads:
        thread.start()
    started.set()
    for thread in threads:
        thread.join()
    assert (found, asked) == (["A"] * 5, ["a"])
    clock.now += 10
    assert once.get("a") == "A"
    assert asked == ["a", "a"]
