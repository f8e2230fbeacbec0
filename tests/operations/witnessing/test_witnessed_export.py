"""A kept book whose heads a centre co-signed is read as it was, and exported; whatever is done to one of them, linked anew, is named by the
verifier as by the program."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.closing.head_statement import HeadStatement
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.safekeeping import witness
from counter_assistant.operations.safekeeping.exporting import export
from counter_assistant.storage.engines.sqlite.database import Database
from counter_assistant.storage.engines.sqlite.new_file import make_from
from counter_assistant.storage.journal import chain
from counter_assistant.storage.safekeeping.line import Line
from counter_assistant.storage.safekeeping.stored_lines import put_in
from counter_assistant.storage.witnessing.cosigned_head import HEADS, cosigned
from tests.make import NOW, clock
from tests.operations.safekeeping.auditing import VERIFY, found, lined_up, lines_in, relinked, written
from tests.operations.witnessing.centre import a_signer
from tests.portion import Portion

KEPT = Path(__file__).parent / "fixtures" / "witnessed"
SIGNER, OTHER = a_signer(), a_signer(b"x" * 32)
ENTRIES = (8, 13)
LATER = NOW + timedelta(days=2)
"""The kept book ends the day before."""


def opened(folder: Path) -> Office:
    return open_office(folder, lambda: LATER)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory, engine: None) -> Path:
    folder = tmp_path_factory.mktemp("witnessed")
    shutil.copytree(KEPT, folder / "data")
    with closing(opened(folder / "data")) as office:
        office.act_as("0002")
        export(office, folder / "export")
    return folder / "export"


@pytest.fixture
def exported(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(original, tmp_path / "export"))


def test_a_kept_book_with_witnessed_heads_is_whole_and_the_one_that_the_centre_signed(tmp_path: Path) -> None:
    shutil.copytree(KEPT, tmp_path / "data")
    with closing(opened(tmp_path / "data")) as office:
        heads = witness.heads_of_centre(office, KEPT / HEADS)
        seen = witness.check(office, heads)
    assert (seen.problems, seen.cosigned, len(seen.compared), seen.turned_back) == ([], 2, 2, False)


def test_the_report_says_whose_key_it_is_only_where_somebody_said_so(exported: Path) -> None:
    book, fitting = VERIFY.verify(exported)
    assert (book.findings, book.witnessed) == ([], {SIGNER.key: 2})
    said = "\n".join(VERIFY.report(book, [], fitting))
    assert f"中心见证 2 次，公钥 {SIGNER.key}：签名对、公钥未核对。" in said
    book, fitting = VERIFY.verify(exported, [], SIGNER.key)
    assert book.findings == []
    said = "\n".join(VERIFY.report(book, [], fitting))
    assert ("公钥未核对" in said, "签名对，公钥是给定的" in said) == (False, True)
    book, _ = VERIFY.verify(exported, [], OTHER.key)
    assert {(one.seq, one.code) for one in book.findings} == {(seq, "witness-key") for seq in ENTRIES}


def test_the_key_is_given_on_the_command_line(exported: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for key, code in ((SIGNER.key.upper(), 0), (OTHER.key, 1)):
        assert VERIFY.main([str(exported), "--centre-key", key, "--json"]) == code
        assert f'"centre": {str(not code).lower()}' in capsys.readouterr().out
    with pytest.raises(SystemExit) as ended:
        VERIFY.main([str(exported), "--centre-key", "ab"])
    assert ended.value.code == 2


Body = dict[str, Any]


def _statement(body: Body, **changes: Any) -> HeadStatement:
    return replace(HeadStatement.from_text(body["statement"]), **changes)


def _signed(body: Body, **changes: Any) -> Body:
    """Another statement, signed with the centre's key, as a centre would that is not careful."""
    head = cosigned(_statement(body, **changes), SIGNER)
    return {**body, "statement": head.statement, "signature": head.signature}


def _flipped(body: Body, name: str, at: int) -> Body:
    data = bytearray.fromhex(body[name])
    data[at // 8 % len(data)] ^= 1 << at % 8
    return {**body, name: data.hex()}


CHANGES: dict[str, tuple[Callable[[Body, int], Body], str]] = {
    "a bit of the signature": (lambda body, n: _flipped(body, "signature", n), "witness-signature"),
    "a bit of the key": (lambda body, n: _flipped(body, "key", n), "witness-signature"),
    "a digit of the head": (
        lambda body, n: {**body, "statement": _statement(body, head=f"{n:064x}").text}, "witness-signature",
    ),
    "signed without what says what it is": (
        lambda body, _: {**body, "signature": SIGNER.sign(body["statement"].encode()).hex()}, "witness-signature",
    ),
    "another book": (lambda body, n: _signed(body, book=f"{n:032x}"), "witness-book"),
    "another hash": (lambda body, n: _signed(body, head=f"{n:064x}"), "witness-head"),
    "the entry before": (lambda body, _: _signed(body, entries=_statement(body).entries - 1), "witness-head"),
    "an entry to come": (lambda body, _: _signed(body, entries=99), "witness-head"),
    "no statement": (lambda body, _: {**body, "statement": "{}"}, "witness-unreadable"),
    "a statement with a blank": (lambda body, _: {**body, "statement": body["statement"] + " "}, "witness-unreadable"),
    "a short key": (lambda body, _: {**body, "key": body["key"][2:]}, "witness-unreadable"),
    "a key in capitals": (lambda body, _: {**body, "key": body["key"].upper()}, "witness-unreadable"),
    "another algorithm": (lambda body, _: {**body, "algorithm": "Ed25519ph"}, "witness-unreadable"),
    "no text": (lambda body, _: {**body, "signature": 7}, "content-unreadable"),
    "nothing": (lambda body, _: {key: body[key] for key in body if key != "key"}, "content-unreadable"),
}  # fmt: skip


def forged(lines: list[Line], seq: int, change: Callable[[Body], Body]) -> list[Line]:
    at = seq - 1
    body = chain.canonical(change(chain.parse(lines[at].body or "")))
    return relinked([*lines[:at], replace(lines[at], body=body), *lines[at + 1 :]])


@pytest.mark.parametrize("name", CHANGES)
def test_a_head_that_was_changed_is_named_by_its_entry(exported: Path, name: str) -> None:
    """GIVEN a chain that is linked anew THEN the co-signed head in it is found wrong, beside what it contradicts."""
    header, lines = lines_in(exported)
    change, code = CHANGES[name]
    findings = found(written(exported, header, lined_up(forged(lines, ENTRIES[1], lambda body: change(body, 77)))))
    assert findings == {(ENTRIES[1], code)}


def test_a_co_signed_head_is_not_erased(exported: Path) -> None:
    """GIVEN an erasure of its content, whole or in part THEN its entry is named, because nothing of a person was in it."""
    header, lines = lines_in(exported)
    line = lines[ENTRIES[0] - 1]
    for kept in ({}, {"of": line.kind}):
        body = {
            "kept": chain.parse(line.body or ""),
            "schema": 1,
            "request": {"uuid": f"erase:{line.seq}", "digest": ""},
        }
        end = replace(
            lines[-1],
            seq=len(lines) + 1,
            kind="payload_erased",
            uuid=f"erase:{line.seq}",
            salt=b"x",
            body=chain.canonical({**body, **kept}),
        )
        new = relinked([*lines, end])
        new[line.seq - 1] = replace(new[line.seq - 1], salt=None, body=None)
        said = header.replace('"erased":0', f'"erased":{len(new)}')
        findings = found(written(exported, said, lined_up(new)))
        assert findings >= {(line.seq, "witness-unreadable"), (len(new), "erasure-wrong")}
        assert {seq for seq, _ in findings} == {line.seq, len(new)}


def test_a_chain_linked_anew_contradicts_what_the_centre_signed(exported: Path) -> None:
    header, lines = lines_in(exported)
    at = next(n for n, line in enumerate(lines) if line.kind == "slip_issued")
    content = chain.parse(lines[at].body or "")
    changed = replace(lines[at], body=chain.canonical({**content, "note": "改"}))
    findings = found(written(exported, header, lined_up(relinked([*lines[:at], changed, *lines[at + 1 :]]))))
    assert {(seq, "witness-head") for seq in ENTRIES} <= findings


@pytest.mark.nightly("audit")
@pytest.mark.slow
def test_the_verifier_and_the_program_say_the_same_of_a_co_signed_head(
    exported: Path, portion: Portion, tmp_path: Path
) -> None:
    header, lines = lines_in(exported)
    names = sorted(CHANGES)
    for n in range(portion.times(500, sample=2 * len(names))):
        name, seq = names[n % len(names)], portion.chance.choice(ENTRIES)
        number = portion.chance.randrange(2**16)
        new = forged(lines, seq, lambda body, name=name, number=number: CHANGES[name][0](body, number))  # type: ignore[misc]
        (tmp_path / "data").mkdir()
        make_from(None, tmp_path / "data" / "book.db", None, None)
        with closing(Database.open(tmp_path / "data" / "book.db", clock)) as database, database.writing() as handle:
            put_in(handle, new)
        with closing(opened(tmp_path / "data")) as office:
            problems = witness.check(office).contradicted
        shutil.rmtree(tmp_path / "data")
        findings = {one for one in found(written(exported, header, lined_up(new))) if not one[1].startswith("closing")}
        assert {one for one, _ in findings} >= {seq}, (n, name)
        for one, code in findings:
            assert any(f"第 {one} 条" in problem for problem in problems), (n, name, code, problems)
