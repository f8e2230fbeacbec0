"""A centre that signs heads sees a book that was turned back, forked or written anew; so does the branch, by what the centre kept."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from counter_assistant.domain.closing.head_statement import (
    HeadStatement,
    HeadWitnessed,
    signed_bytes,
)
from counter_assistant.domain.closing.outside_head import Result
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.pack import fingerprint
from counter_assistant.operations.office import Office
from counter_assistant.operations.safekeeping import witness
from counter_assistant.operations.witnessing.stating import state_head
from counter_assistant.operations.witnessing.taking import take_cosigned
from counter_assistant.paths import BOOK_NAME
from counter_assistant.storage.witnessing.cosigned_head import CosignedHead, append, cosigned, is_signed, read_record
from counter_assistant.storage.witnessing.statement_file import read_statement
from tests.make import an_office
from tests.operations.safekeeping.auditing import VERIFY, a_slip
from tests.operations.safekeeping.test_witness import ATTACKS, History
from tests.operations.witnessing.centre import Centre, a_signer
from tests.portion import Portion

SHOWN = "e14f 1b4e 3d2c 8a77 0f3e 2a5b 9c1d 6e70"


@pytest.fixture
def centre(tmp_path: Path) -> Centre:
    return Centre(tmp_path / "centre")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return an_office(tmp_path / "branch")


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refusal:
        act()
    return refusal.value.code


def take(office: Office, path: Path, centre: Centre) -> tuple[int, HeadStatement]:
    entry, said = take_cosigned(office, path, trust=centre.fingerprint)
    return entry.seq, said


def test_a_head_goes_to_the_centre_and_comes_back_into_the_book(office: Office, centre: Centre) -> None:
    with closing(office):
        a_slip(office)
        before = office.book.head()
        seq, said = take(office, centre.answer(office), centre)
        assert (said.entries, said.head, seq) == (*before, before[0] + 1)
        assert said.installation == office.profile.installation_code
        assert take(office, centre.folder / "back.jsonl", centre)[0] == seq, "taken once"
        a_slip(office)
        assert take_cosigned(office, centre.answer(office))[1].entries == before[0] + 2, "the key is known by now"
        found = witness.check(office, witness.heads_of_centre(office, centre.record))
        assert (found.problems, found.cosigned, len(found.compared), found.turned_back) == ([], 2, 2, False)


def test_what_is_signed_is_what_the_manual_says(office: Office, centre: Centre) -> None:
    """The auditor's verifier, which shares nothing with the program, agrees to the byte."""
    with closing(office):
        take(office, centre.answer(office), centre)
        entry = office.book.latest(EntryKind.HEAD_WITNESSED)
        assert entry is not None
        taken = HeadWitnessed.from_payload(entry.payload)
    assert VERIFY.STATEMENT.fullmatch(taken.statement)
    message = b"counter-assistant-cosigned-head-1\0" + taken.statement.encode()
    assert message == signed_bytes(taken.statement)
    assert VERIFY.ed25519_verify(bytes.fromhex(taken.key), message, bytes.fromhex(taken.signature))
    assert not VERIFY.ed25519_verify(bytes.fromhex(taken.key), taken.statement.encode(), bytes.fromhex(taken.signature))
    assert json.dumps(json.loads(taken.statement), sort_keys=True, separators=(",", ":")) == taken.statement


def test_the_same_head_is_signed_once(office: Office, centre: Centre) -> None:
    with closing(office):
        sent = centre.sent(office)
        first, second = centre.sign(sent), centre.sign(sent)
    assert (first.begun, first.again, second.begun, second.again) == (True, False, False, True)
    assert first.head == second.head
    assert len(centre.record.read_text("utf-8").splitlines()) == 1


@pytest.mark.nightly("witness")
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_the_centre_signs_nothing_of_a_book_that_was_turned_back(
    attack: Callable[[History, int], None], portion: Portion, tmp_path: Path
) -> None:
    """GIVEN random histories, some heads of which were signed WHEN the book is turned back, forked, cut or linked anew THEN the centre
    signs no later one, however long the book has grown, and says where it differs; and the branch sees it by the centre's record."""
    for n in range(portion.times(100, sample=3)):
        centre = Centre(tmp_path / f"{n}" / "centre")
        history = History(tmp_path / f"{n}", portion.chance)
        signed, states = list[int](), list[int]()
        for _ in range(portion.chance.randint(1, 3)):
            heads = history.go_on(portion.chance.randint(2, 5))
            with history.open() as office:
                centre.sign(centre.sent(office, signed[-1] if signed else None))
            signed.append(heads[-1].seq)
            states += [head.seq for head in heads]
        at = portion.chance.choice(states[:-1])
        attack(history, at)
        longer = portion.chance.choice([0, 1, 9])
        if longer:
            history.go_on(longer, keep=False)
        with history.open() as office:
            ends = office.book.head()[0]
            with pytest.raises(Refusal) as refusal:
                centre.sign(centre.sent(office, 0))
            found = witness.check(office, witness.heads_of_centre(office, centre.record))
        assert refusal.value.code == ("head-goes-back" if ends < signed[-1] else "head-forks"), (n, at)
        assert len(centre.record.read_text("utf-8").splitlines()) == len(signed)
        assert found.turned_back
        wrong = next(each for each in found.compared if each.head.seq > at)
        if wrong.result is Result.ENDS_BEFORE:
            assert wrong.first == ends + 1
        else:
            assert wrong.first <= at + 1 <= wrong.last
        if refusal.value.code == "head-forks":
            assert wrong.sentence in refusal.value.sentence
        shutil.rmtree(tmp_path / f"{n}")


@pytest.mark.nightly("witness")
def test_the_centre_signs_every_head_of_an_honest_book(portion: Portion, tmp_path: Path) -> None:
    for n in range(portion.times(100, sample=4)):
        centre = Centre(tmp_path / f"{n}" / "centre")
        history = History(tmp_path / f"{n}", portion.chance)
        for _ in range(portion.chance.randint(1, 4)):
            history.go_on(portion.chance.randint(1, 5), keep=False)
            with history.open() as office:
                take(office, centre.answer(office), centre)
                found = witness.check(office, witness.heads_of_centre(office, centre.record))
                assert (found.problems, found.turned_back) == ([], False)
        shutil.rmtree(tmp_path / f"{n}")


def test_without_the_links_from_the_last_head_nothing_is_signed(office: Office, centre: Centre) -> None:
    with closing(office):
        a_slip(office)
        signed = centre.sign(centre.sent(office)).said.entries  # it never came back
        a_slip(office)
        sent = centre.sent(office)
        with pytest.raises(Refusal) as refusal:
            centre.sign(sent)
        assert (refusal.value.code, f"--since {signed}" in refusal.value.remedy) == ("head-unproven", True)
        assert centre.sign(centre.sent(office, signed)).said.entries == signed + 1
        assert code_of(lambda: state_head(office, sent, 99)) == "no-such-entry"


def test_links_that_do_not_lead_to_the_head_are_damage(office: Office, centre: Centre) -> None:
    with closing(office):
        a_slip(office)
        sent = centre.sent(office, 1)
    whole = sent.read_bytes()
    lines = whole.splitlines(keepends=True)
    for other in (
        b"".join(lines[:-1]), b"".join([*lines, lines[-1]]), whole.replace(b'"after":1', b'"after":2'),
        whole.replace(b'"after":1', b'"after": 1'), whole.replace(b'"kind":"', b'"kind":"x'), whole[:-1],
        whole.replace(b'"after":1', b'"after":0'), b"".join([lines[0], b"{}\n"]),
    ):  # fmt: skip
        assert other != whole
        sent.write_bytes(other)
        assert code_of(lambda: read_statement(sent)) == "statement-damaged"
    sent.write_bytes(whole)
    assert read_statement(sent).after == 1
    sent.write_bytes(b"{}\n")
    assert code_of(lambda: read_statement(sent)) == "statement-foreign"
    assert code_of(lambda: read_statement(sent.parent)) == "statement-unreadable"


def test_another_book_of_the_installation_is_asked_about(tmp_path: Path, centre: Centre) -> None:
    with closing(an_office(tmp_path / "one")) as office:
        centre.sign(centre.sent(office))
    with closing(an_office(tmp_path / "two")) as office:
        sent = centre.sent(office)
        assert code_of(lambda: centre.sign(sent)) == "head-other-book"
        centre.sign(sent, "电脑坏了，\u202e重新启用台账")
        a_slip(office)
        assert centre.sign(centre.sent(office, 1)).said.entries == office.book.head()[0]
    assert "电脑坏了，重新启用台账" in centre.record.read_text("utf-8")


def test_after_the_centre_began_anew_only_later_heads_count(office: Office, centre: Centre, tmp_path: Path) -> None:
    """A book that lost entries for good, which somebody looked into, is witnessed again."""
    with closing(office):
        a_slip(office)
        shutil.copyfile((office.folder / BOOK_NAME), tmp_path / "older.db")
        a_slip(office)
        centre.sign(centre.sent(office))
    shutil.copyfile(tmp_path / "older.db", tmp_path / "branch" / "book.db")
    with closing(an_office(tmp_path / "branch")) as office:
        sent = centre.sent(office)
        assert code_of(lambda: centre.sign(sent)) == "head-goes-back"
        centre.sign(sent, "硬盘坏了，没有流水")
        found = witness.check(office, witness.heads_of_centre(office, centre.record))
        assert (found.problems, len(found.compared)) == ([], 1)


def test_what_is_not_this_book_s_or_not_the_centre_s_is_refused_by_name(
    office: Office, centre: Centre, tmp_path: Path
) -> None:
    back = tmp_path / "back.jsonl"

    def offered(head: CosignedHead, trust: str = "") -> str:
        back.write_text(f"{head.line}\n", "utf-8")
        before = office.book.head()
        code = code_of(lambda: take_cosigned(office, back, trust))
        assert office.book.head() == before
        return code

    with closing(office):
        a_slip(office)
        good = centre.sign(centre.sent(office)).head
        assert offered(good) == "witness-key-unconfirmed"
        assert offered(good, SHOWN) == "fingerprint-differs"
        assert offered(replace(good, signature="00" * 64)) == "heads-signature"
        assert offered(replace(good, algorithm="SM2")) == "heads-signature"
        assert offered(replace(good, key=good.key.upper())) == "heads-signature"
        assert (
            offered(replace(good, statement=good.statement.replace('"entries":', '"entries":1'))) == "heads-signature"
        )
        assert offered(replace(good, statement="{}")) == "heads-damaged"
        pretended = centre.signer.sign(good.statement.encode()).hex()
        assert offered(replace(good, signature=pretended)) == "heads-signature", "signed as nothing in particular"
        trust = centre.fingerprint
        said = good.said
        assert offered(cosigned(replace(said, book="0" * 32), centre.signer), trust) == "witness-other-book"
        assert offered(cosigned(replace(said, head="0" * 64), centre.signer), trust) == "witness-turned-back"
        assert offered(cosigned(replace(said, entries=99), centre.signer), trust) == "witness-turned-back"
        back.write_text(f"{good.line}\n", "utf-8")
        take_cosigned(office, back, trust)
        other = a_signer(b"x" * 32)
        assert offered(cosigned(said, other)) == "witness-foreign-key"
        back.write_text(f"{cosigned(said, other).line}\n", "utf-8")
        take_cosigned(office, back, fingerprint(other.algorithm, other.key))
        assert witness.check(office).problems == []


def test_a_fork_is_named_with_the_first_entry_that_differs(office: Office, centre: Centre, tmp_path: Path) -> None:
    with closing(office):
        a_slip(office)
        seq, _ = take(office, centre.answer(office), centre)
        shutil.copyfile((office.folder / BOOK_NAME), tmp_path / "older.db")
        a_slip(office)
        a_slip(office)
        back = centre.answer(office)
    shutil.copyfile(tmp_path / "older.db", tmp_path / "branch" / "book.db")
    with closing(an_office(tmp_path / "branch")) as office:
        for sentence in (f"从第 {seq + 1} 条起就没有了", f"从第 {seq} 条到第 {seq + 2} 条之间的一条起"):
            with pytest.raises(Refusal) as refusal:
                take_cosigned(office, back)
            assert refusal.value.code == "witness-turned-back"
            assert sentence in refusal.value.sentence
            a_slip(office)
            a_slip(office)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"signature": "00" * 64}, "签名不对"),
        ({"statement": "{}"}, "读不懂"),
        ({"book": "0" * 32}, "另一本台账"),
        ({"head": "0" * 64}, "与台账里的不符"),
        ({"entries": 99}, "与台账里的不符"),
    ],
)
def test_the_check_holds_every_co_signed_head_against_the_book(
    office: Office, centre: Centre, changes: dict[str, str], problem: str
) -> None:
    """GIVEN an entry that no operation would have written WHEN the book is checked THEN the entry is named."""
    with closing(office):
        a_slip(office)
        good = centre.sign(centre.sent(office)).head
        if not {"signature", "statement"} & changes.keys():
            good, changes = cosigned(replace(good.said, **changes), centre.signer), {}  # type: ignore[arg-type]
        said = {name: getattr(good, name) for name in good.__slots__}
        entry = office.book.append(EntryKind.HEAD_WITNESSED, {**said, "clerk": "0001", **changes})
        (found,) = witness.check(office).problems
        assert (problem in found, f"第 {entry.seq} 条" in found) == (True, True)


def test_a_record_is_appended_to_and_what_a_power_cut_left_goes(tmp_path: Path) -> None:
    path = tmp_path / "heads.jsonl"
    heads = [
        cosigned(HeadStatement("ab" * 16, n, "cd" * 32, "530926", "2026-11-23T10:42:00+08:00"), a_signer())
        for n in (1, 2, 3)
    ]
    append(path, heads[:1])
    whole = path.read_bytes()
    line = heads[1].line.encode()
    for left in (bytes(70), bytes(70) + b'9"}\n', *(line[:n] for n in range(len(line) + 1))):
        path.write_bytes(whole + left)
        assert read_record(path) == heads[:1]
        append(path, heads[1:2])
        assert read_record(path) == heads[:2]
    append(path, heads[2:])
    content = path.read_bytes()
    assert content.startswith(whole)
    lines = content.splitlines(keepends=True)
    path.write_bytes(lines[0] + lines[1].replace(b'"format"', b'"Format"') + lines[2])
    with pytest.raises(Refusal) as refusal:
        read_record(path)
    assert (refusal.value.code, "第 2 行" in refusal.value.sentence) == ("heads-damaged", True)
    path.write_bytes(b"counter-assistant")
    assert code_of(lambda: read_record(path)) == "heads-foreign"
    path.write_bytes(lines[0][:-1])
    assert code_of(lambda: read_record(path)) == "heads-damaged"
    assert code_of(lambda: read_record(tmp_path)) == "heads-unreadable"
    assert code_of(lambda: append(tmp_path, heads)) == "heads-unsaved"


@pytest.mark.parametrize("left", [b"", b'{"algorithm":"Ed', bytes(70)])
def test_a_record_whose_first_line_was_cut_off_is_begun(office: Office, centre: Centre, left: bytes) -> None:
    centre.record.write_bytes(left)
    with closing(office):
        assert centre.sign(centre.sent(office)).begun
    assert len(read_record(centre.record)) == 1


def test_a_record_that_is_damaged_is_not_begun_anew(office: Office, centre: Centre) -> None:
    with closing(office):
        sent = centre.sent(office)
        centre.sign(sent)
        whole = centre.record.read_bytes()
        for content, code in ((whole.replace(b"Ed25519", b"Ed25518"), "heads-signature"), (b"{}\n", "heads-foreign")):
            centre.record.write_bytes(content)
            assert code_of(lambda: centre.sign(sent)) == code
            assert centre.record.read_bytes() == content
    centre.record.unlink()
    centre.record.mkdir()
    assert code_of(lambda: centre.sign(sent)) == "heads-unreadable"


def test_nothing_is_signed_that_could_not_be_recorded(
    office: Office, centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN a disk that refuses to make it durable THEN no signature leaves the centre."""

    def refused(_: int) -> None:
        raise OSError(5, "")

    with closing(office):
        sent = centre.sent(office)
    monkeypatch.setattr(os, "fsync", refused)
    assert code_of(lambda: centre.sign(sent)) == "heads-unsaved"


@pytest.mark.parametrize("change", ["key", "signature", "statement", "algorithm"])
def test_a_signature_is_of_all_that_it_names(change: str) -> None:
    head = cosigned(HeadStatement("ab" * 16, 7, "cd" * 32, "530926", "2026-11-23T10:42:00+08:00"), a_signer())
    assert is_signed(head)
    other = getattr(head, change).replace("7", "8").replace("d", "e").replace("E", "F")
    assert not is_signed(replace(head, **{change: other}))
    assert not is_signed(replace(head, key="no hex"))
