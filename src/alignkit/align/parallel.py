"""A function over many jobs, in several processes, in order and with few jobs in memory at a time."""

from __future__ import annotations

from collections import deque
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

_Result = TypeVar("_Result")

# A process takes a second or two to start; for fewer jobs the work is done sooner without one.
LEAST_JOBS_FOR_PROCESSES: Final = 4


def in_order(
    function: Callable[..., _Result], jobs: Iterable[tuple[object, ...]], count: int, *, processes: int
) -> Iterator[_Result]:
    """Give the function's results for jobs, in the jobs' order.

    Args:
        function: A function of a module, so that other processes find it.
        jobs: Its arguments, job by job.
        count: How many jobs there are.
        processes: How many processes to work in, where there are many jobs.
    """
    if processes == 1 or count < LEAST_JOBS_FOR_PROCESSES:
        for job in jobs:
            yield function(*job)
        return
    waiting: deque[Future[_Result]] = deque()
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        for job in jobs:
            waiting.append(pool.submit(function, *job))
            # What is submitted is held in memory until it is done.
            if len(waiting) > processes:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
