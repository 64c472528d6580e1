"""Digests of paragraphs and sentences, and the one way an article is split into them."""

import hashlib
import re
import unicodedata

# A sentence ends with one of these marks and white space. A paragraph without any is one sentence.
_SENTENCE_END = re.compile(r"(?<=[.!?؟۔।])\s+")


def fold_passage(text: str) -> str:
    """Return the text in NFC with every run of white space made one space and the ends trimmed."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def digest_passage(text: str) -> str:
    """Return ``sha256:`` and the hex digest of the folded text in UTF-8."""
    return "sha256:" + hashlib.sha256(fold_passage(text).encode()).hexdigest()


def split_article(text: str) -> list[list[str]]:
    """Split an article, one paragraph a line, into folded sentences; blank lines are no paragraphs."""
    return [_SENTENCE_END.split(fold_passage(line)) for line in text.splitlines() if line.strip()]


def digest(*parts: str | bytes) -> str:
    """Return a digest of texts, which can't run into one another."""
    made = hashlib.sha256()
    for part in parts:
        raw = part.encode() if isinstance(part, str) else part
        made.update(len(raw).to_bytes(8, "big"))
        made.update(raw)
    return made.hexdigest()[:32]
