"""核对柜台助手导出的台账。只用 Python 3.8 以上自带的库：把这个文件和导出的文件夹拿到任何一台电脑上都能核对。

Verifies an export of a Counter Assistant book with the standard library alone. docs/audit-format.md says the format to the byte.

    python3 verify_book.py FOLDER [--head SEQ:HASH]... [--centre-key HEX] [--json]

Exit code 0: nothing is wrong; 1: something is, and each finding names its entry; 2: it could not be verified at all.
"""

from __future__ import annotations

import argparse
import bisect
import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

LINES, TABLE, VERIFIER, MANIFEST = "book.jsonl", "slips.csv", "verify_book.py", "manifest.json"
LINES_FORMAT, EXPORT_FORMAT, ALGORITHM = "counter-assistant-lines-1", "counter-assistant-export-1", "sha256-1"
START = bytes(32)
LARGEST = 2**53 - 1
SAID = {"format", "book", "head", "entries", "made_at", "program", "withheld", "files"}
NAMES = {"seq", "time", "kind", "visibility", "algorithm", "inner", "hash", "uuid", "salt", "body"}
WITHHELD = ("key_slot",)
ERASABLE = {  # what a content may be erased from: with `of` some of it has left, and the rest stays; without, hardly anything
    "slip_issued", "slip_voided", "slip_reprinted", "number_revealed", "oral_notice", "inquiry", "case_step", "number_confirmed",
    "step_withdrawn", "review", "register_answered", "result_filed", "register_withdrawn", "day_closed", "month_closed", "year_closed",
}  # fmt: skip
TIME = re.compile(
    "[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9][+-](?:[01][0-9]|2[0-3]):[0-5][0-9]"
)
NAMED = re.compile("erase:([1-9][0-9]{0,15})")
DEEPEST = 64
FURTHEST = 10**6
CLOSINGS = ("day_closed", "month_closed", "year_closed")
WITNESSED, SIGNED_AS = "head_witnessed", b"counter-assistant-cosigned-head-1\0"
STATEMENT = re.compile(
    r'\{"book":"([0-9a-f]{32})","entries":([1-9][0-9]{0,14}),"format":"counter-assistant-head-1","head":"([0-9a-f]{64})",'
    r'"installation":"([0-9]{6})","time":"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[+-][0-9]{2}:[0-9]{2})"\}'
)
HEADINGS = (
    "记录", "编号", "文种", "当事人", "其他姓名", "事项编码", "事项", "出具时间", "受理日", "经办人", "电话尾号", "证件尾号", "渠道",
    "校验码", "作废记录", "补打次数",
)  # fmt: skip
FORMULA = tuple("=+-@＝＋－＠\t\r")
SOUND, WRONG, UNVERIFIED = 0, 1, 2
SHOWN = 100

SENTENCES = {
    "file-missing": ("没有文件 {0}。", "File {0} is missing."),
    "file-changed": ("文件 {0} 与清单上的摘要不符。", "File {0} does not have the digest in the manifest."),
    "manifest-wrong": ("清单不合格式：{0}。", "The manifest is not in the format: {0}."),
    "manifest-head": ("清单写的末尾是 {0}，记录的末尾是 {1}。", "The manifest ends with {0}, the entries end with {1}."),
    "header-wrong": ("首行不合格式。", "The first line is no header of this format."),
    "other-book": ("启用台账的一条、首行和清单说的不是同一本台账。", "Opening entry, header and manifest name different books."),
    "not-opened": ("第 1 条不是启用台账。", "Entry 1 is not the opening of a book."),
    "line-unreadable": ("第 {0} 行读不懂或者写法被改过。", "Line {0} cannot be read, or its spelling was changed."),
    "line-cut": ("最后一行没有写完。", "The last line is incomplete."),
    "missing": ("缺这一条。", "This entry is missing."),
    "repeated": ("这一条又出现了一次。", "This entry is there once more."),
    "out-of-place": ("这一条不在它的位置上。", "This entry is not in its place."),
    "hash": ("与哈希链不符。", "It does not fit the hash chain."),
    "content-changed": ("内容被改动。", "Its content was changed."),
    "content-missing": ("内容缺失，也没有清除的记录。", "Its content is missing, and no entry erases it."),
    "content-unreadable": ("内容读不懂。", "Its content cannot be read."),
    "uuid": ("申请编号与内容不符。", "Its uuid is not the one in its content."),
    "erased-there": ("第 {0} 条说已清除，内容却还在。", "Entry {0} says it was erased, and its content is there."),
    "erasure-wrong": ("清除的对象不对。", "It does not erase what it names."),
    "erasure-kept": ("清除后留下的不是该留下的。", "What it keeps is not what is to be kept."),
    "withheld-there": ("这一类内容不导出，却在这里。", "Contents of this kind are withheld, and it is there."),
    "number-start": ("说接在 {0} 号后面，应接在 {1} 号后面。", "It goes on after place {0}, and should after {1}."),
    "number-gap": ("编号不连续：{0}。", "Its number does not follow: {0}."),
    "number-back": ("使编号倒退：{0}。", "It sets a series back: {0}."),
    "number-twice": ("编号重复：{0}。", "Its number was given out before: {0}."),
    "paper-unknown": ("说的文书不在台账里：{0}。", "It is about a paper that is not in the book: {0}."),
    "closing-head": ("结账记下的第 {0} 条，与台账里的不符。", "The closing names another entry {0} than the book has."),
    "closing-sums": ("结账的数与记录不符：{0}。", "The closing's figures differ from the entries: {0}."),
    "closing-stretch": ("日结从第 {0} 条起，应从第 {1} 条起。", "The closing begins at entry {0}, and should at {1}."),
    "witness-unreadable": ("中心见证的台账头不合格式。", "Its co-signed head is not in the format."),
    "witness-signature": ("中心见证的签名不对。", "The signature of its co-signed head is wrong."),
    "witness-key": ("签名的不是给定的中心公钥，是 {0}。", "It was signed with another key than the one given for the centre: {0}."),
    "witness-book": ("中心见证的是另一本台账。", "Its co-signed head is of another book."),
    "witness-head": ("中心见证过的第 {0} 条，与台账里的不符。", "The centre co-signed another entry {0} than the book has."),
    "table": ("文书表与记录不符，第 {0} 行。", "The table of slips differs from the entries at row {0}."),
    "head-beyond": ("凭据上有这一条，台账没有：放回了旧的，或者末尾被截去。", "The head from outside is of this entry, which the book does not have: an older copy, or its tail was cut off."),
    "head-differs": ("与凭据不符：从第 {0} 条到第 {1} 条之间起，另外写过。", "It differs from the head from outside: from between entries {0} and {1} on, the book was written anew."),
    "head-miscopied": ("与凭据不符，后面的第 {0} 条却相符：凭据多半抄错了。", "It differs from the head from outside, but the later one of entry {0} fits: the head was probably copied wrong."),
}  # fmt: skip


class Finding(NamedTuple):
    """Something that is wrong. `seq` is the number of the entry; 0 where it is about a whole file."""

    seq: int
    code: str
    values: tuple[Any, ...] = ()

    def lines(self) -> tuple[str, str]:
        """What is wrong, in Chinese and in English."""
        chinese, english = (sentence.format(*map(plain, self.values)) for sentence in SENTENCES[self.code])
        return (f"第 {self.seq} 条：{chinese}", f"Entry {self.seq}: {english}") if self.seq else (chinese, english)


class Unverifiable(Exception):
    """It cannot be verified at all; in Chinese and in English."""


class Head(NamedTuple):
    """The number of an entry, and its hash in hex or the beginning of it, as somebody else kept them."""

    seq: int
    digits: str


class Erasure(NamedTuple):
    """What an erasure keeps. `kept` is None where the erasure was itself erased, `of` where all was erased. One that leaves less of an
    earlier erasure (`again`) keeps that much of the entry that the earlier one names."""

    seq: int
    kept: dict[str, Any] | None
    of: str | None
    again: bool


class Event(NamedTuple):
    """What an entry does to the numbers: `what` is issued, started, voided or reprinted."""

    seq: int
    what: str
    series: str
    first: int
    last: int
    number: str


def canonical(value: Any) -> str:
    """The one way to write JSON down."""
    return _WRITER.encode(value)


def parse(text: str) -> dict[str, Any]:
    """An object in JSON without fractions and without numbers of more than 53 bits. Raises ValueError for anything else."""
    value = _READER.decode(text)
    if not isinstance(value, dict):
        raise ValueError("no object")
    return value


def parse_canonical(text: str) -> dict[str, Any]:
    """An object that is spelled in the one way, and nested at most 64 deep. Raises ValueError for anything else."""
    value = parse(text)
    if text.count("{") + text.count("[") > DEEPEST and not _is_shallow(value, DEEPEST):
        raise ValueError("nested too deep")
    if canonical(value) != text:
        raise ValueError("spelled otherwise")
    return value


def _is_shallow(value: dict[str, Any], depth: int) -> bool:
    level: list[Any] = [value]
    for _ in range(depth):
        parts = [part for one in level for part in (one.values() if type(one) is dict else one)]
        level = [part for part in parts if type(part) is dict or type(part) is list]
        if not level:
            return True
    return False


def text_in(content: dict[str, Any], *names: str) -> str:
    """A string in a content. Raises KeyError where it is missing, TypeError where it is none."""
    value: Any = content
    for name in names:
        value = value[name]
    if not isinstance(value, str):
        raise TypeError(names)
    return value


def whole(value: Any) -> int:
    """An integer, which true and false are not. Raises TypeError for anything else."""
    if type(value) is not int:
        raise TypeError("no integer")
    return value


def require_time(text: Any) -> None:
    """Raises ValueError or TypeError for what is not written as the program writes a time."""
    if not TIME.fullmatch(text):
        raise ValueError("time")
    datetime.fromisoformat(text)


def _never(text: str) -> Any:
    raise ValueError(text)


def _whole(text: str) -> int:
    if len(text) > 17 or abs(int(text)) > LARGEST:
        raise ValueError(text)
    return int(text)


_READER = json.JSONDecoder(parse_float=_never, parse_constant=_never, parse_int=_whole)
_WRITER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest(*parts: bytes) -> bytes:
    """SHA-256 of parts, each after its length in eight bytes, the highest first."""
    made = hashlib.sha256()
    for part in parts:
        made.update(len(part).to_bytes(8, "big"))
        made.update(part)
    return made.digest()


def link_of(line: dict[str, Any], previous: bytes) -> bytes:
    """The hash that an entry has to have after the one whose hash is `previous`."""
    texts = [line[name].encode() for name in ("time", "kind", "visibility")]
    return digest(
        previous, line["algorithm"].encode(), line["seq"].to_bytes(8, "big"), *texts, bytes.fromhex(line["inner"])
    )


def read_line(text: str) -> dict[str, Any]:
    """A line of the file. Raises ValueError for one that is spelled otherwise than the program does it."""
    line = parse(text)
    texts = all(
        isinstance(line.get(name), str) for name in ("time", "kind", "visibility", "algorithm", "inner", "hash")
    )
    optional = all(line.get(name) is None or isinstance(line[name], str) for name in ("uuid", "salt", "body"))
    seq = line.get("seq")
    if line.keys() != NAMES or not texts or not optional or (line["salt"] is None) != (line["body"] is None):
        raise ValueError("not a line")
    if type(seq) is not int or not 0 < seq <= LARGEST or canonical(line) != text:
        raise ValueError("not a line")
    if line["visibility"] not in ("public", "internal", "confidential"):
        raise ValueError("not a line")
    if not all(re.fullmatch("[0-9a-f]{64}", line[name]) for name in ("inner", "hash")):
        raise ValueError("not a line")
    if line["salt"] is not None and not re.fullmatch("(?:[0-9a-f]{2})*", line["salt"]):
        raise ValueError("not a line")
    require_time(line["time"])
    return line


def lines_of(path: Path) -> Iterator[tuple[int, bytes]]:
    """The lines of a file with their numbers, from 1; the last one without its end where that is missing."""
    with path.open("rb") as file:
        yield from enumerate(file, 1)


def read_erasures(path: Path) -> dict[int, Erasure]:
    """What was erased, by the number of the entry that it was erased from."""
    found: dict[int, Erasure] = {}
    for _, raw in lines_of(path):
        if b'"payload_erased"' not in raw:
            continue
        try:
            line = read_line(raw.decode().rstrip("\n"))
            named = NAMED.fullmatch(line["uuid"] or "")
            if line["kind"] != "payload_erased" or named is None or int(named[1]) >= line["seq"]:
                continue
            body: dict[str, Any] = {} if line["body"] is None else parse(line["body"])
            again = body.get("of") == "payload_erased"
            said = body["kept"] if again else body
            kept = None if line["body"] is None else {key: said["kept"][key] for key in _NEEDED if key in said["kept"]}
            found.setdefault(int(named[1]), Erasure(line["seq"], kept, said.get("of"), again))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            continue  # the second reading says what is wrong with it
    return found


_NEEDED = ("request", "issue", "card", "number", "first", "last", "head", "figures")


class Book:
    """The entries of an export, read from the first to the last."""

    def __init__(self, folder: Path, centre_key: str = "") -> None:
        self.centre_key = centre_key
        self.findings: list[Finding] = []
        self.book, self.opened = "", ""
        self.seq, self.count = 0, 0
        self.previous: bytes | None = START
        self.hashes = bytearray()
        self.kinds: list[str] = []
        self.events: list[Event] = []
        self.rows: dict[int, list[str]] = {}
        self.given: dict[str, int] = {}
        self.ends: dict[str, int] = {}
        self.closed_to, self.said_erased = 0, 0
        self.witnessed: dict[str, int] = {}
        self.path = folder / LINES
        self.erased = read_erasures(self.path)
        self.names = {erasure.seq: seq for seq, erasure in self.erased.items()}
        self._read()

    def say(self, seq: int, code: str, *values: Any) -> None:
        """Notes something that is wrong."""
        self.findings.append(Finding(seq, code, values))

    def hash_at(self, seq: int) -> str:
        """The hash of an entry in hex; zeros where it is missing."""
        return bytes(self.hashes[(seq - 1) * 32 : seq * 32]).hex()

    def _read(self) -> None:
        n = 0
        for n, raw in lines_of(self.path):
            if not raw.endswith(b"\n"):
                self.say(0, "line-cut")
            if n == 1:
                self._header(raw)
                continue
            try:
                line = read_line(raw.decode().rstrip("\n"))
            except (ValueError, RecursionError):
                self.say(self.seq + 1, "line-unreadable", n)
                self._place(self.seq + 1, START, "")
                self.previous = None
                continue
            self._entry(line)
        last_erasure = max((erasure.seq for erasure in self.erased.values()), default=0)
        if n == 0 or (self.book and self.said_erased != last_erasure):
            self.say(0, "header-wrong")

    def _header(self, raw: bytes) -> None:
        try:
            header = parse_canonical(raw.decode().rstrip("\n"))
            wanted = {"format": LINES_FORMAT, "algorithm": "plain", "key": "", "erased": whole(header["erased"])}
            if header != {**wanted, "book": header["book"]}:
                raise ValueError("another header")
            self.book, self.said_erased = text_in(header, "book"), header["erased"]
        except (ValueError, TypeError, KeyError, RecursionError):
            self.say(0, "header-wrong")

    def _place(self, seq: int, entry_hash: bytes, kind: str) -> None:
        self.hashes += entry_hash
        self.kinds.append(sys.intern(kind))
        self.seq, self.previous = seq, entry_hash

    def _entry(self, line: dict[str, Any]) -> None:
        seq = line["seq"]
        if seq <= self.seq:
            again = self.hash_at(seq) == line["hash"]
            self.say(seq, "repeated" if again else "out-of-place")
            return
        if seq - self.seq > FURTHEST:
            self.say(seq, "out-of-place")
            return
        for missing in range(self.seq + 1, min(seq, self.seq + SHOWN)):
            self.say(missing, "missing")
        for missing in range(self.seq + 1, seq):
            self._place(missing, START, "")
            self.previous = None
        self.count += 1
        known = line["algorithm"] == ALGORITHM
        if not known or (self.previous is not None and link_of(line, self.previous).hex() != line["hash"]):
            self.say(seq, "hash")
        if seq == 1 and line["kind"] != "book_opened":
            self.say(1, "not-opened")
        self._place(seq, bytes.fromhex(line["hash"]), line["kind"])
        if line["kind"] == "payload_erased":
            self._erases(seq)
        try:
            content = self._content(line)
            if content is not None:
                self._count(seq, line, content)
        except (ValueError, TypeError, KeyError, AttributeError, IndexError):
            self.say(seq, "content-unreadable")

    def _erases(self, seq: int) -> None:
        """Holds an erasure against what it names: a kind from which something may leave, or an erasure that left something."""
        named = self.names.get(seq, 0)
        kind = self.kinds[named - 1] if named else ""
        erasure = self.erased[named] if named else Erasure(0, None, None, again=False)
        if kind == "payload_erased":
            erased = self.names.get(named, 0)
            kind = self.kinds[erased - 1] if erased else ""
            of, right = erasure.of, erasure.again or (erasure.of is None and kind == "slip_issued")
        else:
            later = self.erased.get(seq)
            of, right = later.of if later and later.again else erasure.of, not erasure.again
        if not right or kind not in ERASABLE or not (of == kind or (of is None and kind == "slip_issued")):
            self.say(seq, "erasure-wrong")

    def _content(self, line: dict[str, Any]) -> dict[str, Any] | None:
        """What an entry says, or what is kept of it; None where that is nothing."""
        seq, erasure = line["seq"], self.erased.get(line["seq"])
        if line["body"] is None:
            if line["kind"] != WITNESSED:
                return self._kept(line, erasure)
            self.say(seq, "witness-unreadable")  # nothing of a person is in it, so nothing erases it
            return None
        if line["kind"] in WITHHELD:
            self.say(seq, "withheld-there")
        if erasure is not None:
            self.say(seq, "erased-there", erasure.seq)
        if digest(bytes.fromhex(line["salt"]), line["body"].encode()).hex() != line["inner"]:
            self.say(seq, "content-changed")
            return None
        try:
            body = parse_canonical(line["body"])
            request = body.get("request", {}).get("uuid")
        except (ValueError, AttributeError, RecursionError):
            self.say(seq, "content-unreadable")
            return None
        if request != line["uuid"]:
            self.say(seq, "uuid")
        return {**body, "all": True}

    def _kept(self, line: dict[str, Any], erasure: Erasure | None) -> dict[str, Any] | None:
        seq = line["seq"]
        if erasure is None:
            if line["kind"] not in WITHHELD:
                self.say(seq, "content-missing")
            return None
        while erasure is not None and erasure.kept is None:  # each erasure stands after what it names
            erasure = self.erased.get(erasure.seq)
        if erasure is None or erasure.kept is None:
            return None  # said of the erasure itself
        if erasure.of == line["kind"]:
            if erasure.kept.get("request", {}).get("uuid") != line["uuid"]:
                self.say(seq, "uuid")
            return {**erasure.kept, "all": True}
        return {**erasure.kept, "all": False} if line["kind"] == "slip_issued" else None

    def _count(self, seq: int, line: dict[str, Any], content: dict[str, Any]) -> None:
        kind = line["kind"]
        if kind == "slip_issued":
            self._issued(seq, line, content)
        elif kind == "series_started":
            self._started(seq, content)
        elif kind in ("slip_voided", "slip_reprinted"):
            self._about(seq, kind, text_in(content, "number"))
        elif kind in CLOSINGS:
            self._closed(seq, kind, content)
        elif kind == WITNESSED:
            self._witnessed(seq, content)
        elif kind == "payload_erased":
            if not isinstance(content["kept"], dict) or ("of" not in content and not _is_little(content["kept"])):
                self.say(seq, "erasure-kept")
            if content.get("of", "") is None:
                self.say(seq, "erasure-wrong")
        elif kind == "book_opened" and seq == 1:
            self.opened = text_in(content, "book")

    def _issued(self, seq: int, line: dict[str, Any], content: dict[str, Any]) -> None:
        series, number = text_in(content, "issue", "series"), text_in(content, "card", "number")
        place = whole(content["issue"]["sequence"])
        if place != self.ends.get(series, 0) + 1:
            self.say(seq, "number-gap", number)
        self.ends[series] = place
        if number in self.given:
            self.say(seq, "number-twice", number)
        self.given[number] = seq
        self.events.append(Event(seq, "issued", series, place, place, number))
        if content["all"]:
            self.rows[seq] = row_of(line, content["card"])

    def _started(self, seq: int, content: dict[str, Any]) -> None:
        series, reason = text_in(content, "series"), text_in(content, "reason")
        first, last, before = whole(content["first"]), whole(content["last"]), self.ends.get(series, 0)
        if last != before:
            self.say(seq, "number-start", last, before)
        if first <= before:
            self.say(seq, "number-back", series)
        self.ends[series] = first - 1
        self.events.append(Event(seq, "started", series, last + 1, first - 1, reason))

    def _about(self, seq: int, kind: str, number: str) -> None:
        what = "voided" if kind == "slip_voided" else "reprinted"
        self.events.append(Event(seq, what, "", 0, 0, number))
        if number not in self.given:
            self.say(seq, "paper-unknown", number)
        elif self.given[number] in self.rows:
            row = self.rows[self.given[number]]
            row[-2:] = [str(seq), row[-1]] if what == "voided" else [row[-2], str(int(row[-1]) + 1)]

    def _closed(self, seq: int, kind: str, closed: dict[str, Any]) -> None:
        first, last, figures = whole(closed["first"]), whole(closed["last"]), closed["figures"]
        if not 0 < first <= last + 1 or not 0 < last < seq or self.hash_at(last) != closed["head"]:
            self.say(seq, "closing-head", last)
            return
        if kind == "day_closed":
            if self.closed_to and first != self.closed_to + 1:
                self.say(seq, "closing-stretch", first, self.closed_to + 1)
            self.closed_to = last
        for name, found in self._figures(first, last).items():
            said = figures[name]
            if name == "voids" and type(said) is list:
                said = [void["number"] for void in said]
            if name == "gaps" and type(said) is list:
                said = [gap for gap in said if gap["reason"] != ""]
            if canonical(said) != canonical(found):  # as they are spelled, so that true is not 1
                self.say(seq, "closing-sums", name)

    def _witnessed(self, seq: int, said: dict[str, Any]) -> None:
        """Holds a head that the centre co-signed against its signature, its key and the entries before it."""
        statement, key = STATEMENT.fullmatch(said["statement"]), said["key"]
        texts = re.fullmatch("[0-9a-f]{64}", key) and re.fullmatch("[0-9a-f]{128}", said["signature"])
        if not statement or not texts or said["algorithm"] != "Ed25519":
            self.say(seq, "witness-unreadable")
            return
        if not ed25519_verify(
            bytes.fromhex(key), SIGNED_AS + said["statement"].encode(), bytes.fromhex(said["signature"])
        ):
            self.say(seq, "witness-signature")
            return
        if self.centre_key and key != self.centre_key:
            self.say(seq, "witness-key", key)
        if statement[1] != self.opened:
            self.say(seq, "witness-book")
            return
        entries = int(statement[2])
        if entries >= seq or self.hash_at(entries) != statement[3]:
            self.say(seq, "witness-head", entries)
        self.witnessed[key] = self.witnessed.get(key, 0) + 1

    def _figures(self, first: int, last: int) -> dict[str, Any]:
        """What the entries of a stretch came to, in the form in which a closing says it."""
        begin = bisect.bisect_left(self.events, (first,))
        papers: dict[str, dict[str, Any]] = {}
        voids: list[str] = []
        gaps: list[dict[str, Any]] = []
        reprints: Counter[str] = Counter()
        for event in self.events[begin : bisect.bisect_left(self.events, (last + 1,))]:
            if event.what == "issued":
                at, number = event.first, event.number
                new = {"series": event.series, "first": at, "first_number": number, "issued": 0}
                used = papers.setdefault(event.series, new)
                used.update(last=at, last_number=number, issued=used["issued"] + 1)
            elif event.what == "voided":
                voids.append(event.number)
            elif event.what == "reprinted":
                reprints[event.number] += 1
            elif event.last >= event.first and event.number:
                gaps.append({"series": event.series, "first": event.first, "last": event.last, "reason": event.number})
        return {
            "counts": dict(Counter(self.kinds[first - 1 : last])),
            "papers": [papers[series] for series in sorted(papers)],
            "voids": voids, "reprints": dict(reprints),
            "gaps": sorted(gaps, key=lambda gap: (gap["series"], gap["first"], gap["last"])),
        }  # fmt: skip


def _is_little(kept: dict[str, Any]) -> bool:
    """Whether what is kept of a slip that was erased whole is its series, its place in it and its number, and nothing more."""
    card, issue = kept.get("card"), kept.get("issue")
    if not isinstance(card, dict) or not isinstance(issue, dict) or len(kept) != 2:
        return False
    return card.keys() == {"number"} and issue.keys() == {"series", "sequence"}


def row_of(line: dict[str, Any], card: dict[str, Any]) -> list[str]:
    """A slip's row of the table, before anything was done about it."""
    code, said = line["hash"][:12], {"phone_tail": "", "id_tail": "", "channel": "window", **card}
    names = said["other_names"]
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise TypeError("other_names")
    cells = {name: text_in(said, name) for name in _CELLS}
    return [
        str(line["seq"]), cells["number"], cells["kind"], cells["applicant"], "、".join(names), cells["item"], cells["item_name"],
        line["time"], cells["day"], cells["clerk"], tail(cells["phone_tail"]), tail(cells["id_tail"]), cells["channel"],
        " ".join((code[:4], code[4:8], code[8:])), "", "0",
    ]  # fmt: skip


_CELLS = ("number", "kind", "applicant", "item", "item_name", "day", "clerk", "phone_tail", "id_tail", "channel")


def tail(text: str) -> str:
    """The last characters of a number, so that no table takes them for a number of its own."""
    return f"*{text}" if text else ""


def table_row(cells: Sequence[str]) -> str:
    """A row of the table: every cell in quotation marks, none a formula, none of two lines."""
    return ",".join('"' + _cell(cell).replace('"', '""') + '"' for cell in cells)


def _cell(text: str) -> str:
    guarded = "'" + text if text.startswith(FORMULA) else text
    return re.sub("[\x00-\x1f\x7f\x85\u2028\u2029]", " ", guarded)


def check_table(folder: Path, book: Book) -> None:
    """Holds the table of slips against the entries."""
    seqs = [0, *sorted(book.rows)]
    rows = [HEADINGS, *(book.rows[seq] for seq in seqs[1:])]
    wanted = ("\ufeff" + "".join(table_row(row) + "\r\n" for row in rows)).encode().split(b"\r\n")
    found = (folder / TABLE).read_bytes().split(b"\r\n")
    for n in range(max(len(found), len(wanted))):
        if n >= len(found) or n >= len(wanted) or found[n] != wanted[n]:
            book.say(seqs[n] if n < len(seqs) else 0, "table", n + 1)
            return


def check_manifest(folder: Path, book: Book) -> None:
    """Holds the manifest against the files and the entries."""
    try:
        text = (folder / MANIFEST).read_bytes().decode()
        manifest = parse(text)
        if canonical(manifest) + "\n" != text or manifest["format"] != EXPORT_FORMAT or manifest.keys() != SAID:
            raise ValueError("format")
        files = {name: (whole(said["bytes"]), text_in(said, "sha256")) for name, said in manifest["files"].items()}
        head, entries, name = text_in(manifest, "head"), whole(manifest["entries"]), text_in(manifest, "book")
        require_time(manifest["made_at"])
        if set(files) != {LINES, TABLE, VERIFIER} or any(len(said) != 2 for said in manifest["files"].values()):
            raise ValueError("files")
        if manifest["withheld"] != list(WITHHELD) or not text_in(manifest, "program"):
            raise ValueError("withheld, program")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        book.say(0, "manifest-wrong", str(error)[:60] or "JSON")
        return
    for file, said in sorted(files.items()):
        path = folder / file
        if not path.is_file():
            book.say(0, "file-missing", file)
        elif said != (path.stat().st_size, sha256(path)):
            book.say(0, "file-changed", file)
    end = f"{book.seq}:{book.hash_at(book.seq) if book.seq else START.hex()}"
    if head != end or entries != book.seq:
        book.say(0, "manifest-head", f"{entries} ({head})", f"{book.seq} ({end})")
    if not book.book == book.opened == name:
        book.say(0, "other-book")


def sha256(path: Path) -> str:
    """The SHA-256 of a file in hex."""
    made = hashlib.sha256()
    with path.open("rb") as file:
        for piece in iter(lambda: file.read(1 << 20), b""):
            made.update(piece)
    return made.hexdigest()


def read_head(text: str) -> Head:
    """57:3fa1 09bc 77d2 as it is typed, or the digits of a day sheet's code. Raises ValueError for anything else."""
    close = text.replace(" ", "")
    sheet = re.fullmatch("9[0-9]{6}([0-9]{9})([0-9]{15})[0-9]{2}", close)
    if sheet:
        if int(close) % 97 != 1 or int(sheet[2]) >= 16**12:
            raise ValueError(text)
        return Head(int(sheet[1]), f"{int(sheet[2]):012x}")
    typed = re.fullmatch("([1-9][0-9]{0,14})[:：]((?:-?[0-9a-fA-F]){12,64})", close)
    if not typed:
        raise ValueError(text)
    return Head(int(typed[1]), typed[2].replace("-", "").lower())


class Point(NamedTuple):
    """A point of edwards25519 (RFC 8032, section 5.1.4): x/z and y/z are its coordinates, t/z their product."""

    x: int
    y: int
    z: int
    t: int


PRIME = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
CURVE = -121665 * pow(121666, PRIME - 2, PRIME) % PRIME
ROOT = pow(2, (PRIME - 1) // 4, PRIME)
NEUTRAL = Point(0, 1, 1, 0)
BASE = Point(
    15112221349535400772501151409588531511454012693041857206046113283949847762202,
    46316835694926478169428394003475163141307993866256225615783033603165251855960,
    1,
    46827403850823179245072216630277197565144205554125654976674165829533817101731,
)


def point_of(data: bytes) -> Point | None:
    """The point that 32 bytes encode; None where they encode none, or not in the one way."""
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number % 2**255
    if len(data) != 32 or y >= PRIME:
        return None
    square = (y * y - 1) * pow(CURVE * y * y + 1, PRIME - 2, PRIME) % PRIME
    x = pow(square, (PRIME + 3) // 8, PRIME)
    if (x * x - square) % PRIME:
        x = x * ROOT % PRIME
    if (x * x - square) % PRIME or (x == 0 and sign):
        return None
    x = x if x % 2 == sign else PRIME - x
    return Point(x, y, 1, x * y % PRIME)


def bytes_of(point: Point) -> bytes:
    """The encoding of a point."""
    inverse = pow(point.z, PRIME - 2, PRIME)
    x, y = point.x * inverse % PRIME, point.y * inverse % PRIME
    return (y | (x % 2) << 255).to_bytes(32, "little")


def added(one: Point, other: Point) -> Point:
    """The sum of two points."""
    a, b = (one.y - one.x) * (other.y - other.x), (one.y + one.x) * (other.y + other.x)
    c, d = 2 * CURVE * one.t * other.t, 2 * one.z * other.z
    e, f, g, h = (b - a) % PRIME, (d - c) % PRIME, (d + c) % PRIME, (b + a) % PRIME
    return Point(e * f % PRIME, g * h % PRIME, f * g % PRIME, e * h % PRIME)


def multiplied(times: int, point: Point) -> Point:
    """A point added to itself so many times."""
    made = NEUTRAL
    while times:
        if times & 1:
            made = added(made, point)
        point, times = added(point, point), times >> 1
    return made


def is_small(point: Point) -> bool:
    """Whether a point has an order of at most 8."""
    made = multiplied(8, point)
    return made.x == 0 and made.y == made.z


def ed25519_verify(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether a signature is right, without the cofactor and strictly: see docs/audit-format.md."""
    point, scalar = point_of(key), int.from_bytes(signature[32:], "little")
    if point is None or is_small(point) or len(signature) != 64 or scalar >= ORDER:
        return False
    hashed = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    negative = Point(-point.x % PRIME, point.y, 1, -point.t % PRIME)
    found = added(multiplied(scalar, BASE), multiplied(hashed, negative))
    return bytes_of(found) == signature[:32] and not is_small(found)


def compare_heads(book: Book, heads: Sequence[Head]) -> int:
    """Holds heads from outside against the book; returns how many fit."""
    fitting = [head.seq for head in heads if head.seq <= book.seq and book.hash_at(head.seq).startswith(head.digits)]
    for head in heads:
        if head.seq > book.seq:
            book.say(head.seq, "head-beyond")
        elif not book.hash_at(head.seq).startswith(head.digits):
            later = [seq for seq in fitting if seq > head.seq]
            before = max((seq for seq in fitting if seq < head.seq), default=0)
            if later:
                book.say(head.seq, "head-miscopied", later[0])
            else:
                book.say(head.seq, "head-differs", before + 1, head.seq)
    return len(fitting)


def verify(folder: Path, heads: Sequence[Head] = (), centre_key: str = "") -> tuple[Book, int]:
    """Everything that is wrong with an export, in `Book.findings`; and how many heads from outside fit.

    Raises Unverifiable where there is no export to verify.
    """
    for name in (MANIFEST, LINES):
        if not (folder / name).is_file():
            raise Unverifiable(f"文件夹里没有 {name}。 / There is no {name} in the folder.")
    book = Book(folder, centre_key)
    check_manifest(folder, book)
    if (folder / TABLE).is_file():
        check_table(folder, book)
    return book, compare_heads(book, heads)


def report(book: Book, heads: Sequence[Head], fitting: int) -> Iterator[str]:
    """What was found, in Chinese and in English."""
    end = f"{book.seq}:{book.hash_at(book.seq)}" if book.seq else "0"
    yield f"共 {book.count} 条记录，台账头 {end}"
    yield f"{book.count} entries, head {end}"
    for event in book.events:
        if event.what == "started" and event.last >= event.first:
            series, reason = plain(event.series), plain(event.number)
            yield f"第 {event.seq} 条：{series} 跳过 {event.first} 到 {event.last} 号，理由：{reason}"
            yield f"Entry {event.seq}: {series} skips {event.first} to {event.last}; stated reason: {reason}"
    for key, times in sorted(book.witnessed.items()):
        known = key == book.centre_key
        yield f"中心见证 {times} 次，公钥 {key}：" + ("签名对，公钥是给定的。" if known else "签名对、公钥未核对。")
        trust = "the key is the one given." if known else "nobody said that this key is the centre's (--centre-key)."
        yield f"Co-signed {times} times with key {key}: signatures right, {trust}"
    for finding in book.findings[:SHOWN]:
        yield from finding.lines()
    if not book.findings:
        yield "全部完好。"
        yield "Nothing is wrong."
    else:
        yield f"有问题，共 {len(book.findings)} 处。"
        yield f"Something is wrong: {len(book.findings)} findings."
    if heads:
        yield f"与台账以外的 {len(heads)} 个凭据比对，{fitting} 个相符。"
        yield f"Compared with {len(heads)} heads from outside; {fitting} fit."
    else:
        yield "没有与台账以外的凭据比对：未比对。末尾有没有被截去、整本有没有另写过，要有日结单或备份上的台账头（--head）才知道。"
        yield "Not compared with a head from outside (--head): without one, a tail cut off or a book written anew cannot be seen."


def plain(value: object) -> str:
    """What a forger wrote, without what a terminal would obey, and of a length that can be read."""
    return "".join(one if one.isprintable() else "?" for one in str(value)[:200])


def _head_argument(text: str) -> Head:
    try:
        return read_head(text)
    except ValueError:
        raise argparse.ArgumentTypeError("SEQ:HASH") from None


def _key_argument(text: str) -> str:
    if not re.fullmatch("[0-9a-fA-F]{64}", text):
        raise argparse.ArgumentTypeError("64 hex digits")
    return text.lower()


def main(arguments: Sequence[str] | None = None) -> int:
    """Verifies the folder that is named, else the one in which this file lies; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    parser = argparse.ArgumentParser(description="核对导出的台账 / verifies an export of a book")
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).resolve().parent)
    parser.add_argument("--head", dest="heads", action="append", default=[], type=_head_argument, metavar="SEQ:HASH")
    parser.add_argument("--centre-key", type=_key_argument, metavar="HEX")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    try:
        book, fitting = verify(options.folder, options.heads, options.centre_key or "")
    except (Unverifiable, OSError, MemoryError) as error:
        print(f"无法核对 / could not be verified: {error}", file=sys.stderr)
        return UNVERIFIED
    if options.json:
        findings = [{"entry": one.seq, "code": one.code, "text": one.lines()} for one in book.findings]
        head = f"{book.seq}:{book.hash_at(book.seq)}"
        compared = {"given": len(options.heads), "fit": fitting} if options.heads else None
        value = {"ok": not findings, "entries": book.count, "head": head, "findings": findings, "compared": compared}
        value["witnessed"] = [
            {"key": key, "times": times, "centre": key == options.centre_key if options.centre_key else None}
            for key, times in sorted(book.witnessed.items())
        ]
        print(json.dumps(value, ensure_ascii=False))
    else:
        print("\n".join(report(book, options.heads, fitting)))
    return WRONG if book.findings else SOUND


if __name__ == "__main__":
    raise SystemExit(main())
