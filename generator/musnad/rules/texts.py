"""How texts are written: in their own script, in letters that are what they seem, with the same numbers in both."""

import re
from collections.abc import Iterator
from decimal import Decimal

from musnad.records.model import Claim, Entity, Name, Title
from musnad.records.problems import N_
from musnad.records.values import LocalizedText
from musnad.records.yamltext import FieldPath
from musnad.rules.finding import Finding
from musnad.rules.rule import Known
from musnad.text.bidi import script_of
from musnad.text.digest import digest_passage
from musnad.text.languages import LANGS
from musnad.text.letters import find_mixed, find_not_arabic, find_unseen, has_open_quotes, is_in_curly_quotes
from musnad.text.numbers import differ, read_numbers

_PLACEHOLDER = re.compile(r"\{[^}]*\}?")
_LEFT_OVER = re.compile(r"\b(?:TODO|FIXME|TBD|XXX+)\b|\?\?\?|؟؟؟")
_SAYS_SOMETHING = re.compile(r"[^\W_]")
# Words of the source, kept as they stand there.
_QUOTED = frozenset({"starts", "ends", "before", "wording"})
_LEAST_COMPARED = 3

_LONG_RUN = re.compile(r"(.)\1{11}|0123456789abcdef|fedcba9876543210")
OF_NOTHING = frozenset(map(digest_passage, ("", " ", "…", "...")))


def check_wrong_script(ref: str, path: FieldPath, text: LocalizedText | Title) -> Iterator[Finding]:
    """A text in one language that is written in the other's script: a swapped or untranslated text."""
    for lang in LANGS:
        if script_of(_PLACEHOLDER.sub("", text[lang])) not in (lang, None):
            message = N_("this text is not written in the script of {language}")
            yield Finding(ref, (*path, lang), message, {"language": lang})


def check_hidden_character(ref: str, path: FieldPath, text: str) -> Iterator[Finding]:
    """A character that nobody sees: it breaks searches and addresses, and turns text around."""
    if path[-1] not in _QUOTED:
        for name, word in find_unseen(text):
            message = N_(
                "an invisible character, {name}, stands in or beside {word}: delete it, or type the word again"
            )
            yield Finding(ref, path, message, {"name": name, "word": word})


def check_mixed_letters(ref: str, path: FieldPath, text: str) -> Iterator[Finding]:
    """A Latin word with a letter of another script that looks the same."""
    for word in find_mixed(text):
        yield Finding(
            ref, path, N_("{word} has Greek or Cyrillic letters among Latin ones: type it again"), {"word": word}
        )


def check_left_over(ref: str, path: FieldPath, text: str) -> Iterator[Finding]:
    """A text that is still to be written."""
    if not _SAYS_SOMETHING.search(text):
        yield Finding(ref, path, N_("{value} says nothing: write the text, or remove the field"), {"value": text})


def check_mark_left_over(ref: str, path: FieldPath, text: LocalizedText | Title) -> Iterator[Finding]:
    """A mark of what is still to be done."""
    for lang in LANGS:
        found = _LEFT_OVER.search(text[lang])
        if found and _SAYS_SOMETHING.search(text[lang]):
            yield Finding(ref, (*path, lang), N_("{value} was left over: finish the text"), {"value": found[0]})


def check_quotation_marks(ref: str, path: FieldPath, text: str) -> Iterator[Finding]:
    """Typographic quotation marks around a whole text, as a phone types them for YAML's; and one without the other."""
    if is_in_curly_quotes(text):
        yield Finding(ref, path, N_("the quotation marks around this text are shown: only straight ones are YAML's"))
    elif path[-1] not in _QUOTED and has_open_quotes(text):
        yield Finding(ref, path, N_("a quotation mark has no counterpart in this text"))


def check_letter_form(ref: str, path: FieldPath, text: LocalizedText | Title) -> Iterator[Finding]:
    """Arabic written with letters of another language's keyboard, or with shapes of letters, as copied from a PDF."""
    yield from _check_letters(ref, (*path, "ar"), text.ar)


def check_letter_form_of_name(ref: str, path: FieldPath, name: Name) -> Iterator[Finding]:
    """The same of a name, where it is not the source that spells it so."""
    if name.lang == "ar" and name.source is None:
        yield from _check_letters(ref, (*path, "text"), name.text)


def _check_letters(ref: str, path: FieldPath, text: str) -> Iterator[Finding]:
    for word in find_not_arabic(text):
        message = N_("{word} has letters, shapes of letters or digits that Arabic is not written with: type it again")
        yield Finding(ref, path, message, {"word": word})


def check_name_script(entity: Entity, known: Known) -> Iterator[Finding]:
    """A name in the script of the other language, unless it is written so in both."""
    both = {name.text for name in entity.names if name.lang == "en"} & {
        name.text for name in entity.names if name.lang == "ar"
    }
    for index, name in enumerate(entity.names):
        if name.text not in both and script_of(name.text) not in (name.lang, None):
            message = N_("{name} is not written in the script of {language}")
            yield Finding(entity.ref, ("names", index, "lang"), message, {"name": name.text, "language": name.lang})


def check_other_number(ref: str, path: FieldPath, text: LocalizedText | Title) -> Iterator[Finding]:
    """Two texts that should say the same and have different numbers."""
    ar, en = read_numbers(_PLACEHOLDER.sub("", text.ar), "ar"), read_numbers(_PLACEHOLDER.sub("", text.en), "en")
    if differ(ar, en):
        yield Finding(ref, path, N_("the numbers in the two languages differ"))


def check_unstated_quantity(claim: Claim, known: Known) -> Iterator[Finding]:
    """A number that neither statement has."""
    stated = read_numbers(claim.statement.ar, "ar").all | read_numbers(claim.statement.en, "en").all
    for index, quantity in enumerate(claim.quantities):
        found: list[tuple[FieldPath, Decimal]] = [(figure.path, figure.number) for figure in quantity.figures]
        name = "of_whom" if quantity.of_whom else "of_which"
        found += [((name, n, "value"), portion.number) for n, portion in enumerate(quantity.portions) if portion.number]
        for path, number in found:
            # One and two need not be said with a number, nor parts of one.
            if abs(number) >= _LEAST_COMPARED and abs(number) not in stated:
                message = N_("{value} stands in neither statement")
                yield Finding(claim.ref, ("quantities", index, *path), message, {"value": str(number)})


def check_placeholder_digest(ref: str, path: FieldPath, text: str) -> Iterator[Finding]:
    """A digest that nothing real has: typed to have one."""
    head, _, digits = text.partition(":")
    if head == "sha256" and len(digits) == 64 and _is_made_up(digits):
        message = N_(
            "this digest was made up: musnad suggest writes those of every sentence of a text "
            "(musnad suggest SOURCE.txt --output DIR)"
        )
        yield Finding(ref, path, message)


def _is_made_up(digits: str) -> bool:
    """Whether 64 hexadecimal digits follow a pattern, or stand for no text at all.

    Each is less likely than one in a thousand million for the digest of a text.
    """
    is_repeated = any(digits == digits[:length] * (64 // length) for length in (1, 2, 4, 8, 16, 32))
    return is_repeated or len(set(digits)) < 8 or bool(_LONG_RUN.search(digits)) or f"sha256:{digits}" in OF_NOTHING
