"""docs/服务器手册.md, typed as it stands on machines of one's own: from nothing to three servers, one lost, one replaced, upgraded, restored."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from tests import hall, machines
from tests.machines import Machine
from tests.places import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.nightly("server_manual"),
    pytest.mark.root,
    pytest.mark.hall,
    pytest.mark.skipif(bool(hall.missing() or machines.missing()), reason=hall.missing() or machines.missing() or "-"),
]
PAGE = (ROOT / "docs" / "服务器手册.md").read_text("utf-8")
PASSWORD = "一二三四五六七八"
BLOCK = re.compile(r"^```sh\n# (?P<where>[^\n]+)\n(?P<commands>.*?)^```$", re.MULTILINE | re.DOTALL)
VERSION = next(iter((hall.programs() or Path("15/bin")).parts[-2:]))
"""That of the PostgreSQL that is here; the page says 15."""
SERVERS = ("s1", "s2", "s3")


class Block(NamedTuple):
    """What is typed, and on which machines, in their order."""

    where: tuple[str, ...]
    commands: str


def blocks(section: str) -> Iterator[Block]:
    """The blocks of a section, by how its heading begins."""
    (text,) = re.findall(rf"^## {section}、.*?(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    for found in BLOCK.finditer(text):
        commands = re.sub(r"(?<=postgresql/)15\b|(?<=cluster )15\b|(?<=C.UTF-8 )15\b", VERSION, found["commands"])
        yield Block(tuple(found["where"].replace("新的一台", "new").split()), commands)


def window_address() -> str:
    (address,) = re.findall(r"^postgresql://s1,s2,s3/\S+$", PAGE, re.MULTILINE)
    return str(address)


class Hall:
    """The machines, typed at; and a window's PC."""

    def __init__(self, by_name: dict[str, Machine], stick: Path) -> None:
        self.machines, self.stick, self.issued = by_name, stick, 0

    def type(self, block: Block, answers: Sequence[str] = ()) -> list[str]:
        return [self.machines[name].type(block.commands, answers) for name in block.where]

    def issue(self) -> None:
        """A slip at the window, whose number follows the one before."""
        said = self.try_to_issue()
        self.issued += 1
        assert json.loads(said)["number"].endswith(f"〕{self.issued}号")

    def try_to_issue(self, code: int = 0) -> str:
        command = f"counter-assistant issue request.json --out . --data-dir data --book '{window_address()}' --as 0001"
        return self.machines["pc"].type(
            f"echo {PASSWORD} > /run/word\n{command} --json --secret-fd 3 3< /run/word", code=code
        )

    def follow(self, primary: str, count: int) -> None:
        """Waits until so many follow a server."""
        query = "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'"
        self.machines[primary].type(
            f'cd /; until [ $(runuser -u postgres -- psql -Atc "{query}") = {count} ]; do sleep 0.2; done'
        )


@pytest.fixture
def typed(tmp_path: Path) -> Iterator[Hall]:
    folder = tmp_path / "hall"
    folder.mkdir()
    for parent in (folder, *folder.parents):
        if parent.stat().st_mode & 0o005 != 0o005:
            parent.chmod(parent.stat().st_mode | 0o005)
    with machines.network(folder, (*SERVERS, "pc", "new")) as by_name:
        yield Hall(by_name, folder / "stick" / "usb")


def test_the_page_from_nothing_to_a_restore(typed: Hall) -> None:
    for block in blocks("一"):
        typed.type(block)
    pc = typed.machines["pc"]
    pc.type("install -D -m 644 /media/usb/ca.crt /etc/counter-assistant/ca.crt")
    shutil.copy(ROOT / "packaging" / "demo-request.json", typed.stick)
    pc.type("cp /media/usb/demo-request.json request.json")
    prepare, clerk = blocks("二")
    typed.type(prepare)
    assert "可以登录了" in typed.type(clerk, (PASSWORD, PASSWORD))[0]
    typed.issue()

    script, follow, quorum, look = blocks("三")
    typed.type(script)
    assert "什么也没有动" in typed.machines["s1"].type("hall-follow s1", code=1)
    assert "s3 跟着 s1" in typed.type(follow)[1]
    typed.type(quorum)
    typed.follow("s1", 2)
    assert typed.type(look)[0].count("streaming | quorum") == 2
    typed.issue()

    nightly, dump, restore = blocks("四")
    typed.type(nightly)
    assert "核对过了" in typed.type(dump)[0]
    for standby in ("s2", "s3"):
        assert typed.machines[standby].type(dump.commands) == "", "nothing is copied from one that follows"
    typed.machines["s1"].type("cp -r /var/backups/hall/2* /media/usb/")

    typed.machines["s1"].cut()
    assert "连不上台账服务器" in typed.try_to_issue(code=1), "a standby that lets the clerk in is no wrong password"
    compare, promote, turn, check, return_ = blocks("五")
    has = [int(said) for said in typed.type(compare)]
    assert has[0] == has[1] > 0
    typed.type(promote)
    typed.type(turn)
    typed.issue()
    assert "共 4 条，权限和内容都对" in typed.type(check)[0]
    typed.machines["s1"].start()
    typed.machines["s1"].type(f"pg_ctlcluster {VERSION} hall start")  # it came up by itself, as it was
    assert "s1 跟着 s2" in typed.type(return_)[0]
    typed.follow("s2", 2)
    typed.issue()

    restart, program = blocks("六")
    for server in restart.where:
        typed.machines[server].type(restart.commands)
        typed.follow("s2", 2)
    typed.issue()
    assert "共 6 条，权限和内容都对" in typed.type(program)[0]
    typed.issue()

    for name in ("key", "crt"):
        shutil.copy(typed.stick / f"s1.{name}", typed.stick / f"new.{name}")
    new = typed.machines["new"]
    _, install = blocks("一")
    new.type(install.commands)
    new.type(f"pg_ctlcluster {VERSION} hall start; install -d -o postgres -g postgres -m 700 /var/backups/hall")
    new.type("cp -r /media/usb/2* /var/backups/hall; chown -R postgres:postgres /var/backups/hall")
    assert "共 3 条，权限和内容都对" in typed.type(restore)[0]
