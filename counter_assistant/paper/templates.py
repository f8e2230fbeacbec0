"""文书的措辞：forms/ 里每种文书一个模板，由名字固定的块组成；其中整句的话可以由本中心换一种说法.

A block is rendered to a plain string that is never parsed again, so that a name such as `{{ 7*7 }}` or `<b>` prints as
typed. Where the strings go on the page is decided by the arrangement.

A sentence is a line of a template between its tags, with `{{ … }}` read as a mark in words. What the centre writes takes its place
before the template is read. It holds no brace (domain/catalogue/form_sentences.py), so that it stays text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, meta

from counter_assistant.domain.catalogue.form_sentences import BRACES, FormSentence
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.paper.arrangement import BOX, RULE

SUFFIX = ".txt"
PAPERS = {
    "base_letterhead": "各种文书", "base_accepting": "受理的文书", "service_guide": "办事指南", "day_count": "期限计算表",
    **{kind.value: kind.in_words for kind in SlipKind},
}  # fmt: skip
"""The forms whose sentences the centre may word, by what people call the paper."""

MARKS = {
    "office.supervision_phone": "监督电话", "office.hotlines": "服务热线", "office.window": "窗口", "office.result": "结果怎样送达",
    "office.supplement_days": "补正的天数", "clerk.name": "经办人", "clerk.phone": "经办人电话", "due": "期限", "due_act": "做到什么",
    "statutory_act": "法定做到什么", "statutory_day": "法定期限", "statutory_stands": "中止的原因",
    'statutory_pauses | join("、")': "不计入的期间", "asked": "所问的事", "blank": "空处", 'broken | join("；")': "不符合的条件",
    'needs | join("，")': "要补什么", 'to_verify | join("；")': "要核实什么", 'kept | join("；")': "收存的材料",
    'returned | join("；")': "退还的材料", 'originals_kept | join("、")': "收存原件的材料",
    'never_ask | join("；")': "不得要求的材料", 'redress_days | join("，或者")': "救济期限",
}  # fmt: skip
"""What stands in a sentence for something that is filled in when the paper is issued."""

_ENDS = ("{% endblock", "{%- endblock")
"""Tags before which a text has come to its end."""

LEAST = 8
"""Fewer characters than these are a label, which is what the paper is found by."""

_TAG = re.compile(r"(\{%.*?%\}|\{#.*?#\})", re.DOTALL)
_EXPRESSION = re.compile(r"\{\{\s*(.*?)\s*\}\}")
_NO_BEGINNING = re.compile(r"\{%-?\s*(?:endif|endfor|block \w+_(?:heading|label|lead|head))\b")
"""Tags after which no sentence begins on the same line: the middle of one, or a heading by which people find their place."""
_PRESET = ("示例", "核定")


class Forms:
    """The forms of a folder; a template is read when it is first used, and kept.

    `words` are sentences that read otherwise than they ship, by paper and by the sentence that ships.
    """

    def __init__(self, folder: Path, words: Mapping[str, Mapping[str, str]] = MappingProxyType({})) -> None:
        self._folder, self._words = folder, words
        self._blocks: dict[str, dict[str, Any]] = {}

    @cached_property
    def _environment(self) -> Environment:
        return Environment(
            loader=_WordedForms(self._folder, self._words),
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
            context = template.new_context({"rule": RULE, "box": BOX, **facts})
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


class _Place(NamedTuple):
    """A sentence and where its template has it."""

    standard: str
    start: int
    end: int
    expressions: dict[str, str]


def form_sentences(folder: Path) -> dict[str, tuple[FormSentence, ...]]:
    """The sentences of every form of a folder, by paper, each once."""
    found = {}
    for form, paper in PAPERS.items():
        source = (folder / (form + SUFFIX)).read_text(encoding="utf-8")
        found[paper] = tuple(FormSentence(words) for words in dict.fromkeys(each.standard for each in _places(source)))
    return {paper: sentences for paper, sentences in found.items() if sentences}


class _WordedForms(FileSystemLoader):
    """Templates in the centre's words. `words` are the new ones, by paper and by the sentence that ships."""

    def __init__(self, folder: Path, words: Mapping[str, Mapping[str, str]]) -> None:
        super().__init__(folder)
        self._words = words

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source, path, fresh = super().get_source(environment, template)
        own = self._words.get(PAPERS.get(template.removesuffix(SUFFIX), ""), {})
        return _reworded(source, own), path, fresh


def _reworded(source: str, words: Mapping[str, str]) -> str:
    """The template with other words; a sentence that does not stand in it changes nothing."""
    for place in sorted(_places(source), key=lambda place: place.start, reverse=True):
        new = words.get(place.standard, "")
        if new and not any(brace in new for brace in BRACES):
            source = source[: place.start] + _template(new, place.expressions) + source[place.end :]
    return source


def _template(words: str, expressions: Mapping[str, str]) -> str:
    """Words with each mark as the expression that fills it in; another pair of brackets, as of a document's number, stays."""
    for mark, expression in expressions.items():
        words = words.replace(f"〔{mark}〕", expression)
    return words


def _places(source: str) -> Iterator[_Place]:
    at, before = 0, ""
    for piece in _TAG.split(source):
        if _TAG.fullmatch(piece):
            before = piece
        else:
            cut = not source.startswith(_ENDS, at + len(piece))
            yield from _in_piece(piece, at, begun=bool(_NO_BEGINNING.match(before)), cut=cut)
        at += len(piece)


def _in_piece(piece: str, at: int, *, begun: bool, cut: bool) -> Iterator[_Place]:
    """The sentences of a run of text; `begun` where its first line belongs to what stands before it, `cut` where its last goes on
    behind a tag unless it ends with its full stop.
    """
    for n, line in enumerate(piece.splitlines(keepends=True)):
        text = line.strip()
        if cut and not line.endswith(("\n", "。")):
            continue
        expressions = {MARKS.get(code, ""): f"{{{{ {code} }}}}" for code in _EXPRESSION.findall(text)}
        if _is_sentence(text) and "" not in expressions and not (begun and n == 0):
            start = at + line.index(text)
            standard = _EXPRESSION.sub(lambda found: f"〔{MARKS[found[1]]}〕", text)
            yield _Place(standard, start, start + len(text), expressions)
        at += len(line)


def _is_sentence(text: str) -> bool:
    plain = _EXPRESSION.sub("", text)
    whole = not plain.startswith(("，", "；", "、")) and not text.endswith(("，", "；", "：", "、"))
    written = len(re.findall("[\u4e00-\u9fff]", plain)) >= LEAST
    return whole and written and "|" not in plain and not any(word in plain for word in _PRESET)
