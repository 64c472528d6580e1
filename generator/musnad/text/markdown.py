"""Escape plain text for a place where Markdown is read, such as a heading."""

import re

from markupsafe import Markup

_ACTIVE = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>&:~^=\"'$])")
_SPACE = re.compile(r"\s+")


def escape_markdown(text: str) -> Markup:
    """Return Markdown on one line that shows exactly the given text, white space folded.

    Numeric character references survive every inline pattern, attribute lists included.
    """
    folded = _SPACE.sub(" ", text).strip()
    return Markup(_ACTIVE.sub(lambda m: f"&#{ord(m.group())};", folded))
