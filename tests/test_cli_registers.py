"""The command line of the register of complaints: in training everything, elsewhere nothing that somebody else could read."""

from __future__ import annotations

import io
import json
import os
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.cli import parser
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.people.roles import Permission, Role
from counter_assistant.operations import sealing
from counter_assistant.operations.intake import admissibility
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.keys.keepers import name_keeper
from counter_assistant.operations.office import open_office
from counter_assistant.operations.registers import complaint_drafts, complaints
from counter_assistant.operations.registers.register_key import register_key
from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import Cost
from counter_assistant.storage.sealing.book_key import BookKey
from counter_assistant.storage.sealing.sealed_payload import SealedPlace, seal_content
from tests.make import a_request, confirmed
from tests.storage.sealing.canary import found_in

OURS, THEIRS = "san yue de yu luo zai gengma", "di yi ban duchuan 0630"
NAME, PHONE, TEXT = "龘靐齉", "13987654321", "等了一个小时没有人理"
TOLD = {
    "channel": "phone",
    "category": "attitude",
    "matter": TEXT,
    "name": NAME,
    "name_kept": "withheld",
    "phone": PHONE,
}


class Line:
    """A command line on one data folder, in training."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self._capsys, self._monkeypatch = folder, capsys, monkeypatch

    def run(
        self, act: str, *arguments: str, given: Any = None, training: bool = True, secret: str = ""
    ) -> tuple[int, str, str]:
        """Exit code, stdout, stderr; what is given is read from standard input, and a passphrase from a pipe."""
        text = given if isinstance(given, bytes) else json.dumps(given, ensure_ascii=False).encode()
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text), "utf-8"))
        where = ("--data-dir", str(self.folder / "data"), *(("--training",) if training else ()))
        reading, writing = os.pipe()
        os.write(writing, f"{secret}\n".encode())
        os.close(writing)
        code = parser.main(["register", "complaint", act, *arguments, *where, "--secret-fd", str(reading)])
        os.close(reading)
        return code, *self._capsys.readouterr()

    def json(self, act: str, *arguments: str, given: Any = None) -> Any:
        code, out, err = self.run(act, *arguments, "--json", given=given)
        assert (code, err) == (0, "")
        return json.loads(out)

    def refusal(self, act: str, *arguments: str, given: Any = None, training: bool = True) -> str:
        code, out, err = self.run(act, *arguments, given=given, training=training)
        assert (code, out) == (1, "")
        return err


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Line:
    return Line(tmp_path, capsys, monkeypatch)


def test_from_a_call_to_its_volume(line: Line) -> None:
    added = line.json("add", "-", given=TOLD)
    assert added.keys() == {"number", "entry"}
    number = added["number"]
    assert line.json("add", "-", given={"of": number, "text": "又打来一次", "clerk": "0002"})["number"] == number
    steps: list[dict[str, str]] = [
        {"step": "accept", "way": "phone"}, {"step": "verify", "text": "属实"},
        {"step": "transfer", "to": "0002", "text": "涉及本窗口"},
        {"step": "decide", "text": "致歉", "handling": "mediated", "clerk": "0002"},
        {"step": "feed_back", "way": "phone", "satisfaction": "fair", "clerk": "0002"},
        {"step": "file", "volume": "2026-投-1", "clerk": "0002"},
    ]  # fmt: skip
    nexts = [line.json("add", "-", given={"of": number, **step})["next"] for step in steps]
    assert nexts == ["verify", "decide", "decide", "feed_back", "file", None]
    listed = line.json("list")
    assert (listed["drafts"], listed["strays"], listed["unreadable"]) == ([], [], [])
    (complaint,) = listed["complaints"]
    assert complaint.keys() == {
        "number", "day", "channel", "category", "next", "owner", "due", "provisional", "overdue",
    }  # fmt: skip
    shown = line.json("show", number.lower())
    assert {name: shown[name] for name in TOLD} == TOLD
    assert (shown["owner"], shown["trackers"], shown["address"]) == ("0002", ["0001"], None)
    assert [step["step"] for step in shown["steps"]] == [step["step"] for step in steps]
    assert shown["steps"][3]["handling"] == "mediated"
    assert [said["text"] for said in shown["besides"]] == ["又打来一次"]


def test_the_words_say_how_it_stands_and_a_list_says_nothing_of_anybody(line: Line) -> None:
    file = line.folder / "told.json"
    file.write_text(json.dumps(TOLD, ensure_ascii=False), "utf-8")
    code, out, err = line.run("add", str(file))
    assert (code, err) == (0, "")
    assert out.endswith("写着投诉内容的输入文件还在，请自行删去。\n")
    assert line.run("list")[1].count("\n") == 1
    number = line.json("list")["complaints"][0]["number"]
    line.json("add", "-", given={"of": number, "step": "accept"})
    line.json("add", "-", given={"of": number, "step": "transfer", "to": "0002", "text": "涉及本窗口"})
    line.json("add", "-", given={"of": "TS-0000-0000", "text": "编号听错了"})
    line.json("add", "-", given={"of": number, "text": "又打来一次"})
    _, out, _ = line.run("list")
    assert "待核实　工号 0002 承办　工号 0001 跟踪" in out
    assert out.endswith("不属于任何一件：TS-0000-0000\n")
    stray = "不属于任何一件：TS-0000-0000　补充　编号听错了　工号 0001，"
    assert line.run("show", "TS-0000-0000")[1].startswith(stray)
    assert line.json("show", "TS-0000-0000")["strays"][0]["text"] == "编号听错了"
    assert not [said for said in (NAME, PHONE, TEXT) if said in out]
    _, out, _ = line.run("show", number)
    for said in (
        f"投诉人：要求对姓名保密、{NAME}",
        f"主要问题：{TEXT}",
        "转办：涉及本窗口　转工号 0002　工号 0001",
        "补充：又打来一次",
    ):
        assert said in out


def test_a_keeper_finds_what_nobody_finished_and_what_belongs_to_nothing(line: Line) -> None:
    act, number = complaint_drafts.new_act(), line.json("add", "-", given=TOLD)["number"]
    with closing(open_office(line.folder / "data", training=True)) as office:
        key = register_key(office)
        complaint_drafts.save_draft(office, key, act, {"matter": TEXT, "phone": PHONE})
        twice = complaints.find(office, key, number).complaint
        again = complaint_drafts.new_act()
        sealed = seal_content(key, SealedPlace(EntryKind.COMPLAINT, again), twice.to_payload())
        office.book.append(EntryKind.COMPLAINT, sealed.to_payload(), uuid=again)
        lost = office.book.append(EntryKind.COMPLAINT, {"sealed": "0123"}).seq
    listed = line.json("list")
    assert (listed["drafts"], listed["strays"]) == ([{"act": act, "author": "0001"}], [number])
    assert listed["unreadable"] == [lost]
    assert line.run("list")[1].splitlines()[1:] == [
        f"没有登记的草稿：{act}　工号 0001", f"不属于任何一件：{number}", f"打不开：{lost}",
    ]  # fmt: skip
    assert line.json("show", act) == {"act": act, "author": "0001", "typed": {"matter": TEXT, "phone": PHONE}}
    assert line.run("show", act)[1] == f"没有登记的草稿　工号 0001\nmatter：{TEXT}\nphone：{PHONE}\n"
    assert line.refusal("show", f"{act}0").startswith("投诉登记里没有这份草稿。")
    assert line.run("show", number)[1].count(f"主要问题：{TEXT}") == 2
    assert [said["matter"] for said in line.json("show", number)["strays"]] == [TEXT]


def test_a_keeper_seals_what_earlier_versions_left_in_the_open(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    assert line.json("list")["in_the_open"] == 0
    assert line.refusal("reenter").startswith("公开的台账里没有以前的投诉件了。")
    with monkeypatch.context() as patched, closing(open_office(line.folder / "data", training=True)) as office:
        patched.setattr(admissibility, "sealed_fault", lambda _matter: None)
        issue_slip(office, a_request("D02", applicant={"name": NAME, "phone": PHONE}, delivery="oral"))
        office.drafts.save("draft", {"item": "D01", "name": NAME})
    assert line.json("list")["in_the_open"] == 2
    assert line.run("list")[1].endswith("以前的投诉件 2 份还在公开的台账里，用 register complaint reenter 改成密封。\n")
    done = line.json("reenter")
    assert (len(done["numbers"]), done["drafts"]) == (1, 1)
    assert line.json("show", done["numbers"][0])["name"] == NAME
    assert line.json("list")["in_the_open"] == 0
    assert found_in(line.folder, (NAME, PHONE)) == []


def test_an_anonymous_one_needs_no_more_than_its_matter(line: Line) -> None:
    number = line.json("add", "-", given={"matter": TEXT})["number"]
    shown = line.json("show", number)
    assert (shown["name_kept"], shown["channel"], shown["category"]) == ("anonymous", "window", "other")
    assert line.run("show", number)[1].splitlines()[1] == "投诉人：匿名"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "登记缺少“matter”。"),
        ({**TOLD, "id_number": "11010519491231002X"}, "登记里不认识“id_number”这一项。"),
        ({**TOLD, "channel": "radio"}, "“channel”没有“radio”这个值。"),
        ({**TOLD, "day": "2027-01-01"}, "投诉的日期还没有到。"),
        ({"of": "TS-0000-0000", "step": "accept"}, "投诉登记里没有 TS-0000-0000。"),
        ({"of": "TS-0000-0000", "step": "burn"}, "“step”没有“burn”这个值。"),
        ({"of": "TS-0000-0000"}, "登记缺少“text”。"),
        ({**TOLD, "clerk": "9999"}, "没有经办人“9999”。"),
        (b"[1]", "请求应当是一个 JSON 对象。"),
        (b"{", "标准输入不是有效的 JSON。"),
        (b'"' + b"x" * 1_000_001, "标准输入超过 1 MB。"),
    ],
)
def test_what_cannot_be_recorded_is_said_in_one_sentence(line: Line, given: Any, said: str) -> None:
    assert line.refusal("add", "-", given=given).startswith(said)


def test_an_open_book_that_is_no_training_has_no_register(line: Line) -> None:
    for act, more in (("add", "-"), ("list", None), ("show", "TS-0000-0000")):
        said = line.refusal(act, *([more] if more else []), given=TOLD, training=False)
        assert said.startswith("台账没有密封，投诉登记了别人也看得见。")
    assert found_in(line.folder, (NAME, PHONE, TEXT)) == []


@pytest.fixture
def sealed(line: Line, monkeypatch: pytest.MonkeyPatch) -> BookKey:
    """The key of a sealed book that 0001, a keeper, and 0003, a clerk, open."""
    monkeypatch.setattr(ciphers, "COST", Cost(1, 8192))
    with closing(open_office(line.folder / "data")) as office:
        office.decide_profile(confirmed(office.profile))
        first, *rest = office.profile.clerks
        keeper = replace(first, roles=(*first.roles, Role.REGISTER_KEEPER))
        office.decide_profile(replace(office.profile, clerks=(keeper, *rest)))
        sealing.seal(office, "0001", OURS, sealing.new_sheet())
        sealing.add_passphrase(office, "0001", "0003", THEIRS)
        name_keeper(office, "0001", "0001")
    return sealing.by_passphrase(line.folder / "data", "0001", OURS).key


@pytest.mark.usefixtures("sealed")
def test_in_a_sealed_book_a_clerk_adds_and_a_keeper_reads(line: Line) -> None:
    clerk: dict[str, Any] = {"training": False, "secret": THEIRS}
    code, out, err = line.run("add", "-", "--as", "0003", "--json", given=TOLD, **clerk)
    assert (code, err) == (0, "")
    number = json.loads(out)["number"]
    calls: tuple[tuple[str, tuple[str, ...]], ...] = (("list", ()), ("show", (number,)))
    for act, more in calls:
        code, out, err = line.run(act, *more, "--as", "0003", **clerk)
        assert (code, out) == (1, "")
        assert err.startswith("查看投诉登记由登记保管人办，岩温不是。请找罗𠅤克（")
    assert "经办人却写着" in line.run("add", "-", "--as", "0003", given={**TOLD, "clerk": "0001"}, **clerk)[2]
    step = {"of": number, "step": "accept"}
    assert line.run("add", "-", "--as", "0003", given=step, **clerk)[0] == 1
    code, out, err = line.run("add", "-", "--as", "0001", "--json", given=step, training=False, secret=OURS)
    assert (code, err, json.loads(out)["next"]) == (0, "", "verify")
    _, out, _ = line.run("show", number, "--as", "0001", "--json", training=False, secret=OURS)
    assert {name: json.loads(out)[name] for name in TOLD} == TOLD
    assert found_in(line.folder, (NAME, PHONE, TEXT, number)) == []


@pytest.mark.parametrize("role", Role)
def test_a_command_does_what_the_role_may_and_refuses_the_rest(line: Line, sealed: BookKey, role: Role) -> None:
    """GIVEN somebody who has the key of the register WHEN their role is another THEN what they may not is refused all the same."""
    with closing(open_office(line.folder / "data", key=sealed)) as office:
        first, second, *rest = office.profile.clerks
        clerks = (replace(first, roles=(role.value,)), replace(second, roles=tuple(Role)), *rest)
        office.book.append(EntryKind.OFFICE_PROFILE, replace(office.profile, clerks=clerks).to_payload())
    for permission, act, more in (
        (Permission.RECORD_SEALED, "add", ("-",)),
        (Permission.READ_SEALED, "list", ()),
    ):
        code, _, err = line.run(act, *more, "--as", "0001", given=TOLD, training=False, secret=OURS)
        assert code == (0 if role in permission.roles else 1)
        assert role in permission.roles or (err.startswith(f"{permission.label}由") and "请找" in err)


def test_there_may_be_nothing_to_read(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    assert line.run("list")[1] == "没有投诉登记。\n"
    assert line.refusal("add", "nowhere.json").startswith("读不到请求文件 nowhere.json")
    monkeypatch.setattr(sys, "stdin", None)
    assert parser.main(["register", "complaint", "add", "-", "--data-dir", str(line.folder / "data")]) == 1
