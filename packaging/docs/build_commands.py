"""Writes docs/commands.md from the command line itself: every command with what it takes, in Chinese.

python packaging/docs/build_commands.py            write it
python packaging/docs/build_commands.py --check    only say whether it is up to date (exit 1 where it is not)
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from counter_assistant.cli.parser import parser  # noqa: E402

PAGE = ROOT / "docs" / "commands.md"
HEAD = """# 命令一览

本页由 `packaging/docs/build_commands.py` 从程序里读出，不要手工修改。怎么用、什么时候用，见[使用手册](使用手册.md)“没有窗口时”；
请求和 JSON 的各项，见 [README](../README.md)。退出码：0 办好了，1 没有办（一句话说明），2 用法不对。
"""
SHARED = """## 每个命令都有的

| 写法 | 是什么 |
|---|---|
"""
Command = tuple[str, str, argparse.ArgumentParser]


def commands(top: argparse.ArgumentParser, before: str = "", told: str = "") -> Iterator[Command]:
    """Every command that does something: its name from the first word on, what it is for, and its parser."""
    found = [action for action in top._actions if isinstance(action, argparse._SubParsersAction)]
    if not found:
        yield before, told, top
    for action in found:
        helps = {choice.dest: choice.help or "" for choice in action._choices_actions}
        for name, below in action.choices.items():
            yield from commands(below, f"{before} {name}".strip(), helps.get(name, ""))


def written(action: argparse.Action) -> str:
    """How a part of a command is written."""
    names = action.metavar or action.dest.upper()
    names = names if isinstance(names, str) else " ".join(names)
    if not action.option_strings:
        return names
    takes = "" if action.nargs == 0 else " " + ("|".join(map(str, action.choices)) if action.choices else names)
    return ", ".join(action.option_strings) + takes


def build_page() -> str:
    """The content of the page; commands that take the same stand together."""
    every = list(commands(parser()))
    shared = set.intersection(*(set(_parts(one)) for _, _, one in every))
    alike: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for name, told, one in every:
        rows = _rows([pair for pair in _parts(one) if pair not in shared])
        alike.setdefault((name.split()[-1] if rows else name, rows), []).append((name, told))
    sections = [_section(named, rows) for (_, rows), named in alike.items()]
    return "\n".join([HEAD, SHARED + _rows([pair for pair in _parts(every[0][2]) if pair in shared]), *sections])


def _parts(one: argparse.ArgumentParser) -> list[tuple[str, str]]:
    """How each part of a command is written, and what it is."""
    return [(written(action), action.help or "") for action in one._actions if action.help != argparse.SUPPRESS]


def _section(named: list[tuple[str, str]], rows: str) -> str:
    table = f"\n| 写法 | 是什么 |\n|---|---|\n{rows}" if rows else ""
    if len(named) == 1:
        return f"## {named[0][0]}\n\n{named[0][1]}。\n{table}"
    told = "".join(f"- `{name}`：{what}\n" for name, what in named)
    return f"## {named[0][0]} 等\n\n{told}{table}"


def _rows(pairs: list[tuple[str, str]]) -> str:
    return "".join(
        f"| `{how.replace('|', chr(92) + '|')}` | {what.replace('|', chr(92) + '|')} |\n" for how, what in pairs
    )


def main(arguments: list[str]) -> int:
    """Write the page, or with --check compare it."""
    content = build_page()
    if "--check" in arguments:
        return 0 if PAGE.read_text("utf-8") == content else 1
    PAGE.write_text(content, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
