"""The record as named graphs: read by rdflib, in the shapes given with it, and in every value as in the data."""

from pathlib import Path
from typing import Any, NamedTuple

import pyshacl
import pytest
from click.testing import CliRunner
from rdflib import Dataset, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS, OWL, PROV, RDF, RDFS, SKOS

from musnad.cli import cli
from musnad.cli.sites import load_site
from musnad.exports.geojson import export_geojson
from musnad.exports.trig import export_trig
from musnad.records.model import Catalogue
from tests.conftest import TOY, change, make_toy_site
from tests.exports.conftest import Record

# rdflib says it of its own parser.
pytestmark = pytest.mark.filterwarnings("ignore:(Dataset|ConjunctiveGraph)[. ]:DeprecationWarning")
LANGS = ("ar", "en")
BASE = "https://record.example/data/record.trig#"
M, CLAIMS = Namespace(f"{BASE}model/"), Namespace(f"{BASE}claims/")
NP, OA = Namespace("http://www.nanopub.org/nschema#"), Namespace("http://www.w3.org/ns/oa#")
BARE = {RDF.subject, RDF.predicate, RDF.object}


class Read(NamedTuple):
    """What a program reads: all graphs, their union, and the shapes."""

    data: Record
    graphs: Dataset
    union: Graph
    shapes: Graph


@pytest.fixture(scope="module")
def read(any_record: Record) -> Read:
    """Read the files of each record."""
    (_, text), (_, shapes) = export_trig(any_record.site)
    graphs, union = Dataset(), Graph()
    graphs.parse(data=text, format="trig")
    for s, p, o, _ in graphs.quads((None, None, None, None)):
        union.add((s, p, o))
    return Read(any_record, graphs, union, Graph().parse(data=shapes, format="turtle"))


def rebuild(union: Graph, node: Any) -> Any:
    """Return the JSON that a node was written from."""
    if isinstance(node, Literal):
        return node.toPython() if node.datatype else str(node)
    if isinstance(node, URIRef):
        # Of a record all behind the folder, of a term all behind the vocabulary.
        folder, _, id_ = str(node).removeprefix(BASE).partition("/")
        return id_.partition("/")[2] if folder == "terms" else id_
    if node == RDF.nil or (node, RDF.first, None) in union:
        return [rebuild(union, one) for one in Collection(union, node)]
    if (node, RDF.type, M.Text) in union:
        return {text.language: str(text) for text in union.objects(node, RDF.value)} | rebuild_fields(union, node)
    return rebuild_fields(union, node)


def rebuild_fields(union: Graph, node: Any) -> dict[str, Any]:
    """Return all fields of a node under their names in the record."""
    found: dict[str, Any] = {}
    for name in {p for p in union.predicates(node) if p in M}:
        values = list(union.objects(node, name))
        localized = {value.language: str(value) for value in values if isinstance(value, Literal) and value.language}
        if not localized:
            (value,) = values
            found[name.removeprefix(M)] = rebuild(union, value)
        else:
            found[name.removeprefix(M)] = localized
    return found


def drop_empty(value: Any) -> Any:
    """Return a record without lists of nothing, which are not written."""
    if isinstance(value, dict):
        return {name: drop_empty(inner) for name, inner in value.items() if inner != []}
    return [drop_empty(inner) for inner in value] if isinstance(value, list) else value


def test_all_graphs_have_the_shapes(read: Read) -> None:
    """Those that are given with them; and a graph that lacks something has not."""
    conforms, _, report = pyshacl.validate(read.union, shacl_graph=read.shapes)
    assert conforms, report
    broken = Graph()
    broken += read.union
    broken.remove((None, M.polarity, None))
    assert not pyshacl.validate(broken, shacl_graph=read.shapes)[0]


def test_each_claim_is_a_nanopublication_of_four_graphs(read: Read) -> None:
    """Of a retracted one only what became of it is there."""
    for id_, claim in read.data.claims.items():
        this = CLAIMS[id_]
        names = {name: URIRef(f"{this}/{name}") for name in ("head", "assertion", "provenance", "publication")}
        filled = {name for name, graph in names.items() if len(read.graphs.graph(graph))}
        if claim["derived"]["attributed_statement"] is None:
            assert filled == {"publication"}
            continue
        assert filled == set(names)
        head = read.graphs.graph(names["head"])
        assert head.value(this, NP.hasAssertion) == names["assertion"]
        assert head.value(this, NP.hasProvenance) == names["provenance"]
        assert head.value(this, NP.hasPublicationInfo) == names["publication"]


def test_no_statement_is_made(read: Read) -> None:
    """No relation between entities is a triple, in any graph or in all; what is denied has not even the form of one."""
    predicates = set(read.union.subjects(SKOS.inScheme, URIRef(f"{BASE}terms/predicates")))
    assert predicates
    assert not predicates & set(read.union.predicates())
    for _, p, _, graph in read.graphs.quads((None, None, None, None)):
        assert p not in BARE or str(graph).endswith("/assertion")
    for id_, claim in read.data.claims.items():
        statement = URIRef(f"{CLAIMS[id_]}/statement")
        kinds = set(read.union.objects(statement, RDF.type))
        if claim["derived"]["attributed_statement"] is None:
            assert kinds == set()
        elif claim["record"].get("polarity") == "denied":
            assert kinds == {OWL.NegativePropertyAssertion}
            assert not BARE & set(read.union.predicates(statement))
        else:
            assert kinds == {RDF.Statement}


def test_no_statement_stands_without_its_opening_words(read: Read) -> None:
    """In no value of any graph."""
    statements = {c.statement[lang] for c in read.data.site.shown.claims.values() for lang in ("ar", "en")}
    assert not statements & {str(value) for value in read.union.objects()}


def test_claims_are_as_in_the_data(read: Read) -> None:
    """Rebuilt from the graphs, each field is the one of the record, and the voices are in their order."""
    union = read.union
    for id_, claim in read.data.claims.items():
        this = CLAIMS[id_]
        record, derived = {**claim["record"], **claim["derived"].get("inherited", {})}, claim["derived"]
        found = rebuild_fields(union, this)
        assert (found.pop("noindex"), found.pop("standing")) == (derived["noindex"], derived["standing"])
        assert {str(page) for page in union.objects(this, RDFS.seeAlso)} == set(derived["pages"].values())
        if derived["attributed_statement"] is not None:
            statement, assertion = URIRef(f"{this}/statement"), URIRef(f"{this}/assertion")
            said = rebuild_fields(union, statement)
            assert said.pop("attributed_statement") == derived["attributed_statement"]
            assert said.pop("coarsened", False) == ("coarsened" in derived)
            found |= said | rebuild_fields(union, assertion) | rebuild_relation(union, statement)
            found["attribution"] = list(rebuild_chain(union, assertion))
            targets = [*union.objects(URIRef(f"{this}/annotation"), OA.hasTarget)]
            found["locators"] = [rebuild_fields(union, target) for target in targets]
            fragments = [str(union.value(union.value(t, OA.hasSelector), RDF.value) or "") for t in targets]
            assert sorted(fragments) == sorted(passage.partition("#")[2] for passage in derived["passages"])
            assert sorted(map(repr, map(sort_keys, found.pop("locators")))) == sorted(
                map(repr, map(sort_keys, record.pop("locators")))
            )
        else:
            record = {name: value for name, value in record.items() if name not in ("attribution", "locators", "links")}
        assert drop_empty(found) == drop_empty(record), id_


def sort_keys(value: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return fields in one order."""
    return sorted(value.items())


def rebuild_relation(union: Graph, statement: URIRef) -> dict[str, Any]:
    """Return what is said of what, whether it was affirmed or denied."""
    names = (OWL.sourceIndividual, OWL.assertionProperty, OWL.targetIndividual, OWL.targetValue)
    is_denied = (statement, RDF.type, OWL.NegativePropertyAssertion) in union
    subject, predicate, *objects = names if is_denied else (RDF.subject, RDF.predicate, RDF.object)
    found = {"subject": rebuild(union, union.value(statement, subject))}
    found["predicate"] = rebuild(union, union.value(statement, predicate))
    values = [value for name in objects for value in union.objects(statement, name)]
    literal = {value.language: str(value) for value in values if isinstance(value, Literal)}
    (entity,) = [rebuild(union, value) for value in values if isinstance(value, URIRef)] or [None]
    return found | ({"literal": literal} if literal else {}) | ({"object": entity} if entity else {})


def rebuild_chain(union: Graph, assertion: URIRef) -> Any:
    """Yield the voices from the outermost inwards."""
    telling = union.value(assertion, PROV.wasDerivedFrom)
    while telling is not None:
        voice = rebuild_fields(union, telling)
        agents = [*union.objects(telling, PROV.wasAttributedTo), *union.objects(telling, PROV.wasQuotedFrom)]
        (agent,) = agents
        if "entity" in voice:
            assert rebuild(union, agent) == voice["entity"]
        else:
            # Unnamed: of this claim alone.
            assert str(agent).startswith(str(assertion).removesuffix("assertion"))
        yield voice
        telling = union.value(telling, PROV.wasDerivedFrom)


@pytest.mark.parametrize("folder", ["entities", "sources"])
def test_entities_and_sources_are_as_in_the_data(read: Read, folder: str) -> None:
    """Each field; of sources not the digests of their sentences."""
    records = getattr(read.data, folder)
    assert records
    for id_, one in records.items():
        node = URIRef(f"{BASE}{folder}/{id_}")
        found, record = rebuild_fields(read.union, node), dict(one["record"])
        found.pop("noindex")
        if folder == "sources":
            record.pop("paragraphs", None)
            found["kind"] = found.pop("source_kind")
        else:
            assert found.pop("kind") == one["kind"]
            labels = {(str(label), label.language) for label in read.union.objects(node, SKOS.prefLabel)}
            assert labels == {(n["text"], n["lang"]) for n in record["names"] if n["role"] == "primary"}
            assert len(list(read.union.objects(node, SKOS.exactMatch))) == len(record.get("external_ids", []))
        assert drop_empty(found) == drop_empty(record), id_


def test_terms_have_labels_in_both_languages(read: Read) -> None:
    """All that are named anywhere."""
    terms = {one for one in read.union.objects() if str(one).startswith(f"{BASE}terms/") and str(one).count("/") > 5}
    assert terms
    for term in terms:
        assert {label.language for label in read.union.objects(term, SKOS.prefLabel)} == set(LANGS), term


def test_fields_have_their_labels_in_both_languages(read: Read) -> None:
    """All whose words editors read."""
    properties = set(read.union.subjects(RDF.type, RDF.Property))
    labelled = {one for one in properties if set(read.union.objects(one, RDFS.label))}
    assert {M.extracted, M.description, M.title} <= labelled
    for one in labelled:
        assert {label.language for label in read.union.objects(one, RDFS.label)} == set(LANGS), one
    used = {name for name in read.union.predicates() if name in M}
    assert used - labelled <= {
        M[name] for name in ("attributed_statement", "standing", "noindex", "coarsened", "source_kind")
    }


def test_file_says_whose_it_is(read: Read) -> None:
    """Name, rights and licence as in the data."""
    record = URIRef(BASE.removesuffix("#"))
    names = {title.language: str(title) for title in read.union.objects(record, DCTERMS.title)}
    assert names == read.data.about["name"]
    assert {text.language: str(text) for text in read.union.objects(record, DCTERMS.rights)} == read.data.about[
        "rights"
    ]


def test_odd_texts_and_addresses_are_read_as_they_were_written(toy: Catalogue) -> None:
    """Quotation marks, lines, controls, signs that no address may have; and a site without an address."""
    text = 'a "b" \\ \n\t\x01 \u2028 <c> @en .'
    source = toy.sources["quay-news-7"]
    headed = change(toy, "sources", source.id, headline=text, address='https://quay.example/a"b c|d>é')
    ((_, written), _) = export_trig(make_toy_site(headed))
    graphs = Dataset()
    graphs.parse(data=written, format="trig")
    found = {str(o) for _, _, o, _ in graphs.quads((None, None, None, None))}
    assert text in found
    assert "https://quay.example/a%22b%20c%7Cd%3Eé" in found
    assert list(export_trig(make_toy_site(headed))) == list(export_trig(make_toy_site(headed)))


def test_commands_write_what_is_exported(tmp_path: Path) -> None:
    """Graphs and shapes below a folder, places in a file; the same bytes as the build would give."""
    options = ("--entries", str(TOY), "--site-url", "https://harbour.example/", "--no-history")
    site = load_site(TOY, "https://harbour.example/")
    for words in (("trig", tmp_path), ("geojson", tmp_path / "places.geojson")):
        done = CliRunner().invoke(cli, ["export", *map(str, words), *options])
        assert done.exit_code == 0, done.output
    written = {address: (tmp_path / address).read_text("utf-8") for address, _ in export_trig(site)}
    assert written == dict(export_trig(site))
    assert (tmp_path / "places.geojson").read_text("utf-8") == next(export_geojson(site))[1]
