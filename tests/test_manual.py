"""The manual names what the program has: pages, settings, keys, names, forms, papers, commands, refusals; each page is shown."""

from __future__ import annotations

import ast
import fnmatch
import importlib.util
import re
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from counter_assistant.cli.parser import parser
from counter_assistant.domain.displays.display_kind import DisplayKind
from counter_assistant.domain.papers.counter_sign import SignKind
from counter_assistant.domain.papers.formats import FORMATS
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.people.office_profile import Switch
from counter_assistant.domain.people.profile_review import PRINTED
from counter_assistant.domain.people.roles import Role
from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.ui.application import Desk
from counter_assistant.ui.pages import PAGES
from counter_assistant.ui.settings.places import NAMES
from counter_assistant.ui.settings.profile_draft import BODY_FIELDS, CLERK_FIELDS, UNIT_FIELDS
from counter_assistant.ui.shell.page_spec import PageSpec
from counter_assistant.ui.start import read_index
from tests.places import PACKAGE, ROOT
from tests.test_docstrings import named_in, public_functions, tree

DOCS = ROOT / "docs"
MANUAL = (DOCS / "使用手册.md").read_text("utf-8")
IMAGE = re.compile(r"!\[[^\]]*\]\((images/[^)]+)\)")
KEY = re.compile(
    r"(?:(?:Ctrl|Alt|Shift)\+)+(?:F\d+|Delete|PgUp|PgDn|翻页键|回车|加减号|方向键|[A-Z0-9↑↓←→](?![A-Za-z]))|(?<![\w+#])F\d\d?(?!\d)"
)
"""A key as it is written on a button, in a hint, in a list for F1 or in the program: Ctrl+P, Ctrl+Shift+回车, F9."""
TO_PAGES = {"F1", "F2", "F3", "F4", "F5", "F6"}
"""What is the same everywhere, and told once."""
TOLD_IN = {
    "about": ("关于：哪一版、报修",), "archive": ("三、档案（F4）",), "cases": ("四、办件（F3）",), "checkup": ("体检",),
    "closing": ("日结", "五、登记（F5）"), "desk": ("二、受理台（F2）",), "first_run": ("一、打开",), "items": ("六、事项（F6）",),
    "hall": ("数据在哪里", "服务器连不上：离线出具"), "kit": ("停电了",), "lead": ("带班",), "phrases": ("七、文明用语（Ctrl+J）",), "printing": ("二、受理台（F2）", "三、档案（F4）"), "ratings": ("五、登记（F5）",),
    "recovery": ("恢复向导",), "registers": ("五、登记（F5）",), "sealing": ("换人和锁屏", "密封台账"), "settings": ("八、设置", "打在什么纸上", "免填单：表由窗口填好"),
    "signs": ("窗口标识",), "training": ("一、打开",), "widgets": ("二、受理台（F2）", "三、档案（F4）"),
}  # fmt: skip
"""Under which heads the keys of a package of the window are told; those of the others anywhere."""


def part(head: str) -> str:
    """What stands under a head of the manual, with what is below it."""
    begins = re.search(rf"^(#+) {re.escape(head)}$", MANUAL, re.MULTILINE)
    assert begins, f"the manual has no head {head}"
    rest = MANUAL[begins.end() :]
    ends = re.search(rf"^#{{1,{len(begins[1])}}} ", rest, re.MULTILINE)
    return rest[: ends.start()] if ends else rest


def builder(name: str) -> ModuleType:
    """A script of packaging/docs, which is not a package."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "packaging" / "docs" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def shown_words(package: str) -> tuple[str, ...]:
    """The texts of a package of the window, without its docstrings."""
    found: list[str] = []
    for path in sorted((PACKAGE / "ui" / package).rglob("*.py")):
        module = tree(path)
        docs = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
        words = [node for node in ast.walk(module) if isinstance(node, ast.Constant) and id(node) not in docs]
        found += [node.value for node in words if isinstance(node.value, str)]
    return tuple(found)


def keys_in(text: str) -> set[str]:
    """The keys that a text names, those of the whole window apart."""
    return {re.sub("PgUp|PgDn", "翻页键", key) for key in KEY.findall(text)} - TO_PAGES


def packages() -> list[str]:
    return sorted(path.name for path in (PACKAGE / "ui").iterdir() if (path / "__init__.py").is_file())


def absent(names: list[str], text: str = MANUAL) -> list[str]:
    return [name for name in names if name not in text]


@pytest.mark.parametrize("spec", PAGES, ids=lambda spec: spec.key)
def test_a_page_has_its_chapter_its_key_and_its_picture(spec: PageSpec[Any]) -> None:
    title, key = spec.title, spec.shortcut
    head = re.search(rf"^##+ ((?:.、)?{title}.*)$", MANUAL, re.MULTILINE)
    assert head
    assert key in head[1]
    assert any(image.endswith("-1366.png") for image in IMAGE.findall(part(head[1])))


@pytest.mark.parametrize("package", packages())
def test_every_key_is_told_where_its_page_is(package: str) -> None:
    told = "\n".join(map(part, TOLD_IN[package])) if package in TOLD_IN else MANUAL
    used = {key for text in shown_words(package) for key in keys_in(text)}
    assert sorted(used - keys_in(told)) == []


def test_a_key_is_told_from_other_words() -> None:
    assert keys_in("Ctrl+Shift+回车、F12，按 Ctrl+P；PDF1、A4、Ctrl+Px、F1") == {"Ctrl+Shift+回车", "F12", "Ctrl+P"}
    assert keys_in("Ctrl+PgUp") == keys_in("`Ctrl+翻页键`") == {"Ctrl+翻页键"}


def test_every_section_of_the_settings_is_a_row_with_its_key() -> None:
    rows = [f"| {name}（Alt+{(number + 1) % 10}） |" for number, name in enumerate(NAMES)]
    assert absent(rows, part("八、设置")) == []


def test_every_setting_is_told() -> None:
    """The fields of the profile by their labels, and what is chosen, typed or pressed in the sections by what stands beside it."""
    fields = [*UNIT_FIELDS.values(), *CLERK_FIELDS.values(), *BODY_FIELDS.values(), *(role.label for role in Role)]
    fields += [printed.label for labels in PRINTED.values() for printed in labels.values()]
    fields += [switch.label for switch in Switch]
    assert absent([*fields, *controls()], part("八、设置")) == []


def controls() -> list[str]:
    """The labels of what is chosen or pressed in the settings."""
    found: list[str] = []
    for path in sorted((PACKAGE / "ui" / "settings").rglob("*.py")):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"Choice", "ActionButton", "FormChoice"}:
                found += [str(one.value) for one in node.args[:1] if isinstance(one, ast.Constant)]
    assert len(found) > 20
    return found


@pytest.mark.slow
@pytest.mark.parametrize("training", [False, True], ids=["real", "training"])
def test_every_name_that_can_be_typed_is_told_with_its_initials(qtbot: QtBot, tmp_path: Path, training: bool) -> None:
    named = part("十一、框里能打的名字")
    desk = Desk(tmp_path, read_index(), training=training)
    qtbot.addWidget(desk.window)
    desk.opening.office()
    offered = [pair for one in desk.context.offered for pair in zip(one.action.names, one.action.initials, strict=True)]
    desk.window.close()
    desk.opening.close()
    assert len(offered) > 100
    assert [(name, letters) for name, letters in offered if f"{name} `{letters}`" not in named] == []


def test_every_form_is_shown() -> None:
    numbers = [path.stem for path in (ROOT / "forms" / "tables").glob("*.toml") if path.stem != "asked"]
    assert len(numbers) > 25
    assert absent([f"images/forms/{number}.png" for number in numbers]) == []


def test_every_paper_and_its_formats_are_named() -> None:
    assert absent([kind.in_words for kind in SlipKind]) == []
    assert absent([kind.label for kind in DisplayKind]) == []
    assert absent([kind.label for kind in SignKind], part("窗口标识")) == []
    assert absent([kind.label for kind in RegisterKind], part("五、登记（F5）")) == []
    assert absent([f"| {one.label} |" for one in FORMATS.values()], part("打在什么纸上")) == []


def test_every_command_is_in_the_manual_and_each_of_its_options_on_the_page_of_commands() -> None:
    script = builder("build_commands")
    page = (DOCS / "commands.md").read_text("utf-8")
    assert page == script.build_page(), "packaging/docs/build_commands.py writes it"
    assert "(commands.md)" in MANUAL
    chapter = part("九、没有窗口时")
    every = list(script.commands(parser()))
    assert len(every) > 80
    first = {name.split()[0] for name, *_ in every}
    assert (
        sorted(name for name in first if f"`{name}" not in chapter and f"counter-assistant {name}" not in MANUAL) == []
    )
    assert absent([name for name, *_ in every], page) == []
    options = {option for _, _, one in every for action in one._actions for option in action.option_strings}
    assert absent(sorted(options - {"--piped"}), page) == []


def test_the_window_itself_is_started_in_every_way() -> None:
    written = (PACKAGE / "ui" / "start.py").read_text("utf-8")
    options = re.findall(r'add_argument\("(--[\w-]+)"', written)
    assert len(options) > 2
    assert absent([f"`counter-assistant {option}" for option in options]) == []


def test_every_refusal_is_on_their_page() -> None:
    script = builder("build_refusals")
    page = (DOCS / "refusals.md").read_text("utf-8")
    assert page == script.build_page(), "packaging/docs/build_refusals.py writes it"
    assert "(refusals.md)" in MANUAL
    listed = set(re.findall(r"\| `([^`]+)` \|$", page, re.MULTILINE))
    modules = [path for path in PACKAGE.rglob("*.py") if "Raises:" in path.read_text("utf-8")]
    documented = {code for path in modules for *_, text in public_functions(tree(path)) for code in named_in(text)}
    assert len(documented) > 400
    lost = [code for code in documented if not any(fnmatch.fnmatch(code, pattern) for pattern in listed)]
    assert sorted(lost) == []


SAMPLE = """
NEEDED, KEPT = "own-needed", "请再输。"
TABLE = {"FULL": ("disk-full", "磁盘已满。", "请清理。")}

def refuse(name, most):
    what = "口令" if most else "PIN"
    raise Refusal(NEEDED, f"{name}的{what}不对。", KEPT + "忘了的，换一个。")

def either(faults):
    sentence = "甲。"
    sentence = sentence + faults
    for key, sentence in faults:
        raise Refusal(f"{key}-missing", sentence, "请填写。")
"""


def test_a_refusal_is_read_with_the_names_that_it_is_written_with(tmp_path: Path) -> None:
    script = builder("build_refusals")
    (tmp_path / "sample.py").write_text(SAMPLE, "utf-8")
    assert sorted(script.refusals(script.Source(tmp_path / "sample.py"))) == [
        ("*-missing", script.ON_SCREEN, "请填写。"),
        ("disk-full", "磁盘已满。", "请清理。"),
        ("own-needed", "…的口令不对。／…的PIN不对。", "请再输。忘了的，换一个。"),
    ]


def test_every_picture_of_a_page_is_in_a_manual() -> None:
    read = "".join(path.read_text("utf-8") for path in [*DOCS.glob("*.md"), ROOT / "README.md"])
    pictures = sorted(path.name for path in (DOCS / "images").glob("*.png"))
    assert [name for name in pictures if f"images/{name})" not in read] == []
