"""Writes docs/refusals.md from the code: every refusal with its code, what it says and what to do next, by room.

python packaging/docs/build_refusals.py            write it
python packaging/docs/build_refusals.py --check    only say whether it is up to date (exit 1 where it is not)
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "counter_assistant"
PAGE = ROOT / "docs" / "refusals.md"
FILLED_IN = "…"
ON_SCREEN = "（屏幕上写着）"
HEAD = """# 程序说“不”的话

本页由 `packaging/docs/build_refusals.py` 从程序里读出，不要手工修改。程序不照办的时候，总是说两句：哪里不对，接着怎么办；什么也没有改动。
先在这里找屏幕上的那句话，“…”是当时填进去的；右边的代码是给管理员报修用的。最常碰到的几种，见[使用手册](使用手册.md)“出了问题”。
"""
ROOMS = {
    "": "其他", "domain/assessment": "情形、清单、决定", "domain/calendar": "日期、期限、放假日历", "domain/cases": "办件的步",
    "domain/catalogue": "事项目录", "domain/closing": "结账", "domain/counter_forms": "免填单的表",
    "domain/displays": "牌证和公示", "domain/notification": "告知对照", "domain/papers": "文书、编号、标识",
    "domain/people": "人、证件号码、单位资料", "domain/registers": "登记簿、投诉、交接", "domain/revision": "改目录、核定、内容包",
    "domain/safekeeping": "备份、体检", "domain/training": "上岗练习", "domain/typed_text": "打的字、贴的字",
    "domain/wording": "文明用语、忌语", "domain": "其他规则", "storage/engines": "台账文件", "storage/journal": "台账的记录",
    "storage/exchange": "交换包的文件", "storage/safekeeping": "备份和流水的文件", "storage/packs": "内容包的文件", "storage/sealing": "密封台账的钥匙",
    "storage/content": "随程序来的文件", "storage/counter_forms": "本中心的表样", "storage": "台账和文件",
    "paper": "排版和字", "printing": "打印", "devices": "身份证读卡器",
    "operations/archive": "档案", "operations/calendars": "采用放假日历", "operations/cases": "办下一步",
    "operations/catalogue": "核定和新的一版", "operations/counter_forms": "填表", "operations/exchange": "交换包、各网点", "operations/intake": "能不能出具",
    "operations/issuing": "出具", "operations/keys": "口令和钥匙", "operations/kit": "停电备用单",
    "operations/notification": "上次告知", "operations/publications": "指南、标识、公示", "operations/registers": "登记",
    "operations/safekeeping": "结账、备份、恢复", "operations/training": "练习", "operations/witnessing": "中心见证",
    "operations/wording": "用语", "operations/about": "关于、诊断", "operations": "开台账、人、职责", "ui": "窗口", "cli": "命令",
}  # fmt: skip
"""The rooms by where their modules lie; the longest that fits is a module's."""


class Said(NamedTuple):
    """A refusal as it is written: its code, and the two sentences with … for what is filled in."""

    code: str
    sentence: str
    remedy: str


class Source:
    """A module of the package, and what its names stand for."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tree = ast.parse(path.read_text("utf-8"))
        self.values: dict[str, ast.expr] = {}
        self.imported: dict[str, tuple[str, str]] = {}
        for node in self.tree.body:
            self.values |= dict(_assigned(node))
            if isinstance(node, ast.ImportFrom) and node.module:
                self.imported |= {name.asname or name.name: (node.module, name.name) for name in node.names}

    def read(self, node: ast.expr, local: dict[str, list[ast.expr]], depth: int = 0) -> list[str]:
        """Every way in which an expression may read; … stands for what only a running program knows."""
        if isinstance(node, ast.Constant):
            return [str(node.value)]
        if isinstance(node, ast.JoinedStr):
            return _joined([self.read(part, local, depth) for part in node.values])
        if isinstance(node, ast.FormattedValue):
            return self.read(node.value, local, depth) if isinstance(node.value, ast.Name) else [FILLED_IN]
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            return _joined([self.read(part, local, depth) for part in (node.left, node.right)])
        if isinstance(node, ast.IfExp):
            return [*self.read(node.body, local, depth), *self.read(node.orelse, local, depth)]
        if isinstance(node, ast.Name) and depth < DEEPEST:
            return self._named(node.id, local, depth + 1)
        return [FILLED_IN]

    def _named(self, name: str, local: dict[str, list[ast.expr]], depth: int) -> list[str]:
        if name in local:
            return [way for value in local[name] for way in self.read(value, local, depth)] or [FILLED_IN]
        if name in self.values:
            return self.read(self.values[name], {}, depth)
        if name in self.imported:
            module, original = self.imported[name]
            if (there := source_of(module)) and original in there.values:
                return there.read(there.values[original], {}, depth)
        return [FILLED_IN]


CODE = re.compile("[a-z0-9]+(?:-[a-z0-9]+)+")
MAKES = ("Refusal", "super().__init__")
DEEPEST = 4
"""How many names are followed, one to the next."""
MOST_WAYS = 6
"""A sentence with more readings is told once, with … for what differs."""


def _assigned(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """The names that a statement gives a value, each with its own."""
    if isinstance(node, ast.AnnAssign) and node.value and isinstance(node.target, ast.Name):
        yield node.target.id, node.value
    if not isinstance(node, ast.Assign):
        return
    for target in node.targets:
        if isinstance(target, ast.Name):
            yield target.id, node.value
        if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            pairs = zip(target.elts, node.value.elts, strict=False)
            yield from ((name.id, value) for name, value in pairs if isinstance(name, ast.Name))


def _joined(parts: list[list[str]]) -> list[str]:
    ways = [""]
    for part in parts:
        fits = len(ways) * len(part) <= MOST_WAYS
        ways = [before + way for before in ways for way in (part if fits else [FILLED_IN])]
    return ways


@cache
def source_of(module: str) -> Source | None:
    """The module of that dotted name; None where it is not the package's."""
    path = ROOT / (module.replace(".", "/") + ".py")
    return Source(path) if module.startswith("counter_assistant.") and path.exists() else None


def refusals(source: Source) -> Iterator[Said]:
    """What a module refuses, as it is written there."""
    for scope in (source.tree, *(node for node in ast.walk(source.tree) if isinstance(node, ast.FunctionDef))):
        local = _locals(scope)
        for code, *rest in _written(scope):
            sentence, remedy = (_once(source.read(each, local)) for each in (*rest, ast.Constant(""))[:2])
            for kind in source.read(code, local):
                if CODE.fullmatch(kind.replace(FILLED_IN, "x")) and re.search("[一-龥]", sentence + remedy):
                    yield Said(kind.replace(FILLED_IN, "*"), sentence, remedy)


def _once(ways: list[str]) -> str:
    """The readings of a sentence, each once; one of which nothing is known beforehand is on the screen alone."""
    told = dict.fromkeys(re.sub("…+", FILLED_IN, way) for way in ways if way)
    return "／".join(ON_SCREEN if way.strip("请。") == FILLED_IN else way for way in told)


def _written(scope: ast.AST) -> Iterator[list[ast.expr]]:
    """The code and the sentences of each refusal at a module's top or in a function, without those of the functions inside:
    where one is made, and where one is kept in a table until it is."""
    for node in ast.iter_child_nodes(scope):
        if isinstance(node, ast.FunctionDef):
            continue
        if isinstance(node, ast.Call) and ast.unparse(node.func) in MAKES and len(node.args) in {2, 3}:
            yield node.args
        if isinstance(node, ast.Tuple) and len(node.elts) == 3:
            yield node.elts
        yield from _written(node)


def _locals(scope: ast.AST) -> dict[str, list[ast.expr]]:
    """What is given in a function to each of its names; one that gets a value in another way as well stands for …."""
    if not isinstance(scope, ast.FunctionDef):
        return {}
    arguments = scope.args
    stored = [one.arg for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
    stored += [node.id for node in ast.walk(scope) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
    found: dict[str, list[ast.expr]] = {}
    for name, value in (pair for node in ast.walk(scope) for pair in _assigned(node)):
        found.setdefault(name, []).append(value)
    return {name: values if len(values := found.get(name, [])) == stored.count(name) else [] for name in stored}


def room_of(path: Path) -> str:
    """The Chinese name of the room in which a module lies."""
    place = path.relative_to(PACKAGE).as_posix()
    return ROOMS[max((room for room in ROOMS if place.startswith(room)), key=len)]


def all_refusals() -> dict[str, list[Said]]:
    """Every refusal of the package by room, each written form once."""
    found: dict[str, list[Said]] = {name: [] for name in ROOMS.values()}
    for path in sorted(PACKAGE.rglob("*.py")):
        if source := source_of(".".join(path.relative_to(ROOT).with_suffix("").parts)):
            found[room_of(path)] += refusals(source) if "Refusal" in path.read_text("utf-8") else ()
    return {name: sorted(set(said)) for name, said in found.items() if said}


def build_page() -> str:
    """The content of the page."""
    found = all_refusals()
    codes = {said.code for room in found.values() for said in room}
    tally = f"共 {len(codes)} 个代码。\n"
    return "\n".join([HEAD, tally, *(_section(name, said) for name, said in found.items())])


def _section(name: str, said: list[Said]) -> str:
    rows = [f"| {each.sentence} | {each.remedy} | `{each.code}` |".replace("\n", " ") for each in said]
    return "\n".join([f"## {name}", "", "| 说的话 | 怎么办 | 代码 |", "|---|---|---|", *rows]) + "\n"


def main(arguments: list[str]) -> int:
    """Write the page, or with --check compare it."""
    content = build_page()
    if "--check" in arguments:
        return 0 if PAGE.read_text("utf-8") == content else 1
    PAGE.write_text(content, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
