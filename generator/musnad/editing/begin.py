"""Write a first mapping file for a table: what its columns look like is guessed, what nobody can guess is …."""

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
    is_key = len({*cells, ""}) == len(cells) + 1 and all(map(str.isalnum, cells)) and len(guesses) > 1
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
