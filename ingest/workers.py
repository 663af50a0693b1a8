"""One stream of work on several cores: worker processes that share it out in small lots.

Results come in the order of the items, and only a few lots are under way at a time, so that memory does not
grow with the stream. The stream itself is read here, in the calling process. Workers are started afresh (no
fork: the caller may hold a store open), don't hear Ctrl-C, which is the caller's, and end with it; a stream that is
given up does not wait for what they have under way.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from typing import TypeVar

from graph.errors import NhsGraphError

Item = TypeVar("Item")
Result = TypeVar("Result")

LOT = 8
"""Items that a worker gets at a time."""
_AHEAD = 3
"""Lots under way for each worker."""


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def spread(work: Callable[[Sequence[Item]], list[Result]], items: Iterable[Item], *, workers: int) -> Iterator[Result]:
    """Do `work` on lots of items in worker processes; results in order. `work` must be picklable.

    Raises:
        NhsGraphError: a worker died. What `work` raises comes through at its place in the order.
    """
    stream = iter(items)
    lots: deque[Future[list[Result]]] = deque()
    others = set(multiprocessing.active_children())
    done = False
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), initializer=_settle)
    try:
        while True:
            while len(lots) < workers * _AHEAD and (lot := list(islice(stream, LOT))):
                with _deaf():
                    lots.append(pool.submit(work, lot))
            if not lots:
                done = True
                return
            yield from lots.popleft().result()
    except BrokenProcessPool as error:
        raise NhsGraphError("a worker process died, perhaps for want of memory: try --workers 1") from error
    finally:
        if not done:
            for child in multiprocessing.active_children():
                if child not in others:
                    child.terminate()
        pool.shutdown(cancel_futures=True)


@contextmanager
def _deaf() -> Iterator[None]:
    """Hold back Ctrl-C while a worker is started: it inherits that, and keeps it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _settle() -> None:
    """In a worker: leave Ctrl-C to the caller, and end if the caller is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow, daemon=True).start()


def _follow() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)
