"""A sensitive claim in the toy record, with words that are found nowhere else: what is kept back can be looked for."""

from pathlib import Path

CLAIM = "tide-post-12/dockers-on-guard"
COVE, QUAY = "zimzum-cove", "quibble-quay"
MARK = "sensitivity: [security]\n"
CANARIES = ("zimzum", "زمزوم", "quibble", "قبيبل", "12.34567", "33.98765", "ferncanary", "سرخسون")
"""Ids, names, coordinates, and words of ours about the place and the way; folded as the search does."""
_STATUS = "status: published\nextracted: {date: 2024-05-20, method: by-hand}\n"
_PLACE = """\
names:
  - {{text: {ar}, lang: ar, role: primary}}
  - {{text: {en}, lang: en, role: primary}}
description: {{ar: مكان صغير., en: A small place.}}
location: {location}
"""
_CLAIM = """\
title: {ar: حراسة, en: Guards}
statement: {ar: يحرس عمّال المرفأ مستودعًا., en: dockers guard a store.}
subject: dockers
predicate: described-as
literal: {ar: حرّاس, en: guards}
modality: reported
attribution: [{voice: outlet, entity: tide-post}]
inferred:
  - {entity: zimzum-cove, reason: {ar: قرب سرخسون., en: Near ferncanary.}}
place: {entities: [zimzum-cove], precision: spot, phrase: {ar: عند سرخسون, en: at ferncanary}}
way:
  - {at: from, entity: zimzum-cove}
  - {at: through, text: {ar: درب سرخسون, en: the ferncanary path}}
  - {at: to, entity: old-harbour}
locators:
  - source: tide-post-12
    paragraph: 2
    sentence: 2
    digest: sha256:be337a5826a0755e3b6c885a35b40cb561b28c7e17e07aef1d49c3d22be7b882
"""
_APART = "  - {entity: zimzum-cove, note: {ar: خور زمزوم غيره., en: Zimzum Cove is another place.}}\n"


def write_canaries(entries: Path, mark: str = MARK) -> None:
    """Add the claim, the cove that it alone names, and the quay that this lies in, to the toy record."""
    spot = "{precision: spot, within: quibble-quay, latitude: 12.34567, longitude: -33.98765, coordinates_from: toy}"
    cove = _PLACE.format(ar="خور زمزوم", en="Zimzum Cove", location=spot)
    cove += "distinct_from: [{entity: old-harbour, note: {ar: الميناء القديم غيره., en: Not the Old Harbour.}}]\n"
    quay = _PLACE.format(ar="رصيف قبيبل", en="Quibble Quay", location="{precision: spot, within: lantern-bay}")
    _write(entries / f"entities/place/{COVE}.yaml", cove + _STATUS)
    _write(entries / f"entities/place/{QUAY}.yaml", quay + _STATUS)
    _write(entries / f"claims/{CLAIM}.yaml", _CLAIM + mark + _STATUS)
    harbour = entries / "entities/place/old-harbour.yaml"
    _write(harbour, harbour.read_text("utf-8").replace("distinct_from:\n", f"distinct_from:\n{_APART}"))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
