"""Garbage is collected by the window, in its own thread, and not in the midst of another's work."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject

from counter_assistant.ui.garbage import GarbageCollector


class Knot:
    """What only a search for garbage finds: it holds itself."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def collector(qapp: Any) -> Iterator[GarbageCollector]:
    parent, before = QObject(), gc.isenabled()
    gc.collect()
    yield GarbageCollector(parent)
    gc.unfreeze()
    if before:
        gc.enable()


def ended_in(knot: Knot) -> list[int]:
    """The thread in which it ends, once it has."""
    threads: list[int] = []
    weakref.finalize(knot, lambda: threads.append(threading.get_ident()))
    return threads


def litter() -> None:
    """As much as Python would collect after."""
    for _ in range(gc.get_threshold()[0] + 1):
        Knot()


def test_it_ends_in_the_windows_thread_though_another_made_the_litter(collector: GarbageCollector) -> None:
    threads = ended_in(Knot())
    other = threading.Thread(target=litter)
    other.start()
    other.join()
    assert threads == []
    collector.look()
    assert threads == [threading.get_ident()]


def test_a_little_garbage_waits(collector: GarbageCollector) -> None:
    gc.collect()
    threads = ended_in(Knot())
    collector.look()
    assert threads == []
