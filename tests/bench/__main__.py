"""`python -m tests.bench [NAME] [--json]`: one bench, a module beside this one with `run() -> dict[str, float]`, or all."""

from __future__ import annotations

import argparse
import importlib
import json
from inspect import signature
from pathlib import Path


def main() -> None:
    """Print the figures of a bench, or of all of them, for people or as one JSON object."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="量一量快慢。")
    parser.add_argument("name", nargs="?", choices=names)
    parser.add_argument(
        "--size", type=int, help="told_once、million：台账里有多少条；exchange：每个网点多少份；hall_search：一共多少份"
    )
    parser.add_argument("--kept", help="hall_search：数据留在这个文件夹，下次再量")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    figures: dict[str, float] = {}
    for name in [arguments.name] if arguments.name else names:
        run = importlib.import_module(f"tests.bench.{name}").run
        given = {option: value for option in ("size", "kept") if (value := getattr(arguments, option))}
        figures |= run(**{option: value for option, value in given.items() if option in signature(run).parameters})
    if arguments.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:<16}{value:>10}")


if __name__ == "__main__":
    main()
