"""要登记的内容怎样从文件里读：一栏一栏的文字，和第几条记录."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from counter_assistant.domain.refusal import Refusal


def texts_of(content: Mapping[str, Any]) -> dict[str, str]:
    """The fields of the file as texts, as they are typed in the window; numbers may be numbers.

    Raises:
        Refusal: `wrong-type`.
    """
    texts = {}
    for name, value in content.items():
        if value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise Refusal("wrong-type", f"登记的“{name}”类型不对。", "应当是文字或者数。")
        texts[name] = str(value)
    return texts


def entry_number(text: str) -> int:
    """The number of an entry that was typed.

    Raises:
        Refusal: `register-unknown`.
    """
    if text.isdecimal() and len(text) < 16:
        return int(text)
    raise Refusal("register-unknown", f"“{text[:20]}”不是登记的序号。", "请用 list 查看，是每一行开头的数。")
