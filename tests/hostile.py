"""Three hundred strings that some program somewhere takes for more than text."""

from __future__ import annotations

from itertools import product

MARKUP = (
    "<b>粗</b>", "<img src=x onerror=alert(1)>", "<img src='/etc/passwd'/>", "<para>", "</para>", "<font name=none>", "<a href=\"http://a\">",
    "&amp;&lt;&#65;", "<!--", "]]>", "<![CDATA[", "<?xml version='1.0'?>", "<!DOCTYPE a SYSTEM 'file:///etc/passwd'>", "<script>",
    "<br/>", "<seq id='1'/>", "<onDraw name='x'/>", "**粗**", "`rm`", "[链](http://a)", "# 题", "| 表 | 格 |", "$E=mc^2$", "\\textbf{粗}",
    "\\input{/etc/passwd}", "#include \"a\"", "#import \"a.typ\": *", "#read(\"/etc/passwd\")", "@import url(a)",
)  # fmt: skip
TEMPLATES = (
    "{{ 7*7 }}", "{% include 'a' %}", "{# a #}", "{{ ''.__class__.__mro__ }}", "${7*7}", "#{7*7}", "<%= 7 %>", "{0}", "{}", "{name!r}", "{a.__class__}",
    "%s", "%(name)s", "%n%n%x", "%d", "$HOME", "$(id)", "`id`", "!{a}", "{{{{", "}}}}", "{%", "%}", "{{", "#}",
)  # fmt: skip
PRINTERS = (
    "]TJ", "(a)Tj", ") Tj ET Q", "BT /F1 9 Tf ET", "endstream endobj", "stream", ">>", "<<", "<feff>", "/JavaScript (a)", "/Launch", "%PDF-1.4", "%%EOF",
    "xref", "trailer", "\\)", "\\(", "\\\\", "\\101", "(((", ")))", "\\n", "\\r\\n", "\\u4e2d", "\\x00", "\\N{BULLET}", "@PJL", "%-12345X", "%!PS", "showpage",
)  # fmt: skip
QUERIES = (
    "' OR 1=1 --", "'; DROP TABLE entry;--", "\" OR \"\"=\"", "1; SELECT 1", "a' AND 1=(SELECT 1)", "/* a */", "%", "_", "a%b_c", "NULL", "null", "None", "true", "NaN",
    "-1", "0x1F", "1e309", "=1+1", "=cmd|' /C calc'!A0", "+1", "-1+2", "@SUM(A1)", "=HYPERLINK(\"http://a\")", "\"\"\"", "''", "a,b;c", "a|b",
)  # fmt: skip
PATHS = (
    "../../etc/passwd", "..\\..\\windows", "/dev/null", "/dev/random", "file:///etc/passwd", "http://127.0.0.1/", "\\\\server\\share", "C:\\CON", "CON", "nul.txt", "~root",
    "a/b", ".", "..", "-rf", "--help", "a.pdf", "*", "?", "a?b*c", "data:text/html,a", "javascript:alert(1)", "ftp://a", "mailto:a@b", "//a", "|id", ";id", "&& id", "> a", "< a",
)  # fmt: skip
LETTERS = (
    "𠅤", "\U0002ceb0", "㐀㐁", "〇", "々", "·", "…", "——", "～", "〔〕", "《》", "“”", "‘’", "①②③", "Ⅳ", "㎡", "℃", "￥", "¥", "×", "é", "ñ", "ü", "ß", "Ω", "я",
    "（）（）", "，，，", "。。。", "、、", "！？", "１２３", "ＡＢＣ", "a b  c", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "11010519491231002X", "2026年11月23日",
)  # fmt: skip
EVERY = (*MARKUP, *TEMPLATES, *PRINTERS, *QUERIES, *PATHS, *LETTERS)
HOSTILE = tuple(dict.fromkeys((*EVERY, *(one + other for one, other in product(EVERY[::5], EVERY[::9])))))[:300]
assert len(HOSTILE) == 300
