"""The page of one source: what is known of it, and its sentences with the claims taken from them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from musnad.derive.coverage import Coverage, Located
from musnad.pages.elements import labels
from musnad.pages.elements.citing import cite_record
from musnad.pages.elements.claims import make_claims
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.coverage import tell_coverage
from musnad.pages.elements.heads import make_record_slip
from musnad.pages.elements.history import make_history
from musnad.pages.elements.linked import describe_source, write_linked
from musnad.pages.elements.links import link_entity, link_source, name_source
from musnad.pages.elements.pairs import make_tensions
from musnad.pages.elements.parts import ClaimView, Fact, Head, Link, PageView, Pair, is_any_protected
from musnad.pages.elements.passages import tell_spot
from musnad.pages.elements.pictures import has_picture
from musnad.records.model import Source, Spot
from musnad.records.problems import N_
from musnad.records.values import UNKNOWN
from musnad.text.languages import name_language


@dataclass(frozen=True, slots=True)
class Cell:
    """One sentence of the strip."""

    anchor: str
    count: int
    label: str


@dataclass(frozen=True, slots=True)
class StripParagraph:
    """One paragraph of the strip."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class PlaceClaims:
    """One sentence, page, time or row with its claims, or with the reason why a sentence has none."""

    anchor: str
    heading: str
    count: str
    reason: str
    claims: tuple[ClaimView, ...]
    again: tuple[ClaimView, ...]
    """Claims that stand in an earlier place too, where they are shown in full."""
    alike: tuple[tuple[str, str], ...] = ()
    """Anchors and headings of the sentences after it that have no claim for the same reason, which is said once."""


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that was read."""

    what: str
    digest: str


@dataclass(frozen=True, slots=True)
class SourceBody:
    """Everything a source's page shows."""

    icon: str
    eyebrow: str
    title: str
    title_note: str
    """That the title is ours, where it is."""
    headline: str
    """The published title in the source's own language, where that is neither Arabic nor English."""
    language: str
    facts: tuple[Fact, ...]
    coverage: str
    strip: tuple[StripParagraph, ...]
    read: tuple[ReadFile, ...]
    places: tuple[PlaceClaims, ...]
    tensions: tuple[Pair, ...]
    unknowns: tuple[str, ...]
    rights: str
    history: tuple[Fact, ...]


def make_source_view(composer: Composer, source_id: str) -> PageView:
    """Compose the page of a source."""
    source = composer.catalogue.sources[source_id]
    lang, words = composer.lang, composer.words
    body = _make_body(composer, source)
    title = words.fill(N_("{title} ({source})"), title=source.title[lang], source=name_source(composer, source))
    head = Head(
        lang=lang,
        path=f"sources/{source.id}/",
        template="source",
        title=title,
        description=f"{source.title[lang]}. {body.coverage}",
        section="sources/",
        short=name_source(composer, source),
        trail=(Link(words.gettext(N_("Sources")), composer.href("sources/")),),
        slip=make_record_slip(composer, source),
        has_picture=has_picture(composer, source),
        cite=cite_record(composer, source),
        edit=source.file,
        linked=write_linked(describe_source(composer, source)),
        is_noindex=is_any_protected((*body.tensions, *(claim for found in body.places for claim in found.claims))),
    )
    return PageView(head, body)


def _make_body(composer: Composer, source: Source) -> SourceBody:
    lang, words = composer.lang, composer.words
    coverage = composer.graph.coverage.get(source.id, ())
    places = composer.graph.places.get(source.id, ())
    outlet = composer.catalogue.entities[source.outlet]
    claim_ids = [claim_id for cell in coverage for claim_id in cell.claim_ids]
    claim_ids += [claim_id for found in places for claim_id in found.claim_ids]
    return SourceBody(
        icon=labels.SOURCE_ICONS.get(source.kind) or composer.catalogue.vocabulary.kinds[outlet.kind].icon,
        eyebrow=words.fill(labels.SOURCE_EYEBROWS[source.kind], language=name_language(source.language, lang)),
        title=source.title[lang],
        title_note=_tell_title(composer, source),
        headline=source.headline or "",
        language=source.language,
        facts=_make_facts(composer, source),
        coverage=tell_coverage(composer, source.id),
        strip=tuple(
            StripParagraph(words.fill(N_("¶ {n}"), n=paragraph), tuple(_make_cell(composer, cell) for cell in cells))
            for paragraph, cells in groupby(coverage, key=lambda cell: cell.paragraph)
        ),
        read=tuple(
            ReadFile(f"{copy.what[lang]} ({copy.media_type})" if copy.media_type else copy.what[lang], copy.digest)
            for copy in source.read
        ),
        places=(
            *_join_bare(_make_sentence(composer, source, cell) for cell in coverage),
            *(_make_place(composer, found) for found in places),
        ),
        tensions=make_tensions(composer, claim_ids),
        unknowns=tuple(line[lang] for line in source.unknowns),
        rights=source.rights[lang],
        history=make_history(composer, source),
    )


def _tell_title(composer: Composer, source: Source) -> str:
    """Say whose words the title is, where it is not the published one."""
    if source.headline:
        return composer.words.gettext(N_("Title in our translation. The published title:"))
    if source.title.origin == "published":
        return ""
    if source.kind == "article":
        return composer.words.gettext(N_("Descriptive title, ours. The article’s own headline is not established."))
    return composer.words.gettext(N_("Descriptive title, ours. The source’s own title is not established."))


def _list_origins(composer: Composer, source: Source) -> Iterator[Fact]:
    """Yield whose text a source carries, and who carries its own."""
    t = composer.words.gettext
    if source.origin:
        yield Fact(t(N_("Carries the text of")), "repeated", links=(link_source(composer, source.origin),))
    if source.agency:
        yield Fact(t(N_("Text supplied by")), "repeated", links=(link_entity(composer, source.agency),))
    carriers = composer.graph.carriers.get(source.id, ())
    if carriers:
        links = tuple(link_source(composer, id_) for id_ in carriers)
        yield Fact(t(N_("Text carried by")), "repeated", links=links, text=t(N_("Said once, by one origin.")))


def _make_facts(composer: Composer, source: Source) -> tuple[Fact, ...]:
    t, words = composer.words.gettext, composer.words
    unknown = t(N_("Not established"))
    shown_address = source.address.removeprefix("https://").removeprefix("http://")
    facts = [
        Fact(t(N_("Outlet")), "outlet", links=(link_entity(composer, source.outlet),)),
        Fact(
            t(N_("Address")),
            "link",
            links=(Link(shown_address, source.address),),
            text=source.address_basis[composer.lang] if source.address_basis else "",
        ),
        Fact(
            t(N_("Archived copy")),
            "link",
            **(
                {"text": t(N_("None known"))}
                if source.archive == UNKNOWN
                else {"links": (Link(source.archive, source.archive),)}
            ),
        ),
        Fact(
            t(N_("Date of publication")),
            "time",
            unknown if source.published == UNKNOWN else words.date(source.published),
        ),
        Fact(t(N_("Retrieved")), "time", unknown if source.retrieved == UNKNOWN else words.date(source.retrieved)),
        Fact(t(N_("Author")), "unnamed", unknown if source.authors == UNKNOWN else words.join(source.authors)),
        *_list_origins(composer, source),
    ]
    return tuple(facts)


def _make_cell(composer: Composer, cell: Coverage) -> Cell:
    count = len(cell.claim_ids)
    spot = Spot(cell.paragraph, cell.sentence)
    where = tell_spot(composer, spot)
    claims = composer.words.plural(N_("{n} claim"), N_("{n} claims"), count)
    label = composer.words.fill(N_("{where}: {claims}"), where=where, claims=claims)
    return Cell(spot.anchor, count, label)


def _make_sentence(composer: Composer, source: Source, cell: Coverage) -> PlaceClaims:
    sentence = source.paragraphs[cell.paragraph - 1].sentences[cell.sentence - 1]
    t = composer.words.gettext
    reason = ""
    if not cell.claim_ids:
        reason = (
            sentence.no_claim[composer.lang]
            if sentence.no_claim
            else t(N_("No claim has been taken from this sentence yet."))
        )

    return _make_place(composer, Located(Spot(cell.paragraph, cell.sentence), cell.claim_ids), reason)


def _join_bare(sentences: Iterable[PlaceClaims]) -> Iterator[PlaceClaims]:
    """Yield sentences, with those that follow each other without a claim, for the same reason, as one."""
    for reason, found in groupby(sentences, key=lambda sentence: sentence.reason):
        first, *others = found
        if reason:
            yield replace(first, alike=tuple((sentence.anchor, sentence.heading) for sentence in others))
        else:
            yield from (first, *others)


def _make_place(composer: Composer, found: Located, reason: str = "") -> PlaceClaims:
    words, claims = composer.words, composer.catalogue.claims

    def is_first(claim_id: str) -> bool:
        return claims[claim_id].position[1] == found.spot

    return PlaceClaims(
        anchor=found.spot.anchor,
        heading=tell_spot(composer, found.spot),
        count=words.plural(N_("{n} claim"), N_("{n} claims"), len(found.claim_ids)),
        reason=reason,
        claims=make_claims(composer, (id_ for id_ in found.claim_ids if is_first(id_))),
        again=make_claims(composer, (id_ for id_ in found.claim_ids if not is_first(id_))),
    )
