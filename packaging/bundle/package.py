"""Makes the packages that are installed at a branch: what `./dev package` does.

    python packaging/bundle/package.py [--python FOLDER] [--target FOLDER]

Everything is made under build/package. The Python comes out of a root with the oldest glibc, in which it is compiled once and then
kept; to make that root takes an administrator. `--python` names one that was made before.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

import assemble
import deb
import gate

WORK = assemble.ROOT / "build" / "package"
OLDEST = "bullseye"
"""The Debian whose glibc is the oldest that the bundle must run on, 2.31."""
SOURCE = "bookworm"
"""The Debian whose Python is taken, with what was mended in it."""
BUILDS = ["build-essential", "ca-certificates", "libffi-dev", "patchelf", "xz-utils", "zlib1g-dev"]


def main(arguments: list[str]) -> int:
    """Makes the bundle, looks through it, packs it."""
    parser = argparse.ArgumentParser(prog="./dev package", description="Makes the package of the program.")
    parser.add_argument("--python", type=Path, metavar="FOLDER", help="a Python that build_python.sh made before")
    parser.add_argument("--target", type=Path, metavar="FOLDER", default=assemble.ROOT / "dist")
    asked = parser.parse_args(arguments)
    bundle = WORK / "bundle"
    assemble.main(asked.python or python(), bundle)
    if gate.main(bundle):
        return 1
    made = deb.main(bundle, asked.target)
    print(f"{made} {made.stat().st_size / 1e6:.0f} MB")
    return 0


def python() -> Path:
    """The Python of the bundle: kept as long as what it is built by is the same."""
    script = Path(__file__).parent / "build_python.sh"
    made, recipe = WORK / "python", WORK / "python.recipe"
    if recipe.is_file() and recipe.read_bytes() == script.read_bytes():
        return made
    root = root_of(OLDEST)
    shutil.copy2(script, root / "tmp")
    inside = f"cd /tmp && apt-get -qq source --download-only python3.11 && sh /tmp/{script.name} /tmp /tmp/python"
    run("chroot", root, "/bin/sh", "-ec", inside)
    shutil.rmtree(made, ignore_errors=True)
    shutil.copytree(root / "tmp" / "python", made, symlinks=True)
    shutil.copy2(script, recipe)
    return made


def root_of(release: str) -> Path:
    """A root of a release of Debian with a compiler in it, and the sources of the Python that is taken."""
    if os.geteuid():
        raise SystemExit("an administrator has to run this: it makes a root of its own")
    root = WORK / f"root-{release}"
    if not (root / "etc" / "os-release").is_file():
        run("debootstrap", "--variant=minbase", f"--include={','.join(BUILDS)}", release, root)
    listed = (root / "etc" / "apt" / "sources.list").read_text("ascii").split()
    sources = root / "etc" / "apt" / "sources.list.d" / "python.list"
    sources.write_text(f"deb-src {listed[1]} {SOURCE} main\n", "ascii")
    shutil.copy2("/etc/resolv.conf", root / "etc")
    run("chroot", root, "apt-get", "-qq", "update")
    return root


def run(*command: str | Path) -> None:
    """Runs a command; ends where it fails."""
    if subprocess.call(command):
        raise SystemExit(f"failed: {' '.join(map(str, command))}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
