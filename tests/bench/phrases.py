"""Phrases and guard: a search among 2,000 phrases, and a page of 3,000 characters looked through for forbidden ones.

The peer is the plainest thing that could do either job: `in` over the texts, for every word and every forbidden phrase. It
knows no initials, no variants and no lawful 逾期不办理; the ratios say what knowing them costs. Milliseconds of this process.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from functools import partial
from statistics import median, quantiles

from counter_assistant import paths
from counter_assistant.domain.wording.phrase_search import PhraseIndex
from counter_assistant.domain.wording.phrases import Moment, PhraseChannel, own_phrase
from counter_assistant.storage.characters.pinyin import initials
from counter_assistant.storage.content.phrase_files import read_phrases
from tests.forbidden import FORBIDDEN, guard

PHRASES, PAGE, SEARCHES, PAGES = 2_000, 3_000, 300, 60
QUERIES = ("补齐", "bq", "qnzzl", "sl 答复", "z", "n", "djf", "bzbq", "hhqqq", "没有", "18", "办理 材料", "zzzz")


def run() -> dict[str, float]:
    """The figures of this bench."""
    chance = random.Random(20261123)
    texts = phrase_texts(chance)
    phrases = [own_phrase(26 + n, text, PhraseChannel.COUNTER, Moment.DONE) for n, text in enumerate(texts)]
    initials("重")  # the table of initials is read once
    built = timed(lambda: PhraseIndex.of(phrases, initials))
    index = PhraseIndex.of(phrases, initials)
    queries = [chance.choice(QUERIES) for _ in range(SEARCHES)]
    ours, plain = in_turns(
        [(partial(index.search, query), partial(plain_search, texts, query)) for query in queries], SEARCHES
    )
    pages = [page(chance) for _ in range(PAGES + 1)]
    guard(pages[0])  # compiles the rules
    looked, scanned = in_turns([(partial(guard, text), partial(plain_guard, text)) for text in pages[1:]], PAGES)
    figures = {
        "index_build_ms": built,
        "search_p50_ms": median(ours),
        "search_p95_ms": quantiles(ours, n=20)[-1],
        "plain_search_ms": median(plain),
        "search_ratio": median(ours) / median(plain),
        "guard_p50_ms": median(looked),
        "guard_p95_ms": quantiles(looked, n=20)[-1],
        "plain_guard_ms": median(scanned),
        "guard_ratio": median(looked) / median(scanned),
    }
    return {name: round(value, 3) for name, value in figures.items()}


def phrase_texts(chance: random.Random) -> list[str]:
    """Two approved phrases and a number each, so that no two are alike."""
    approved = [phrase.text for phrase in read_phrases(paths.resources() / "phrases")]
    return [f"{chance.choice(approved)}第{n}号{chance.choice(approved)}" for n in range(PHRASES)]


def page(chance: random.Random) -> str:
    """3,000 characters of the catalogue's own wording, clauses shuffled."""
    files = sorted((paths.resources() / "catalogue" / "items").glob("*.toml"))
    words = [line for path in files[:12] for line in path.read_text("utf-8").split('"')[1::2]]
    chance.shuffle(words)
    return "，".join(words)[:PAGE]


def plain_search(texts: list[str], query: str) -> list[int]:
    words = query.split()
    return [n for n, text in enumerate(texts) if all(word in text for word in words)]


def plain_guard(text: str) -> list[str]:
    return [phrase.text for phrase in FORBIDDEN.phrases if phrase.text.rstrip("。?!") in text]


def in_turns(
    pairs: list[tuple[Callable[[], object], Callable[[], object]]], turns: int
) -> tuple[list[float], list[float]]:
    """Both sides of every pair, one after the other, so that a busy machine slows both."""
    taken = [(timed(ours), timed(peers)) for ours, peers in pairs[:turns]]
    return [ours for ours, _ in taken], [peers for _, peers in taken]


def timed(act: Callable[[], object]) -> float:
    """Milliseconds of this process that an act takes."""
    started = time.process_time()
    act()
    return (time.process_time() - started) * 1e3
