"""`content check|diff|replay`: what the desk says of a catalogue, in sentences or as one JSON value."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.cli import content_commands, parser
from counter_assistant.domain.catalogue.items import Approval
from counter_assistant.domain.revision.edition import edition
from counter_assistant.domain.revision.revision import TextEdited
from counter_assistant.domain.revision.statements import newest
from counter_assistant.operations.catalogue.revising import Revising
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office, open_office
from tests.make import SINGLE, a_request


class Line:
    """The command line beside an office that is open on the same data."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys
        self.office: Office = open_office(folder)

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """Exit code, stdout, stderr."""
        code = parser.main(["content", *arguments, "--data-dir", str(self.folder)])
        out, err = self._capsys.readouterr()
        return code, out, err

    def json(self, *arguments: str, code: int = 0) -> Any:
        """The one JSON value on stdout."""
        got, out, _ = self.run(*arguments, "--json")
        assert got == code
        return json.loads(out)

    def revise(self, material: str) -> Revising:
        """A revision in work that takes a material of the market rent away."""
        revising = Revising(self.office)
        text = newest(revising.working, "B08")
        left = tuple(rule for rule in text.materials if rule.material.id != material)
        revising.do(TextEdited(replace(text, materials=left)))
        return revising

    def file(self, revising: Revising) -> str:
        """The revision as the file of an edition, from tomorrow on."""
        today = self.office.today()
        approval = Approval("临住金〔2026〕18号", today, "主任办公会", today + timedelta(days=1))
        made = edition(revising.base, revising.working, approval, approval.since.isoformat(), ())
        made = replace(made, visits=self.office.program.visits)
        path = self.folder / "edition.json"
        path.write_text(json.dumps(made.to_json(), ensure_ascii=False), "utf-8")
        return str(path)


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Line]:
    made = Line(tmp_path, capsys)
    yield made
    made.office.close()


@pytest.mark.slow
def test_the_catalogue_that_ships_has_no_fault(line: Line) -> None:
    checked = line.json("check")
    assert (checked["ok"], checked["items"], checked["faults"]) == (True, len(line.office.catalogue.items), [])
    assert all(visit["passed"] and visit["failings"] == [] for visit in checked["visits"])
    assert line.run("check") == (
        0, f"现在施行的目录 {line.office.catalogue.version}：{checked['items']} 个事项，典型来访 {len(checked['visits'])} 个。\n没有毛病。\n", "",
    )  # fmt: skip


@pytest.mark.slow
def test_a_fault_has_its_place_and_a_visit_its_words_and_the_code_is_one(line: Line) -> None:
    file = line.file(line.revise("rent-invoice"))
    code, out, err = line.run("check", file)
    assert code == 1
    assert "question[rent_by]：没有任何材料、资格、说明、办理方式或其他问题取决于它，不必问" in out
    assert "典型来访 B08 咨询，未备案，按实际租金，婚姻状况未定：少了房租发票" in out
    assert err == "有 1 处毛病，1 个典型来访不对。请照上面的位置改正，再核对一遍。\n"
    checked = line.json("check", file, code=1)
    assert (checked["ok"], [fault["warning"] for fault in checked["faults"]]) == (False, [False])
    assert checked["faults"][0]["place"].startswith("B08（")


def test_whatever_is_wrong_with_a_file_is_one_answer_with_its_place(line: Line) -> None:
    path = Path(line.file(line.revise("rent-invoice")))
    path.write_text(path.read_text("utf-8").replace('"name": "租赁市场住房提取"', '"name": "租赁\u202e"', 1), "utf-8")
    assert "items.B08[1].name" in {fault["place"] for fault in line.json("check", str(path), code=1)["faults"]}
    path.write_text('{"content": {}}', "utf-8")
    checked = line.json("check", str(path), code=1)
    assert (checked["ok"], checked["version"], checked["items"], len(checked["faults"])) == (False, None, None, 1)
    code, out, err = line.run("check", str(path))
    assert (code, out.startswith("文件 edition.json：读不出来。\n整个文件：")) == (1, True)
    assert err == "有 1 处毛病。请照上面的位置改正，再核对一遍。\n"


@pytest.mark.slow
def test_a_revision_in_work_is_compared_in_words_and_effects(line: Line) -> None:
    issue_slip(line.office, a_request(answers=SINGLE, purpose="apply", received=["id-card"]))
    assert line.run("diff") == (1, "", "没有正在改的一稿。请先在事项页核定，或者用 --to 指明文件、日期。\n")
    line.revise("lease-contract")
    found = line.json("diff")
    (item,) = found["items"]
    assert (item["item"], item["happened"], item["situations"], item["changed"]) == ("B08", "changed", 102, 34)
    assert [each["section"] for each in item["differences"]] == ["材料"]
    assert (item["changes"][0]["situations"], item["changes"][0]["after"]) == (34, "")
    assert item["complete"] is True
    assert found["cases"] == {"accepted": 0, "waiting": 1}
    assert {visit["name"] for visit in found["visits"]} == {
        "单身，合同已备案", "已婚，合同已备案", "配偶代办", "其他人代办，单身，合同已备案",
    }  # fmt: skip
    code, out, _ = line.run("diff")
    assert code == 0
    assert "B08 租赁市场住房提取（改动）　102 种情形里 34 种的清单变了" in out
    assert "影响未结办件 1 件：1 件还没有受理" in out
    assert "　！question" not in out


@pytest.mark.slow
@pytest.mark.nightly("compared")
def test_two_days_and_the_program_are_compared_too(line: Line) -> None:
    by_item = {item["item"]: item for item in line.json("diff", "--from", "2026-09-19", "--to", "2026-09-20")["items"]}
    assert (by_item["C01"]["happened"], by_item["A01"]["happened"]) == ("changed", "new")
    assert line.json("diff", "--from", "program", "--to", "now")["items"] == []
    assert [item["happened"] for item in line.json("diff", "--from", "2026-09-20", "--to", "2026-09-19")["items"]].count("retired") > 30  # fmt: skip


def test_past_matters_are_told_again_under_an_edition_from_its_first_day_on(line: Line) -> None:
    for n in range(2):
        issue_slip(line.office, a_request(answers=SINGLE, request_id=f"{n}"))
    assert line.json("replay")["otherwise"] == 0
    file = line.file(line.revise("lease-contract"))
    found = line.json("replay", "--to", file)
    tomorrow = (line.office.today() + timedelta(days=1)).isoformat()
    assert (found["matters"], found["otherwise"], found["left_out"], found["on"]) == (2, 2, 0, tomorrow)
    (item,) = found["items"]
    (group,) = item["groups"]
    assert (group["matters"], group["after"], len(group["papers"])) == (2, "", 2)
    assert group["when"] == "如租赁合同已备案"
    assert line.json("replay", "--to", "revision")["otherwise"] == 2
    code, out, err = line.run("replay", "--on", "2026-09-19")
    assert (code, err) == (0, "")
    assert out.startswith(
        f"现在施行的目录 {line.office.catalogue.version}，都按 2026-09-19 的规定：2 件里 2 件会告知得不一样"
    )
    assert "B08 租赁市场住房提取　2 件里 2 件" in out


def test_what_takes_long_says_on_a_terminal_how_far_it_is(
    line: Line, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    issue_slip(line.office, a_request(answers=SINGLE))
    monkeypatch.setattr(content_commands, "_REDRAWN", 1)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert line.run("replay")[2].startswith("\r重演 0%")


@pytest.mark.parametrize(
    "command", [("check", "none.json"), ("diff", "--to", "none.json"), ("replay", "--to", "none.json")]
)
def test_a_file_that_is_not_there_is_refused(line: Line, command: tuple[str, ...]) -> None:
    assert line.run(*command) == (1, "", "读不到文件 none.json：没有这个文件或文件夹。请核对文件名。\n")
