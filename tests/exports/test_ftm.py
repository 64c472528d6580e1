"""FollowTheMoney: what is told of each record there, and what is not. The library itself reads it in ``tests/ftm``."""

import csv
import io
import json
import re
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from musnad.cli import cli
from musnad.derive.people import living_people
from musnad.exports.ftm import LOSSES, FtmEntity, count_losses, export_ftm, make_entities, name_dataset
from musnad.exports.json import export_json
from musnad.pages.site import Site
from musnad.records.model import Catalogue, Link, Review, Time
from musnad.text.languages import LANGS
from tests.conftest import TOY, change, copy_claim, make_toy_site

NAME = "harbour_record"
Lines = dict[str, dict[str, Any]]


def read_lines(site: Site) -> Lines:
    """Return the exported entities by their ids."""
    files = {address.rpartition("/")[2]: text for address, text in export_ftm(site)}
    return {line["id"]: line for line in map(json.loads, files["entities.ftm.json"].splitlines())}


def read_record(site: Site, group: str) -> dict[str, Any]:
    """Return what ``record.json`` has, by id."""
    return {found["id"]: found for found in json.loads(export_json(site))[group]}


def find(site: Site, ref: str) -> list[FtmEntity]:
    """Return what is made of a record."""
    return [made for made in make_entities(site, NAME) if made.ref == ref]


def review(catalogue: Catalogue) -> Catalogue:
    """Return the catalogue with every record reviewed by two."""
    reviews = (Review(date="2026-01-02", reviewer="One"), Review(date="2026-01-03", reviewer="Two"))
    for group in ("entities", "claims"):
        for id_ in getattr(catalogue, group):
            catalogue = change(catalogue, group, id_, reviews=reviews)
    return catalogue


@pytest.fixture(scope="module", params=["toy", "reviewed", "kinds"])
def site(request: pytest.FixtureRequest, toy: Catalogue, kinds_site: Site) -> Site:
    """Return the toy record, as it is, with all of it reviewed, and with sources of every kind."""
    return {"toy": make_toy_site(toy), "reviewed": make_toy_site(review(toy)), "kinds": kinds_site}[request.param]


def test_every_value_is_that_of_the_record(site: Site) -> None:
    """Whatever stands in a property stands in ``record.json``, as a value or as a label of one."""
    data = export_json(site)
    record = json.loads(data)
    known = {*iter_texts(record), *iter_texts(labels_of(site))}
    prefix = name_dataset(site).replace("_", "-")
    refs = {f"{group}/{found['id']}" for group in ("sources", "entities", "claims") for found in record[group]}
    for id_, line in read_lines(site).items():
        for prop, values in line["properties"].items():
            for value in values:
                if prop == "role":
                    assert any(value.endswith(text) for text in known), (id_, value)
                elif value.startswith(f"{prefix}."):
                    assert value.removeprefix(f"{prefix}.").replace(".", "/") in refs, (id_, prop)
                else:
                    assert value in known or is_told_answer(value, known), (id_, prop, value)


def is_told_answer(value: str, known: set[str]) -> bool:
    """Whether a text is a label and a sentence of the record."""
    return any(value.startswith(text) and value[len(text) + 1 :] in known for text in known if text.endswith(":"))


def iter_texts(value: Any) -> Any:
    """Yield every text and key of a JSON value; of a date with two ends, both."""
    if isinstance(value, dict):
        yield from chain.from_iterable(map(iter_texts, value.values()))
    elif isinstance(value, list):
        yield from chain.from_iterable(map(iter_texts, value))
    elif isinstance(value, str):
        yield from (value, *value.split("/"))


def labels_of(site: Site) -> list[Any]:
    """Return the words of the vocabulary and the messages, in both languages."""
    labels: list[Any] = []
    vocabulary = site.shown.vocabulary
    for terms in (vocabulary.predicates, vocabulary.roles, vocabulary.modalities):
        labels += [term.label[lang] for term in terms.values() for lang in LANGS]
    messages = "Single source|Repeated, counted once|Independently corroborated|Contested|Corrected|Retracted|Denied"
    messages += "|Superseded|A denial:|No comment:|An answer:|Named in what the source says"
    labels += [site.words[lang].gettext(message) for lang in LANGS for message in messages.split("|")]
    ids = {source.language: None for source in site.shown.sources.values()}
    return [*labels, *({"ar": "ara", "en": "eng", "fr": "fra", "ku": "kur"}.get(id_[:2], "") for id_ in ids)]


def test_all_of_a_claim_stands_behind_its_voice(site: Site) -> None:
    """The sentence is that of ``record.json``, with its opening words, and the bare statement is nowhere else."""
    claims = read_record(site, "claims")
    lines = json.dumps(read_lines(site), ensure_ascii=False)
    for line in read_lines(site).values():
        if record := line["properties"].get("recordId"):
            derived = claims[record[0]]["derived"]
            assert line["properties"]["summary"] == list(derived["attributed_statement"].values())
            assert line["properties"]["sourceUrl"] == list(dict.fromkeys(derived["passages"]))
            assert line["properties"]["proof"]
    for claim in site.shown.claims.values():
        for lang in LANGS:
            bare = json.dumps(claim.statement[lang], ensure_ascii=False)[1:-1]
            told = (claims[claim.id]["derived"]["attributed_statement"] or {}).get(lang, "")
            for found in re.finditer(re.escape(bare), lines):
                lead = json.dumps(told, ensure_ascii=False)[1:-1].removesuffix(bare)
                assert lines[: found.start()].endswith(lead), claim.id


def test_nobody_living_without_two_reviews(toy: Catalogue) -> None:
    """Neither a person nor a claim about one, or on their word, is told before two people have reviewed both."""
    people = {entity.id for entity in toy.entities.values() if entity.living in ("yes", "unknown")}
    about = {claim.id for claim in toy.claims.values() if living_people(claim, toy)}
    assert people
    assert about
    text = json.dumps(read_lines(make_toy_site(toy)), ensure_ascii=False)
    assert not [name.text for id_ in people for name in toy.entities[id_].names if name.text in text]
    assert not [id_ for id_ in about if id_ in text]
    reviewed = review(toy)
    told = read_lines(make_toy_site(reviewed))
    assert {f"toy.{id_}" for id_ in people} <= {f"toy.{id_.rpartition('.')[2]}" for id_ in told}
    for id_ in people:
        one = change(reviewed, "entities", id_, reviews=())
        text = json.dumps(read_lines(make_toy_site(one)), ensure_ascii=False)
        assert not [name.text for name in toy.entities[id_].names if name.text in text]


def test_drafts_withheld_and_retracted_are_nowhere(toy: Catalogue) -> None:
    """What readers do not see, and what was taken back, is not given away either."""
    assert "lamp" not in json.dumps(read_lines(make_toy_site(toy)))
    claim = next(claim for claim in toy.claims.values() if claim.status == "published" and claim.object)
    canary = {lang: f"CANARY-{lang}" for lang in LANGS}
    words = claim.statement.model_copy(update=canary)
    for status in ("draft", "withheld", "retracted"):
        changed = change(toy, "claims", claim.id, statement=words, literal=words, status=status)
        assert "CANARY" not in "".join(text for _, text in export_ftm(make_toy_site(changed)))
        thing = next(entity for entity in toy.entities.values() if not entity.living)
        hidden = thing.model_copy(update={"id": "canary", "description": words, "status": status})
        text = "".join(
            text for _, text in export_ftm(make_toy_site(replace(toy, entities={**toy.entities, "canary": hidden})))
        )
        assert "canary" not in text.lower()


@pytest.mark.parametrize(
    "fields",
    [{"polarity": "denied"}, {"modality": "alleged"}, {"modality": "possible"}, {"status": "superseded"}],
    ids=lambda fields: next(iter(fields.values())),
)
def test_what_an_edge_would_turn_round_is_none(toy: Catalogue, fields: dict[str, Any]) -> None:
    """Denied, alleged, possible or superseded: the parties are tied to the source and not to each other."""
    reviewed = review(toy)
    claim = find_plain(reviewed)
    assert find(make_toy_site(reviewed), claim.ref)[0].schema == "UnknownLink"
    made = find(make_toy_site(change(reviewed, "claims", claim.id, **fields)), claim.ref)
    assert {one.schema for one in made} == {"Documentation"}
    assert {said.text for one in made for said in one.properties["role"] if said.lang == "en"} == {
        "Named in what the source says"
    }


def find_plain(catalogue: Catalogue) -> Any:
    """Return a claim that ties two entities."""
    made = make_entities(make_toy_site(catalogue), NAME)
    ref = next(one.ref for one in made if one.schema == "UnknownLink")
    return catalogue.claims[ref.removeprefix("claims/")]


def test_what_is_disputed_is_no_edge(toy: Catalogue) -> None:
    """A claim that another contradicts, is in tension with or denies ties nobody; a retracted one disputes nothing."""
    reviewed = review(toy)
    claim = find_plain(reviewed)
    for type_ in ("contradicts", "in-tension-with", "denies"):
        link = Link.model_validate({"type": type_, "claim": claim.id})
        other = copy_claim(claim, "other", links=(link,), status="published")
        disputed = replace(reviewed, claims=dict(sorted({**reviewed.claims, other.id: other}.items())))
        assert {one.schema for one in find(make_toy_site(disputed), claim.ref)} == {"Documentation"}
        withdrawn = change(disputed, "claims", other.id, status="retracted")
        assert find(make_toy_site(withdrawn), claim.ref)[0].schema == "UnknownLink"


def test_an_accusation_needs_room_for_its_voice(toy: Catalogue) -> None:
    """A payment has no room for how it is said: an accusing relation is no bare payment, another may be."""
    reviewed = review(toy)
    claim = find_plain(reviewed)
    predicates = dict(reviewed.vocabulary.predicates)
    outlets = [entity.id for entity in reviewed.entities.values() if entity.kind == "outlet"][:2]
    changed = change(reviewed, "claims", claim.id, subject=outlets[0], object=outlets[1])
    for is_accusing, schema in ((True, "UnknownLink"), (False, "Payment")):
        predicate = predicates[claim.predicate].model_copy(update={"ftm": "Payment.payer", "accusing": is_accusing})
        vocabulary = replace(reviewed.vocabulary, predicates={**predicates, claim.predicate: predicate})
        made = find(make_toy_site(replace(changed, vocabulary=vocabulary)), claim.ref)[0]
        assert made.schema == schema
        says = made.properties["role" if is_accusing else "purpose"]
        assert all(said.text.startswith(("According to", "بحسب")) for said in says)


def test_ends_that_do_not_fit_fall_back(toy: Catalogue) -> None:
    """What a newsroom's own predicate says of ends that FtM does not take there is an unknown link."""
    reviewed = review(toy)
    claim = find_plain(reviewed)
    predicate = reviewed.vocabulary.predicates[claim.predicate].model_copy(update={"ftm": "Family.person"})
    predicates = {**reviewed.vocabulary.predicates, claim.predicate: predicate}
    vocabulary = replace(reviewed.vocabulary, predicates=predicates)
    assert find(make_toy_site(replace(reviewed, vocabulary=vocabulary)), claim.ref)[0].schema == "UnknownLink"


def test_kinds_of_ones_own_fall_back_by_trait_and_section(toy: Catalogue) -> None:
    """A kind that says nothing of FtM has the schema of its trait, or of its section."""
    for fields, schema in (({"trait": "good"}, "Asset"), ({"section": "events"}, "Event"), ({"section": "x"}, "Leg")):
        kinds = {
            id_: kind.model_copy(update={"ftm": None, "trait": None, **fields})
            for id_, kind in toy.vocabulary.kinds.items()
            if kind.trait != "person"
        }
        vocabulary = replace(toy.vocabulary, kinds={**toy.vocabulary.kinds, **kinds})
        made = make_entities(make_toy_site(replace(toy, vocabulary=vocabulary)), NAME)
        assert all(one.schema.startswith(schema) for one in made if one.ref.startswith("entities/"))


def test_dates_are_those_that_ftm_can_hold(toy: Catalogue) -> None:
    """A plain date and a closed period stand; what is uncertain, open, worked out or to come does not."""
    reviewed = review(toy)
    claim = find_plain(reviewed)
    for edtf, basis, wanted in (
        ("2025-02", "stated", {"date": "2025-02"}),
        ("2025-02-03/2025-03", "stated", {"startDate": "2025-02-03", "endDate": "2025-03"}),
        ("2025-02~", "stated", {}),
        ("2025-02/..", "stated", {}),
        ("2025-02", "inferred", {}),
    ):
        changed = change(reviewed, "claims", claim.id, time=Time(edtf=edtf, basis=basis))
        made = find(make_toy_site(changed), claim.ref)[0].properties
        assert {name: own[0].text for name, own in made.items() if name.lower().endswith("date")} == wanted


def test_statements_are_the_values_of_the_entities(site: Site) -> None:
    """Each value is a row of its own, with its language where it is words."""
    files = {address.rpartition("/")[2]: text for address, text in export_ftm(site)}
    rows = [*csv.DictReader(io.StringIO(files["statements.csv"]))]
    lines = read_lines(site)
    found = {(row["entity_id"], row["prop"], row["value"]) for row in rows}
    assert found == {
        (id_, prop, value)
        for id_, line in lines.items()
        for prop, values in line["properties"].items()
        for value in values
    }
    assert {row["lang"] for row in rows if row["prop"] == "summary"} == {"ara", "eng"}
    assert len({row["id"] for row in rows}) == len(rows)


def test_what_is_lost_is_counted_in_both_languages(toy: Catalogue) -> None:
    """The list has every kind of loss, and numbers that follow the record."""
    site = make_toy_site(toy)
    text = dict(export_ftm(site))["data/ftm/lost.csv"]
    rows = {row["lost"]: row for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))}
    assert rows.keys() == LOSSES.keys()
    assert all(row["ar"] != row["en"] for row in rows.values())
    counts = {loss.name: loss.times for loss in count_losses(site)}
    assert counts["retracted"] == 1
    assert counts["claims-unreviewed"] == sum(
        bool(living_people(claim, toy)) for claim in toy.claims.values() if claim.status != "retracted"
    )
    assert {loss.name: loss.times for loss in count_losses(make_toy_site(review(toy)))}["claims-unreviewed"] == 0


def test_ids_fit_and_are_the_same_each_time(toy: Catalogue) -> None:
    """Long ones are cut, and still differ."""
    claim = find_plain(review(toy))
    longer = [copy_claim(claim, f"{'x' * 79}{n}") for n in "12"]
    site = make_toy_site(replace(review(toy), claims={one.id: one for one in longer}))
    ids = [made.id for made in make_entities(site, "n" * 60)]
    assert len({*ids}) == len(ids)
    assert max(map(len, ids)) <= 200
    assert ids == [made.id for made in make_entities(site, "n" * 60)]
    assert all(re.fullmatch(r"[0-9a-z]([0-9a-z.-]*[0-9a-z])?", id_) for id_ in ids)


def test_command_writes_the_files(tmp_path: Path) -> None:
    """All four, the same bytes as the function gives."""
    files = ["--entries", str(TOY), "--no-history", "--site-url", "https://harbour.example/"]
    result = CliRunner().invoke(cli, ["export", "ftm", str(tmp_path / "out"), *files])
    assert result.exit_code == 0, result.output
    made = {path.name: path.read_bytes().decode() for path in (tmp_path / "out").iterdir()}
    assert made == {address.rpartition("/")[2]: text for address, text in export_ftm(make_toy_site())}
