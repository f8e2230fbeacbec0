"""An export is verified by one file and nothing of this program; whatever was done to it is named, with its entry."""

from __future__ import annotations

import ast
import csv
import io
import json
import random
import shutil
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.papers.paper_entry import DESTROYED
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.complaint import Category, Complaint, ComplaintChannel, NameKept
from counter_assistant.domain.safekeeping.exported_entry import BookExported
from counter_assistant.operations import sealing
from counter_assistant.operations.office import open_office
from counter_assistant.operations.people import sign_in
from counter_assistant.operations.registers import complaints
from counter_assistant.operations.safekeeping.exporting import export
from counter_assistant.operations.safekeeping.witness import check
from counter_assistant.paths import verifier
from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import Cost, new_pair
from counter_assistant.storage.engines.sqlite.errors import passed
from counter_assistant.storage.journal import chain
from counter_assistant.storage.safekeeping import export_files
from counter_assistant.storage.safekeeping.export_files import LINES, MANIFEST, TABLE, VERIFIER
from counter_assistant.storage.safekeeping.line import Line
from counter_assistant.storage.sealing.sealed_payload import RegisterKey
from tests.make import ID_NUMBER, NOW, PHONE, an_office, confirmed
from tests.operations.safekeeping.auditing import (
    VERIFY,
    a_slip,
    checked,
    found,
    lined_up,
    lines_in,
    lived,
    relinked,
    with_manifest,
    written,
)
from tests.portion import Portion

SAID = "等了一个小时没有人理"
COMPLAINT = Complaint(ComplaintChannel.LETTER, Category.OTHER, SAID, NOW.date(), NameKept.ANONYMOUS)
OURS = "san yue de yu luo zai gengma"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory, engine: None) -> Path:
    """The export of a book that has lived."""
    folder = tmp_path_factory.mktemp("lived")
    with closing(lived(folder / "data").office) as office:
        assert check(office).problems == []
        export(office, folder / "export")
    return folder / "export"


@pytest.fixture
def exported(original: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(original, tmp_path / "export"))


def test_an_honest_export_is_sound_for_a_python_without_this_program(exported: Path) -> None:
    _, lines = lines_in(exported)
    head = f"{lines[-1].seq}:{lines[-1].hash.hex()}"
    run = [sys.executable, "-I", "-S", str(exported / VERIFIER), str(exported)]
    for more in ([], ["--head", head]):
        done = subprocess.run([*run, *more], capture_output=True, text=True, encoding="utf-8", check=False)
        assert (done.returncode, done.stderr) == (0, "")
        assert "全部完好" in done.stdout
        assert "Nothing is wrong" in done.stdout
        assert ("未比对" in done.stdout) is not bool(more)
        assert "跳过 4 到 39 号，理由：纸上用到 39" in done.stdout
    told = subprocess.run([*run, "--json", "--head", head], capture_output=True, text=True, check=False)
    value = json.loads(told.stdout)
    assert (value["ok"], value["head"], value["compared"]) == (True, head, {"given": 1, "fit": 1})
    assert subprocess.run([*run, "--head", "57"], capture_output=True, check=False).returncode == 2
    (exported / MANIFEST).unlink()
    assert subprocess.run(run, capture_output=True, check=False).returncode == 2


def test_the_verifier_needs_the_standard_library_of_python_3_8_alone() -> None:
    tree = ast.parse(verifier().read_text("utf-8"), feature_version=(3, 8))
    named = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    modules = {alias.name for node in named if isinstance(node, ast.Import) for alias in node.names}
    modules |= {str(node.module) for node in named if isinstance(node, ast.ImportFrom)}
    assert {module.partition(".")[0] for module in modules} <= sys.stdlib_module_names


def test_the_table_holds_no_whole_number_and_no_erased_slip(exported: Path) -> None:
    text = (exported / TABLE).read_text("utf-8-sig")
    assert [number for number in (ID_NUMBER, PHONE) if number in text] == []
    rows = list(csv.DictReader(io.StringIO(text)))
    _, lines = lines_in(exported)
    assert [row["编号"][-3:] for row in rows] == ["〕1号", "〕2号", "〕3号", "40号", "〕1号"]
    gone, *rows = rows
    left = {"记录", "编号", "文种", "事项", "出具时间", "渠道", "校验码", "作废记录", "补打次数"}
    assert {name for name, cell in gone.items() if cell} <= left
    assert gone["事项"] == DESTROYED
    assert [row["补打次数"] for row in rows] == ["1", "0", "0", "0"]
    assert rows[0]["校验码"].replace(" ", "") == lines[int(rows[0]["记录"]) - 1].hash.hex()[:12]
    assert rows[0]["电话尾号"] == "*0000"


def test_erased_stays_erased(exported: Path) -> None:
    _, lines = lines_in(exported)
    erasures = [line for line in lines if line.kind == "payload_erased"]
    gone = {int((line.uuid or "").removeprefix("erase:")) for line in erasures}
    assert len(gone) > 3
    assert all((line.body is None) is (line.seq in gone) for line in lines if line.kind != "key_slot")


def test_what_a_person_typed_is_no_formula_and_no_row(tmp_path: Path) -> None:
    cells = ["=1+1", "+86", "-1", "@a", "＝1", 'a",=1', "a\r\n=1", "\u2028x", "罗𠅤克"]
    text = VERIFY.table_row(cells)
    assert export_files._row(cells) == (text + "\r\n").encode()
    (row,) = csv.reader(io.StringIO(text))
    assert row == ["'=1+1", "'+86", "'-1", "'@a", "'＝1", 'a",=1', "a  =1", " x", "罗𠅤克"]


def test_sealed_stays_sealed_and_what_tells_a_pin_stays_in_the_book(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ciphers, "COST", Cost(1, 8192))
    monkeypatch.setattr(sign_in, "PIN_COST", Cost(1, 8192))
    with closing(an_office(tmp_path / "data")) as office:
        office.decide_profile(confirmed(office.profile))
        sealing.seal(office, "0001", OURS, sealing.new_sheet())
        office.act_as("0001")
        sign_in.set_pin(office, sign_in.sealed_pin("482913"))
        a_slip(office)
        complaints.record(office, RegisterKey(new_pair().public), COMPLAINT)
        export(office, tmp_path / "export")
        assert check(office).problems == []
    _, lines = lines_in(tmp_path / "export")
    slots = [line for line in lines if line.kind == "key_slot"]
    assert slots
    assert sum(line.kind == "complaint" for line in lines) == 1
    assert SAID not in (tmp_path / "export" / LINES).read_text("utf-8")
    assert all(line.body is None and line.salt is None for line in slots)
    assert all(line.body for line in lines if line.kind != "key_slot")
    assert found(tmp_path / "export") == set()


def refused(office: Any, folder: Path) -> str:
    before = sorted(folder.rglob("*")) if folder.is_dir() else []
    with pytest.raises(Refusal) as refusal:
        export(office, folder)
    assert (sorted(folder.rglob("*")) if folder.is_dir() else []) == before
    return refusal.value.code


def test_a_folder_that_is_not_empty_or_cannot_be_written_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "note.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    with closing(an_office(tmp_path / "data")) as office:
        assert refused(office, tmp_path / "taken") == "export-folder-taken"
        assert refused(office, tmp_path / "file") == "cannot-export"
        monkeypatch.setattr(export_files, "write_manifest", full)
        (tmp_path / "empty").mkdir()
        assert refused(office, tmp_path / "empty") == "cannot-export"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "empty", "file", "taken"]


def full(*_: object) -> None:
    raise OSError(28, "")


def test_who_exported_and_how_far_is_an_entry_that_the_next_export_holds(tmp_path: Path) -> None:
    with closing(an_office(tmp_path / "data")) as office:
        a_slip(office)
        first = export(office, tmp_path / "one")
        entry = office.book.latest(EntryKind.BOOK_EXPORTED)
        assert entry is not None
        assert BookExported.from_payload(entry.payload) == BookExported("0001", first.entries, first.head)
        assert str(tmp_path) not in json.dumps(entry.payload)
        assert [each.kind for each in lines_in(tmp_path / "one")[1]].count("book_exported") == 0
        export(office, tmp_path / "two")
        assert lines_in(tmp_path / "two")[1][-1].seq == entry.seq
        assert found(tmp_path / "two") == set()


@pytest.mark.parametrize("recorded", [True, False])
def test_an_entry_that_the_disk_has_after_all_is_the_one_of_this_export(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, recorded: bool
) -> None:
    with closing(an_office(tmp_path / "data")) as office:
        append = office.book.append

        def fails(kind: EntryKind, payload: dict[str, Any]) -> None:
            if recorded:
                append(kind, payload)
            raise passed(done=True)

        monkeypatch.setattr(office.book, "append", fails)
        if recorded:
            assert export(office, tmp_path / "export").entries == office.book.head()[0] - 1
        else:
            with pytest.raises(Refusal, match="磁盘读写出错"):
                export(office, tmp_path / "export")
        assert (tmp_path / "export" / MANIFEST).exists() == recorded


def test_at_a_doubtful_time_nothing_is_exported(tmp_path: Path) -> None:
    now = [NOW]
    with closing(open_office(tmp_path / "data", lambda: now[0])) as office:
        a_slip(office)
        now[0] = NOW.replace(year=2025)
        assert refused(office, tmp_path / "one") == "clock-doubtful"
        assert not (tmp_path / "one").exists()


def test_what_is_written_meanwhile_is_in_the_export_or_it_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(an_office(tmp_path / "data")) as office:
        a_slip(office)
        table, times = export_files._write_table, [1]

        def busy(*arguments: Any) -> Any:
            if times[0]:
                times[0] -= 1
                a_slip(office)
            return table(*arguments)

        monkeypatch.setattr(export_files, "_write_table", busy)
        assert export(office, tmp_path / "one").entries == office.book.head()[0] - 1, "its own entry comes after"
        assert found(tmp_path / "one") == set()
        times[0] = 100
        (tmp_path / "busy").mkdir()
        assert refused(office, tmp_path / "busy") == "export-book-busy"


def test_what_is_erased_meanwhile_is_in_no_export(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN an erasure between the first line and the last WHEN a book is exported THEN all is written anew."""
    begun, asked = list[int](), iter((0, 5, 0, 0))
    with closing(an_office(tmp_path / "data")) as office:
        a_slip(office)
        write = export_files._write_lines

        def counted(*arguments: Any) -> Any:
            begun.append(1)
            return write(*arguments)

        monkeypatch.setattr(export_files, "_write_lines", counted)
        monkeypatch.setattr(export_files, "last_erasure", lambda _: next(asked))
        export(office, tmp_path / "export")
    assert len(begun) == 2
    assert found(tmp_path / "export") == set()


def test_what_a_forger_wrote_does_nothing_to_a_terminal(exported: Path) -> None:
    header, lines = lines_in(exported)
    at = next(n for n, line in enumerate(lines) if line.kind == "slip_issued" and line.body)
    content = chain.parse(lines[at].body or "")
    content["card"]["number"], content["issue"]["sequence"] = "\x1b[2J\u202e好", 77
    forged = [*lines[:at], replace(lines[at], body=chain.canonical(content)), *lines[at + 1 :]]
    book, fitting = VERIFY.verify(written(exported, header, lined_up(relinked(forged))))
    said = "".join(VERIFY.report(book, [], fitting))
    assert "?[2J?好" in said
    assert said.isprintable()


Damage = Callable[[list[Line], random.Random], Sequence[Line]]


def _one(change: Callable[[Line], Line]) -> Damage:
    def damage(lines: list[Line], chance: random.Random) -> Sequence[Line]:
        at = chance.choice([n for n, line in enumerate(lines) if line.body is not None and n])
        lines[at] = change(lines[at])
        return lines

    return damage


def _exchanged(lines: list[Line], chance: random.Random) -> Sequence[Line]:
    a, b = chance.sample([n for n, line in enumerate(lines) if line.body is not None and line.uuid is None], 2)
    one, other = lines[a], lines[b]
    lines[a], lines[b] = replace(one, salt=other.salt, body=other.body), replace(other, salt=one.salt, body=one.body)
    return lines


def _renumbered(lines: list[Line], chance: random.Random) -> Sequence[Line]:
    """A slip is given another place in its series, and all is linked anew."""
    at = chance.choice([n for n, line in enumerate(lines) if line.kind == "slip_issued" and line.body])
    content = chain.parse(lines[at].body or "")
    content["issue"]["sequence"] += chance.choice((-1, 1, 7))
    lines[at] = replace(lines[at], body=chain.canonical(content))
    return relinked(lines)


def _body(line: Line) -> Line:
    return replace(line, body=chain.canonical({**chain.parse(line.body or ""), "note": "改"}))


def _flipped(value: bytes) -> bytes:
    return bytes((value[0] ^ 1, *value[1:]))


DAMAGES: dict[str, Damage] = {
    "a content": _one(_body),
    "a salt": _one(lambda line: replace(line, salt=_flipped(line.salt or b"x"))),
    "a time": _one(lambda line: replace(line, time=line.time.replace("20", "21", 1))),
    "a class of visibility": _one(lambda line: replace(line, visibility="confidential")),
    "a digest": _one(lambda line: replace(line, inner=_flipped(line.inner))),
    "a hash": _one(lambda line: replace(line, hash=_flipped(line.hash))),
    "an algorithm": _one(lambda line: replace(line, algorithm="sha256-2")),
    "the name of an act": _one(lambda line: replace(line, uuid="other") if line.kind != "payload_erased" else _body(line)),
    "a content taken out": _one(lambda line: replace(line, salt=None, body=None) if line.kind != "payload_erased" else _body(line)),
    "exchanged contents": _exchanged,
    "another number, linked anew": _renumbered,
}  # fmt: skip


@pytest.mark.nightly("audit")
@pytest.mark.slow
def test_the_verifier_and_the_program_s_check_agree(exported: Path, tmp_path: Path, portion: Portion) -> None:
    header, honest = lines_in(exported)
    assert checked(tmp_path / "honest.db", honest) == []
    names = sorted(DAMAGES)
    for n in range(portion.times(1000, sample=24)):
        name = names[n % len(names)]
        lines = list(DAMAGES[name](honest.copy(), random.Random(n)))
        problems = checked(tmp_path / f"{n}.db", lines)
        findings = {one for one in found(written(exported, header, lined_up(lines))) if "closing" not in one[1]}
        assert problems, (n, name)
        assert findings, (n, name, problems)
        assert any(f"第 {seq} 条" in problems[0] for seq, _ in findings), (n, name, problems, findings)
        (tmp_path / f"{n}.db").unlink()


def test_lines_missing_repeated_or_out_of_place_are_named(exported: Path) -> None:
    header, lines = lines_in(exported)
    texts = lined_up(lines)
    assert found(written(exported, header, texts)) == set()
    assert found(written(exported, header, [*texts[:5], *texts[6:]])) >= {(6, "missing")}
    assert found(written(exported, header, [*texts[:6], texts[5], *texts[6:]])) == {(6, "repeated")}
    swapped = [*texts[:5], texts[6], texts[5], *texts[7:]]
    assert found(written(exported, header, swapped)) >= {(6, "missing"), (6, "out-of-place")}
    spelled = texts[5].replace('":', '": ', 1)
    assert found(written(exported, header, [*texts[:5], spelled, *texts[6:]])) >= {(6, "line-unreadable")}


def test_closings_are_held_against_their_entries(exported: Path) -> None:
    header, lines = lines_in(exported)
    closing = next(n for n, line in enumerate(lines) if line.kind == "day_closed")
    at = next(n for n, line in enumerate(lines) if line.uuid == f"erase:{closing + 1}")  # a reason has left it
    erasure = chain.parse(lines[at].body or "")
    closed = erasure["kept"]
    assert (lines[closing].body, closed["figures"]["voids"][0]["reason"]) == (None, "")
    changes = {
        "counts": {**closed["figures"]["counts"], "slip_issued": 1}, "voids": [], "reprints": {},
        "papers": [{**closed["figures"]["papers"][0], "issued": 1}],
    }  # fmt: skip
    for name, figure in changes.items():
        forged = {**closed, "figures": {**closed["figures"], name: figure}}
        body = chain.canonical({**erasure, "kept": forged})
        changed = [*lines[:at], replace(lines[at], body=body), *lines[at + 1 :]]
        findings = found(written(exported, header, lined_up(relinked(changed))))
        assert (closing + 1, "closing-sums") in findings, name
    findings = found(written(exported, header, lined_up(relinked([*lines[:2], _body(lines[2]), *lines[3:]]))))
    assert {code for _, code in findings} == {"closing-head"}


def test_a_cut_tail_and_a_relinked_chain_are_seen_by_a_head_from_outside(exported: Path) -> None:
    header, lines = lines_in(exported)
    first, last = (f"{line.seq}:{line.hash.hex()[:12]}" for line in (lines[3], lines[-1]))
    cut = written(exported, header, lined_up(lines[:-1]))
    assert found(cut) == set(), "a forger who makes all fit is seen by nobody without a head"
    assert found(cut, first) == set()
    assert found(cut, first, last) == {(len(lines), "head-beyond")}
    at = len(lines) - 1
    forged = written(exported, header, lined_up(relinked([*lines[:at], _body(lines[at])])))
    assert found(forged) == set()
    assert found(forged, first, last) == {(len(lines), "head-differs")}
    book, _ = VERIFY.verify(forged, [VERIFY.read_head(first), VERIFY.read_head(last)])
    assert book.findings[0].values == (5, len(lines))
    assert found(forged, "2:000000000000", first) == {(2, "head-miscopied")}


def test_files_and_manifest_that_do_not_fit_are_named(exported: Path) -> None:
    manifest = (exported / MANIFEST).read_bytes()
    with (exported / TABLE).open("ab") as file:
        file.write(b'"x"\r\n')
    assert found(exported) == {(0, "file-changed"), (0, "table")}
    assert found(with_manifest(exported)) == {(0, "table")}
    (exported / TABLE).unlink()
    assert found(exported) == {(0, "file-missing")}
    for old, new, code in (
        (b'"entries":', b'"entries":1', "manifest-head"), (b'"book":"', b'"book":"0', "other-book"),
        (b'"format":', b'"format": ', "manifest-wrong"), (b'"withheld":["key', b'"withheld":["slip', "manifest-wrong"),
        (b'"slips.csv"', b'"../slips.csv"', "manifest-wrong"),
    ):  # fmt: skip
        assert old in manifest
        (exported / MANIFEST).write_bytes(manifest.replace(old, new, 1))
        assert (0, code) in found(exported), new


@pytest.mark.nightly("audit")
def test_every_byte_that_is_changed_is_found(exported: Path, portion: Portion) -> None:
    path = exported / LINES
    content = path.read_bytes()
    for at in portion.of(range(len(content)), sample=60):
        path.write_bytes(content[:at] + bytes((content[at] ^ 1,)) + content[at + 1 :])
        if not found(with_manifest(exported)):  # the name of an act of which nothing is left
            begun = content.rindex(b"\n", 0, at) + 1
            line = Line.from_text(content[begun : content.index(b"\n", at)].decode())
            assert (line.body, line.kind) in ((None, "slip_issued"), (None, "key_slot")), at
            assert content[begun : at + 1].find(b'"uuid":"') >= 0, at


@pytest.mark.slow
def test_as_much_memory_is_used_whatever_the_book_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_files, "_BATCH", 20)
    used = []
    with closing(an_office(tmp_path / "data")) as office:
        for n in range(2):
            for _ in range(25 + 100 * n):
                a_slip(office)
            tracemalloc.start()
            try:
                export(office, tmp_path / f"export {n}")
                used.append(tracemalloc.get_traced_memory()[1])
            finally:
                tracemalloc.stop()
    assert used[1] < 1.3 * used[0]
