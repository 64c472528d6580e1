"""Text as sources and editors write it, and as it goes wrong: for properties."""

from hypothesis import strategies as st

ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئٱـ،؛؟٠١٢پگ"
MARKS = "\u064b\u064c\u064e\u064f\u0650\u0651\u0652\u0670\u0301\u0308\u0323"
CONTROLS = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
JOINERS = "\u200b\u200c\u200d\ufeff"
MARKDOWN = "\\`*_{}[]()#+-.!|<>&:~^=\"'$/@%;,?"
SPACES = " \t\n\u00a0\u2003\u2028\u0085"
LATIN = "abcXYZ019éßİ"

characters = st.sampled_from(ARABIC + MARKS + CONTROLS + JOINERS + MARKDOWN + SPACES + LATIN + "🧂漢")
pieces = st.one_of(
    characters,
    st.sampled_from(
        [
            "[TOC]",
            "{: #a }",
            "{#a}",
            "&amp;",
            "&copy",
            "<!-- x -->",
            "https://a.example/",
            "<b>",
            "1. ",
            "- ",
            "***",
            "``",
            "\\\\",
        ]
    ),
)
texts = st.lists(pieces, max_size=24).map("".join)
"""Any text, with a taste for what Markdown and bidirectional text stumble over."""
