"""What is due, its destruction and the certificate, by commands alone."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.cli import office as cli_office
from counter_assistant.cli.parser import main
from counter_assistant.domain.people.roles import Role
from counter_assistant.operations.archive.number_keeping import AFTER_A_JUMP
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import open_office
from tests.make import SINGLE, a_request, text_of
from tests.roles import Counter

WHO, GROUND = "召存信罕", "临公积金办〔2038〕3号"


class Line:
    """A command line over one data folder, by an archivist."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys

    def run(self, *words: str) -> tuple[int, str, str]:
        code = main([*words, "--data-dir", str(self.folder / "data"), "--as", "0001"])
        told = self.capsys.readouterr()
        return code, told.out, told.err

    def json(self, *words: str) -> Any:
        code, out, err = self.run(*words, "--json")
        assert code == 0, err
        return json.loads(out)


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Line:
    """Two slips of twelve years ago, of which one has a matter that is kept for thirty."""
    counter = Counter(tmp_path / "data")
    with closing(counter.office) as office:
        issue_slip(office, a_request(applicant={"name": WHO}, answers=SINGLE, request_id="due"))
        promised: dict[str, Any] = {
            "received": "all",
            "eligible": "yes",
            "slip": "promise_notice",
            "reason": "要查",
            "answers": SINGLE,
        }
        issue_slip(
            office, a_request(applicant={"name": WHO, "id_number": "11010519491231002X"}, request_id="kept", **promised)
        )
        roles = ((Role.CLERK, Role.ARCHIVIST, Role.ADMINISTRATOR), (Role.SUPERVISOR,))
        given = tuple(replace(one, roles=tuple(has)) for one, has in zip(office.profile.clerks, roles, strict=False))
        office.decide_profile(replace(office.profile, clerks=(*given, *office.profile.clerks[2:])))
        counter.now += timedelta(days=366 * 12)
        office.confirm_clock()
        counter.now += AFTER_A_JUMP
    monkeypatch.setattr(cli_office, "open_office", partial(open_office, clock=counter.clock))
    return Line(tmp_path, capsys)


def test_what_is_due_is_listed_destroyed_and_certified(line: Line) -> None:
    (due,) = line.json("archive", "due")
    number = "临公积金耿一告〔2026〕1号"
    assert due == {
        "numbers": [number],
        "kind": "slip_issued",
        "keeping": "告知类",
        "ended": "2026-11-23",
        "last": "2036-11-23",
    }
    code, _, err = line.run("archive", "erase", "临公积金耿一诺〔2026〕1号", "--reason", GROUND, "--with", "0002")
    assert (code, "还没有办结" in err) == (1, True)
    done = line.json("archive", "erase", "--due", "--reason", GROUND, "--with", "0002")
    assert (done["erased"], done["certificate"]) == ([number], "临公积金耿一销〔2039〕1号")
    assert (done["by"], done["second"], done["reason"], done["others"]) == ("0001", "0002", GROUND, 0)
    assert line.json("archive", "due") == []
    assert line.run("archive", "due")[1] == "没有保存期满的。\n"
    code, out, _ = line.run("archive", "check")
    assert code == 0
    assert f"{done['certificate']}：2039年1月1日由工号 0001、0002销毁 1 份文书（{GROUND}）。" in out
    assert line.json("archive", "check")["destroyed"] == [
        f"{done['certificate']}：2039年1月1日由工号 0001、0002销毁 1 份文书（{GROUND}）。"
    ]
    saved = line.json("archive", "certificate", done["certificate"], "--out", str(line.folder / "papers"))
    text = text_of(Path(saved["pdf"]).read_bytes())
    assert (text.count(number), text.count(WHO), text.count("第一联"), text.count("第二联")) == (2, 0, 1, 1 + 2)
    assert (saved["before"], saved["after"], saved["papers"]) == (done["before"], done["after"], done["papers"])
    (row,) = line.json("archive", "search", "已销毁")
    assert (row["number"], row["kind"], row["applicant"], row["item"]) == (number, "notification_slip", "", "")


def test_what_names_no_certificate_or_nothing_to_erase_is_refused(line: Line) -> None:
    code, _, err = line.run("archive", "certificate", "临公积金耿一销〔2039〕9号", "--out", str(line.folder))
    assert (code, "没有销毁清册" in err) == (1, True)
    for named in ((), ("--due", "临公积金耿一告〔2026〕1号")):
        code, _, err = line.run("archive", "erase", *named, "--reason", GROUND, "--with", "0002")
        assert (code, "没有写明销毁哪几份" in err) == (1, True)
