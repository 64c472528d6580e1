"""The types of pages: frozen views of everything a page says, in one language, ready to print and free of markup.

One file makes one type of page. A new type has its line in ``list_view_makers``.
"""

from collections.abc import Callable, Iterator
from functools import partial

from musnad.derive.graph import Graph
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.concepts import PLACE as CONCEPTS
from musnad.pages.elements.downloads import PLACE as DOWNLOADS
from musnad.pages.elements.links import CORRECTIONS, MAP
from musnad.pages.elements.neighbours import EXPLORER
from musnad.pages.elements.parts import PageView
from musnad.pages.views.accounts import PLACE as ACCOUNTS
from musnad.pages.views.accounts import make_accounts_view
from musnad.pages.views.claim import make_claim_view
from musnad.pages.views.codebook import PLACE as CODEBOOK
from musnad.pages.views.codebook import make_codebook_view
from musnad.pages.views.concepts import make_concept_view, make_concepts_view
from musnad.pages.views.corrections import make_corrections_view
from musnad.pages.views.downloads import make_downloads_view
from musnad.pages.views.entity import make_entity_view
from musnad.pages.views.exchange import PLACE as EXCHANGE
from musnad.pages.views.exchange import make_exchange_view
from musnad.pages.views.figures import PLACE as FIGURES
from musnad.pages.views.figures import make_figures_view
from musnad.pages.views.gone import make_gone_view
from musnad.pages.views.home import make_home_view
from musnad.pages.views.indexes import make_claims_view, make_kind_view, make_section_view, make_sources_view
from musnad.pages.views.kept import PLACE as KEPT
from musnad.pages.views.kept import make_kept_view
from musnad.pages.views.map import has_map, make_map_view
from musnad.pages.views.propose import PLACE, make_propose_view
from musnad.pages.views.questions import PLACE as QUESTIONS
from musnad.pages.views.questions import make_questions_view
from musnad.pages.views.reading import make_reading_view
from musnad.pages.views.relations import make_relations_view
from musnad.pages.views.source import make_source_view
from musnad.pages.views.table import PLACE as TABLE
from musnad.pages.views.table import make_table_view
from musnad.pages.views.time import PLACE as TIME
from musnad.pages.views.time import make_time_view
from musnad.records.model import Catalogue

ViewMaker = Callable[[Composer], PageView]


def list_view_makers(shown: Catalogue, derived: Graph) -> Iterator[tuple[str, ViewMaker]]:
    """Yield the place below a language of every page of what is shown, in a fixed order, with what makes its view.

    Records are looked up when the view is made, so that they are noted.
    """
    yield "", make_home_view
    yield "reading/", make_reading_view
    yield PLACE, make_propose_view
    yield "sources/", make_sources_view
    yield "claims/", make_claims_view
    yield TABLE, make_table_view
    yield CORRECTIONS, make_corrections_view
    yield DOWNLOADS, make_downloads_view
    yield CODEBOOK, make_codebook_view
    yield KEPT, make_kept_view
    yield FIGURES, make_figures_view
    yield TIME, make_time_view
    yield EXCHANGE, make_exchange_view
    yield ACCOUNTS, make_accounts_view
    yield QUESTIONS, make_questions_view
    yield EXPLORER, make_relations_view
    if derived.concepts:
        yield CONCEPTS, make_concepts_view
    for id_ in derived.concepts:
        yield f"{CONCEPTS}{id_}/", partial(_about, make_concept_view, id_)
    if has_map(shown):
        yield MAP, make_map_view
    for section in list_sections(shown):
        yield f"browse/{section}/", partial(_about, make_section_view, section)
    for kind in list_kinds(shown):
        yield f"browse/{shown.vocabulary.kinds[kind].section}/{kind}/", partial(_about, make_kind_view, kind)
    for id_ in shown.sources:
        yield f"sources/{id_}/", partial(_about, make_source_view, id_)
    for id_ in shown.entities:
        yield f"entities/{id_}/", partial(_about, make_entity_view, id_)
    for id_ in shown.claims:
        yield f"claims/{id_}/", partial(_about, make_claim_view, id_)
    for old in shown.redirects:
        yield f"{old}/", partial(_about, make_gone_view, old)


def _about(make_view: Callable[[Composer, str], PageView], subject: str, composer: Composer) -> PageView:
    return make_view(composer, subject)


def list_kinds(shown: Catalogue) -> list[str]:
    """Return the kinds that entities are of, in the order of the vocabulary."""
    used = {entity.kind for entity in shown.entities.values()}
    return [kind for kind in shown.vocabulary.kinds if kind in used]


def list_sections(shown: Catalogue) -> list[str]:
    """Return the sections that have entities, in the order of the vocabulary."""
    used = {shown.vocabulary.kinds[kind].section for kind in list_kinds(shown)}
    return [section for section in shown.vocabulary.sections if section in used]
