"""The patterns of the vocabulary have only places that are filled in."""

from collections.abc import Iterator, Mapping
from string import Formatter

from musnad.records.problems import N_
from musnad.records.values import LocalizedText
from musnad.records.vocabulary import PluralForms
from musnad.records.walk import walk_values
from musnad.rules.finding import Finding
from musnad.rules.rule import Known

_VOICE = frozenset({"outer", "name", "described"})
_PLACES: Mapping[tuple[str, str], frozenset[str]] = {
    ("voices", "phrase"): _VOICE,
    ("voices", "short"): _VOICE,
    ("voices", "note"): _VOICE,
    ("units", "amount"): frozenset({"n"}),
    ("units", "attributive"): frozenset({"n"}),
    ("containers", "pattern"): frozenset({"measure"}),
    ("amounts", "pattern"): frozenset({"unit"}),
    ("precisions", "pattern"): frozenset({"place"}),
}


def check_wrong_placeholder(known: Known) -> Iterator[Finding]:
    """A pattern with a place that nothing fills in, or with a brace that opens or closes none."""
    for (file, field), allowed in _PLACES.items():
        message = N_("only these can stand in braces here: {options}")
        values = {"options": ", ".join(sorted(allowed))}
        for term, entry in getattr(known.vocabulary, file).items():
            for path, value in walk_values(getattr(entry, field), (term, field)):
                texts = vars(value).items() if isinstance(value, LocalizedText | PluralForms) else ()
                for name, text in texts:
                    if text and not _names_of(text) <= allowed:
                        yield Finding(f"vocabulary/{file}", (*path, name), message, values)


def _names_of(pattern: str) -> set[str]:
    """Return what stands in braces; a brace without its counterpart, or with more than a name, counts as itself."""
    try:
        parts = list(Formatter().parse(pattern))
    except ValueError:
        return {"{"}
    return {name if not (form or conversion) else "{" for _, name, form, conversion in parts if name is not None}
