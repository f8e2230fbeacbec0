"""The stick: what lies on it, that its sums are right, that its pages lead somewhere, and that an incomplete one installs nothing."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote

import pytest

from counter_assistant.storage.packs.key_file import make_key_file
from counter_assistant.storage.packs.signed_sums import check_stick
from tests.operations.catalogue.packing import PASSPHRASE
from tests.places import ROOT

GIT = pytest.mark.skipif(
    shutil.which("git") is None or not (ROOT / ".git").exists(),
    reason="the sources are what git has: there is none here",
)
POSIX = pytest.mark.skipif(os.name == "nt", reason="sh and dpkg are not there")


@pytest.fixture(scope="module")
def stick() -> ModuleType:
    spec = importlib.util.spec_from_file_location("stick", ROOT / "packaging" / "stick" / "stick.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def filled(stick: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A stick with a package that is none and two that it depends on."""
    tmp_path = tmp_path_factory.mktemp("stick")
    dist, depends, folder = tmp_path / "dist", tmp_path / "depends-bookworm", tmp_path / "stick"
    for path in (
        dist / "counter-assistant_0.1.0_amd64.deb",
        depends / "libgl1_1_amd64.deb",
        depends / "libegl1_1_amd64.deb",
    ):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(path.name.encode())
    pack = tmp_path / "centre.pack"
    pack.write_text("a pack", "utf-8")
    key = tmp_path / "centre.key"
    make_key_file(key, PASSPHRASE)
    reading, writing = os.pipe()
    os.write(writing, f"{PASSPHRASE}\n".encode())
    os.close(writing)
    (folder).mkdir()
    told = [
        str(folder),
        f"--dist={dist}",
        f"--depends={depends}",
        f"--pack={pack}",
        f"--wheelhouse={tmp_path / 'none'}",
        f"--key={key}",
        f"--secret-fd={reading}",
    ]
    assert stick.main(told) == 0
    return folder


@GIT
def test_everything_that_a_branch_needs_is_on_it(filled: Path) -> None:
    names = {path.relative_to(filled).as_posix() for path in filled.rglob("*") if path.is_file()}
    assert {
        "从这里开始.html", "SHA256SUMS", "content/centre.pack", "linux/counter-assistant_0.1.0_amd64.deb",
        "linux/depends/bookworm/libegl1_1_amd64.deb", "linux/depends/bookworm/libgl1_1_amd64.deb", "linux/install.sh",
        "manual/安装手册.html", "manual/使用手册.html", "manual/试点手册.html", "manual/commands.html",
        "manual/服务器手册.html", "manual/refusals.html", "manual/audit-format.html",
        "source/counter-assistant.tar.gz", "verify/verify_book.py",
    } <= names  # fmt: skip


@GIT
def test_the_sum_of_every_file_is_right(filled: Path) -> None:
    listed = (filled / "SHA256SUMS").read_text("utf-8").splitlines()
    assert len(listed) == sum(1 for path in filled.rglob("*") if path.is_file()) - 2
    if shutil.which("sha256sum"):
        subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=filled, check=True)


@GIT
def test_the_list_is_signed_by_the_key_that_the_start_page_names(filled: Path) -> None:
    found = check_stick(filled)
    assert found.fingerprint
    start = (filled / "从这里开始.html").read_text("utf-8")
    assert found.fingerprint in start
    assert "它不是装的时候显示的校验码" in start
    assert found.unlisted == ()


@GIT
def test_the_start_page_and_the_installer_call_the_papers_and_the_stops_the_same(filled: Path) -> None:
    """GIVEN somebody who follows the start page THEN the comparison is a step before the password, on the slip that every page speaks of."""
    start = (filled / "从这里开始.html").read_text("utf-8")
    steps = [start.index(words) for words in ("sh install.sh", "先显示这只 U 盘的校验码", "输管理员密码")]
    assert steps == sorted(steps)
    manuals = [(filled / "manual" / f"{name}.html").read_text("utf-8") for name in ("安装手册", "试点手册")]
    for text in (start, *manuals, (filled / "linux" / "install.sh").read_text("utf-8")):
        assert "单子" in text
        assert "中心文件" not in text
        assert "目录包" not in text


@GIT
def test_its_pages_lead_somewhere_and_need_no_network(filled: Path) -> None:
    """GIVEN the start page and the manuals THEN each link and picture lies on the stick, or is a place of the sources that is named as text."""
    start = (filled / "从这里开始.html").read_text("utf-8")
    manual = (filled / "manual" / "安装手册.html").read_text("utf-8")
    manuals = [(path.read_text("utf-8"), path.parent) for path in (filled / "manual").glob("*.html")]
    for text, folder in ((start, filled), *manuals):
        links = [unquote(link) for link in re.findall(r'(?:href|src)="([^"]+)"', text)]
        assert [link for link in links if not (folder / link.partition("#")[0]).exists()] == []
        for page, _, place in (link.partition("#") for link in links if "#" in link):
            assert f'id="{place}"' in (folder / page).read_text("utf-8")
    for path in filled.rglob("*.html"):
        assert (
            "http" not in re.sub(r"<code.*?</code>|<pre.*?</pre>", "", path.read_text("utf-8"), flags=re.DOTALL).lower()
        )
    assert len(manuals) == 7
    assert 'href="使用手册.html"' in unquote(manual)
    assert "<table>" in manual
    assert "<h1>安装手册</h1>" in manual


def test_the_manual_says_what_a_technician_needs_to_know() -> None:
    """GIVEN whoever installs or removes the program THEN the page has what the script refuses for, and what the settings will ask."""
    manual = (ROOT / "docs/安装手册.md").read_text("utf-8")
    sections = {part.partition("\n")[0]: part for part in manual.split("\n## ")}
    removing = sections["六、卸下"]
    for words in (
        "先关上窗口",
        "sha256sum SHA256SUMS",
        "打电话给中心",
        "sudo rm /etc/counter-assistant/stick-signed-by",
    ):
        assert words in removing
    opening = sections["二、第一次打开"]
    for asked in (
        "岗位",
        "经办人",
        "电话",
        "监督电话",
        "地址",
        "办公时间",
        "受委托银行",
        "网上办理",
        "结果怎样送到",
        "安装点代码",
    ):
        assert asked in opening
    assert "Debian 11、12" in sections["一、装"]
    python = "/opt/counter-assistant/python/bin/python3.11"
    assert all(python in (ROOT / f"docs/{name}.md").read_text("utf-8") for name in ("安装手册", "使用手册"))
    told = [*(ROOT / "docs").glob("*.md"), *(ROOT / "counter_assistant").rglob("*.py")]
    assert not [path.name for path in told if "目录包" in path.read_text("utf-8")]


def test_a_folder_with_something_else_in_it_is_left_alone(stick: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", "utf-8")
    with pytest.raises(SystemExit, match="里有别的文件"):
        stick.main([str(tmp_path)])
    assert (tmp_path / "letter.txt").read_text("utf-8") == "mine"


def test_without_a_package_it_says_what_to_do(stick: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"先做 \./dev package"):
        stick.main([str(tmp_path / "stick"), f"--dist={tmp_path}"])


def test_it_starts_as_dev_starts_it(tmp_path: Path) -> None:
    script = ROOT / "packaging" / "stick" / "stick.py"
    done = subprocess.run(
        [sys.executable, script, "--help"], cwd=tmp_path, capture_output=True, text=True, check=True,
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
    )  # fmt: skip
    assert "--secret-fd" in done.stdout


@POSIX
@GIT
def test_an_incomplete_stick_installs_nothing(filled: Path, tmp_path: Path) -> None:
    """GIVEN a stick of which a file is cut short THEN the script ends with a sentence before it asks for a password."""
    shutil.copytree(filled / "linux", tmp_path / "linux")
    shutil.copy(filled / "SHA256SUMS", tmp_path)
    filled = tmp_path
    (filled / "linux" / "counter-assistant_0.1.0_amd64.deb").write_bytes(b"cut")
    done = subprocess.run(["sh", filled / "linux" / "install.sh"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "没有安装，什么都没有动：U 盘上的文件不完整" in done.stdout
    assert "管理员" not in done.stdout


@POSIX
@GIT
def test_only_what_the_list_names_is_installed(filled: Path, tmp_path: Path) -> None:
    """GIVEN a stick onto which somebody put one more package THEN what the installer takes by the list is all but that one."""
    shutil.copytree(filled, tmp_path / "stick")
    for folder in ("linux", "linux/depends/bookworm"):
        (tmp_path / "stick" / folder / "counter-assistant_9_amd64.deb").write_bytes(b"foreign")
    script = (filled / "linux" / "install.sh").read_text("utf-8")
    taken = re.findall(r"\$\((sed -n .*? SHA256SUMS)(?=\)| \|)", script)
    assert len(taken) == 2  # the program, and what it depends on
    names = [
        subprocess.run(
            ["sh", "-c", command], cwd=tmp_path / "stick", env={"release": "bookworm", "PATH": os.environ["PATH"]},
            check=True, capture_output=True, text=True,
        ).stdout.split()
        for command in taken
    ]  # fmt: skip
    assert names == [
        ["linux/counter-assistant_0.1.0_amd64.deb"],
        ["linux/depends/bookworm/libegl1_1_amd64.deb", "linux/depends/bookworm/libgl1_1_amd64.deb"],
    ]
