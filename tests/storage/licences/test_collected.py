"""What a bundle is given of terms: the same that a checkout shows, in one folder, and a list of it that others can read."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from counter_assistant import paths
from counter_assistant.storage.licences.collected import LIST, read_collected
from counter_assistant.storage.licences.component import Component
from counter_assistant.storage.licences.installed import installed
from tests.places import ROOT
from tests.storage.licences.site import a_package, packages

COLLECT = ROOT / "packaging" / "licences" / "collect.py"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    site = tmp_path / "site-packages"
    a_package(site, "peewee", "4.5.3", LICENSE="terms of peewee")
    a_package(site, "pyside6-essentials", "6.9.3")
    a_package(site, "pynacl", "1.6.2", LICENSE="terms of pynacl", **{"LICENSE.libsodium.txt": "terms of libsodium"})
    return site


def collect(site: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, COLLECT, site, folder], capture_output=True, text=True, check=False)


def told(components: tuple[Component, ...]) -> list[tuple[Any, ...]]:
    """All but where the texts lie."""
    return [
        (
            each.name,
            each.version,
            each.licence,
            each.part,
            each.within,
            [(text.name, text.read()) for text in each.texts],
        )
        for each in components
    ]


def test_the_folder_says_what_the_packages_said(site: Path, tmp_path: Path) -> None:
    folder = tmp_path / "licences"
    (folder / "gone").mkdir(parents=True)
    assert collect(site, folder).returncode == 0
    found = read_collected(folder)
    assert told(found) == told(installed(ROOT, COLLECT.parent, packages(site)))
    assert len(found) > 15
    assert not (folder / "gone").exists(), "it is made anew"
    assert all(text.path.is_relative_to(folder) for each in found for text in each.texts)


def test_two_collections_are_the_same_bytes(site: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert collect(site, tmp_path / name).returncode == 0
    one, two = ((tmp_path / name / LIST).read_bytes() for name in ("one", "two"))
    assert one == two


def test_the_list_is_a_cyclonedx_of_everything_with_the_hashes_of_the_lock_file(site: Path, tmp_path: Path) -> None:
    assert collect(site, tmp_path / "made").returncode == 0
    listed = json.loads((tmp_path / "made" / LIST).read_text("utf-8"))
    assert (listed["bomFormat"], listed["specVersion"]) == ("CycloneDX", "1.6")
    assert re.fullmatch(
        r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", listed["serialNumber"]
    )
    entries = {each["name"]: each for each in listed["components"]}
    peewee = entries["peewee"]
    assert (peewee["purl"], peewee["licenses"]) == ("pkg:pypi/peewee@4.5.3", [{"expression": "MIT"}])
    lock = (ROOT / "requirements.lock").read_text("utf-8").partition("peewee==4.5.3")[2].partition("==")[0]
    hashes = [each["content"] for one in peewee["externalReferences"] for each in one["hashes"]]
    assert hashes == re.findall("sha256:([0-9a-f]{64})", lock)
    assert hashes
    inside = {each["name"] for each in entries["pyside6-essentials"]["components"]}
    assert inside == {"Qt", "ICU"}
    assert listed["dependencies"][0]["dependsOn"] == [each["bom-ref"] for each in listed["components"]]
    refs = re.findall(r'"bom-ref": "([^"]+)"', json.dumps(listed))
    assert len(refs) == len(set(refs)) > 15


def test_a_package_without_terms_stops_it_and_is_named(site: Path, tmp_path: Path) -> None:
    a_package(site, "unheard-of", "1.0")
    done = collect(site, tmp_path / "made")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.strip() == "no licence, or no text of it: unheard-of"
    assert not (tmp_path / "made").exists()


def test_a_bundle_shows_its_own_folder_and_a_checkout_what_it_keeps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert paths.licences() == COLLECT.parent
    monkeypatch.setattr(paths, "__file__", str(tmp_path / "program.zip" / "counter_assistant" / "paths.pyc"))
    (tmp_path / "licences").mkdir()
    assert paths.licences() == tmp_path / "licences"
