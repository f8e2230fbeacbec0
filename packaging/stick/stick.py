"""Fills a stick that installs the program at a branch without a network: what `./dev stick FOLDER` does.

    python packaging/stick/stick.py FOLDER [--dist FOLDER] [--depends FOLDER ...] [--pack FILE ...] [--key FILE]

What `./dev package` made lies in dist/. On the stick are that package and what it depends on, the installer for Windows where there is one, the
sources with a wheelhouse, the manuals as pages for any browser, the verifier of exports, the centre's packs, and the sum of every file.
With `--key`, a key file of the centre, the list of sums is signed, and its public half is named on the start page.
"""

from __future__ import annotations

import argparse
import hashlib
import html
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote

from markdown_it import MarkdownIt

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from counter_assistant.cli.secret import read_secret  # noqa: E402
from counter_assistant.domain.refusal import Refusal  # noqa: E402
from counter_assistant.domain.revision.pack import fingerprint  # noqa: E402
from counter_assistant.storage.packs.key_file import Signer, open_key  # noqa: E402
from counter_assistant.storage.packs.signed_sums import SIGNATURE, SUMS, check_stick, sign_sums  # noqa: E402

LINK = re.compile(r'<a href="(?P<page>[^":]+\.md)">(?P<words>.*?)</a>')
HEADING = re.compile("<(?P<level>h[23])>(?P<words>.*?)</h[23]>")
START = "从这里开始.html"
PYTHON = "/opt/counter-assistant/python/bin/python3.11"
"""The Python that an installed program brings along."""
MANUALS = (
    "安装手册.md",
    "使用手册.md",
    "试点手册.md",
    "服务器手册.md",
    "commands.md",
    "refusals.md",
    "audit-format.md",
)
PAGE = """<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
body {{ font: 17px/1.7 "Noto Sans SC", "Microsoft YaHei", sans-serif; max-width: 52em; margin: 2em auto; padding: 0 1em; color: #222b36 }}
h1, h2, h3 {{ color: #14365a; line-height: 1.3 }} a {{ color: #14365a }} img {{ max-width: 100%; border: 1px solid #d5dce4 }}
table {{ border-collapse: collapse; margin: 1em 0 }} th, td {{ border: 1px solid #b9c4d0; padding: .3em .7em; text-align: left; vertical-align: top }}
code, pre {{ font-family: monospace; background: #eef1f5 }} pre {{ padding: .7em; overflow: auto }}
</style>
{body}
"""


def main(arguments: list[str]) -> int:
    """Fills the folder, which has to be empty or a stick of before."""
    parser = argparse.ArgumentParser(prog="./dev stick", description="Fills a stick for branches without a network.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--dist", type=Path, default=ROOT / "dist")
    parser.add_argument("--depends", type=Path, action="append", default=[], metavar="FOLDER")
    parser.add_argument("--pack", type=Path, action="append", default=[], metavar="FILE")
    parser.add_argument("--wheelhouse", type=Path, default=ROOT / "wheelhouse", metavar="FOLDER")
    parser.add_argument(
        "--key", type=Path, metavar="FILE", help="the centre's key, by which the list of sums is signed"
    )
    parser.add_argument("--secret-fd", type=int, metavar="N", help="the descriptor from which its passphrase is read")
    asked = parser.parse_args(arguments)
    folder: Path = asked.folder
    signer = opened(asked) if asked.key else None
    if folder.is_dir() and any(folder.iterdir()) and not (folder / SUMS).is_file():
        raise SystemExit(f"{folder} 里有别的文件：请用空的文件夹，或者以前做的 U 盘。")
    packages = sorted(asked.dist.glob("counter-assistant_*.deb"))
    if not packages:
        raise SystemExit(f"{asked.dist} 里没有安装包：先做 ./dev package。")
    for old in folder.glob("*") if folder.is_dir() else ():
        shutil.rmtree(old) if old.is_dir() else old.unlink()
    take_linux(folder / "linux", packages[-1], asked.depends)
    for installer in sorted(asked.dist.glob("counter-assistant-*-windows.exe"))[-1:]:
        copy([installer], folder / "windows")
    take_sources(folder / "source", asked.wheelhouse)
    write_manuals(folder / "manual")
    copy([ROOT / "packaging" / "audit" / "verify_book.py"], folder / "verify")
    copy(asked.pack, folder / "content")
    (folder / START).write_text(start_page(folder, signer), "utf-8")
    (folder / SUMS).write_text(sums(folder), "utf-8")
    if signer:
        sign_sums(folder, signer)
    if hasattr(os, "sync"):
        os.sync()
    check_stick(folder)
    listed = hashlib.sha256((folder / SUMS).read_bytes()).hexdigest()
    print(f"U 盘的校验码，印在随盘的单子上：{' '.join(listed[n : n + 4] for n in range(0, 32, 4))}")
    if signer:
        print(f"密钥的指纹，也印在单子上：{fingerprint(signer.algorithm, signer.key)}")
    print(
        f"{folder}: {sum(1 for _ in files(folder))} 个文件，{sum(path.stat().st_size for path in files(folder)) / 1e6:.0f} MB，读回来都对，可以拔出。"
    )
    return 0


def opened(asked: argparse.Namespace) -> Signer:
    """The centre's key, opened by its passphrase."""
    try:
        return open_key(asked.key, read_secret(asked, "密钥的口令"))
    except Refusal as refusal:
        raise SystemExit(str(refusal)) from refusal


def take_linux(folder: Path, package: Path, depends: Iterable[Path]) -> None:
    """The package, what it depends on by the name of the release, and what installs them."""
    copy([package, ROOT / "packaging" / "stick" / "install.sh"], folder)
    for fetched in depends:
        copy(sorted(fetched.glob("*.deb")), folder / "depends" / fetched.name.removeprefix("depends-"))


def take_sources(folder: Path, wheelhouse: Path) -> None:
    """The sources as they were committed, and the wheels that they run with where these were fetched."""
    folder.mkdir(parents=True)
    archive = [
        "git",
        "archive",
        "--format=tar.gz",
        "--prefix=counter-assistant/",
        f"--output={folder / 'counter-assistant.tar.gz'}",
        "HEAD",
    ]
    subprocess.run(archive, cwd=ROOT, check=True)
    if wheelhouse.is_dir():
        copy(sorted(wheelhouse.glob("*.whl")), folder / "wheelhouse")


def write_manuals(folder: Path) -> None:
    """The manuals as pages that any browser shows without a network, with their pictures."""
    shutil.copytree(ROOT / "docs" / "images", folder / "images")
    made = MarkdownIt("commonmark", {"html": False}).enable("table")
    for name in MANUALS:
        text = (ROOT / "docs" / name).read_text("utf-8")
        body = HEADING.sub(with_place, LINK.sub(on_the_stick, made.render(text)))
        (folder / name).with_suffix(".html").write_text(page(text.partition("\n")[0].lstrip("# "), body), "utf-8")


def with_place(heading: re.Match[str]) -> str:
    """A heading that a link leads to by its words, without what is no letter or digit."""
    level, words = heading["level"], heading["words"]
    place = "".join(character for character in re.sub("<.*?>", "", words) if character.isalnum())
    return f'<{level} id="{place}">{words}</{level}>'


def on_the_stick(link: re.Match[str]) -> str:
    """A link between the manuals; one that leads to a page of the sources is only its words."""
    name = unquote(link["page"])
    return f'<a href="{Path(name).stem}.html">{link["words"]}</a>' if name in MANUALS else link["words"]


def start_page(folder: Path, signer: Signer | None) -> str:
    """What whoever plugs the stick in reads first."""
    version = next(iter((folder / "linux").glob("counter-assistant_*.deb"))).name.split("_")[1]
    lines = [
        "<h1>柜台助手</h1>", f"<p>版本 {html.escape(version)}。装机、升级、换电脑都用这只 U 盘，不用联网。</p>",
        "<h2>装，或者升级</h2>", "<ol>", "<li>升级的，先关上柜台助手的窗口</li>",
        "<li>打开 U 盘的 linux 文件夹，在空白处点右键，选“在终端中打开”</li>",
        "<li>输入 <code>sh install.sh</code>，回车</li>",
        "<li>第一次装的，先显示这只 U 盘的校验码：与中心随盘发的单子核对，一样的按回车；没有单子的，打电话给中心，念这串数字核对</li>",
        "<li>输管理员密码；末尾写着“装好了”，就是装好了</li>",
        "<li>从开始菜单打开“柜台助手”：用窗口经办人自己的用户，不要用管理员</li>", "</ol>",
    ]  # fmt: skip
    if (folder / "windows").is_dir():
        lines.append("<p>Windows：双击 windows 文件夹里的安装程序（还没有在真机上试过）。</p>")
    lines += [
        "<h2>接着看</h2>", "<ul>",
        '<li>第一次打开要办什么、怎样升级、怎样卸下：<a href="manual/安装手册.html">安装手册</a>，一页</li>',
        '<li>电脑坏了、换了，从备份恢复：<a href="manual/安装手册.html#四坏了换电脑">安装手册第四节</a></li>',
        '<li>窗口上怎样用：<a href="manual/使用手册.html">使用手册</a></li>',
        '<li>先在一个网点试两个星期：<a href="manual/试点手册.html">试点手册</a></li>',
        '<li>几个窗口共用一台服务器：<a href="manual/服务器手册.html">服务器手册</a></li>', "</ul>",
    ]  # fmt: skip
    if (folder / "content").is_dir():
        lines.append("<p>content 里是中心发的内容包：怎样收，见使用手册“内容包”。</p>")
    lines.append(
        '<p>审计用的验证程序在 verify 里，格式见<a href="manual/audit-format.html">说明</a>；电脑上没有 Python 的，装好程序以后用 '
        f"<code>{PYTHON}</code>。源程序在 source 里。</p>"
    )
    if signer:
        shown = fingerprint(signer.algorithm, signer.key)
        lines.append(
            f"<p>这只 U 盘由中心的密钥签名，密钥的指纹 <code>{shown}</code>，与中心单子上的指纹应当一样。"
            "它不是装的时候显示的校验码：指纹只只 U 盘都一样，校验码一批一个。</p>"
        )
    return page("柜台助手", "\n".join(lines))


def page(title: str, body: str) -> str:
    """A page that needs nothing but itself."""
    return PAGE.format(title=html.escape(title), body=body)


def sums(folder: Path) -> str:
    """The SHA-256 of every file, as sha256sum reads it."""
    lines = []
    for path in files(folder):
        if path.name not in (SUMS, SIGNATURE):
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            lines.append(f"{digest}  {path.relative_to(folder).as_posix()}\n")
    return "".join(lines)


def copy(sources: Iterable[Path], target: Path) -> None:
    """Copies files into a folder, which is made with the first of them."""
    for source in sources:
        target.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target)


def files(folder: Path) -> list[Path]:
    """Every file below the folder, in order."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
