"""What a page says about itself, and a record's particulars."""

from collections.abc import Iterator

from musnad.derive.facets import Facet, find_party_facet
from musnad.derive.versions import find_version
from musnad.pages.elements import labels
from musnad.pages.elements.citing import cite_page
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.history import list_history
from musnad.pages.elements.parts import Head, Link, Slip
from musnad.records.base import list_own
from musnad.records.model import Claim, Entity, Source
from musnad.records.problems import N_

_CITED = frozenset({"figures", "time", "map", "relations", "exchange", "accounts", "questions", "table"})
"""Pages over many claims that are cited as such."""


def make_record_slip(composer: Composer, record: Source | Entity | Claim) -> tuple[Slip, ...]:
    """Return a record's particulars."""
    t, words = composer.words.gettext, composer.words
    extracted = words.fill(labels.METHODS[record.extracted.method], date=words.date(record.extracted.date))
    reviewers = words.join(review.reviewer for review in record.reviews) if record.reviews else t(N_("Nobody yet"))
    history = list_history(composer, record)
    versions = words.plural(N_("{n} version"), N_("{n} versions"), max(1, len(history)))
    rows = [
        Slip(t(N_("Permanent id")), record.id, is_code=True),
        Slip(t(N_("Status")), t(labels.STATUSES[record.status])),
        Slip(t(N_("Extracted")), extracted),
        Slip(t(N_("Checked by")), reviewers),
        *_list_table(composer, record),
        Slip(t(N_("History")), versions, "#history" if history else None),
    ]
    rows.append(Slip(t(N_("Version")), find_version(record), is_code=True))
    rows.append(Slip(t(N_("Cite")), t(N_("How to cite this page")), "#cite"))
    if record.ref not in composer.catalogue.kept_back:
        if record.status != "retracted":
            propose = composer.href(f"propose/?{record.ref}")
            rows.append(Slip(t(N_("Found a mistake?")), t(N_("Suggest a correction")), propose))
        rows.append(Slip(t(N_("Its file")), t(N_("Correct this record")), f"edit:{record.file}"))
    return tuple(rows)


def _list_table(composer: Composer, record: Source | Entity | Claim) -> Iterator[Slip]:
    """Yield the way to what all claims say of an entity, or to those of a source, in one table."""
    facet: Facet = "source"
    if isinstance(record, Entity):
        facet = find_party_facet(record, composer.catalogue)
        parts = (mention.part for mention in composer.graph.mentions.get(record.id, ()))
        if all(part == "voice" for part in parts):
            return
    if not isinstance(record, Claim):
        t = composer.words.gettext
        yield Slip(t(N_("Claims")), t(N_("In one table")), composer.href(f"claims/all/?{facet}={record.id}"))


def make_page_head(
    composer: Composer,
    path: str,
    template: str,
    title: str,
    description: str,
    *,
    edit: str,
    section: str = "",
    trail: tuple[Link, ...] = (),
) -> Head:
    """Return the head of a page that is no record."""
    return Head(
        composer.lang,
        path,
        template,
        title,
        description,
        section=section or path,
        trail=trail,
        edit=edit,
        cite=cite_page(composer, path, title) if template in _CITED else None,
    )


def find_terms(composer: Composer, name: str) -> str:
    """Return the record's own file of terms, to be edited; nothing where all are those of the base."""
    return f"vocabulary/{name}.yaml" if list_own(getattr(composer.catalogue.vocabulary, name)) else ""
