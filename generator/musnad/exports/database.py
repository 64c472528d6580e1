"""The tables as one SQLite file that can be searched in both languages, and what Datasette tells of it.

What is searched is folded when the file is made; what is asked is folded by the file itself, by its table ``folds``,
so that a canned question needs nothing but SQL. Source: https://sqlite.org/fts5.html and
https://docs.datasette.io/en/stable/metadata.html.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from musnad.exports.tables import CODEBOOK, Cell, iter_tables, list_about, list_codebook
from musnad.pages.elements.columns import TABLES, Column, Table, tell_column
from musnad.pages.elements.voices import tell_claim
from musnad.pages.site import Site
from musnad.records.model import Claim
from musnad.records.problems import N_
from musnad.text.fold import bare_forms, fold_words, list_folds
from musnad.text.languages import LANGS, Lang

DATABASE = "data/record.db"
METADATA = "data/metadata.json"
_AFFINITIES = {"string": "TEXT", "number": "NUMERIC", "integer": "INTEGER", "boolean": "INTEGER"}
# What stands between words, and what would end a string of JSON.
_ENDS = [*(chr(code) for code in range(1, 127) if not chr(code).isalnum() and code != 32), *"،؛؟٪٫٬«»“”„…–—·"]
_ASKED = """\
with recursive
 folding(n, t) as (
  select 0, :q union all
  select folding.n + 1, replace(t, sign, letter) from folding join folds on folds.n = folding.n + 1
 ),
 words(word) as (
  select value
  from json_each('["' || replace((select t from folding order by n desc limit 1), ' ', '","') || '"]')
  where value <> ''
 ),
 asked(words) as (
  select coalesce(group_concat(
   '("' || word || '"*' || case when word like 'ال__%' then ' OR "' || substr(word, 3) || '"*' else '' end || ')',
   ' AND '
  ), '""') from words
 )
"""
"""Folds what is asked, word by word, and asks for each with or without the article, also as a beginning."""
_QUESTIONS: tuple[tuple[str, str, str], ...] = (
    (
        "claims",
        N_("Which claims have these words? In either language, however they are spelled."),
        _ASKED
        + """\
select claims.attributed_statement_{lang}, claims.standing, claims.page_{lang}
from search join claims on claims.id = search.id
where search.kind = 'claims' and search match (select words from asked)
order by rank, claims.id limit 200""",
    ),
    (
        "entities",
        N_("Who or what is called so? In either language, however it is spelled."),
        _ASKED
        + """\
select entities.id, entities.name_{lang}, entities.description_{lang}, entities.page_{lang}
from search join entities on entities.id = search.id
where search.kind = 'entities' and search match (select words from asked)
order by rank, entities.id limit 200""",
    ),
    (
        "prices",
        N_("What does it cost? By the words for the goods."),
        _ASKED
        + """\
select quantities.opening_{lang}, entities.name_{lang}, quantities.comparator, quantities.value,
 quantities.from_value, quantities.to_value, quantities.unit, quantities.per_value, quantities.per_unit,
 quantities.unit_price, claims.page_{lang}
from search join claims on claims.id = search.id
 join quantities on quantities.claim = claims.id join entities on entities.id = claims.subject
where search.kind = 'claims' and search match (select words from asked) and quantities.measures = 'price'
order by claims.id, quantities.n limit 200""",
    ),
    (
        "unnamed",
        N_("Which claims rest on a voice without a name?"),
        """\
select attributed_statement_{lang}, page_{lang} from claims
where id in (select claim from voices where identity is not null) order by id limit 500""",
    ),
    (
        "tensions",
        N_("Which accounts do not fit together?"),
        """\
select a.attributed_statement_{lang}, links.type, b.attributed_statement_{lang}
from links join claims a on a.id = links.claim join claims b on b.id = links.other
where links.type in ('contradicts', 'in-tension-with', 'denies') order by a.id, b.id""",
    ),
)
"""Name, what is asked, and how, for one language."""


def export_database(site: Site) -> Iterator[tuple[str, str | bytes]]:
    """Yield the SQLite file, and what Datasette is told with ``--metadata``.

    The bytes are the same each time under one version of SQLite, whose number stands at offset 96.
    """
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("pragma page_size = 4096")
    connection.execute("begin")
    for table, rows in iter_tables(site):
        connection.execute(_define(table))
        _fill(connection, table.name, len(table.columns), (map(_store, row) for row in rows))
    _make(connection, "codebook", CODEBOOK, list_codebook(site))
    _make(connection, "about", ("name", "value"), list_about(site))
    signs = [*((sign, " ") for sign in _ENDS), *list_folds()]
    _make(connection, "folds", ("n", "sign", "letter"), ((n, *fold) for n, fold in enumerate(signs, 1)))
    connection.execute("create index folds_n on folds(n)")
    connection.execute(
        "create virtual table search using fts5(kind unindexed, id unindexed, words, "
        "tokenize = 'unicode61 remove_diacritics 2')"
    )
    _fill(connection, "search", 3, _list_documents(site))
    connection.execute("insert into search(search) values ('optimize')")
    connection.execute("commit")
    yield DATABASE, connection.serialize()
    connection.close()
    yield METADATA, json.dumps(_describe(site), ensure_ascii=False, indent=1) + "\n"


def _define(table: Table) -> str:
    columns = [f'"{c.name}" {_AFFINITIES[c.kind]}{" not null" if c.is_always else ""}' for c in table.columns]
    keys = [
        f'foreign key ("{c.name}") references "{c.refers}"("id")' for c in table.columns if c.refers and not c.is_many
    ]
    key = ", ".join(f'"{name}"' for name in table.key)
    return f'create table "{table.name}" ({", ".join([*columns, f"primary key ({key})", *keys])}) without rowid'


def _make(connection: sqlite3.Connection, name: str, columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> None:
    columns = [f'"{column}"' for column in columns]
    connection.execute(f'create table "{name}" ({", ".join(columns)})')
    _fill(connection, name, len(columns), rows)


def _fill(connection: sqlite3.Connection, name: str, width: int, rows: Iterable[Iterable[Any]]) -> None:
    connection.executemany(f'insert into "{name}" values ({", ".join("?" * width)})', map(tuple, rows))


def _store(value: Cell) -> str | int | None:
    if isinstance(value, tuple):
        return "\n".join(value) or None
    return int(value) if isinstance(value, bool) else value


def _list_documents(site: Site) -> Iterator[tuple[str, str, str]]:
    """Yield kind, id and folded words of all that can be found: names and descriptions, statements with voices."""
    for entity in site.shown.entities.values():
        texts = [*(name.text for name in entity.names), *(entity.description[lang] for lang in LANGS)]
        yield "entities", entity.id, _fold_all(texts)
    for claim in site.shown.claims.values():
        yield "claims", claim.id, _fold_all(_list_texts(site, claim))


def _list_texts(site: Site, claim: Claim) -> Iterator[str]:
    yield from (claim.title[lang] for lang in LANGS)
    if claim.status != "retracted":
        yield from (text for composer in site.composers.values() for text in tell_claim(composer, claim))
        for id_ in filter(None, (claim.subject, claim.object)):
            yield from (name.text for name in site.shown.entities[id_].names)


def _fold_all(texts: Iterable[str]) -> str:
    """Return the folded words, and after them what they are without article and particles."""
    words = [word for text in texts for word in fold_words(text)]
    bare = {form for word in words for form in bare_forms(word)} - {*words}
    return " ".join([*words, *sorted(bare)])


def _describe(site: Site) -> dict[str, Any]:
    """Return titles, licence, words for tables and columns, and the canned questions in both languages."""
    about, words = dict(list_about(site)), site.words
    return {
        "title": " · ".join(about[f"name_{lang}"] for lang in ("en", "ar") if f"name_{lang}" in about),
        "description": " · ".join(about[f"rights_{lang}"] for lang in ("en", "ar") if f"rights_{lang}" in about),
        **({"license": "Licence · الرخصة", "license_url": about["licence"]} if "licence" in about else {}),
        "source": f"{about['address']} ({about['state']})",
        "source_url": about["address"],
        "databases": {
            "record": {
                "tables": {
                    **{table.name: _describe_table(site, table) for table in TABLES},
                    **{name: {"hidden": True} for name in ("folds", "search")},
                },
                "queries": {
                    f"{name}_{lang}": {"title": words[lang].gettext(question), "sql": sql.replace("{lang}", lang)}
                    for name, question, sql in _QUESTIONS
                    for lang in LANGS
                },
            }
        },
    }


def _describe_table(site: Site, table: Table) -> dict[str, Any]:
    langs: tuple[Lang, ...] = ("en", "ar")

    def tell(column: Column) -> str:
        return " · ".join(tell_column(column, site.words[lang])[0] for lang in langs)

    return {
        "description": " · ".join(site.words[lang].gettext(table.label) for lang in langs),
        "columns": {column.name: tell(column) for column in table.columns},
    }
