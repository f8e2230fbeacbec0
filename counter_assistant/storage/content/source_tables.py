"""来源与条件的表：一句话出自哪里，什么情形才适用。"""

from __future__ import annotations

from counter_assistant.domain.catalogue.conditions import All, Always, Answered, AnyOf, Condition, Not
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.catalogue.statutes import ArticleRef
from counter_assistant.storage.content.strict_table import Table

SOURCE_KINDS = ("statute", "code", "guide", "assumption")


def read_article(row: Table) -> ArticleRef:
    """{statute, version, article, paragraph, point}."""
    numbers = [row.take(key, int, 0) for key in ("version", "article", "paragraph", "point")]
    ref = ArticleRef(row.text("statute"), *numbers)
    row.done()
    return ref


def read_source(row: Table) -> Source:
    """Where a statement comes from; a missing one is a fault."""
    if not row.has("source"):
        raise row.fault("缺少来源", "source")
    source = row.table("source")
    kind = source.text("kind")
    if kind not in SOURCE_KINDS:
        raise source.fault(f"来源“{kind}”不认识，可以是 {'、'.join(SOURCE_KINDS)}", "kind")
    note = source.text("note", "")
    if kind == "statute":
        return Source(kind, article=read_article(source), note=note)
    clause = source.text("clause") if kind == "code" else ""
    city = source.text("city") if kind == "guide" else ""
    year = source.take("year", int, 0) if kind == "guide" else 0
    source.done()
    return Source(kind, clause=clause, city=city, year=year, note=note)


def read_condition(row: Table, key: str = "when") -> Condition:
    """A condition from q … in, all, any, not; always true where the key is missing."""
    return _condition(row.table(key)) if row.has(key) else Always()


def _condition(table: Table) -> Condition:
    if table.has("q"):
        leaf = Answered(table.text("q"), table.texts("in"))
        table.done()
        return leaf
    for key, build in (("all", All), ("any", AnyOf)):
        if table.has(key):
            parts = tuple(_condition(part) for part in table.tables(key))
            table.done()
            return build(parts)
    inner = _condition(table.table("not")) if table.has("not") else None
    table.done()
    if inner is None:
        raise table.fault("条件里要有 q、all、any 或 not")
    return Not(inner)
