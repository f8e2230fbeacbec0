"""A second pair of eyes by commands alone: refused, looked at, sent back, agreed to, issued."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.cli import parser
from counter_assistant.domain.catalogue.items import Approval
from counter_assistant.operations.catalogue.approving import approve
from counter_assistant.operations.office import open_office
from tests.decision_rows import ROWS
from tests.make import confirmed

ROLES = {"0001": ("clerk", "administrator"), "0002": ("reviewer",)}


class Line:
    """A command line on the folder of a confirmed office with a reviewer, and a return notice as a request."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys
        with closing(open_office(folder / "data")) as office:
            office.decide_profile(confirmed(office.profile))
            day = office.today() - timedelta(days=1)
            approve(office, ("A17",), office.today(), Approval("临公积金〔2026〕9号", day, "中心主任办公会", day))
            clerks = tuple(replace(one, roles=ROLES.get(one.staff_number, ())) for one in office.profile.clerks)
            office.decide_profile(replace(office.profile, clerks=clerks))

    def request(self, **changes: Any) -> str:
        path = self.folder / "request.json"
        content = {**ROWS["6-not-eligible"][0], "request_id": "one", "clerk": "0001", **changes}
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        return str(path)

    def run(self, *arguments: str) -> tuple[int, str, str]:
        code = parser.main([*arguments, "--data-dir", str(self.folder / "data")])
        return code, *self._capsys.readouterr()

    def json(self, *arguments: str) -> Any:
        code, out, err = self.run(*arguments, "--json")
        assert (code, err) == (0, "")
        return json.loads(out)

    def issue(self, **changes: Any) -> tuple[int, str, str]:
        return self.run("issue", self.request(**changes), "--out", str(self.folder))


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    return Line(tmp_path, capsys)


def test_from_the_refusal_to_the_paper(line: Line) -> None:
    code, _, err = line.issue()
    assert code == 1
    assert err.startswith("“窗口退回通知书”要别人复核同意，才能出具。可以复核的是玉罕（")
    shown = line.json("review", "show", line.request())
    assert (shown["act"], shown["kind"], shown["standing"], shown["reviewer"]) == (
        "one",
        "return_notice",
        "waiting",
        None,
    )
    assert any("没有收到您的复核申请" in text for text in shown["text"])
    back = line.json("review", "refuse", line.request(), "--reason", "写明日期", "--as", "0002")
    assert (back["act"], back["agreed"]) == ("one", False)
    assert line.json("review", "show", line.request())["reason"] == "写明日期"
    assert line.issue()[2].startswith("玉罕复核退回：写明日期。")
    changed = {"details": {"explanation": "11月23日查询，没有收到您的复核申请"}}
    code, out, err = line.run("review", "agree", line.request(**changed), "--as", "0002")
    assert (code, out, err) == (0, "已同意：窗口退回通知书，由罗𠅤克接着办。\n", "")
    assert line.run("review", "show", line.request(**changed))[1].startswith("玉罕已复核同意。\n")
    code, out, _ = line.issue(**changed)
    assert code == 0
    assert "编号：" in out


@pytest.mark.parametrize(
    ("who", "changes", "said"),
    [
        ("0001", {}, "复核由复核人或者带班领导办，罗𠅤克不是。"),
        ("0002", {"clerk": "0002"}, "玉罕自己经办的，不能自己复核。"),
        ("0002", {"request_id": ""}, "申请没有编号，复核以后认不出是哪一件。"),
        ("0002", {"delivery": "oral", "slip": "notification_slip"}, "这一件不用复核。"),
    ],
)
def test_who_may_not_is_refused(line: Line, who: str, changes: dict[str, Any], said: str) -> None:
    with closing(open_office(line.folder / "data")) as office:
        leader = replace(office.profile.clerks[2], roles=("supervisor",))
        office.decide_profile(
            replace(office.profile, clerks=(*office.profile.clerks[:2], leader, *office.profile.clerks[3:]))
        )
    code, out, err = line.run("review", "agree", line.request(**changes), "--as", who)
    assert (code, out) == (1, "")
    assert err.startswith(said)


def test_what_nobody_has_to_look_at_says_so(line: Line) -> None:
    path = line.request(delivery="oral", slip="notification_slip")
    assert line.json("review", "show", path)["standing"] is None
