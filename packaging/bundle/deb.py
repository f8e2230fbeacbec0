"""Makes the Debian package of a bundle.

    python packaging/bundle/deb.py FOLDER TARGET

The package lies in /opt/counter-assistant and writes nothing outside its own files, and what an office wrote stays where it is. Its
one script asks, before it is removed, whether a window is open. Two packages of one commit are equal to the last byte.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import assemble
from assemble import CONTENTS, ROOT, files
from gate import dependencies, is_elf

NAME = "counter-assistant"
LINUX = ROOT / "packaging" / "linux"
PLACES = {
    "counter-assistant.desktop": "usr/share/applications",
    "counter-assistant.metainfo.xml": "usr/share/metainfo",
    "counter-assistant.svg": "usr/share/icons/hicolor/scalable/apps",
}
CONTROL = """Package: {name}
Version: {version}
Architecture: amd64
Maintainer: Counter Assistant <noreply@counter-assistant.invalid>
Section: office
Priority: optional
Installed-Size: {size}
Depends: {depends}
Recommends: cups, fonts-noto-cjk, libpq5
Description: 柜台助手：住房公积金服务窗口的离线桌面助手
 一次性告知、出具文书、存档可查。An offline desktop assistant for the clerk
 at the service window of a housing provident fund centre.
"""
PRERM = """#!/bin/sh
# A window that is open would lose its files. dpkg goes on with an upgrade, which puts others in their place.
set -e
[ "$1" = remove ] || exit 0
for process in /proc/[0-9]*; do
    case $(readlink "$process/exe" 2>/dev/null) in
        /opt/counter-assistant/*)
            echo "没有卸下，什么都没有动：柜台助手的窗口还开着。请先关上，再来一次。" >&2
            exit 1 ;;
    esac
done
"""
"""Asked by dpkg before it removes the package; where it refuses, the package stays installed."""


def main(bundle: Path, target: Path) -> Path:
    """Writes the package into the folder and gives its path."""
    version = assemble.version()
    os.environ.setdefault("SOURCE_DATE_EPOCH", commit_time())
    with tempfile.TemporaryDirectory() as work:
        root = Path(work) / NAME
        shutil.copytree(bundle, root / "opt" / NAME, symlinks=True)
        for name, place in PLACES.items():
            (root / place).mkdir(parents=True)
            shutil.copy2(LINUX / name, root / place)
        (root / "usr/bin").mkdir()
        (root / "usr/bin" / NAME).symlink_to(f"/opt/{NAME}/bin/{NAME}")
        notices = root / "usr/share/doc" / NAME
        notices.mkdir(parents=True)
        shutil.copy2(ROOT / "LICENSE", notices / "copyright")
        write_control(root, version)
        date = int(os.environ["SOURCE_DATE_EPOCH"])
        for path in (root, *root.rglob("*")):
            os.utime(
                path, (date, date), follow_symlinks=False
            )  # dpkg-deb leaves older ones, which a checkout gave them
        made = target / f"{NAME}_{version}_amd64.deb"
        target.mkdir(parents=True, exist_ok=True)
        subprocess.run(["dpkg-deb", "-Zxz", "--root-owner-group", "--build", root, made], check=True)
    size, limit = made.stat().st_size / 1e6, CONTENTS["limits"]["deb_mb"]
    if size > limit:
        raise SystemExit(f"{made.name}: {size:.0f} MB, and {limit} are allowed")
    return made


def write_control(root: Path, version: str) -> None:
    """What dpkg reads: the package's name, what it depends on, what it asks before a removal, and the digest of every file."""
    objects = [path for path in files(root) if not path.is_symlink() and is_elf(path)]
    size = sum(path.lstat().st_size for path in files(root)) // 1024
    control = root / "DEBIAN"
    control.mkdir()
    words = CONTROL.format(name=NAME, version=version, size=size, depends=", ".join(dependencies(objects)))
    (control / "control").write_text(words, "utf-8")
    (control / "prerm").write_text(PRERM, "utf-8")
    (control / "prerm").chmod(0o755)
    sums = subprocess.run(
        ["md5sum", "--", *sorted(str(path.relative_to(root)) for path in files(root) if not path.is_symlink() and "DEBIAN" not in path.parts)],
        cwd=root, check=True, capture_output=True, text=True,
    )  # fmt: skip
    (control / "md5sums").write_text(sums.stdout, "utf-8")
    for path in (root, *root.rglob("*")):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o755)


def commit_time() -> str:
    """When what is packed was committed, in seconds since 1970: the date that its files bear."""
    return subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.strip()


if __name__ == "__main__":
    print(main(Path(sys.argv[1]), Path(sys.argv[2])))
