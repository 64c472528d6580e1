"""Our own scripts and style sheets as they are published: without what only those who work on them need."""

import re

_COMMENT = re.compile(r"^\s*/\*(?:(?!\*/)[\s\S])*\*/[ \t]*$|[ \t]+/\* [^\n*]* \*/$|(?:^|\s)//\s[^\n]*", re.MULTILINE)
_BETWEEN = re.compile(r"\n\s*")


def shorten(text: str) -> str:
    """Return a script or style sheet without indents and without comments that have lines, or an end, to themselves."""
    return _BETWEEN.sub("\n", _COMMENT.sub("", text)).lstrip()
