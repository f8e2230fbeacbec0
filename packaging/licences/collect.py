"""Collects into one folder the terms of everything that a bundle holds, and the list of it: a CycloneDX 1.6 SBOM.

    python packaging/licences/collect.py SITE_PACKAGES FOLDER

Run it with the Python of the bundle: its version is the one that is listed. SITE_PACKAGES is where the bundle's packages lie. FOLDER is
made anew; the program looks for it as `licences/` beside its resources (`counter_assistant/paths.py`). Ends with 1 where something
inside has no licence or no text: somebody finds it and adds it to parts.toml. The same packages give the same bytes.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import uuid
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from counter_assistant.storage.licences.collected import LIST, PART, TEXT  # noqa: E402
from counter_assistant.storage.licences.component import Component, Part, without_terms  # noqa: E402
from counter_assistant.storage.licences.installed import installed  # noqa: E402

KEPT = Path(__file__).parent
KINDS = {Part.PROGRAM: "application", Part.PYTHON: "platform", Part.FONT: "file", Part.DATA: "data"}
"""What CycloneDX calls a component; a library where nothing else is said."""
_HASHED = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)[^\n]*\n((?: +--hash=sha256:[0-9a-f]{64}[^\n]*\n)+)", re.MULTILINE)


def main(site_packages: Path, folder: Path) -> None:
    """Fills the folder; says what it cannot list."""
    components = installed(ROOT, KEPT, list(distributions(path=[str(site_packages)])))
    if missing := without_terms(components):
        raise SystemExit(f"no licence, or no text of it: {', '.join(missing)}")
    shutil.rmtree(folder, ignore_errors=True)
    for component in components:
        for text in component.texts:
            place = folder / component.name / text.name
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(text.path, place)
    listed = sbom(components, hashes_of((ROOT / "requirements.lock").read_text("utf-8")))
    (folder / LIST).write_text(json.dumps(listed, ensure_ascii=False, indent=1) + "\n", "utf-8", newline="\n")


def hashes_of(lock: str) -> dict[tuple[str, str], list[str]]:
    """The SHA-256 of every file that the lock file allows, by name and version of the package."""
    return {
        (name, version): re.findall(r"sha256:([0-9a-f]{64})", hashes) for name, version, hashes in _HASHED.findall(lock)
    }


def sbom(components: tuple[Component, ...], hashes: dict[tuple[str, str], list[str]]) -> dict[str, Any]:
    """The list. It bears no time, and its serial number follows from what is in it."""
    inside: dict[str, list[dict[str, Any]]] = {}
    for component in components:
        if component.within:
            inside.setdefault(component.within, []).append(_entry(component, hashes, []))
    program, *rest = [_entry(each, hashes, inside.get(each.name, [])) for each in components if not each.within]
    serial = uuid.uuid5(uuid.NAMESPACE_OID, json.dumps([program, rest], ensure_ascii=False, sort_keys=True))
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {"component": program},
        "components": rest,
        "dependencies": [{"ref": program["bom-ref"], "dependsOn": [each["bom-ref"] for each in rest]}],
    }


def _entry(
    component: Component, hashes: dict[tuple[str, str], list[str]], inside: list[dict[str, Any]]
) -> dict[str, Any]:
    made: dict[str, Any] = {
        "type": KINDS.get(component.part, "library"),
        "bom-ref": f"{component.part}/{component.name}",
        "name": component.name,
        "licenses": [{"expression": component.licence}],
    }
    if component.version:
        made["version"] = component.version
    if component.part is Part.PACKAGE:
        made["purl"] = f"pkg:pypi/{component.name}@{component.version}"
        files = hashes.get((component.name, component.version), [])
        made["externalReferences"] = [
            {"type": "distribution", "url": made["purl"], "hashes": [{"alg": "SHA-256", "content": one}]}
            for one in files
        ]
    said = [(PART, component.part.value), *((TEXT, f"{component.name}/{text.name}") for text in component.texts)]
    made["properties"] = [{"name": name, "value": value} for name, value in said]
    if inside:
        made["components"] = inside
    return made


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
