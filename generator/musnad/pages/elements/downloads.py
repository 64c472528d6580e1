"""What is given away: the one list of forms, what each is for and leaves out, and the sizes that are filled in last.

Sizes and digests are those of files that are made when all pages are done, so that a page has places for them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from musnad.pages.elements.columns import TABLES
from musnad.records.problems import N_
from musnad.text.bidi import isolate
from musnad.wording.words import Words

PLACE = "downloads/"
_HOLE = re.compile(
    r'(?P<tag><\w+ (?:[^>]*? )?data-(?P<what>size|digest|age|state)=["\']?(?P<file>[^"\'\s>]+)["\']?[^>]*>)[^<]*'
)
_UNITS = (N_("{n} bytes"), N_("{n} KB"), N_("{n} MB"), N_("{n} GB"))


@dataclass(frozen=True, slots=True)
class Download:
    """One form in which the record is given away; its words are messages."""

    name: str
    """Of what makes it (``exports/downloads.py``)."""
    title: str
    use: str
    """What it is for."""
    lacks: str
    """What it leaves out, and why; what all forms leave out is said once."""
    files: tuple[str, ...]
    """Addresses of the files that are listed, below the site."""
    folder: str = ""
    """Where all files of it lie that is made on demand, with a slash at the end; empty for those that are listed."""
    is_on_demand: bool = False
    """Made by ``musnad release`` alone, not with each build."""
    is_packed: bool = False
    """The built site itself: made where ``musnad release`` is asked for it."""

    def holds(self, address: str) -> bool:
        """Whether a file is one of this form."""
        return address in self.files or bool(self.folder and address.startswith(self.folder))


DOWNLOADS: tuple[Download, ...] = (
    Download(
        "json",
        N_("Everything (JSON)"),
        N_(
            "For programs: every record as it was written, and what follows from it, told apart. All in one file, and "
            "each record in a file of its own with lists of versions and a description (OpenAPI)."
        ),
        N_("Of a claim only the sentence with its opening words, so that none stands without its voice."),
        ("record.json", "api/v1/index.json", "api/v1/openapi.json"),
    ),
    Download(
        "tables",
        N_("Tables (CSV)"),
        N_(
            "For spreadsheets and statistics: sources, entities, names, claims, parties, amounts, ties and voices, "
            "with a code book in both languages and a description for programs (Data Package)."
        ),
        N_(
            "Not in them: readings that a wording allows, reasons of inferences, parts of counts, what sources leave "
            "open, notes of histories. A cell of text that begins with an apostrophe is meant without it: so no "
            "program takes it for a formula."
        ),
        (
            *(f"data/tables/{name}.csv" for name in (*(table.name for table in TABLES), "codebook")),
            "data/tables/datapackage.json",
        ),
    ),
    Download(
        "geojson",
        N_("Places (GeoJSON)"),
        N_("For maps: places as exactly as they are known, and what is claimed at them."),
        N_(
            "Claims without a place and amounts are not in it; what is vaguer than a town has no point. Where a claim "
            "could endanger someone, only the region is told, here as everywhere."
        ),
        ("data/places.geojson",),
    ),
    Download(
        "database",
        N_("A database (SQLite)"),
        N_(
            "For questions over everything, on one’s own machine: the same tables in one file, searched in both "
            "languages however words are spelled. Datasette shows it in a browser: datasette record.db --metadata "
            "metadata.json."
        ),
        N_("It leaves out what the tables leave out."),
        ("data/record.db", "data/metadata.json"),
        is_on_demand=True,
    ),
    Download(
        "parquet",
        N_("Tables for many records (Parquet)"),
        N_("For DuckDB, pandas and R: the same tables with their types, also read from afar a column at a time."),
        N_("It leaves out what the tables leave out."),
        tuple(f"data/parquet/{table.name}.parquet" for table in TABLES),
        is_on_demand=True,
    ),
    Download(
        "trig",
        N_("Linked data (TriG)"),
        N_(
            "For archives and linked data: each claim as a nanopublication, with the chain of its voices as its "
            "provenance; and the shapes that all of it has (SHACL)."
        ),
        N_(
            "No claim stands as a fact of its own: it is told who says so of whom. Unit prices, changes, computed ties "
            "and digests of the sentences of sources are not in it."
        ),
        ("data/record.trig", "data/shapes.ttl"),
        is_on_demand=True,
    ),
    Download(
        "ftm",
        N_("Entities and statements (FollowTheMoney)"),
        N_("For the tools of investigators (Aleph, yente, Gephi, Neo4j): parties, sources and what ties them."),
        N_(
            "This form has no place for chains, hedges and denials: only what is plainly affirmed ties two parties, "
            "the sentence with its voice beside it, and nobody living without two reviews. What is lost is counted in "
            "a file of its own."
        ),
        tuple(f"data/ftm/{name}" for name in ("entities.ftm.json", "statements.csv", "index.json", "lost.csv")),
        is_on_demand=True,
    ),
    Download(
        "offline",
        N_("The whole site, to be read without a line"),
        N_(
            "For a phone, a stick or a computer without a network: every page in both languages with search and views. "
            "The ZIP is unpacked and its index.html opened; the ZIM is for Kiwix."
        ),
        N_("It is as the site was on that day: corrections made since are not in it."),
        ("offline/record.zip", "offline/record.zim"),
        is_on_demand=True,
        is_packed=True,
    ),
)
"""In the order of the page."""


class FileFacts(NamedTuple):
    """What a page says of a file."""

    size: int
    """In bytes."""
    digest: str
    """SHA-256, in hexadecimal digits."""
    is_other: bool = False
    """Made from another ``record.json`` than that of the site."""


_MEDIA_TYPES = {
    "csv": "text/csv",
    "cff": "application/yaml",
    "db": "application/vnd.sqlite3",
    "geojson": "application/geo+json",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
    "trig": "application/trig",
    "ttl": "text/turtle",
    "zip": "application/zip",
}


def find_media_type(address: str) -> str:
    """Return the media type of a file that is given away."""
    return _MEDIA_TYPES.get(address.rpartition(".")[2], "application/octet-stream")


def list_built() -> list[str]:
    """Return the addresses of all listed files that every build makes."""
    return [file for download in DOWNLOADS if not download.is_on_demand for file in download.files]


def list_offered(released: Iterable[str]) -> Iterator[Download]:
    """Yield what a site offers: what every build makes, and of the rest what there are files of."""
    found = frozenset(released)
    for download in DOWNLOADS:
        if not download.is_on_demand or not found.isdisjoint(download.files):
            yield download


def fill_facts(text: str, words: Words, files: Mapping[str, FileFacts], day: str) -> str:
    """Fill in sizes and digests, by the addresses of the files, and the newest day in the record.

    What was filled in before is written over.
    """

    def fill(hole: re.Match[str]) -> str:
        if hole["what"] == "state":
            told = words.fill(N_("As the record stood on {date}."), date=words.date(day)) if day else ""
            return hole["tag"] + isolate(told, words.lang)
        facts = files.get(hole["file"])
        return hole["tag"] + (_tell(hole["what"], words, facts) if facts else "")

    return _HOLE.sub(fill, text)


def _tell(what: str, words: Words, facts: FileFacts) -> str:
    if what == "size":
        return isolate(tell_size(words, facts.size), words.lang)
    if what == "digest":
        return facts.digest
    return (
        words.gettext(N_("Made from another state of the record than these pages, or for another address."))
        if facts.is_other
        else ""
    )


def tell_size(words: Words, size: int) -> str:
    """Tell a number of bytes in the largest unit of which there is one, to a tenth."""
    power = next(power for power in (3, 2, 1, 0) if size >= 1000**power or not power)
    amount = Decimal(size) / 1000**power
    shown = round(amount, 1) if power and amount < 100 else round(amount)
    return words.fill(_UNITS[power], n=words.number(Decimal(shown)))
