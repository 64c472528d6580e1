"""What is made from many records at once, in parts that are taken over while they would be made from the same."""

import itertools
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from mkdocs.utils import write_file

from musnad.build.shards import Share
from musnad.build.store import KeptFile, PackWriter, Parts, State, list_files
from musnad.exports.cite import export_cite_words
from musnad.exports.downloads import MAKERS
from musnad.exports.edges import EDGES, export_edge_labels, export_edges
from musnad.exports.feed import export_feeds
from musnad.exports.form import FORM, Record, export_form, export_shard, list_shards
from musnad.exports.pictures import draw_pictures, group_pictures, list_pictures, print_pictures
from musnad.exports.table import (
    CLAIMS,
    PARTIES,
    collect_facets,
    export_claims,
    export_labels,
    export_names,
    export_parties,
    export_rows,
    list_row_files,
)
from musnad.pages.elements.downloads import DOWNLOADS
from musnad.pages.prose import Section
from musnad.pages.site import Site
from musnad.pages.views.table import PLACE as TABLE
from musnad.search.corpus import Corpus, TermWeights
from musnad.search.documents import list_documents
from musnad.search.index import Part, finish_index, list_parts
from musnad.text.digest import digest
from musnad.text.languages import LANGS, Lang

Keep = Callable[[Mapping[str, KeptFile]], bool]
"""Sees that files of the last build, by address, are in the site; tells whether all are."""


def make_extras(
    site: Site,
    sections: Mapping[Lang, Iterable[Section]],
    planned: list[Part],
    load_weights: Callable[[], TermWeights],
    taker: "Taker",
) -> Parts:
    """Write data, search index, what the form needs and what is ``planned``; return the parts for the next build."""
    # One file of the index hangs on all the others: they fall to one share.
    is_searched_here = taker.deal()
    everything = digest(*(f"{name} {value}" for name, value in sorted(taker.state.prints.items())))
    others = (part.made_from for part in planned)
    whole = Part("whole", digest(everything, repr(sections), *others), lambda: iter([]))
    if taker.is_done(whole):
        return taker.state.extras
    extras = {
        whole.name: taker.take(whole),
        **{
            download.name: taker.take(
                Part(download.name, everything, partial(MAKERS[download.name], site)), is_ours=taker.is_last
            )
            for download in DOWNLOADS
            if not download.is_on_demand
        },
        "form": taker.take(Part("form", everything, lambda: iter([(FORM, export_form(site))]))),
        "claims": taker.take(Part("claims", everything, lambda: _write_claims(site))),
        "feeds": taker.take(Part("feeds", everything, lambda: export_feeds(site))),
        "cite": taker.take(Part("cite", "", lambda: (export_cite_words(site, lang) for lang in LANGS))),
        "edges": taker.take(Part("edges", everything, lambda: _write_edges(site))),
        **{part.name: taker.take(part) for part in planned},
    }
    if not is_searched_here:
        return extras
    documents = list_documents(site, sections)
    parts = list_parts(Corpus(documents, site.catalogue.vocabulary.synonyms.values(), load_weights))
    extras |= {part.name: taker.take(part, is_ours=True) for part in parts}
    digests = {address: file.digest for part in parts for address, file in extras[part.name][1].items()}
    made_from = digest(*(f"{address} {value}" for address, value in sorted(digests.items())))
    table = site.options.addresses.find(TABLE)
    start = Part("start", made_from, lambda: finish_index(digests, documents, site.words, table))
    return extras | {start.name: taker.take(start, is_ours=True)}


def plan_shards(site: Site, state: State, entries: Path) -> Iterator[Part]:
    """Plan the files of records that the form is filled in from."""
    for number, records in enumerate(list_shards(site.shown)):
        made_from = digest(*(f"{record.ref} {state.prints.get(record.ref)}" for record in records))
        address = f"propose/records/{number}.json"
        yield Part(address, made_from, partial(_write_shard, records, entries, address))


def _write_shard(records: list[Record], entries: Path, address: str) -> Iterator[tuple[str, str]]:
    yield address, export_shard(records, entries)


def _write_claims(site: Site) -> Iterator[tuple[str, str]]:
    found = collect_facets(site)
    yield CLAIMS, export_claims(site, found)
    yield PARTIES, export_parties(found)
    for lang in LANGS:
        yield f"data/{lang}/labels.json", export_labels(site, lang, found)
        yield f"data/{lang}/names.json", export_names(site, lang, found)


def _write_edges(site: Site) -> Iterator[tuple[str, str]]:
    yield EDGES, export_edges(site)
    yield from ((f"data/{lang}/edges.json", export_edge_labels(site, lang)) for lang in LANGS)


def plan_rows(site: Site, state: State) -> Iterator[Part]:
    """Plan the files of rows that the table of all claims is filled from."""
    for lang in LANGS:
        for address, claim_ids in list_row_files(site, lang):
            looked_at = sorted({name for id_ in claim_ids for name in _list_looked_at(site, id_)})
            made_from = digest(*(f"{name} {state.prints.get(name)}" for name in looked_at))
            yield Part(address, made_from, partial(_write_rows, site, lang, claim_ids, address))


def plan_pictures(site: Site, look: Mapping[str, str]) -> Iterator[Part]:
    """Plan the pictures of pages in some colours."""
    for name, pictures in group_pictures(list_pictures(site)).items():
        made_from = print_pictures(pictures, look)
        yield Part(f"pictures/{name}", made_from, partial(draw_pictures, pictures, look))


def _list_looked_at(site: Site, claim_id: str) -> Iterator[str]:
    """Yield what a row shows of a claim, its source, its voices, and of the answers to it."""
    for shown in (claim_id, *(tie.other for tie in site.derived.answers.get(claim_id, ()))):
        claim = site.shown.claims[shown]
        yield from (f"claims/{shown}", f"standings/{shown}", f"answers/{shown}", f"sources/{claim.source_id}")
        voices = (id_ for voice in claim.attribution for id_ in (voice.entity, voice.affiliation, voice.close_to))
        outlets = [site.shown.sources[claim.source_id].outlet]
        yield from (f"entities/{id_}" for id_ in (*voices, *outlets) if id_)


def _write_rows(site: Site, lang: Lang, claim_ids: Sequence[str], address: str) -> Iterator[tuple[str, str]]:
    yield address, export_rows(site, lang, claim_ids)


class Taker:
    """Takes files over from the last build, or makes and writes them; of a split build those of its share."""

    def __init__(
        self,
        state: State,
        writer: PackWriter,
        folder: Path,
        keep: Keep,
        *,
        stop: threading.Event | None = None,
        share: Share | None = None,
    ) -> None:
        self.state = state
        self._writer, self._folder, self._keep, self._share = writer, folder, keep, share
        self._stop = stop or threading.Event()
        self._turn = itertools.count()

    def deal(self) -> bool:
        """Whether the next part falls to this build: shares take turns, and all have the same parts in one order."""
        turn = next(self._turn)
        return self._share is None or turn % self._share.total == self._share.number - 1

    def is_done(self, whole: Part) -> bool:
        """Whether everything together is as it was, and all files are there."""
        made_from = self.state.extras.get(whole.name, ("", {}))[0]
        return made_from == digest(whole.made_from, self.state.version) and self._keep(list_files(self.state.extras))

    @property
    def is_last(self) -> bool:
        """Whether this build makes the last share, or everything."""
        return self._share is None or self._share.is_last

    def take(self, part: Part, *, is_ours: bool | None = None) -> tuple[str, dict[str, KeptFile]]:
        """Return a part with all its files in the site, or in the folder that is moved over it.

        It has none if it falls to another share; unless told whether it ``is_ours``, that is found here.
        """
        is_ours = self.deal() if is_ours is None else is_ours
        if self._stop.is_set():
            return "", {}
        made_from, files = self.state.extras.get(part.name, ("", {}))
        made_from_now = digest(part.made_from, self.state.version)
        if not is_ours:
            return made_from_now, {}
        if made_from == made_from_now and self._keep(files):
            return made_from, files
        return made_from_now, dict(self._write(part.make(), files))

    def _write(
        self, made: Iterator[tuple[str, str | bytes]], before: Mapping[str, KeptFile]
    ) -> Iterator[tuple[str, KeptFile]]:
        for address, content in made:
            if self._stop.is_set():
                return
            raw = content.encode() if isinstance(content, str) else content
            now = digest(raw)
            known = before.get(address)
            if known is None or known.digest != now or not self._keep({address: known}):
                write_file(raw, f"{self._folder}/{address}")
                known = KeptFile(now, self._writer.write(raw))
            yield address, known
