"""文书的措辞：forms/ 里每种文书一个模板，由名字固定的块组成。

A block is rendered to a plain string that is never parsed again, so that a name such as `{{ 7*7 }}` or `<b>` prints as
typed. Where the strings go on the page is decided by the arrangement.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, meta

from counter_assistant.domain.refusal import Refusal
from counter_assistant.paper.arrangement import RULE

SUFFIX = ".txt"


class Forms:
    """The forms of a folder; a template is read when it is first used, and kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._blocks: dict[str, dict[str, Any]] = {}

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

    def blocks(self, form: str, facts: Mapping[str, Any]) -> dict[str, str]:
        """Every block of a form, filled with the facts, without white space at its ends.

        `form` is a `SlipKind` or the name of a sheet's form.

        Raises:
            Refusal: `broken-form` (the template cannot be read, or names a fact that is not given).
        """
        try:
            blocks = self._all_blocks(form + SUFFIX)
            template = self._environment.get_template(form + SUFFIX)
            context = template.new_context({"rule": RULE, **facts})
            return {name: "".join(block(context)).strip("\n ") for name, block in blocks.items()}
        except TemplateError as error:
            what = f"文书格式 {form}{SUFFIX} 无法使用：{error}。"
            raise Refusal("broken-form", what, "请恢复原来的文书格式文件。") from error

    def _all_blocks(self, name: str) -> dict[str, Any]:
        """The blocks of a form and of those that it extends; the form's own take precedence."""
        if name not in self._blocks:
            source = (self._folder / name).read_text(encoding="utf-8")
            extended = meta.find_referenced_templates(self._environment.parse(source))
            inherited = [self._all_blocks(parent) for parent in extended if parent]
            own = self._environment.get_template(name).blocks
            self._blocks[name] = {key: block for blocks in inherited for key, block in blocks.items()} | own
        return self._blocks[name]
