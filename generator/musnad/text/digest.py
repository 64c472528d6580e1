"""Digests of paragraphs and sentences, and the one way an article is split into them."""

import hashlib
import re
import unicodedata
from typing import Any

# The form splits by these patterns too (theme/assets/propose/passages.js), in text whose white space is folded.
# A sentence ends with one of these marks, the quotation marks and brackets that close behind it, and a space. A
# paragraph without any is one sentence.
SENTENCE_END = re.compile(r"""(?<=[.!?؟۔।])([”"»’')\]]*) """)
# A full stop after these ends no sentence: initials and titles, and what stands before a number.
_START = r"""(?:^|[ (\[«“"'‘/-])"""
ABBREVIATED = re.compile(
    _START + r"(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Gen|Maj|Brig|Col|Lt|Capt|Cmdr|Sgt|Cpl|Gov|Sen|Rep|Rev|Hon|St|Mt|vs|cf"
    r"|[\u0621-\u064a]|و[\u0621-\u064a]|و?أ\.د)\.$"
)
BEFORE_NUMBER = re.compile(
    _START + r"(?:Nos?|Art|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|pp?|ca?|[Aa]pprox|Figs?|Vol|Tel)\.$"
)
# These end one only where the next word is one that sentences begin with: in the U.S. The price.
MAY_END = re.compile(_START + r"(?:(?:[A-Z]\.)+[A-Z]|Inc|Co|Corp|Ltd|Jr|Sr)\.$")
BEGINS = re.compile(
    r"[“\"‘']?(?:The|A|An|It|He|She|They|We|I|His|Her|Its|Their|This|That|These|Those|There|In|On|At|By|For|From|After"
    r"|Before|But|And|As|If|When|While|Since|Most|Some|Many|No|One|According)(?![A-Za-z0-9_\u00c0-\u024f])"
)
_AT_ENDS = " .!?؟…:؛;«»“”\"'"


def fold_passage(text: str) -> str:
    """Return the text in NFC with every run of white space made one space and the ends trimmed."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def fold_sentence(text: str) -> str:
    """Return a sentence as it is compared with another: in one case, without the marks at its ends."""
    return " ".join(text.casefold().split()).strip(_AT_ENDS)


def digest_passage(text: str) -> str:
    """Return ``sha256:`` and the hex digest of the folded text in UTF-8."""
    return "sha256:" + hashlib.sha256(fold_passage(text).encode()).hexdigest()


def split_article(text: str) -> list[list[str]]:
    """Split an article, one paragraph a line, into folded sentences; blank lines are no paragraphs."""
    return [_split_sentences(fold_passage(line)) for line in text.splitlines() if line.strip()]


def outline_article(text: str) -> list[dict[str, Any]]:
    """Return the paragraphs of an article as its source has them: ``{"digest", "sentences": [{"digest"}]}``."""
    return [
        {
            "digest": digest_passage(" ".join(sentences)),
            "sentences": [{"digest": digest_passage(sentence)} for sentence in sentences],
        }
        for sentences in split_article(text)
    ]


def _split_sentences(paragraph: str) -> list[str]:
    starts = [0]
    for end in SENTENCE_END.finditer(paragraph):
        if not _goes_on(paragraph[: end.start()], end[1], paragraph[end.end() :]):
            starts.append(end.end())
    return [paragraph[start:end].strip() for start, end in zip(starts, [*starts[1:], len(paragraph)], strict=True)]


def _goes_on(before: str, closed: str, after: str) -> bool:
    """Whether a sentence goes on behind a mark, given what stands before it, the signs that close, and what follows."""
    first = after.lstrip("“\"‘'«(")[:1]
    if first.islower() or before.endswith("...") or (closed[:1] == "»" and before[-1] in "!?؟"):
        # “Where?” he asked. The Arabic script has no capitals to tell it by.
        return first.islower() or not first.isupper()
    word = before[-12:]
    return bool(
        ABBREVIATED.search(word)
        or (first.isdecimal() and BEFORE_NUMBER.search(word))
        or (MAY_END.search(word) and not BEGINS.match(after))
    )


def digest(*parts: str | bytes) -> str:
    """Return a digest of texts, which can't run into one another."""
    made = hashlib.sha256()
    for part in parts:
        raw = part.encode() if isinstance(part, str) else part
        made.update(len(raw).to_bytes(8, "big"))
        made.update(raw)
    return made.hexdigest()[:32]
