"""The page of one source: what is known of it, and its sentences with the claims taken from them."""

from dataclasses import dataclass
from itertools import groupby

from musnad.derive.coverage import Coverage
from musnad.pages.elements.claims import make_claims
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.coverage import tell_coverage
from musnad.pages.elements.heads import make_record_slip
from musnad.pages.elements.links import link_entity, name_source
from musnad.pages.elements.pairs import make_tensions
from musnad.pages.elements.parts import ClaimView, Fact, Head, Link, PageView, Pair, is_any_protected
from musnad.pages.elements.passages import sentence_anchor, tell_locator
from musnad.records.model import Source
from musnad.records.problems import N_
from musnad.records.values import UNKNOWN


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
class SentenceClaims:
    """One sentence with its claims, or with the reason why it has none."""

    anchor: str
    heading: str
    count: str
    reason: str
    claims: tuple[ClaimView, ...]
    again: tuple[ClaimView, ...]
    """Claims that stand in an earlier sentence too, where they are shown in full."""


@dataclass(frozen=True, slots=True)
class SourceBody:
    """Everything a source's page shows."""

    icon: str
    eyebrow: str
    title: str
    is_title_ours: bool
    facts: tuple[Fact, ...]
    coverage: str
    strip: tuple[StripParagraph, ...]
    sentences: tuple[SentenceClaims, ...]
    tensions: tuple[Pair, ...]
    unknowns: tuple[str, ...]
    rights: str


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
        slip=make_record_slip(composer, source, f"sources/{source.id}.yaml"),
        edit=f"sources/{source.id}.yaml",
        is_noindex=is_any_protected((*body.tensions, *(claim for found in body.sentences for claim in found.claims))),
    )
    return PageView(head, body)


def _make_body(composer: Composer, source: Source) -> SourceBody:
    lang, words = composer.lang, composer.words
    coverage = composer.graph.coverage.get(source.id, ())
    outlet = composer.catalogue.entities[source.outlet]
    language = words.gettext(
        N_("Source: article in Arabic") if source.language == "ar" else N_("Source: article in English")
    )
    return SourceBody(
        icon=composer.catalogue.vocabulary.kinds[outlet.kind].icon,
        eyebrow=language,
        title=source.title[lang],
        is_title_ours=source.title.origin == "ours",
        facts=_make_facts(composer, source),
        coverage=tell_coverage(composer, coverage),
        strip=tuple(
            StripParagraph(words.fill(N_("¶ {n}"), n=paragraph), tuple(_make_cell(composer, cell) for cell in cells))
            for paragraph, cells in groupby(coverage, key=lambda cell: cell.paragraph)
        ),
        sentences=tuple(_make_sentence(composer, source, cell) for cell in coverage),
        tensions=make_tensions(composer, [claim_id for cell in coverage for claim_id in cell.claim_ids]),
        unknowns=tuple(line[lang] for line in source.unknowns),
        rights=source.rights[lang],
    )


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
    ]
    return tuple(facts)


def _make_cell(composer: Composer, cell: Coverage) -> Cell:
    count = len(cell.claim_ids)
    where = tell_locator(composer, cell.paragraph, cell.sentence)
    claims = composer.words.plural(N_("{n} claim"), N_("{n} claims"), count)
    label = composer.words.fill(N_("{where}: {claims}"), where=where, claims=claims)
    return Cell(sentence_anchor(cell.paragraph, cell.sentence), count, label)


def _make_sentence(composer: Composer, source: Source, cell: Coverage) -> SentenceClaims:
    sentence = source.paragraphs[cell.paragraph - 1].sentences[cell.sentence - 1]
    t, words = composer.words.gettext, composer.words
    reason = ""
    if not cell.claim_ids:
        reason = (
            sentence.no_claim[composer.lang]
            if sentence.no_claim
            else t(N_("No claim has been taken from this sentence yet."))
        )

    def is_first(claim_id: str) -> bool:
        return composer.catalogue.claims[claim_id].position[1:3] == (cell.paragraph, cell.sentence)

    return SentenceClaims(
        anchor=sentence_anchor(cell.paragraph, cell.sentence),
        heading=tell_locator(composer, cell.paragraph, cell.sentence),
        count=words.plural(N_("{n} claim"), N_("{n} claims"), len(cell.claim_ids)),
        reason=reason,
        claims=make_claims(composer, (id_ for id_ in cell.claim_ids if is_first(id_))),
        again=make_claims(composer, (id_ for id_ in cell.claim_ids if not is_first(id_))),
    )
