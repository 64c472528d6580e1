"""Begin a publication: all its files from a few answers, one invented source among them, and taking that away again.

What is written lies as templates in ``starter/``. Nothing is written, or nothing taken away, unless all of it can be.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import NamedTuple

from babel import Locale
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from musnad.editing.article import Article
from musnad.editing.host import HOSTS, Host, Setting, make_host_files
from musnad.editing.style import format_text, model_of
from musnad.records.load import load_entries
from musnad.records.model import FOLDERS, Catalogue
from musnad.records.problems import N_, Problem
from musnad.records.schemas import iter_schemas
from musnad.rules.check import check_entries
from musnad.rules.references import iter_references
from musnad.text.bidi import script_of
from musnad.text.digest import digest_passage
from musnad.text.languages import Lang
from musnad.text.markdown import escape_markdown

TEMPLATES = Path(__file__).parent.parent / "starter"
ARTICLE = "articles/invented-article.txt"
MARK = "# Invented, as an example: musnad init --remove-example takes it away."
"""The line by which a file of the example is known; one that has it no more is an editor's own."""
_HIDDEN = ("gitattributes", "gitignore", "vscode/")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]+")
_ADDRESS = re.compile(r"https?://[^\s<>\"/]+\S*")


@dataclass(frozen=True)
class Answers:
    """What only an editor knows of a new publication; texts by language."""

    name: Mapping[Lang, str]
    subject: Mapping[Lang, str]
    """Follows "Who says what about …"; empty in both languages for none."""
    site_url: str
    """With a slash at the end."""
    repo_url: str
    """Empty for none."""
    host: Host
    """Whose workflows and forms are written."""
    region: str
    """ISO 3166-1, two letters; empty for none."""
    lang: Lang
    """In which mistakes are told."""
    today: str


class Fault(NamedTuple):
    """Why an answer can't be taken: a message for editors with what to fill in."""

    message: str
    values: Mapping[str, str] = {}


def clean_answer(text: str) -> str:
    """Return an answer on one line, without what can't be seen."""
    # In a terminal without UTF-8 the words come as bytes in disguise.
    text = text.encode(errors="surrogateescape").decode(errors="replace")
    return " ".join(_UNSEEN.sub(" ", text).split())


def find_fault_of_text(text: str, lang: Lang) -> Fault | None:
    """Return what is wrong with a name or a subject, which must have words of its language."""
    if script_of(text) != lang:
        arabic = N_("in the Arabic text there are no Arabic words: {text}")
        english = N_("in the English text there are no words in Latin letters: {text}")
        return Fault(arabic if lang == "ar" else english, {"text": text})
    return None


def find_fault_of_address(text: str) -> Fault | None:
    """Return what is wrong with an address."""
    return None if _ADDRESS.fullmatch(text) else Fault(N_("{value} is not a web address (https://…)"), {"value": text})


def find_fault_of_region(text: str) -> Fault | None:
    """Return what is wrong with a region."""
    if re.fullmatch("[A-Z]{2}", text.upper()) and text.upper() in Locale("en").territories:
        return None
    return Fault(N_("{value} is no code of a country or territory: two letters, such as MA or SD"), {"value": text})


def find_fault_of_host(text: str) -> Fault | None:
    """Return what is wrong with the name of a host."""
    values = {"value": text, "choices": ", ".join(HOSTS)}
    return None if text in HOSTS else Fault(N_("{value} is none of {choices}"), values)


def make_publication(answers: Answers) -> dict[str, str]:
    """Return the text of every file of a new publication by its path."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )
    # A JSON string is a YAML string in double quotes.
    environment.filters["yaml"] = lambda text: json.dumps(text, ensure_ascii=False)
    environment.filters["md"] = escape_markdown
    article = Article(environment.get_template(f"{ARTICLE}.j2").render())
    values = {**vars(answers), "mark": MARK, "paragraphs": _digest_article(article)}
    files = {}
    for template in sorted(environment.list_templates(extensions=["j2"])):
        name = template.removesuffix(".j2")
        text = environment.get_template(template).render(values)
        place = name.removeprefix("entries/")
        text = format_text(text, place) if place != name and model_of(place) else text
        # Hidden files would be passed over among the data of the package.
        files[f".{name}" if name.startswith(_HIDDEN) else name] = text
    files |= make_host_files(Setting(frozenset({answers.host}), answers.site_url, answers.lang))
    return {**files, **{f"entries/schemas/{name}": text for name, text in iter_schemas()}}


def _digest_article(article: Article) -> list[dict[str, object]]:
    return [
        {
            "digest": digest_passage(paragraph),
            "sentences": [digest_passage(text) for place, text in article.sentences.items() if place[0] == number],
            "is_first": number == 1,
        }
        for number, paragraph in enumerate(article.paragraphs, 1)
    ]


class TakenError(Exception):
    """Files stand where others would be written."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(names)
        super().__init__(", ".join(self.names))


def write_publication(files: Mapping[str, str | bytes], folder: Path) -> tuple[Problem, ...]:
    """Write the files, all or none; return the problems that kept them from being written.

    Raises TakenError when there is anything in their places, and OSError.
    """
    taken = [name for name in files if _is_taken(folder, name)]
    if taken:
        raise TakenError(taken)
    with _all_or_nothing(folder) as (stage, made):
        for name, text in files.items():
            path = stage / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        checked = check_entries(stage / "entries")
        if not checked.problems:
            for name in files:
                _make_folders((folder / name).parent, made)
                (stage / name).rename(folder / name)
                made.append(folder / name)
        return checked.problems


def _is_taken(folder: Path, name: str) -> bool:
    """Whether something stands in the place of a file, or a file where a folder must be."""
    parts = Path(name).parts
    above = (folder.joinpath(*parts[:count]) for count in range(len(parts)))
    path = folder / name
    return path.exists() or path.is_symlink() or any(part.exists() and not part.is_dir() for part in above)


def _make_folders(folder: Path, made: list[Path]) -> None:
    missing = [part for part in (folder, *folder.parents) if not part.exists()]
    for part in reversed(missing):
        part.mkdir()
        made.append(part)


@contextmanager
def _all_or_nothing(folder: Path) -> Iterator[tuple[Path, list[Path]]]:
    """Give a folder beside the files, and a list for what is made; that is taken away again if anything goes wrong."""
    made: list[Path] = []
    _make_folders(folder, made)
    stage = Path(mkdtemp(prefix=".musnad-init-", dir=folder))
    is_done = False
    try:
        yield stage, made
        is_done = any(path.is_file() for path in made)
    finally:
        rmtree(stage, ignore_errors=True)
        if not is_done:
            for path in reversed(made):
                path.rmdir() if path.is_dir() else path.unlink()


class Example(NamedTuple):
    """What of a folder of records is the example."""

    files: tuple[str, ...]
    """Below the publication's folder."""
    kept: tuple[str, ...]
    """Addresses of entities that other records name, so that they stay."""
    named: tuple[tuple[str, str], ...]
    """Records that name a source or a claim of the example, each with what it names: while there is one, all stays."""


def find_example(folder: Path) -> Example:
    """Find the records that are marked as the example, and what hangs on them."""
    marked = {
        path.relative_to(folder).as_posix(): _find_ref(path.relative_to(folder / "entries"))
        for path in sorted((folder / "entries").rglob("*.yaml"))
        if path.is_file() and MARK in path.read_text(encoding="utf-8", errors="replace").splitlines()
    }
    names = [*_iter_names(load_entries(folder / "entries").catalogue)]
    wanted, kept = set(marked.values()), set[str]()
    while True:
        # What an entity names that stays must stay with it.
        named = [(ref, target) for ref, target in names if target in wanted and (ref not in wanted or ref in kept)]
        entities = {target for _, target in named if target.startswith("entities/")}
        if entities == kept:
            break
        kept = entities
    article = [ARTICLE] if marked and (folder / ARTICLE).is_file() else []
    return Example(
        (*(name for name, ref in marked.items() if ref not in kept), *article),
        tuple(sorted(kept)),
        tuple(sorted(pair for pair in named if pair[1] not in kept)),
    )


def _find_ref(path: Path) -> str:
    """Return the address of the record in a file below the entries."""
    parts = path.with_suffix("").parts
    return f"entities/{parts[-1]}" if parts[0] == "entities" else "/".join(parts)


def _iter_names(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Yield every record, or the words of the site, with each record that it names."""
    for folder in FOLDERS:
        for record in getattr(catalogue, folder).values():
            yield from ((record.ref, f"{found.folder}/{found.id}") for found in iter_references(record))
            if folder == "claims":
                yield record.ref, f"sources/{record.source_id}"
    if catalogue.site:
        if catalogue.site.featured:
            yield "site", f"claims/{catalogue.site.featured}"
        yield from (("site", f"entities/{id_}") for id_ in catalogue.site.examples or ())


def remove_files(folder: Path, names: Iterable[str]) -> None:
    """Take files away, all or none, and the folders that are empty then. Raises OSError."""
    stage = Path(mkdtemp(prefix=".musnad-init-", dir=folder))
    moved: list[str] = []
    try:
        for number, name in enumerate(names):
            (folder / name).rename(stage / str(number))
            moved.append(name)
    except OSError:
        for number, name in enumerate(moved):
            (stage / str(number)).rename(folder / name)
        stage.rmdir()
        raise
    rmtree(stage)
    for name in moved:
        for part in (folder / name).parents:
            if part in (folder, folder / "entries") or (part.exists() and any(part.iterdir())):
                break
            if part.exists():
                part.rmdir()
