"""Week days that a text names, in either language."""

from functools import cache

from babel import Locale

from musnad.text.fold import bare_forms, fold, fold_words
from musnad.text.languages import LANGS


@cache
def _list_names() -> dict[str, int]:
    return {
        fold(name).removeprefix("ال"): day
        for lang in LANGS
        for day, name in Locale.parse(lang).days["format"]["wide"].items()
    }


def find_weekdays(text: str) -> set[int]:
    """Return the week days a text names, Monday as 0."""
    names = _list_names()
    forms = (bare_forms(word) | {word} for word in fold_words(text))
    return {names[form] for found in forms for form in found if form in names}
