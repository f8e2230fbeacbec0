"""随程序带来的许可：一个文件夹，各样东西的全文和一份清单 sbom.json（CycloneDX），都是做程序包时收进来的."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from counter_assistant.storage.licences.component import Component, Part, Text, in_order

LIST = "sbom.json"
PART, TEXT = "counter-assistant:part", "counter-assistant:text"
"""The properties of a component in the list: which `Part` it is, and a text of it, as a path below the folder."""


def read_collected(folder: Path) -> tuple[Component, ...]:
    """What is inside, by the list in a folder that packaging/licences/collect.py filled.

    Raises:
        OSError, ValueError, LookupError, TypeError: the list is missing, or is none of ours.
    """
    listed = json.loads((folder / LIST).read_text("utf-8"))
    written = [listed["metadata"]["component"], *listed["components"]]
    return in_order(one for each in written for one in _with_parts(each, folder))


def _with_parts(written: dict[str, Any], folder: Path, within: str = "") -> Iterator[Component]:
    name = written["name"]
    said = [(each["name"], each["value"]) for each in written["properties"]]
    texts = tuple(
        Text(value.removeprefix(f"{name}/"), folder / value) for property_, value in said if property_ == TEXT
    )
    part = Part(dict(said)[PART])
    licence = written["licenses"][0]["expression"]
    yield Component(name, written.get("version", ""), licence, part, texts, within)
    for inside in written.get("components", ()):
        yield from _with_parts(inside, folder, within=name)
