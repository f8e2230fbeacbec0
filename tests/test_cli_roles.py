"""Each permission that a command needs, by each role, on the command line: through with the role, else refused in one sentence."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.cli import office as cli_office
from counter_assistant.cli import parser
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.people.roles import Permission, Role
from counter_assistant.operations.archive.number_keeping import AFTER_A_JUMP
from counter_assistant.operations.office import open_office
from tests.decision_rows import ROWS
from tests.make import SINGLE, content
from tests.operations.witnessing.centre import Centre
from tests.roles import REQUESTS, Counter


class Line:
    """A command line at a counter, as the clerk whose roles are tried."""

    def __init__(self, counter: Counter, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.counter, self.folder, self._capsys = counter, folder, capsys

    def run(self, *arguments: str, who: str = "0001") -> tuple[int, str]:
        """Exit code, and what was said on stderr."""
        code = parser.main([*arguments, "--as", who, "--json", "--data-dir", str(self.folder / "data")])
        self.out, said = self._capsys.readouterr()
        return code, said

    def request(self, **changes: Any) -> str:
        """A file of a request."""
        path = self.folder / "request.json"
        path.write_text(json.dumps(content(**changes), ensure_ascii=False), encoding="utf-8")
        return str(path)

    def issue(self, *, who: str = "0001", **changes: Any) -> tuple[int, str]:
        return self.run("issue", self.request(**changes), "--out", str(self.folder), who=who)


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Line:
    counter = Counter(tmp_path / "data")
    counter.office.close()
    monkeypatch.setattr(cli_office, "open_office", partial(open_office, clock=counter.clock))
    return Line(counter, tmp_path, capsys)


def prepared(line: Line, permission: Permission) -> list[str]:
    """The command that needs a permission, once everything is there that it is about; a colleague with every role made it."""
    if permission.value.startswith("issue_"):
        kind = SlipKind(permission.value.removeprefix("issue_"))
        request = {
            **REQUESTS[kind],
            "slip": kind.value,
            "reason": "当事人要求",
            "request_id": "issued",
            "clerk": "0001",
        }
        if kind == SlipKind.RETURN_NOTICE:
            assert line.run("review", "agree", line.request(**request), who="0002") == (0, "")
        return ["issue", line.request(**request), "--out", str(line.folder)]
    if permission is Permission.REVIEW:
        asked = {**REQUESTS[SlipKind.RETURN_NOTICE], "request_id": "asked", "clerk": "0002"}
        return ["review", "agree", line.request(**asked)]
    if permission is Permission.RECORD:
        return ["issue", line.request(delivery="oral")]
    if permission is Permission.EXPORT:
        return ["archive", "export", str(line.folder / "export")]
    if permission is Permission.WITNESS:
        with closing(open_office(line.folder / "data", line.counter.clock)) as office:
            centre = Centre(line.folder / "centre")
            return ["archive", "witness", str(centre.answer(office)), "--trust", centre.fingerprint]
    if permission is Permission.PRINT_KIT:
        return ["kit", "print", "--each", "1", "--out", str(line.folder)]
    if permission is Permission.VOID_KIT:
        assert line.run("kit", "print", "--each", "1", "--out", str(line.folder), who="0002") == (0, "")
        return ["kit", "void", "1", "--reason", "弄脏了"]
    if permission is Permission.CLOSE:
        return ["close", "day"]
    if permission is Permission.SAFEKEEPING:
        (line.folder / "journal").mkdir()
        return ["journal", str(line.folder / "journal")]
    if permission is Permission.ERASE:
        return ["archive", "erase", of_before(line), "--reason", "销毁清册〔2039〕1号", "--with", "0002"]
    assert line.issue(who="0002", **ROWS["11-promise"][0]) == (0, "")
    number = json.loads(line.out)["number"]
    line.counter.now += timedelta(days=permission in (Permission.VOID_LATER, Permission.REPRINT_LATER))
    if permission in (Permission.VOID, Permission.VOID_LATER):
        return ["archive", "void", number, "--reason", "写错了姓名"]
    if permission is Permission.REVEAL_NUMBER:
        return ["archive", "reveal", number, "--reason", "与银行核对同名的人"]
    return ["archive", "reprint", number, "--out", str(line.folder)]


COMMANDS = sorted(
    {Permission.issuing(kind) for kind in SlipKind}
    | {
        Permission.RECORD,
        Permission.VOID,
        Permission.VOID_LATER,
        Permission.REPRINT,
        Permission.REPRINT_LATER,
        Permission.REVEAL_NUMBER,
        Permission.REVIEW,
        Permission.EXPORT,
        Permission.WITNESS,
        Permission.CLOSE,
        Permission.SAFEKEEPING,
        Permission.ERASE,
        Permission.PRINT_KIT,
        Permission.VOID_KIT,
    }
)


def of_before(line: Line) -> str:
    """The number of a slip whose term has ended, the clock confirmed long enough ago."""
    assert line.issue(who="0002", answers=SINGLE) == (0, "")
    number = str(json.loads(line.out)["number"])
    line.counter.now += timedelta(days=12 * 366)
    assert line.run("archive", "search", "罗", "--clock-confirmed", who="0002")[0] == 0
    line.counter.now += AFTER_A_JUMP
    return number


@pytest.mark.nightly("cli_roles", by_day=8)
@pytest.mark.parametrize("permission", COMMANDS)
def test_a_command_does_what_the_role_may_and_refuses_the_rest(line: Line, permission: Permission) -> None:
    give(line, Role.CLERK)
    command = prepared(line, permission)
    for role in sorted(set(Role) - permission.roles):
        give(line, role)
        code, said = line.run(*command)
        assert (code, len(said.strip().splitlines())) == (1, 1), role
        assert f"{permission.label}由" in said
        assert "请找玉罕（" in said
    give(line, min(permission.roles))
    assert line.run(*command) == (0, "")


def test_whoever_is_named_is_whoever_the_command_is_run_as(line: Line) -> None:
    give(line, Role.CLERK)
    code, said = line.issue(clerk="0002")
    assert code == 1
    assert "经办人却写着“0002”" in said
    assert line.issue(clerk="0001") == (0, "")


def give(line: Line, role: Role) -> None:
    """The first clerk has one role."""
    with closing(open_office(line.folder / "data", line.counter.clock)) as line.counter.office:
        line.counter.give(role)
