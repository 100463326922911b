import threading

import pytest

from alignkit.export.threads import in_threads


def test_results_are_in_the_order_of_the_items():
    assert list(in_threads(str, range(50))) == [str(number) for number in range(50)]


def test_items_are_taken_only_as_threads_become_free():
    taken = []

    def items():
        for number in range(100):
            taken.append(number)
            yield number

    results = in_threads(lambda number: number, items())
    assert next(results) == 0
    assert len(taken) < 10


def test_an_error_is_raised_where_its_result_would_be():
    def half(number):
        if number == 3:
            raise ValueError(number)
        return number / 2

    results = in_threads(half, range(10))
    assert [next(results) for _ in range(3)] == [0, 0.5, 1]
    with pytest.raises(ValueError, match="3"):
        next(results)


def test_the_threads_end_with_the_iterator():
    before = threading.active_count()
    list(in_threads(str, range(9)))
    assert threading.active_count() == before
