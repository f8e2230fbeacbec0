"""The archive at 100,000 slips: ten years of a busy window. Times in milliseconds unless the name says otherwise."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median, quantiles

from counter_assistant.domain.cases.act_entry import SlipIssued
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.papers.paper_entry import Card, Registered
from counter_assistant.storage.book import Book
from counter_assistant.storage.engines.sqlite.database import Database
from counter_assistant.storage.journal import chain, entries, tables
from counter_assistant.storage.journal.body_codec import packed
from counter_assistant.storage.journal.records import IssuedRecord
from counter_assistant.storage.views.archive import Archive

SLIPS = 100_000
SEARCHES = 300
ISSUES = 100
OPENING = datetime.fromisoformat("2016-11-23T08:30:00+08:00")
SERIES = "notification_slip/LC01"
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余岩玉刀召艾叶"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英罕香保温果相存信金玲红梅华建国文辉力子涵宇轩欣怡浩然诗梦嘉俊"
ITEMS = [
    (f"B{n:02}", name) for n, name in enumerate(("购房提取", "租房提取", "离退休提取", "偿还贷款提取", "死亡提取"), 1)
]
CLERKS = ("李某", "张敏", "杨丽华")


def run() -> dict[str, float]:
    """Builds the book in a folder of its own and measures searching and issuing in it."""
    chance = random.Random(20261123)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.db"
        started = time.perf_counter()
        book = Book.open(Database.open(path, lambda: OPENING), "LC01")
        build(book, chance)
        built = time.perf_counter() - started
        try:
            figures = {"build_s": built, "size_mb": path.stat().st_size / 1e6, **measure(book, chance)}
        finally:
            book.database.close()
    return {name: round(value, 3) for name, value in figures.items()}


def build(book: Book, chance: random.Random) -> None:
    """The bulk path: every entry in one transaction, linked here without asking for the last one, and the views after."""
    with book.database.writing() as handle:
        last, _, previous, *_ = entries.head(handle)
        for n in range(1, SLIPS + 1):
            moment = OPENING + timedelta(minutes=12 * n)
            issued = record(chance, n, moment)
            content = SlipIssued(Registered(SERIES, n, issued.card), issued.slip, issued.act).to_payload()
            own = {"schema": 1, "request": {"uuid": f"request {n}", "digest": ""}}
            body, kind = chain.canonical({**own, **content}), EntryKind.SLIP_ISSUED
            inner = chain.inner_digest(b"salt", body)
            link = chain.Link(last + n, moment.isoformat(), str(kind), str(kind.visibility), inner)
            previous = link.hash(previous)
            columns = (link.seq, link.time, link.kind, link.visibility, link.algorithm, inner, previous, f"request {n}")
            tables.insert_rows(handle, tables.Entry, [columns])
            tables.insert_rows(handle, tables.Payload, [(link.seq, b"salt", packed(body))])
    book.rebuild()


def record(chance: random.Random, n: int, moment: datetime) -> IssuedRecord:
    name = chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2, 2, 3))))
    item, item_name = chance.choice(ITEMS)
    card = Card(
        f"LC01-GZ-{moment.year}-{n:06}", "notification_slip", name, item, item_name, f"{moment:%Y-%m-%d}",
        chance.choice(CLERKS), f"{chance.randrange(10_000):04}", f"{chance.randrange(1000):03}X", qr=f"10101{n:011}",
    )  # fmt: skip
    return IssuedRecord(card, {"title": "一次性告知单", "body": [{"paragraph": [["须提供的材料", False]]}] * 20})


def measure(book: Book, chance: random.Random) -> dict[str, float]:
    archive = Archive(book.database)
    kinds: dict[str, Callable[[], str]] = {
        "search": lambda: chance.choice(SURNAMES) + chance.choice(GIVEN),
        "one_character": lambda: chance.choice(SURNAMES),
        "initials": lambda: "".join(chance.choices("ywlzhg", k=2)),
        "two_words": lambda: f"{chance.choice(SURNAMES)} {chance.randrange(10_000):04}",
    }
    figures: dict[str, float] = {}
    archive.search("重庆")  # the table of initials is read once
    for name, query in kinds.items():
        times = [timed(partial(archive.search, query())) for _ in range(SEARCHES)]
        figures |= {f"{name}_p50_ms": median(times), f"{name}_p95_ms": quantiles(times, n=20)[-1]}
    figures["check_s"] = timed(book.check) / 1000
    return figures | {"issue_ms": median(timed(partial(issue, book, chance, n)) for n in range(ISSUES))}


def issue(book: Book, chance: random.Random, n: int) -> None:
    book.issue(lambda _: SERIES, f"measured {n}", "", lambda sequence, moment: record(chance, sequence, moment))


def timed(act: Callable[[], object]) -> float:
    """Milliseconds that an act takes."""
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000
