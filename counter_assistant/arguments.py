"""命令行参数的中文说法：受理台的启动和命令行共用。"""

from __future__ import annotations

import argparse
from typing import Any


class ChineseParser(argparse.ArgumentParser):
    """An argument parser whose help and usage are Chinese, and which takes no shortened names."""

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=_ChineseHelp, add_help=False, allow_abbrev=False, **options)
        self._given, self._named = self.add_argument_group("参数"), self.add_argument_group("选项")

    def add_argument(self, *names: Any, **options: Any) -> argparse.Action:
        """Adds an argument to the group that it belongs to: those that begin with - are options."""
        group = self._named if str(names[0]).startswith("-") else self._given
        return group.add_argument(*names, **options)


class _ChineseHelp(argparse.RawDescriptionHelpFormatter):
    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)
