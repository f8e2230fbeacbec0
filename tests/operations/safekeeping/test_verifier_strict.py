"""What docs/audit-format.md asks is asked by the verifier: each damage is linked anew with care, table and manifest made to fit, and named."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.operations.safekeeping.exporting import export
from counter_assistant.storage.journal import chain
from counter_assistant.storage.safekeeping.export_files import LINES, MANIFEST, TABLE
from counter_assistant.storage.safekeeping.line import Line
from tests.operations.safekeeping.auditing import (
    VERIFY,
    checked,
    found,
    lined_up,
    lines_in,
    lived,
    relinked,
    with_manifest,
    written,
)

Lines = list[Line]
Change = Callable[[Lines], Lines]
SERIES = "receipt/2039/ZZ"
UNREADABLE = "content-unreadable"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory, engine: None) -> Path:
    """The export of a book that has lived."""
    folder = tmp_path_factory.mktemp("lived")
    with closing(lived(folder / "data").office) as office:
        export(office, folder / "export")
    return folder / "export"


@pytest.fixture
def exported(original: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(original, tmp_path / "export"))


def entry(lines: Lines, kind: str, content: Any, uuid: str | None = None, *, there: bool = True) -> Lines:
    """These lines and one more; a content that is text stands as it is, one that is not there has its digest."""
    said = {"schema": 1, **content} if isinstance(content, dict) else content
    if uuid is not None and isinstance(said, dict):
        said["request"] = {"uuid": uuid, "digest": ""}
    body, salt = said if isinstance(said, str) else chain.canonical(said), bytes(16)
    line = replace(lines[-1], seq=len(lines) + 1, kind=kind, visibility="internal", uuid=uuid, salt=salt, body=body)
    return [*lines, line if there else replace(line, inner=chain.inner_digest(salt, body), salt=None, body=None)]


def slip(lines: Lines, sequence: Any, *, series: Any = SERIES, **card: Any) -> Lines:
    last = next(line for line in reversed(lines) if line.kind == "slip_issued" and line.body)
    content = chain.parse(last.body or "")
    content["card"] |= {"number": f"n{sequence}", "applicant": "玉罕", **card}
    content["issue"] = {"series": series, "sequence": sequence}
    return entry(lines, "slip_issued", {key: value for key, value in content.items() if key != "request"})


def started(lines: Lines, last: Any, first: Any, reason: Any = "纸上用到这里", series: Any = SERIES) -> Lines:
    return entry(
        lines, "series_started", {"series": series, "last": last, "first": first, "reason": reason, "clerk": "李某"}
    )


def gone(lines: Lines, at: int = 0) -> Lines:
    """Without the content of an entry, the last one unless another is named."""
    n = (at or len(lines)) - 1
    line = relinked(lines)[n]
    return [*lines[:n], replace(line, salt=None, body=None), *lines[n + 1 :]]


def erased(lines: Lines, kept: Any, at: int = 0, **more: Any) -> Lines:
    """Erased by an entry after all others."""
    at = at or len(lines)
    return entry(gone(lines, at), "payload_erased", {"kept": kept, **more}, f"erase:{at}")


def little(sequence: int) -> dict[str, Any]:
    return {"issue": {"series": SERIES, "sequence": sequence}, "card": {"number": f"n{sequence}"}}


def named(lines: Lines, name: str) -> Lines:
    """A slip that is erased by an entry of this name, where {} stands for its number."""
    issued = slip(lines, 1)
    return entry(gone(issued), "payload_erased", {"kept": little(1)}, name.format(len(issued)))


def each_other(lines: Lines) -> Lines:
    n = len(lines)
    first = entry(lines, "payload_erased", {"kept": {}}, f"erase:{n + 2}", there=False)
    return entry(first, "payload_erased", {"kept": {}}, f"erase:{n + 1}", there=False)


def itself(lines: Lines) -> Lines:
    return entry(lines, "payload_erased", {"kept": {}}, f"erase:{len(lines) + 1}", there=False)


def last(lines: Lines, **changes: Any) -> Lines:
    """Another call noted at the end, its line changed."""
    return [*lines, replace(entry(lines, "inquiry", {})[-1], **changes)]


def closed(lines: Lines, change: Callable[[dict[str, Any]], Any]) -> Lines:
    """A month closed anew over what the newest closing of one covers, and changed."""
    was = next(line for line in reversed(lines) if line.kind == "month_closed")
    erasure = next((line.body for line in lines if line.uuid == f"erase:{was.seq}"), "")  # a reason has left it
    said = chain.parse(was.body) if was.body else chain.parse(erasure or "")["kept"]
    content = {key: value for key, value in said.items() if key != "request"}
    change(content)
    return entry(lines, "month_closed", content)


def first_entry_closed(**figures: Any) -> Change:
    """A month closed over the first entry alone, of which no paper, void or gap is to be told."""
    told = {"counts": {"book_opened": 1}, "papers": [], "voids": [], "reprints": {}, "gaps": []}

    def change(lines: Lines) -> Lines:
        head = relinked(lines)[0].hash.hex()
        return closed(lines, lambda said: said.update(first=1, last=1, head=head, figures={**told, **figures}))

    return change


def reason(lines: Lines, kind: str) -> Lines:
    """What was done about a slip, erased whole."""
    return erased(
        entry(slip(lines, 1), kind, {"number": "n1", "reason": "写错", "clerk": "李某", "copy_returned": True}), {}
    )


def deep(lines: Lines, levels: int) -> Lines:
    return entry(lines, "inquiry", '{"a":' + "[" * (levels - 1) + "]" * (levels - 1) + "}")


def spelled(text: str) -> Change:
    return lambda lines: entry(lines, "inquiry", text)


def erased_as(name: str) -> Change:
    return lambda lines: named(lines, name)


def at_time(time: str) -> Change:
    return lambda lines: last(lines, time=time)


def with_cell(name: str, value: Any) -> Change:
    return lambda lines: slip(lines, 1, **{name: value})


SOUND: dict[str, Change] = {
    "a month of one entry": first_entry_closed(),
    "as it is": lambda lines: lines,
    "a start": lambda lines: slip(started(slip(lines, 1), 1, 9), 9),
    "two starts": lambda lines: started(started(slip(lines, 1), 1, 9), 8, 20),
    "a slip erased": lambda lines: erased(slip(lines, 1), little(1)),
    "a reason erased": lambda lines: erased(
        entry(slip(lines, 1), "slip_reprinted", {"number": "n1", "reason": "卡纸", "clerk": "李某"}),
        {"schema": 1, "number": "n1", "reason": "", "clerk": "李某"}, of="slip_reprinted",
    ),
    "a key slot": lambda lines: entry(lines, "key_slot", {"a": 1}, there=False),
    "a call": last,
    "a month": lambda lines: closed(lines, lambda said: None),
    "a deep content": lambda lines: deep(lines, 64),
}  # fmt: skip

DAMAGES: dict[str, tuple[Change, str, str]] = {
    # what a start says of the places before it
    "more places before a start": (lambda lines: started(slip(lines, 1), 36, 40), "number-start", "应接在 1 号后面"),
    "less places before a start": (lambda lines: started(slip(slip(lines, 1), 2), 1, 40), "number-start", "应接在 2 号后面"),
    "a start after a start": (lambda lines: started(started(slip(lines, 1), 1, 9), 1, 20), "number-start", "应接在 8 号后面"),
    "a start of a new series": (lambda lines: started(lines, -1, 20), "number-start", "应接在 0 号后面"),
    # how a content is spelled
    **{
        f"a content {text!r}": (spelled(text), UNREADABLE, "")
        for text in (
            '{"a":1,"a":1}', '{"b":1,"a":1}', '{"a": 1}', ' {"a":1}', '{"a":1}\n', '{"a":-0}', r'{"a":"\u0041"}', r'{"a":"\/"}',
            r'{"a":"\ud800"}', r'{"a":"\u000a"}', '{"a":1.0}', "[]", '{"request":null}', '{"request":"x"}',
        )
    },
    "a content nested too deep": (lambda lines: deep(lines, 65), UNREADABLE, ""),
    # what an erasure names
    **{
        f"an erasure named {name!r}": (erased_as(name), "erasure-wrong", "")
        for name in ("erase:0{}", "erase:+{}", "erase: {}", "erase:{}\n", "erase:{}.0", "erase:", "erase:999999")
    },
    "an erasure in full-width digits": (
        lambda lines: named(lines, "erase:" + "".join(chr(ord(one) + 0xFEE0) for one in str(len(lines) + 1))), "erasure-wrong", "",
    ),
    "an erasure of itself": (itself, "erasure-wrong", "读不出"),
    "erasures of each other": (each_other, "erasure-wrong", "读不出"),
    "an erasure of null": (lambda lines: erased(slip(lines, 1), little(1), of=None), "erasure-wrong", "读不出"),
    "an erasure of nothing": (lambda lines: erased(slip(lines, 1), little(1), of=""), "erasure-wrong", "读不出"),
    "an erasure of another kind": (lambda lines: erased(slip(lines, 1), little(1), of="inquiry"), "erasure-wrong", "读不出"),
    # what it keeps
    "more of a slip is kept": (
        lambda lines: erased(slip(lines, 1), {**little(1), "card": {"number": "n1", "applicant": "玉罕"}}), "erasure-kept", "不是该留下的",
    ),
    "something beside a slip is kept": (lambda lines: erased(slip(lines, 1), {**little(1), "x": 1}), "erasure-kept", "不是该留下的"),
    "a list is kept": (lambda lines: erased(slip(lines, 1), []), "erasure-kept", ""),
    # what is never erased, or not whole
    "a void erased whole": (lambda lines: reason(lines, "slip_voided"), "erasure-wrong", "清除的对象不对"),
    "a reprint erased whole": (lambda lines: reason(lines, "slip_reprinted"), "erasure-wrong", "清除的对象不对"),
    "a start erased": (
        lambda lines: erased(started(lines, 0, 5), {"schema": 1, "series": SERIES, "last": 0, "first": 5, "reason": "", "clerk": ""}, of="series_started"),
        "erasure-wrong", "清除的对象不对",
    ),
    "the opening erased": (lambda lines: erased(lines, chain.parse(lines[0].body or ""), 1, of="book_opened"), "erasure-wrong", "清除的对象不对"),
    "a key slot erased": (lambda lines: erased(entry(lines, "key_slot", {"a": 1}), {}), "erasure-wrong", ""),
    "a key slot that is there": (lambda lines: entry(lines, "key_slot", {"a": 1}), "withheld-there", ""),
    # a line
    **{
        f"a time {time!r}": (at_time(time), "line-unreadable", "")
        for time in (
            "2039-01-02", "2039-01-02T10:00:00", "2039-01-02T10:00+08:00", "2039-01-02T10:00:00Z", "2039-01-02T10:00:00+08:60",
            "2039-W01-2T10:00:00+08:00", "2039-01-02T10:00:00.5+08:00", "2039-02-30T10:00:00+08:00", "2039-01-02T24:00:00+08:00",
            "2039-01-02 10:00:00+08:00", "２039-01-02T10:00:00+08:00", "0000-01-02T10:00:00+08:00",
        )
    },
    "another visibility": (lambda lines: last(lines, visibility="secret"), "line-unreadable", ""),
    # true and false, null, numbers
    "a place that is true": (lambda lines: slip(lines, True), UNREADABLE, "不是整数"),
    "a last place that is false": (lambda lines: started(lines, False, 5), UNREADABLE, "不是整数"),
    "a first place that is true": (lambda lines: started(lines, 0, True), UNREADABLE, "不是整数"),
    "a series that is null": (lambda lines: slip(lines, 1, series=None), UNREADABLE, ""),
    "a series that is a number": (lambda lines: started(lines, 0, 5, series=7), UNREADABLE, ""),
    "a reason that is null": (lambda lines: started(lines, 0, 5, reason=None), UNREADABLE, ""),
    "a closing from true": (lambda lines: closed(lines, lambda said: said.update(first=True)), UNREADABLE, ""),
    "a closing of nothing": (lambda lines: closed(lines, lambda said: said.update(first=1, last=0, head="0" * 64)), "closing-head", ""),
    "a count that is true": (
        lambda lines: closed(lines, lambda said: said["figures"]["counts"].update(book_opened=True)), "closing-sums", "",
    ),
    **{f"{name} that are no list": (first_entry_closed(**{name: {}}), "closing-sums", "") for name in ("gaps", "voids", "papers")},
    "a reprint that is true": (
        lambda lines: closed(lines, lambda said: said["figures"]["reprints"].update(dict.fromkeys(said["figures"]["reprints"], True))),
        "closing-sums", "",
    ),
    **{
        f"a card whose {name} is {value!r}": (with_cell(name, value), UNREADABLE, "")
        for name in ("number", "applicant", "kind", "day", "channel", "id_tail") for value in (7, None)
    },
    "other names that are one": (lambda lines: slip(lines, 1, other_names="罗"), UNREADABLE, ""),
    "other names that are none": (lambda lines: slip(lines, 1, other_names=[None]), UNREADABLE, ""),
}  # fmt: skip


def put_down(folder: Path, header: str, lines: Lines) -> tuple[Path, Lines]:
    """An export of these lines, linked anew, with the header that they have to have."""
    made = relinked(lines)
    said = {**json.loads(header), "erased": max(line.seq for line in made if line.kind == "payload_erased")}
    return written(folder, chain.canonical(said), lined_up(made)), made


@pytest.mark.parametrize("name", SOUND)
def test_what_the_page_allows_is_sound(exported: Path, tmp_path: Path, name: str) -> None:
    header, lines = lines_in(exported)
    folder, made = put_down(exported, header, SOUND[name](lines))
    assert found(folder) == set()
    if name not in ("a key slot", "a deep content", "a call"):  # whose contents are none of their kind, or withheld
        assert checked(tmp_path / "book.db", made) == []


@pytest.mark.parametrize("name", DAMAGES)
def test_what_the_page_does_not_allow_is_named(exported: Path, tmp_path: Path, name: str) -> None:
    change, code, said = DAMAGES[name]
    header, lines = lines_in(exported)
    folder, made = put_down(exported, header, change(lines))
    assert (len(made), code) in found(folder)
    if said:
        problems = checked(tmp_path / "book.db", made)
        assert any(said in problem for problem in problems), problems


def test_a_number_far_away_is_a_finding_and_no_end(exported: Path) -> None:
    header, lines = lines_in(exported)
    texts = lined_up(lines)
    texts[2] = texts[2].replace('"seq":3,', f'"seq":{2**53 - 1},')
    (exported / LINES).write_bytes("".join(f"{text}\n" for text in [header, *texts]).encode())
    assert {(2**53 - 1, "out-of-place"), (3, "missing")} <= found(with_manifest(exported))


@pytest.mark.parametrize("change", [
    lambda table: table[3:], lambda table: table[:-2], lambda table: table[:3] + table, lambda table: table + b"\r\n",
    lambda table: table.replace("校验码".encode(), b"x"), lambda table: table.replace(b"\r\n", b"\n"), lambda table: b"",
])  # fmt: skip
def test_the_table_is_the_one_to_the_byte(exported: Path, change: Callable[[bytes], bytes]) -> None:
    (exported / TABLE).write_bytes(change((exported / TABLE).read_bytes()))
    assert "table" in {code for _, code in found(with_manifest(exported))}


@pytest.mark.parametrize("changes", [
    {"program": None}, {"program": ""}, {"program": 1}, {"more": 1}, {"entries": True}, {"book": None}, {"head": 5}, {"files": []},
    {"made_at": "2039-01-02"}, {"made_at": None}, {"withheld": []}, {"withheld": ["inquiry", "key_slot"]}, {"withheld": "key_slot"},
])  # fmt: skip
def test_the_manifest_has_its_keys_and_no_other(exported: Path, changes: dict[str, Any]) -> None:
    assert (0, "manifest-wrong") in found(with_manifest(exported, **changes))


def test_each_file_has_its_length_and_its_digest_and_nothing_more(exported: Path) -> None:
    said = chain.parse((exported / MANIFEST).read_text("utf-8").strip())
    for more in ({"x": 1}, {"bytes": str(said["files"][TABLE]["bytes"])}):
        files = {**said["files"], TABLE: {**said["files"][TABLE], **more}}
        (exported / MANIFEST).write_text(chain.canonical({**said, "files": files}) + "\n", "utf-8")
        assert found(exported) == {(0, "manifest-wrong")}
    without = {key: value for key, value in said.items() if key != "program"}
    (exported / MANIFEST).write_text(chain.canonical(without) + "\n", "utf-8")
    assert found(exported) == {(0, "manifest-wrong")}


def test_blanks_in_a_head_are_passed_over(exported: Path) -> None:
    digits = lines_in(exported)[1][2].hash.hex()
    head = VERIFY.Head(3, digits[:12])
    for text in (f" 3:{digits[:12]}", f"3 : {digits[:4]} {digits[4:8]}-{digits[8:12]} ", f"3：{digits[:12].upper()}"):
        assert VERIFY.read_head(text) == head
    for text in (
        f"03:{digits[:12]}",
        f"３:{digits[:12]}",
        f"3:{digits[:11]}",
        f"-3:{digits[:12]}",
        f"3\t:{digits[:12]}",
    ):
        with pytest.raises(ValueError, match=r"\d"):
            VERIFY.read_head(text)
