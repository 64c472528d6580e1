"""The home page of a language: what this is, what is in it, and how far to trust it."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from musnad.pages.elements.claims import make_claim, make_claims
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.heads import make_page_head
from musnad.pages.elements.links import link_section
from musnad.pages.elements.overview import Question, make_questions
from musnad.pages.elements.pairs import count_tensions
from musnad.pages.elements.parts import ClaimView, Fact, Link, PageView, VoiceView
from musnad.pages.elements.publication import require_site, tell_site
from musnad.pages.elements.voices import make_chain
from musnad.records.model import Claim
from musnad.records.problems import N_

LATEST = 3


@dataclass(frozen=True, slots=True)
class Way:
    """One way into the record."""

    link: Link
    count: int
    blurb: str


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do next."""

    text: str
    command: str = ""
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class HomeBody:
    """The home page of a language."""

    question: str
    placeholder: str
    examples: tuple[Link, ...]
    figure: tuple[VoiceView, ...]
    counts: tuple[tuple[str, int], ...]
    featured: ClaimView | None
    questions: tuple[Question, ...]
    ways: tuple[Way, ...]
    latest: tuple[ClaimView, ...]
    trust: tuple[Fact, ...]
    method: Link | None
    """The page that tells how the record is made, where there is one."""
    steps: tuple[Step, ...]
    """What to do next, as long as no claim is shown."""


def make_home_view(composer: Composer) -> PageView:
    """Compose the home page of a language."""
    lang, site, words = composer.lang, require_site(composer.catalogue), composer.words
    featured = find_featured(composer)
    wanted = composer.graph.selected["examples"] if site.examples is None else site.examples
    examples = (composer.catalogue.entities[id_] for id_ in wanted if id_ in composer.catalogue.entities)
    names = [entity.name(lang) for entity in examples]
    body = HomeBody(
        question=tell_site(site, "question", words),
        placeholder=tell_site(site, "search_placeholder", words),
        examples=tuple(Link(name, "?" + urlencode({"q": name})) for name in names),
        figure=make_chain(composer, featured) if featured else (),
        counts=_count_everything(composer) if composer.catalogue.sources else (),
        featured=make_claim(composer, featured.id) if featured else None,
        questions=make_questions(composer),
        ways=_make_ways(composer),
        latest=make_claims(composer, composer.graph.selected["latest"][:LATEST]),
        trust=tuple(Fact(heading.title[lang], text=heading.text[lang]) for heading in site.trust),
        method=Link(composer.words.gettext(N_("How the record is made")), method)
        if (method := composer.href("method/")) in composer.addresses.written
        else None,
        steps=() if composer.catalogue.claims else tuple(_list_steps(composer)),
    )
    purpose = tell_site(site, "purpose", words)
    head = make_page_head(composer, "", "home", site.name[lang], purpose, edit="site.yaml")
    return PageView(head, body)


def find_featured(composer: Composer) -> Claim | None:
    """Return the claim that is opened up: the one that is named, or else the one that was selected."""
    claims, named = composer.catalogue.claims, require_site(composer.catalogue).featured
    if named:
        return claims.get(named)
    return next((claims[claim_id] for claim_id in composer.graph.selected["featured"]), None)


def _list_steps(composer: Composer) -> Iterator[Step]:
    """Yield how the first claims come into a record."""
    t = composer.words.gettext
    yield Step(t(N_("Save what was read as a text file, one paragraph a line; its name becomes the source’s id.")))
    yield Step(
        t(N_("Let the program find its sentences, names, numbers and hedges, and draft the source and its claims.")),
        "musnad suggest my-source.txt --output drafts",
    )
    yield Step(
        t(
            N_(
                "Complete the drafts in both languages, move them into the folder of entries, and give what is ready "
                "the status published."
            )
        )
    )
    yield Step(t(N_("See what is still missing or wrong.")), f"musnad check --lang {composer.lang}")
    guide, title = composer.href("contribute/"), N_("Contribute")
    if guide not in composer.addresses.written:
        guide, title = composer.href("reading/"), N_("How to read this record")
    yield Step(t(N_("Every field and every mark has its explanation.")), link=Link(t(title), guide))


def _count_everything(composer: Composer) -> tuple[tuple[str, int], ...]:
    words, catalogue, graph = composer.words, composer.catalogue, composer.graph
    cells = [cell for cells in graph.coverage.values() for cell in cells]
    covered = sum(bool(cell.claim_ids) for cell in cells)
    standings = list(graph.standings.values())
    return (
        (words.gettext(N_("sources")), len(catalogue.sources)),
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
            Link(t(N_("Accounts in tension")), composer.href("accounts/#tensions")),
            count_tensions(composer, composer.graph.ties),
            t(N_("Where two accounts do not fit together")),
        ),
        Way(
            Link(t(N_("Claims with more than one reading")), composer.href("questions/#readings")),
            len(composer.graph.selected["ambiguous"]),
            t(N_("Where the wording leaves the sense open")),
        ),
    ]
    return tuple(way for way in ways if way.count)
