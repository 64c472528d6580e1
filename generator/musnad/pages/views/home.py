"""The home page of a language: what this is, what is in it, and how far to trust it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from musnad.pages.elements.claims import make_claim, make_claims
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.heads import make_page_head
from musnad.pages.elements.links import link_section
from musnad.pages.elements.pairs import count_tensions
from musnad.pages.elements.parts import ClaimView, Fact, Link, PageView, VoiceView
from musnad.pages.elements.voices import make_chain
from musnad.records.problems import N_

LATEST = 3


@dataclass(frozen=True, slots=True)
class Way:
    """One way into the record."""

    link: Link
    count: int
    blurb: str


@dataclass(frozen=True, slots=True)
class HomeBody:
    """The home page of a language."""

    question: str
    placeholder: str
    examples: tuple[Link, ...]
    figure: tuple[VoiceView, ...]
    counts: tuple[tuple[str, int], ...]
    featured: ClaimView | None
    ways: tuple[Way, ...]
    latest: tuple[ClaimView, ...]
    trust: tuple[Fact, ...]
    method: Link | None
    """The page that tells how the record is made, where there is one."""


def make_home_view(composer: Composer) -> PageView:
    """Compose the home page of a language."""
    lang, site = composer.lang, composer.catalogue.site
    assert site is not None, "checked before pages are made"
    featured = composer.catalogue.claims.get(site.featured)
    examples = (composer.catalogue.entities[id_] for id_ in site.examples if id_ in composer.catalogue.entities)
    names = [entity.name(lang) for entity in examples]
    body = HomeBody(
        question=site.question[lang],
        placeholder=site.search_placeholder[lang],
        examples=tuple(Link(name, "?" + urlencode({"q": name})) for name in names),
        figure=make_chain(composer, featured) if featured else (),
        counts=_count_everything(composer),
        featured=make_claim(composer, featured.id) if featured else None,
        ways=_make_ways(composer),
        latest=make_claims(composer, composer.graph.selected["latest"][:LATEST]),
        trust=tuple(Fact(heading.title[lang], text=heading.text[lang]) for heading in site.trust),
        method=Link(composer.words.gettext(N_("How the record is made")), method)
        if (method := composer.href("method/")) in composer.addresses.written
        else None,
    )
    head = make_page_head(composer, "", "home", site.name[lang], site.purpose[lang], edit="site.yaml")
    return PageView(head, body)


def _count_everything(composer: Composer) -> tuple[tuple[str, int], ...]:
    words, catalogue, graph = composer.words, composer.catalogue, composer.graph
    cells = [cell for cells in graph.coverage.values() for cell in cells]
    covered = sum(bool(cell.claim_ids) for cell in cells)
    standings = list(graph.standings.values())
    return (
        (words.gettext(N_("articles read")), len(catalogue.sources)),
        (words.fill(N_("sentences; {covered} carry claims"), covered=covered), len(cells)),
        (words.gettext(N_("claims")), len(catalogue.claims)),
        (words.gettext(N_("claims independently corroborated")), standings.count("independent")),
        (words.gettext(N_("claims checked by two people")), len(graph.selected["reviewed"])),
    )


def _make_ways(composer: Composer) -> tuple[Way, ...]:
    t, vocabulary, catalogue = composer.words.gettext, composer.catalogue.vocabulary, composer.catalogue
    counts = dict.fromkeys(vocabulary.sections, 0)
    for entity in catalogue.entities.values():
        counts[vocabulary.kinds[entity.kind].section] += 1
    ways = [
        Way(link_section(composer, id_), counts[id_], section.blurb[composer.lang])
        for id_, section in vocabulary.sections.items()
        if counts[id_]
    ]
    ways += [
        Way(
            Link(t(N_("Sources")), composer.href("sources/")),
            len(catalogue.sources),
            t(N_("Sentence by sentence: what was taken, what was not")),
        ),
        Way(
            Link(t(N_("Claims")), composer.href("claims/")),
            len(catalogue.claims),
            t(N_("The latest, and all of them by source")),
        ),
        Way(
            Link(t(N_("Accounts in tension")), composer.href("claims/#tensions")),
            count_tensions(composer, composer.graph.ties),
            t(N_("Where two accounts do not fit together")),
        ),
        Way(
            Link(t(N_("Claims with more than one reading")), composer.href("claims/#ambiguous")),
            len(composer.graph.selected["ambiguous"]),
            t(N_("Where the wording leaves the sense open")),
        ),
    ]
    return tuple(ways)
