"""A source is in a language there is, has the places that its kind has, and is one origin with what it carries."""

from collections.abc import Iterator, Mapping

from musnad.records.model import Claim, Locator, Source, SourceKind
from musnad.records.problems import N_
from musnad.rules.finding import Finding
from musnad.rules.rule import Known
from musnad.text.languages import LANGS, is_language

TEXT: frozenset[SourceKind] = frozenset({"article", "post"})
"""Kinds that are text and nothing else."""
PLACES: Mapping[SourceKind, tuple[str, ...]] = {
    "article": ("paragraph",),
    "report": ("page", "paragraph"),
    "post": ("paragraph",),
    "video": ("time", "paragraph"),
    "audio": ("time", "paragraph"),
    "document": ("page", "paragraph"),
    "data": ("row",),
    "interview": ("paragraph", "page", "time"),
}
"""What leads to a place in a source of a kind; paragraphs of a recording are those of its transcript."""
_FORMS = ("paragraph", "page", "time", "row")


def check_language(source: Source, known: Known) -> Iterator[Finding]:
    """A tag for which there is no language, or a published title twice."""
    if not is_language(source.language):
        message = N_("there is no language {tag} in CLDR, such as ar, fr, ku-Latn or ar-SY")
        yield Finding(source.ref, ("language",), message, {"tag": source.language})
    elif source.headline and source.language.partition("-")[0] in LANGS:
        message = N_("the published title of a source in Arabic or English stands in title, with origin: published")
        yield Finding(source.ref, ("headline",), message)


def check_paragraphs(source: Source, known: Known) -> Iterator[Finding]:
    """A text of which no paragraph is recorded."""
    if source.kind in TEXT and not source.paragraphs:
        message = N_("a source of the kind {kind} needs paragraphs, with the digests of its sentences")
        yield Finding(source.ref, (), message, {"kind": source.kind})


def check_origin(source: Source, known: Known) -> Iterator[Finding]:
    """An origin that is itself, has one of its own, or is no agency."""
    origin = known.sources.get(source.origin or "")
    if source.origin == source.id:
        yield Finding(source.ref, ("origin",), N_("a source that carries its own text has no origin to be named"))
    elif origin and origin.origin:
        message = N_("{id} itself carries the text of {origin}: name that one")
        yield Finding(source.ref, ("origin",), message, {"id": origin.id, "origin": origin.origin})
    elif source.origin and source.agency:
        yield Finding(source.ref, ("agency",), N_("the agency is told by the record of the origin: leave it out here"))
    if source.agency == source.outlet:
        yield Finding(source.ref, ("agency",), N_("the outlet itself is no agency that supplied its text"))


def check_locator_form(claim: Claim, known: Known) -> Iterator[Finding]:
    """A locator that the kind of its source has no use for, or that says half."""
    for index, locator in enumerate(claim.locators):
        source = known.sources.get(locator.source)
        if source:
            for field, message in _find_faults(locator, source):
                values = {"field": field, "kind": source.kind, "id": source.id}
                values["fields"] = ", ".join(PLACES[source.kind])
                yield Finding(claim.ref, ("locators", index, *((field,) if field else ())), message, values)


def _find_faults(locator: Locator, source: Source) -> Iterator[tuple[str, str]]:
    """Yield fields and what is wrong with them; no field stands for the locator as a whole."""
    given = [form for form in _FORMS if getattr(locator, form) is not None]
    misfit = [form for form in given if form not in PLACES[source.kind]]
    if misfit:
        yield misfit[0], N_("a source of the kind {kind} has no {field}; lead to a place in it by: {fields}")
    elif not given:
        yield "", N_("the locator leads to no place; in a source of the kind {kind} one of: {fields}")
    elif len(given) > 1 and set(given) != {"paragraph", "page"}:
        yield given[-1], N_("one place a locator: beside a paragraph only its page is given")
    elif locator.paragraph and not source.paragraphs:
        yield "paragraph", N_("no paragraphs are recorded of the source {id}")
    parts = [locator.paragraph, locator.sentence, locator.digest]
    if any(parts) and not all(parts):
        yield "", N_("a sentence needs paragraph, sentence and digest")
    if locator.until is not None and (locator.time is None or locator.until <= locator.time):
        yield "until", N_("until goes with time, and is later")
    if locator.starts and locator.row is not None:
        yield "starts", N_("no browser looks for words in a row of data: leave them out")
