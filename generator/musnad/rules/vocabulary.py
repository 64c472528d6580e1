"""The patterns of the vocabulary have only places that are filled in, and its icons can be drawn."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from string import Formatter

from musnad.records.base import list_own
from musnad.records.cldr import find_key, list_ids
from musnad.records.problems import N_
from musnad.records.values import LocalizedText
from musnad.records.vocabulary import ICONS, PluralForms
from musnad.records.walk import walk_values
from musnad.rules.finding import Finding
from musnad.rules.rule import Known
from musnad.text.locales import list_regions

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


def check_unknown_icon(known: Known) -> Iterator[Finding]:
    """An icon that the theme can't draw: an empty space would stand there."""
    for file in ("kinds", "modalities", "voices", "precisions"):
        for id_, term in list_own(getattr(known.vocabulary, file)):
            if term.icon not in ICONS:
                near = get_close_matches(term.icon, ICONS, n=1)
                message = (
                    N_("there is no icon {icon}; did you mean {near}?")
                    if near
                    else N_("there is no icon {icon}; use one of: {options}")
                )
                values = {"icon": term.icon, "near": "".join(near), "options": ", ".join(sorted(ICONS))}
                yield Finding(f"vocabulary/{file}", (id_, "icon"), message, values)


def check_unit(known: Known) -> Iterator[Finding]:
    """A unit of the record's own that neither it nor CLDR has words for."""
    for id_, unit in list_own(known.vocabulary.units):
        if unit.cldr and find_key(unit.cldr) is None:
            near = get_close_matches(unit.cldr, list_ids(), n=1, cutoff=0)[0]
            message = N_("CLDR has no currency or unit {value}; did you mean {near}?")
            yield Finding("vocabulary/units", (id_, "cldr"), message, {"value": unit.cldr, "near": near})
        elif unit.amount is None:
            message = N_("the unit {unit} needs the field amount, as CLDR has no words for it")
            yield Finding("vocabulary/units", (id_,), message, {"unit": id_})


def check_region(known: Known) -> Iterator[Finding]:
    """A region that is none."""
    region = known.site and known.site.region
    if region and region not in list_regions():
        message = N_("there is no region {region}; give the two capital letters of a country or territory, such as SY")
        yield Finding("site", ("region",), message, {"region": region})
