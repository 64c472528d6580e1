"""Digits of any script, as keyboards write them, and those of numbers."""

ZEROS = "0٠۰߀०০੦૦୦௦౦೦൦෦๐໐༠၀႐០᠐᥆᧐᪀᪐᭐᮰᱀᱐꘠꣐꤀꧐꧰꩐꯰０"
"""The zero of each script; its other digits follow it in Unicode."""
_TO_LATIN = {ord(zero) + value: str(value) for zero in ZEROS for value in range(10)}

_TO_ARABIC = {ord("0") + value: chr(ord("٠") + value) for value in range(10)}


def to_latin_digits(text: str) -> str:
    """Return the text with 0 to 9 for the digits of any script."""
    return text if text.isascii() else text.translate(_TO_LATIN)


def to_arabic_digits(text: str) -> str:
    """Return the text with Arabic-Indic digits for 0 to 9."""
    return text.translate(_TO_ARABIC)


def list_digits(first: int = 0, last: int = 9) -> str:
    """Return what stands in the brackets of a pattern for the digits of every script from one value to another."""
    spans = ((chr(ord(zero) + first), chr(ord(zero) + last)) for zero in ZEROS)
    return "".join(start if start == end else f"{start}-{end}" for start, end in spans)
