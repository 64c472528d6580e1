"""Week days that a text names, in either language."""

from babel import Locale

from musnad.text.fold import bare_forms, fold, fold_words
from musnad.text.languages import LANGS


def _list_names() -> dict[str, int]:
    return {
        fold(name).removeprefix("ال"): day
        for lang in LANGS
        for day, name in Locale.parse(lang).days["format"]["wide"].items()
    }


_NAMES = _list_names()


def find_weekdays(text: str) -> set[int]:
    """Return the week days a text names, Monday as 0."""
    forms = (bare_forms(word) | {word} for word in fold_words(text))
    return {_NAMES[form] for found in forms for form in found if form in _NAMES}
