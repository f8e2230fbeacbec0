"""A folder of packages as a bundle has one: what each is called, and what it brings of terms."""

from __future__ import annotations

from importlib.metadata import Distribution, distributions
from pathlib import Path

METADATA = "Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{more}\n"


def a_package(site: Path, name: str, version: str = "1.0", more: str = "", **files: str) -> None:
    """Installs a package; `files` are by their name in the folder of licences of its metadata."""
    info = site / f"{name.replace('-', '_')}-{version}.dist-info"
    (info / "licenses").mkdir(parents=True)
    (info / "METADATA").write_text(METADATA.format(name=name, version=version, more=more), "utf-8")
    for file, text in files.items():
        (info / "licenses" / file).write_text(text, "utf-8")
    listed = [f"{info.name}/METADATA,,", *(f"{info.name}/licenses/{file},," for file in files)]
    (info / "RECORD").write_text("\n".join(listed) + "\n", "utf-8")


def packages(site: Path) -> list[Distribution]:
    """What is installed in the folder."""
    return list(distributions(path=[str(site)]))
