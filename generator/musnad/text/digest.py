"""Digests of paragraphs and sentences, and the one way an article is split into them."""

import hashlib
import re
import unicodedata

# The form splits by these patterns too (theme/assets/propose/passages.js), in text whose white space is folded.
# A sentence ends with one of these marks and a space. A paragraph without any is one sentence.
SENTENCE_END = re.compile(r"(?<=[.!?؟۔।]) ")
# A full stop after these ends no sentence: initials and titles, and what stands before a number.
_START = r"""(?:^|[ (\[«“"'‘/-])"""
ABBREVIATED = re.compile(
    _START + r"(?:(?:[A-Z]\.)+|(?:Mr|Mrs|Ms|Dr|Prof|Gen|Maj|Brig|Col|Lt|Capt|Cmdr|Sgt|Cpl|Gov|Sen|Rep|Rev|Hon|St|Mt|vs"
    r"|[دأامصت])\.)$"
)
BEFORE_NUMBER = re.compile(_START + r"(?:Nos?|Art|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|pp?|ca?)\.$")


def fold_passage(text: str) -> str:
    """Return the text in NFC with every run of white space made one space and the ends trimmed."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def digest_passage(text: str) -> str:
    """Return ``sha256:`` and the hex digest of the folded text in UTF-8."""
    return "sha256:" + hashlib.sha256(fold_passage(text).encode()).hexdigest()


def split_article(text: str) -> list[list[str]]:
    """Split an article, one paragraph a line, into folded sentences; blank lines are no paragraphs."""
    return [_split_sentences(fold_passage(line)) for line in text.splitlines() if line.strip()]


def _split_sentences(paragraph: str) -> list[str]:
    starts = [0]
    for end in SENTENCE_END.finditer(paragraph):
        if not _is_abbreviated(paragraph[: end.start()], paragraph[end.end() :]):
            starts.append(end.end())
    return [paragraph[start:end].strip() for start, end in zip(starts, [*starts[1:], len(paragraph)], strict=True)]


def _is_abbreviated(before: str, after: str) -> bool:
    word = before[-12:]
    return bool(ABBREVIATED.search(word) or (after[:1].isdecimal() and BEFORE_NUMBER.search(word)))


def digest(*parts: str | bytes) -> str:
    """Return a digest of texts, which can't run into one another."""
    made = hashlib.sha256()
    for part in parts:
        raw = part.encode() if isinstance(part, str) else part
        made.update(len(raw).to_bytes(8, "big"))
        made.update(raw)
    return made.hexdigest()[:32]
