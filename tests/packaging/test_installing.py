"""install.sh on a PC: the real script, dpkg and program, on a root of the test's own instead of the system's."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest

from counter_assistant.storage.packs.signed_sums import SUMS, sign_sums
from tests.packaging.test_bundle import bundle
from tests.places import ROOT
from tests.storage.packs.test_signed_sums import SHOWN, signer

__all__ = ["bundle"]

pytestmark = pytest.mark.skipif(shutil.which("dpkg") is None, reason="no dpkg here")
PROGRAM = """#!/bin/sh
PYTHONPATH={root} exec {python} -m counter_assistant "$@"
"""
TOO_OLD = """#!/bin/sh
exit 2
"""
"""A program that has no command `stick` yet."""
FORCED = "--force-unsafe-io --force-not-root --force-bad-path --force-script-chrootless --no-triggers"
OPEN = "柜台助手的窗口还开着。请先关上，再来一次。"
MARK = "a book"


@dataclass(frozen=True)
class Computer:
    """A root that dpkg installs into; `tools` stand before the system's own in PATH."""

    root: Path
    tools: Path
    deb: ModuleType

    @property
    def pin(self) -> Path:
        """Where whose sticks it takes is kept."""
        return self.root / "etc/counter-assistant/stick-signed-by"

    @property
    def program(self) -> Path:
        """Where the program lies when it is installed."""
        return self.root / "opt/counter-assistant"

    def here(self, text: str) -> str:
        """A script's places, moved into this root."""
        for place in ("/etc/counter-assistant", "/opt/counter-assistant", "/var/log/counter-assistant"):
            text = text.replace(place, f"{self.root}{place}")
        return text

    def stick(self, version: str = "1.0", program: str = PROGRAM) -> Path:
        """A stick without a signature, whose package is made as the real one is."""
        stick = self.root.parent / f"stick-{version}"
        built = self.root.parent / f"package-{version}"
        launcher = built / "opt/counter-assistant/bin/counter-assistant"
        launcher.parent.mkdir(parents=True)
        launcher.write_text(program.format(root=ROOT, python=sys.executable), "ascii")
        launcher.chmod(0o755)
        (built / "usr/bin").mkdir(parents=True)
        (built / "usr/bin/counter-assistant").symlink_to(self.program / "bin/counter-assistant")
        self.deb.write_control(built, version)
        prerm = built / "DEBIAN/prerm"
        prerm.write_text(self.here(prerm.read_text("utf-8")), "utf-8")
        (stick / "linux").mkdir(parents=True)
        self.call("dpkg-deb", "--root-owner-group", "--build", built, stick / f"linux/counter-assistant_{version}.deb")
        script = (ROOT / "packaging/stick/install.sh").read_text("utf-8")
        (stick / "linux/install.sh").write_text(self.here(script), "utf-8")
        (stick / SUMS).write_text(
            "".join(
                f"{hashlib.sha256(path.read_bytes()).hexdigest()}  linux/{path.name}\n"
                for path in sorted((stick / "linux").iterdir())
            ),
            "utf-8",
        )
        return stick

    def environment(self) -> dict[str, str]:
        """PATH with the tools and what is installed here."""
        return os.environ | {"PATH": f"{self.tools}:{self.root}/usr/bin:{os.environ['PATH']}"}

    def call(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        """A command that has to succeed."""
        return subprocess.run(command, env=self.environment(), check=True, capture_output=True, text=True)

    def install(self, stick: Path, *more: str) -> tuple[int, str]:
        """What the script ends with and says."""
        done = subprocess.run(
            ["sh", stick / "linux/install.sh", *more], env=self.environment(), check=False,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        return done.returncode, done.stdout

    def installed(self) -> str:
        """The version that is installed; empty where none is."""
        shown = subprocess.run(
            ["dpkg-query", "--show", "--showformat=${db:Status-Status} ${Version}", "counter-assistant"],
            env=self.environment(), check=False, capture_output=True, text=True,
        ).stdout  # fmt: skip
        return shown.removeprefix("installed ") if shown.startswith("installed ") else ""


@pytest.fixture
def computer(bundle: dict[str, ModuleType], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Computer:
    """A PC on which nothing is installed, worked at by its administrator."""
    root, tools = tmp_path / "root", tmp_path / "tools"
    for name in ("var/lib/dpkg/info", "var/lib/dpkg/updates", "var/log", "home"):
        (root / name).mkdir(parents=True)
    (root / "var/lib/dpkg/status").touch()
    (root / "home/book.db").write_text(MARK, "ascii")
    tools.mkdir()
    query = shutil.which("dpkg-query")
    scripts = {
        "dpkg": f'exec {shutil.which("dpkg")} --root={root} --log=/dev/null {FORCED} "$@"',
        "dpkg-query": f'exec {query} --admindir={root}/var/lib/dpkg "$@"',
        "id": "echo 0",
    }
    for name, script in scripts.items():
        (tools / name).write_text(f"#!/bin/sh\n{script}\n", "ascii")
        (tools / name).chmod(0o755)
    monkeypatch.setattr(bundle["deb"], "dependencies", lambda _objects: ["dpkg"])
    monkeypatch.setattr(bundle["deb"], "CONTROL", bundle["deb"].CONTROL.replace("Depends: {depends}\n", ""))
    return Computer(root, tools, bundle["deb"])


@pytest.fixture
def window(computer: Computer) -> Iterator[subprocess.Popen[bytes]]:
    """A process of the program, as an open window is one."""
    python = computer.program / "python/bin/python3.11"
    python.parent.mkdir(parents=True)
    shutil.copy(str(shutil.which("sleep")), python)
    process = subprocess.Popen([python, "600"])
    yield process
    process.kill()
    process.wait()


def badly_signed(stick: Path) -> Path:
    """The stick, with the signature of another list."""
    whole = (stick / SUMS).read_bytes()
    (stick / SUMS).write_bytes(b"another list")
    sign_sums(stick, signer())
    (stick / SUMS).write_bytes(whole)
    return stick


def test_a_first_installation_keeps_who_signed_and_speaks_of_no_book(computer: Computer) -> None:
    stick = computer.stick()
    sign_sums(stick, signer())
    code, said = computer.install(stick)
    assert code == 0, said
    assert computer.installed() == "1.0"
    assert computer.pin.read_text("ascii").strip() == SHOWN
    assert computer.pin.stat().st_mode & 0o444 == 0o444
    assert "装好了：柜台助手 1.0。请由" in said
    assert "台账和设置都没有动" not in said
    assert "软件包" not in said
    assert "不是首页上的指纹" in said
    assert "打电话给中心，念这串数字核对" in said


def test_an_upgrade_says_that_nothing_else_was_touched(computer: Computer) -> None:
    first, second = computer.stick(), computer.stick("1.1")
    for stick in (first, second):
        sign_sums(stick, signer())
    assert computer.install(first)[0] == 0
    (second / "letter.txt").write_text("mine", "utf-8")
    code, said = computer.install(second)
    assert code == 0, said
    assert computer.installed() == "1.1"
    assert "从 1.0 升级到 1.1……" in said
    assert "柜台助手 1.1。台账和设置都没有动。" in said
    assert "校验码" not in said
    assert "1 个文件不在清单里" in said


def test_a_stick_that_nobody_or_another_signed_is_refused_both_ways(computer: Computer) -> None:
    """GIVEN a PC that keeps to a key THEN neither the user's turn of the script nor the administrator's takes another's stick."""
    first, second = computer.stick(), computer.stick("1.1")
    assert computer.install(first)[0] == 0
    computer.pin.parent.mkdir(parents=True)
    computer.pin.write_text(f"{SHOWN}\n", "ascii")
    for more in ([], ["--again"]):
        code, said = computer.install(second, *more)
        assert (code, computer.installed()) == (1, "1.0")
        assert "这只 U 盘没有签名，这台电脑只认签过名的" in said
    sign_sums(second, signer(b"t" * 32))
    code, said = computer.install(second, "--again")
    assert (code, computer.installed()) == (1, "1.0")
    assert "用别的密钥签的" in said
    sign_sums(second, signer())
    code, said = computer.install(second, "--again")
    assert (code, computer.installed()) == (0, "1.1"), said


def test_a_badly_signed_stick_is_taken_off_again_where_nothing_was(computer: Computer) -> None:
    code, said = computer.install(badly_signed(computer.stick()))
    assert code == 1
    assert "签名不对" in said
    assert "没有装：签名不对，原因见上一行。刚装上的程序已经卸下" in said
    assert computer.installed() == ""
    assert not computer.program.exists()
    assert not computer.pin.exists()
    assert (computer.root / "home/book.db").read_text("ascii") == MARK


def test_a_badly_signed_stick_over_a_version_that_can_tell_touches_nothing(computer: Computer) -> None:
    assert computer.install(computer.stick())[0] == 0
    code, said = computer.install(badly_signed(computer.stick("1.1")))
    assert (code, computer.installed()) == (1, "1.0")
    assert "没有安装，什么都没有动：原因见上一行" in said


def test_a_badly_signed_stick_over_an_old_version_says_how_it_is_taken_off(computer: Computer) -> None:
    assert computer.install(computer.stick("0.1", TOO_OLD))[0] == 0
    code, said = computer.install(badly_signed(computer.stick()))
    assert (code, computer.installed()) == (1, "1.0")
    assert "不要用装上的程序" in said
    assert "sudo dpkg --purge counter-assistant" in said


def test_where_the_program_was_removed_the_refusal_names_the_page(computer: Computer) -> None:
    stick = computer.stick()
    sign_sums(stick, signer())
    assert computer.install(stick)[0] == 0
    computer.call("dpkg", "--purge", "counter-assistant")
    code, said = computer.install(stick)
    assert (code, computer.installed()) == (1, "")
    assert "见安装手册“六、卸下”" in said
    assert "## 六、卸下" in (ROOT / "docs/安装手册.md").read_text("utf-8")
    computer.pin.unlink()  # what that page has the administrator do
    assert computer.install(stick)[0] == 0


def test_at_the_question_only_an_empty_line_goes_on(computer: Computer) -> None:
    """GIVEN somebody who types the password where the code is compared THEN it is said so and asked again, and the end of the input installs nothing."""
    stick = computer.stick()
    for typed, times, ended in ((b"secret\nyes\n\n", 2, 0), (b"secret\n\x04", 1, 1)):
        master, slave = os.openpty()
        os.write(master, typed)
        done = subprocess.run(
            ["sh", stick / "linux/install.sh"], env=computer.environment(), check=False, stdin=slave,
            capture_output=True, text=True,
        )  # fmt: skip
        os.close(slave)
        os.close(master)
        assert done.returncode == ended, done.stdout
        assert done.stdout.count("这里只按回车") == times
        assert ("装好了" in done.stdout) is (ended == 0)


def test_an_open_window_keeps_the_package_from_being_removed(
    computer: Computer, window: subprocess.Popen[bytes]
) -> None:
    """GIVEN an open window THEN dpkg removes nothing and says why, an upgrade by dpkg goes on, and once it is closed the package goes."""
    one, two = computer.stick(), computer.stick("1.1")
    computer.call("dpkg", "--install", one / "linux/counter-assistant_1.0.deb")
    for act in ("--remove", "--purge"):
        done = subprocess.run(
            ["dpkg", act, "counter-assistant"], env=computer.environment(), check=False, capture_output=True, text=True
        )
        assert done.returncode != 0
        assert OPEN in done.stderr
        assert computer.installed() == "1.0"
        assert (computer.program / "bin/counter-assistant").is_file()
    assert OPEN in computer.install(two)[1]
    computer.call("dpkg", "--install", two / "linux/counter-assistant_1.1.deb")
    assert computer.installed() == "1.1"
    window.kill()
    window.wait()
    computer.call("dpkg", "--purge", "counter-assistant")
    assert computer.installed() == ""


@pytest.mark.parametrize("then", ["id", "dpkg"])
def test_a_stick_that_is_pulled_out_is_named_and_the_next_try_installs(computer: Computer, then: str) -> None:
    """GIVEN an installation under way WHEN the stick is pulled out, before the packages are read or while they are THEN the last line says so in words."""
    stick = computer.stick()
    shutil.copytree(stick, computer.root.parent / "in the hand")
    tool = computer.tools / then
    whole = tool.read_text("ascii")
    tool.write_text(whole.replace("#!/bin/sh\n", f"#!/bin/sh\nrm -rf {stick}/*\n"), "ascii")
    code, said = computer.install(stick)
    assert code != 0
    assert said.splitlines()[-1] == "U 盘读不到了：插好，再来一次，没有装完的接着装上。"
    assert computer.installed() == ""
    tool.write_text(whole, "ascii")
    shutil.copytree(computer.root.parent / "in the hand", stick, dirs_exist_ok=True)
    code, said = computer.install(stick)
    assert (code, computer.installed()) == (0, "1.0"), said
    assert "U 盘读不到了" not in said
