"""要找的文字：搜索框里写了多长才去找。"""

from __future__ import annotations

SEARCH_LENGTH = 200
"""A longer text in a search box was pasted by mistake: nothing that is kept could match it."""
