"""Read the text of a PDF, page by page. What is only a picture has no text; nothing is recognised."""

import re
import unicodedata
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple

from musnad.editing.webpage import import_extra
from musnad.text.digest import fold_passage

# Letters in the shape that they have in print, which no other text is written in.
_PRINTED = re.compile("[\ufb50-\ufdff\ufe70-\ufefc\ufb00-\ufb06]+")
_END = re.compile(r"[.!?؟۔:…][\"”’»)\]]*$")


class Pdf(NamedTuple):
    """What a PDF holds."""

    pages: tuple[tuple[str, ...], ...]
    """The paragraphs of each page."""
    title: str
    author: str


def read_pdf(body: bytes) -> Pdf:
    """Return a PDF's text. Raises RefusedError without the extra ``sources``, ValueError where it can't be read."""
    pypdf = import_extra("pypdf")
    try:
        reader = pypdf.PdfReader(BytesIO(body))
        pages = tuple(tuple(_join_lines(page.extract_text())) for page in reader.pages)
        told = reader.metadata
    except (
        pypdf.errors.PyPdfError,
        LookupError,
        TypeError,
        AttributeError,
        RecursionError,
        OSError,
        AssertionError,
    ) as error:
        # Of a broken file the reader raises whatever it stumbles over.
        raise ValueError(str(error)) from error
    return Pdf(pages, fold_passage(str((told and told.title) or "")), fold_passage(str((told and told.author) or "")))


def _join_lines(text: str) -> Iterator[str]:
    """Yield the paragraphs of a page: they end at an empty line, or where a line ends a sentence and is a short one."""
    text = _PRINTED.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    lines = [fold_passage(line) for line in text.splitlines()]
    width = max(map(len, lines), default=0)
    paragraph = ""
    for line in [*lines, ""]:
        if line:
            # A hyphen at the end of a line divides a word, unless a name goes on with a capital.
            is_divided = re.search(r"[a-zà-ÿ]-$", paragraph) and line[0].islower()
            paragraph = paragraph[:-1] + line if is_divided else f"{paragraph} {line}".strip()
        if paragraph and (not line or (_END.search(line) and len(line) < width * 0.85)):
            yield paragraph
            paragraph = ""
