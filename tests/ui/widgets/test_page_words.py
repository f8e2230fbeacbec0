"""What stands under a paper: no second page where there is only a second copy."""

from __future__ import annotations

import pytest

from counter_assistant.ui.widgets.page_words import COPIES, page_words


@pytest.mark.parametrize(
    ("page", "pages", "copies", "words"),
    [
        (1, 2, COPIES, "当事人联　Ctrl+翻页键"),
        (0, 2, COPIES, "存档联　Ctrl+翻页键"),
        (3, 4, COPIES, "当事人联　第 2 页，共 2 页　Ctrl+翻页键"),
        (1, 2, (), "第 2 页，共 2 页　Ctrl+翻页键"),
    ],
)
def test_a_copy_is_called_a_copy_and_a_page_is_counted_within_it(
    page: int, pages: int, copies: tuple[str, ...], words: str
) -> None:
    assert page_words(page, pages, copies) == words
