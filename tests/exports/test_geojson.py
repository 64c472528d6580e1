"""Places as GeoJSON: valid, as exact as they are known and no more, and the same as the data in every value."""

import json
from typing import Any

import pytest
from geojson_pydantic import FeatureCollection

from musnad.exports.geojson import export_geojson
from tests.exports.conftest import Record

LANGS = ("ar", "en")
POINTS = {"spot", "settlement"}
"""Precisions that the three records draw as points."""


@pytest.fixture
def collection(any_record: Record) -> dict[str, Any]:
    """Return the file as a program reads it."""
    ((_, text),) = export_geojson(any_record.site)
    read: dict[str, Any] = json.loads(text)
    return read


def list_features(collection: dict[str, Any], what: str) -> dict[str, dict[str, Any]]:
    """Return the features of places or of claims by the ids of their records."""
    return {one["properties"]["id"]: one for one in collection["features"] if one["properties"]["is"] == what}


def test_file_is_valid_and_the_same_each_time(any_record: Record, collection: dict[str, Any]) -> None:
    """By RFC 7946; positions are longitude and latitude, on Earth."""
    FeatureCollection.model_validate(collection)
    assert list(export_geojson(any_record.site)) == list(export_geojson(any_record.site))
    ids = [feature["id"] for feature in collection["features"]]
    assert len(ids) == len(set(ids))
    for longitude, latitude in (point for one in collection["features"] for point in list_points(one["geometry"])):
        assert abs(longitude) <= 180
        assert abs(latitude) <= 90


def list_points(geometry: dict[str, Any] | None) -> list[list[float]]:
    """Return the positions of a geometry."""
    if geometry is None:
        return []
    return [geometry["coordinates"]] if geometry["type"] == "Point" else geometry["coordinates"]


def test_file_says_whose_it_is(any_record: Record, collection: dict[str, Any]) -> None:
    """Name, rights, licence and address as in the data, and the newest day of the record."""
    assert collection["name"] == any_record.about["name"]
    assert collection["rights"] == any_record.about["rights"]
    assert collection["address"] == "https://record.example/"
    days = [one["record"]["extracted"]["date"] for one in any_record.entities.values()]
    assert collection["state"] >= max(days)


def test_only_what_is_known_as_a_spot_is_a_point(any_record: Record, collection: dict[str, Any]) -> None:
    """A district, a region or the surroundings of a town is none, whatever coordinates its label has."""
    places = list_features(collection, "place")
    for feature in collection["features"]:
        told = feature["properties"]
        if feature["geometry"] is not None:
            named = [told["id"]] if told["is"] == "place" else told["places"]
            assert {told["precision"], *(places[id_]["properties"]["precision"] for id_ in named)} <= POINTS
    known = [one["record"].get("location", {}) for one in any_record.entities.values()]
    is_any_known = any("latitude" in location and location["precision"] in POINTS for location in known)
    assert any(feature["geometry"] for feature in collection["features"]) == is_any_known
    vague = [one for one in places.values() if one["properties"]["precision"] not in POINTS]
    assert vague
    assert {one["geometry"] for one in vague} == {None}


def test_places_are_as_in_the_data(any_record: Record, collection: dict[str, Any]) -> None:
    """All that have a location; each value."""
    places = list_features(collection, "place")
    assert places.keys() == {id_ for id_, one in any_record.entities.items() if "location" in one["record"]}
    for id_, feature in places.items():
        record, told = any_record.entities[id_]["record"], feature["properties"]
        location = record["location"]
        where = [float(location[name]) for name in ("longitude", "latitude") if name in location]
        drawn = list_points(feature["geometry"]) or [told["label_at"] or []]
        assert drawn == [where]
        for name in ("within", "precision", "coordinates_from"):
            assert told[name] == location.get(name)
        for lang in LANGS:
            assert told[f"description_{lang}"] == record["description"][lang]
            assert told[f"page_{lang}"] == any_record.entities[id_]["derived"]["pages"][lang]
            assert {"text": told[f"name_{lang}"], "lang": lang, "role": "primary"} in [
                {key: name[key] for key in ("text", "lang", "role")} for name in record["names"]
            ]
        decimals = max(
            (len(location[n].partition(".")[2]) for n in ("longitude", "latitude") if n in location), default=-1
        )
        metres = told["coordinates_rounded_to_metres"]
        assert (metres is None) == (decimals < 0)
        if metres is not None:
            assert metres == pytest.approx(111_000 / 10**decimals, rel=0.02)
        named = {c["claim"] for c in any_record.entities[id_]["derived"]["mentions"] if c["as"] in ("place", "way")}
        assert set(told["claims"]) == named


def test_claims_are_as_in_the_data(any_record: Record, collection: dict[str, Any]) -> None:
    """All that are said to have happened somewhere and were not retracted; each value, with its voice."""
    found = list_features(collection, "claim")
    claims = any_record.claims
    assert found.keys() == {
        id_ for id_, one in claims.items() if one["record"].get("place") or one["record"].get("way")
    }
    assert found
    for id_, feature in found.items():
        record, derived, told = claims[id_]["record"], claims[id_]["derived"], feature["properties"]
        for lang in LANGS:
            assert told[f"title_{lang}"] == record["title"][lang]
            assert told[f"attributed_statement_{lang}"] == derived["attributed_statement"][lang]
            assert told[f"page_{lang}"] == derived["pages"][lang]
            answers = [answer["attributed_statement"][lang] for answer in derived["answers"]]
            assert len(told[f"answers_{lang}"]) == len(answers)
            assert all(one.endswith(answer) for one, answer in zip(told[f"answers_{lang}"], answers, strict=True))
        assert told["polarity"] == record.get("polarity", "affirmed")
        assert (told["modality"], told["standing"]) == (record["modality"], derived["standing"])
        assert told["status"] == (record | derived.get("inherited", {}))["status"]
        assert told["noindex"] == derived["noindex"]
        assert told["coarsened"] == ("coarsened" in derived)
        assert told.get("precision") == record.get("place", {}).get("precision")
        places = record.get("place", {}).get("entities", [])
        assert told["places"] == list(
            dict.fromkeys([*places, *(stop["entity"] for stop in record.get("way", []) if "entity" in stop)])
        )
        inferred = {one["entity"] for one in record.get("inferred", [])}
        assert told["inferred"] == [id_ for id_ in told["places"] if id_ in inferred]
        located = [any_record.entities[place]["record"]["location"] for place in places]
        points = [[float(one["longitude"]), float(one["latitude"])] for one in located if "latitude" in one]
        drawn = list_points(feature["geometry"])
        assert not drawn or drawn == points


def test_no_statement_stands_without_its_opening_words(any_record: Record) -> None:
    """Nowhere in the file."""
    ((_, text),) = export_geojson(any_record.site)
    for claim in any_record.site.shown.claims.values():
        for lang in LANGS:
            assert json.dumps(claim.statement[lang], ensure_ascii=False) not in text  # type: ignore[index]
