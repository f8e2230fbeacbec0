"""文书的措辞：forms/ 里每种文书一个模板，由名字固定的块组成。

A block is rendered to a plain string that is never parsed again, so a name such as `{{ 7*7 }}` or `<b>` prints as typed.
Where the strings stand on the page is the arrangement's business.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, TemplateError

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.slip import SlipKind
from counter_assistant.paper.arrangement import RULE

SUFFIX = ".txt"


class Forms:
    """The forms of a folder; templates are read when first used and kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def _environment(self) -> Environment:
        return Environment(
            loader=FileSystemLoader(self._folder),
            undefined=StrictUndefined,
            autoescape=False,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )

    def blocks(self, kind: SlipKind, facts: Mapping[str, Any]) -> dict[str, str]:
        """Every block of a kind's form, filled with the facts. White space at the ends of a block is not kept."""
        try:
            template = self._environment.get_template(kind.value + SUFFIX)
            names = self._block_names(template)
            context = template.new_context({"rule": RULE, **facts})
            return {name: "".join(self._block(template, name)(context)).strip("\n ") for name in names}
        except TemplateError as error:
            what = f"文书格式 {kind.value}{SUFFIX} 无法使用：{error}。"
            raise Refusal("broken-form", what, "请恢复原来的文书格式文件。") from error

    def _block_names(self, template: Template) -> list[str]:
        parent = self._environment.get_template("letterhead" + SUFFIX)
        return list(parent.blocks | template.blocks)

    def _block(self, template: Template, name: str) -> Any:
        parent = self._environment.get_template("letterhead" + SUFFIX)
        return template.blocks.get(name) or parent.blocks[name]
