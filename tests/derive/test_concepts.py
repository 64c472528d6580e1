"""What several claims are about: told by the vocabulary and the names of entities, and by nothing else."""

from dataclasses import replace
from typing import Any

import pytest

from musnad.derive.concepts import LEAST
from musnad.pages.site import Site
from musnad.pages.views.concepts import ConceptBody, ConceptsBody, make_concept_view, make_concepts_view
from musnad.records.base import load_base
from musnad.records.load import mapping_of, vocabulary_terms
from musnad.records.model import Catalogue
from musnad.records.vocabulary import Concept, Synonyms
from musnad.search.corpus import Corpus
from musnad.search.documents import list_documents
from musnad.search.find import Finder
from tests.conftest import change, make_toy_site

BREAD = ("quay-news-7/dockers-buy-bread", "tide-post-12/guild-sells-bread")
PRICES = ("quay-news-7/rye-bread-price", "tide-post-12/rye-bread-price")
LABEL = {"ar": "خبز", "en": "Baking"}


def make_site(toy: Catalogue, **fields: Any) -> Site:
    """Return the toy record with one concept, and nothing of the base."""
    concept = Concept.model_validate({"label": LABEL, **fields})
    return make_toy_site(replace(toy, vocabulary=replace(toy.vocabulary, concepts={"baking": concept})))


@pytest.mark.parametrize(
    ("fields", "claims"),
    [
        ({"predicates": ["priced-at", "sells-to"]}, {*BREAD, *PRICES}),
        ({"predicates": ["sells-to"], "measures": ["price"]}, {*BREAD, *PRICES}),
        ({"kinds": ["good"], "words": {"en": ["bread"]}}, {BREAD[1], *PRICES}),
        # As they are written: with an article or a particle, but not within another word; and names, not aliases.
        ({"kinds": ["good"], "words": {"ar": ["جاودار"]}}, {BREAD[1], *PRICES}),
        ({"kinds": ["good"], "words": {"en": ["brea"]}}, set()),
        ({"kinds": ["good"], "words": {"ar": ["أسود"]}}, set()),
        ({"kinds": ["group"], "words": {"en": ["bread"]}}, set()),
        # Two claims are too few; of the third, which was retracted, nothing is said. Drafts are not there.
        ({"predicates": ["closed", "described-as"]}, set()),
        ({"predicates": ["sells-to"]}, set()),
        ({}, set()),
    ],
)
def test_vocabulary_says_what_is_on_it(fields: dict[str, Any], claims: set[str], toy: Catalogue) -> None:
    """And a page is there from so many on."""
    site = make_site(toy, **fields)
    assert set(site.derived.concepts.get("baking", ())) == claims
    assert {id_ for id_, found in site.derived.concepts_of.items() if found == ("baking",)} == claims
    assert len(claims) in range(LEAST, 99) or not claims
    pages = [file for file in site.list_pages() if "/concepts" in file]
    assert len(pages) == (4 if claims else 0)


def test_page_has_the_claims_with_their_voices(toy: Catalogue) -> None:
    """By source, and the ways to the table; it is made again when one of them, or their number, is another."""
    site = make_site(
        toy, predicates=["sells-to", "priced-at"], kinds=["good"], words={"en": ["bread"]}, synonyms=["flour"]
    )
    with site.trace.record() as noted:
        body = make_concept_view(site.composers["en"], "baking").body
    assert isinstance(body, ConceptBody)
    shown = [claim for source in body.sources for claim in source.claims]
    assert {claim.id for claim in shown} == {*BREAD, *PRICES}
    assert all(claim.lead.startswith("According to ") for claim in shown)
    assert body.words == "flour, wheatmeal"
    assert [link.href for link in body.tables] == [
        "en/claims/all/?predicate=sells-to,priced-at",
        "en/claims/all/?goods=rye-bread",
    ]
    assert {"concepts/baking", *(f"claims/{id_}" for id_ in (*BREAD, *PRICES))} <= noted
    listed = make_concepts_view(site.composers["ar"]).body
    assert isinstance(listed, ConceptsBody)
    assert [(row.link.text, row.count) for row in listed.concepts] == [("خبز", "4 إفادات")]


def test_graph_taken_over_knows_new_names(toy: Catalogue) -> None:
    """Of all that is derived, only this goes by what an entity is called."""
    before = make_site(toy, kinds=["good"], words={"en": ["bread"]})
    names = tuple(name.model_copy(update={"text": "Loaf"}) for name in before.shown.entities["rye-bread"].names)
    renamed = change(toy, "entities", "rye-bread", names=names)
    renamed = replace(renamed, vocabulary=before.shown.vocabulary)
    assert Site.make(renamed, before.words, before.options, before).derived.concepts == {}
    assert Site.make(before.shown, before.words, before.options, before).derived is not None
    assert list(Site.make(before.shown, before.words, before.options, before).derived.concepts) == ["baking"]


def test_word_typed_alone_leads_to_it(toy: Catalogue) -> None:
    """After what is named so; a word among others, or a beginning, does not."""
    site = make_site(toy, predicates=["sells-to", "priced-at"], synonyms=["flour"])
    finder = Finder(Corpus(list_documents(site), [Synonyms(en=("baking", "bread"))]))
    assert [hit.document.path for hit in finder.find("wheatmeal")] == ["concepts/baking/"]
    assert [hit.document.path for hit in finder.find("Baking")][:2] == ["entities/rye-bread/", "concepts/baking/"]
    for text in ("who sells wheatmeal to the dockers", "wheatm"):
        assert "concepts/baking/" not in [hit.document.path for hit in finder.find(text)]


def test_base_names_only_what_there_is(toy: Catalogue) -> None:
    """Terms of the base are not checked with each record."""
    vocabulary = toy.vocabulary
    assert len(vocabulary.concepts) > 10
    for id_, concept in vocabulary.concepts.items():
        for file in ("synonyms", "predicates", "measures", "kinds"):
            known = _load_base(file)
            assert [(id_, file, term) for term in getattr(concept, file) if term not in known] == []


def _load_base(name: str) -> set[str]:
    return set(load_base(name, mapping_of(vocabulary_terms()[name])).terms)
