"""How texts are written: in their own script, and in letters that are what they seem."""

import re
from collections.abc import Iterator

from musnad.records.model import Title
from musnad.records.problems import N_
from musnad.records.values import LocalizedText
from musnad.records.yamltext import FieldPath
from musnad.rules.finding import Finding
from musnad.text.bidi import script_of
from musnad.text.languages import LANGS

_PLACEHOLDER = re.compile(r"\{[^}]*\}?")


def check_wrong_script(ref: str, path: FieldPath, text: LocalizedText | Title) -> Iterator[Finding]:
    """A text in one language that is written in the other's script: a swapped or untranslated text."""
    for lang in LANGS:
        if script_of(_PLACEHOLDER.sub("", text[lang])) not in (lang, None):
            message = N_("this text is not written in the script of {language}")
            yield Finding(ref, (*path, lang), message, {"language": lang})
