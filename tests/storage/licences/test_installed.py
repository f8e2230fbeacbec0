"""Whatever is inside has its terms beside it: every locked package, every font, every part that a package does not speak of."""

from __future__ import annotations

import shutil
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

from counter_assistant.storage.licences.component import Component, Part, without_terms
from counter_assistant.storage.licences.installed import OURS, fonts, installed, locked
from tests.places import ROOT
from tests.storage.licences.site import a_package, packages

KEPT = ROOT / "packaging" / "licences"
MIT = "License-Expression: MIT\n"


def by_name(components: tuple[Component, ...]) -> dict[str, Component]:
    return {each.name: each for each in components}


def of_site(site: Path) -> dict[str, Component]:
    return by_name(installed(ROOT, KEPT, packages(site)))


@pytest.fixture(scope="module")
def here() -> dict[str, Component]:
    return by_name(installed(ROOT, KEPT))


def test_every_locked_package_that_is_installed_is_listed_with_its_version_and_terms(
    here: dict[str, Component],
) -> None:
    found = {}
    for name in locked(ROOT):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue  # of another system or Python
    assert len(found) > 15
    assert {name: here[name].version for name in found} == found
    assert without_terms(here.values()) == []
    assert {each.part for each in here.values()} == set(Part)


def test_every_font_has_the_terms_of_its_family(here: dict[str, Component]) -> None:
    families = {path.stem.partition("-")[0] for path in (ROOT / "resources" / "fonts").glob("*.ttf")}
    listed = {each.name: each.licence for each in here.values() if each.part is Part.FONT}
    assert listed.keys() == families
    assert listed["AmendedHan"] == "Arphic-1999"
    assert "Arphic" in here["AmendedHan"].texts[0].read()
    assert "SIL OPEN FONT LICENSE" in here["RareHan"].texts[0].read().upper()


def test_a_font_more_without_terms_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "OFL-Old.txt").touch()
    for name in ("Old-Regular", "Old-Bold", "New-Regular"):
        (tmp_path / f"{name}.ttf").touch()
    found = list(fonts(tmp_path))
    assert [(each.name, each.licence) for each in found] == [("New", ""), ("Old", "OFL-1.1")]
    assert without_terms(found) == ["New"]


def test_the_texts_are_the_licences_that_are_named(here: dict[str, Component]) -> None:
    def text(name: str) -> str:
        return "\n".join(each.read() for each in here[name].texts)

    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text("pyside6-essentials")
    assert "END OF TERMS AND CONDITIONS" in text("pyside6-essentials"), "the LGPL-3 adds to the GPL-3"
    assert "harfbuzz-ng" in text("Qt")
    assert "Apache License" in text(OURS)
    assert "PYTHON SOFTWARE FOUNDATION LICENSE" in text("Python")
    assert "Unicode, Inc." in text("ICU")
    assert "Ulrich Telle" in text("SQLite3 Multiple Ciphers")
    assert "Frank Denis" in text("libsodium")
    assert "PDFium Authors" in text("PDFium")
    assert here["Qt"].version == here["pyside6-essentials"].version


def test_what_is_a_parts_own_is_not_told_of_its_package_again(here: dict[str, Component]) -> None:
    assert (here["libsodium"].within, here["PDFium"].within) == ("pynacl", "pypdfium2")
    assert [text.name for text in here["pynacl"].texts] == ["LICENSE"]
    assert not {text.path for text in here["pypdfium2"].texts} & {text.path for text in here["PDFium"].texts}


def test_a_package_brings_its_expression_and_its_texts(tmp_path: Path) -> None:
    a_package(tmp_path, "New.Package", more=MIT, LICENSE="terms", NOTICE="and more")
    found = of_site(tmp_path)["new-package"]
    assert (found.version, found.licence, found.part) == ("1.0", "MIT", Part.PACKAGE)
    assert [(text.name, text.read()) for text in found.texts] == [("LICENSE", "terms"), ("NOTICE", "and more")]


@pytest.mark.parametrize(("more", "files"), [(MIT, {}), ("", {"LICENSE": "terms"})])
def test_a_package_more_that_says_no_terms_or_brings_no_text_is_noticed(
    tmp_path: Path, more: str, files: dict[str, str]
) -> None:
    a_package(tmp_path, "good", more=MIT, LICENSE="terms")
    a_package(tmp_path, "new-one", more=more, **files)
    assert without_terms(of_site(tmp_path).values()) == ["new-one"]


def test_a_text_that_was_left_out_of_the_bundle_does_not_count(tmp_path: Path) -> None:
    a_package(tmp_path, "good", more=MIT, LICENSE="terms")
    (tmp_path / "good-1.0.dist-info" / "licenses" / "LICENSE").unlink()
    assert without_terms(of_site(tmp_path).values()) == ["good"]


def test_a_part_is_listed_only_where_its_package_is(tmp_path: Path) -> None:
    a_package(tmp_path, "pynacl", LICENSE="terms")
    found = of_site(tmp_path)
    assert [each.name for each in found.values() if each.part is Part.LIBRARY] == [
        "cffi backend",
        "libffi",
        "libsodium",
    ]
    assert without_terms(found.values()) == ["libsodium"], "its text is the package's"


def test_a_text_that_is_no_longer_kept_is_noticed(tmp_path: Path) -> None:
    kept = shutil.copytree(KEPT, tmp_path / "kept")
    (kept / "texts" / "SQLite.txt").unlink()
    assert without_terms(installed(ROOT, kept)) == ["SQLite"]


def test_they_are_listed_by_what_they_are_and_by_name(here: dict[str, Component]) -> None:
    listed = list(here.values())
    order = list(Part)
    assert listed == sorted(listed, key=lambda each: (order.index(each.part), each.name.casefold()))
    assert listed[0].name == OURS
