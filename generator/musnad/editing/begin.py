"""Write a first mapping file for a table: what its columns look like is guessed, what nobody can guess is …."""

from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from musnad.editing.create import propose_id
from musnad.editing.importing import iter_guesses
from musnad.editing.style import write_scalar
from musnad.editing.table import Table
from musnad.records.model import Catalogue
from musnad.records.problems import N_
from musnad.wording.words import Words


def begin_mapping(table: Table, catalogue: Catalogue, words: Words) -> str:
    """Return the text of a mapping file, with comments in a language."""
    guesses = [*iter_guesses(table, catalogue)]
    # A column that counts the rows is what they are called.
    cells = [row.cells[table.headers[0]] for row in table.rows]
    is_key = (
        len({*cells, ""}) == len(cells) + 1 and (all(map(str.isalnum, cells)) or bool(table.key)) and len(guesses) > 1
    )
    guesses = guesses[is_key:]
    name = PurePosixPath(table.file)

    def first(*kinds: str) -> str:
        return next((f"'{{{header}}}'" for header, kind, _ in guesses if kind in kinds), "…")

    def comment(message: str) -> str:
        return f"# {words.gettext(message)}"

    columns = [f"  {write_scalar(header)}: {{is: {kind}}}  # {cell}" for header, kind, cell in guesses]
    lines = [
        comment(N_("Put what you know in the place of …, and delete what the table does not say.")),
        comment(N_("A column in curly brackets stands for what a row has there.")),
        comment(N_("In square brackets stands what is left out of a text where a cell is empty.")),
        "",
        comment(N_("The table as a source; other fields as in entries/sources.")),
        "source:",
        f"  id: {propose_id(name.stem) or '…'}",
        "  outlet: …",
        "  address: https://…",
        "  language: …",
        "  title: {ar: …, en: …, origin: published}",
        "  rights: {ar: …, en: …}",
        "",
        comment(N_("What a row is called, by a column with a key; without this line, its number in the sheet.")),
        f"{'' if is_key else '# '}row: '{{{table.headers[0]}}}'",
        "",
        comment(N_("What cells are: text, entity (by any of its names), number (about 250 is read), or a date.")),
        comment(N_("In values stands what a cell means: a term, an id, or words in both languages.")),
        "columns:",
        *columns,
        "",
    ]
    if table.key:
        lines += _begin_schemata(table, catalogue, comment)
        return "\n".join(lines) + "\n"
    lines += [
        comment(N_("One record for each row; other fields as in entries/claims. Several are possible.")),
        "claims:",
        "  - title: {ar: …, en: …}",
        f"    statement: {{ar: '… {{{guesses[0][0]}}}.', en: '… {{{guesses[0][0]}}}.'}}",
        f"    subject: {first('entity')}",
        "    predicate: …",
        "    modality: …",
    ]
    if (amount := first("number")) != "…":
        lines += ["    quantities:", f"      - {{measures: …, value: {amount}, unit: …}}"]
    if (date := first("year-month-day", "day-month-year", "month-day-year", "…")) != "…":
        lines += [f"    time: {{edtf: {date}, basis: stated}}"]
    return "\n".join(lines) + "\n"


def _begin_schemata(table: Table, catalogue: Catalogue, comment: Callable[[str], str]) -> Iterator[str]:
    """Yield a record for each schema of FollowTheMoney: an entity where rows have names, otherwise a claim."""
    samples = {row.cells["schema"]: row for row in table.rows}
    things = [schema for schema, row in samples.items() if row.cells.get("name")]
    yield comment(N_("An entity for each row of a schema; delete what is recorded already."))
    yield "entities:" if things else "entities: []"
    for schema in things:
        yield from (f"  - when: '{{{schema}}}'", "    id: '{name}'", f"    kind: {_find_kind(schema, catalogue)}")
        yield "    names: [{text: '{name}', lang: …, role: primary}, {text: …, lang: …, role: primary}]"
        yield "    description: {ar: …, en: …}"
    yield ""
    yield comment(N_("A claim for each row of a schema; other fields as in entries/claims."))
    ties = [schema for schema in samples if schema not in things]
    yield "claims:" if ties else "claims: []"
    for schema in ties:
        ends = [header for header, cell in samples[schema].cells.items() if cell and header.endswith(" name")]
        subject, object_ = ([f"'{{{end}}}'" for end in ends] + ["…", "…"])[:2]
        yield from (f"  - when: '{{{schema}}}'", "    title: {ar: …, en: …}", "    statement: {ar: …, en: …}")
        yield from (f"    subject: {subject}", "    predicate: …", f"    object: {object_}", "    modality: …")


def _find_kind(schema: str, catalogue: Catalogue) -> str:
    """Return the one kind of such entities, or … where there are several or none."""
    kinds = catalogue.vocabulary.kinds.items()
    found = [id_ for id_, kind in kinds if (schema == "Person" if kind.trait == "person" else kind.ftm == schema)]
    return found[0] if len(found) == 1 else "…"
