"""In which order the tests run: another one each time, so that none leans on what an earlier one left behind."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

LONG = {"nightly", "x11"}
"""The marks of what takes longest."""


def in_random_order(items: Sequence[pytest.Item], seed: int) -> list[pytest.Item]:
    """The modules shuffled and the tests within each, so that what a module shares is still made once.

    Modules with what takes long come first: at the end no worker should be left alone with it.
    """
    modules: dict[Path, list[pytest.Item]] = {}
    for item in items:
        modules.setdefault(item.path, []).append(item)
    chance = random.Random(seed)
    order = chance.sample(sorted(modules), len(modules))
    order.sort(key=lambda path: not any(LONG & {mark.name for mark in item.iter_markers()} for item in modules[path]))
    return [item for path in order for item in chance.sample(modules[path], len(modules[path]))]
