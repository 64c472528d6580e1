"""Commands that begin records, and that mend them."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from musnad.cli.asking import Asker, list_choices
from musnad.cli.changing import change, complete_id, dry_run_option, find_date
from musnad.cli.options import entries_option, lang_option
from musnad.derive.people import is_living
from musnad.editing.article import Article
from musnad.editing.change import Draft
from musnad.editing.create import (
    create,
    find_likely,
    find_same_claims,
    locate,
    propose_id,
    propose_neutral_id,
    tell_opening,
)
from musnad.editing.journal import RefusedError
from musnad.editing.mend import mend
from musnad.records.fieldwords import find_words
from musnad.records.model import Catalogue, Name, Source
from musnad.records.problems import N_
from musnad.records.shapes import OPEN
from musnad.rules.near import Named, list_labels, name_records
from musnad.rules.sources import PLACES
from musnad.text.languages import LANGS, Lang
from musnad.wording.words import load_words

Command = Callable[..., None]
_LIVING = ("yes", "no", "unknown")
_IDENTITIES = ("withheld", "not-stated", "pseudonym")
article_option = click.option(
    "--article",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="A local copy, one paragraph a line: for the digests. It is kept nowhere.",
)


def field_options(model: str, *fields: str) -> Callable[[Command], Command]:
    """Return a decorator that gives a command an option for each field; ``title_ar`` is the title in Arabic."""

    def add(command: Command) -> Command:
        for field in reversed(fields):
            words = find_words(model, field.removesuffix("_ar").removesuffix("_en"))
            told = " · ".join(words.label[lang] for lang in reversed(LANGS))
            command = click.option(f"--{field.replace('_', '-')}", help=told)(command)
        return command

    return add


def new_options(command: Command) -> Command:
    """Give a command what all have that begin a record."""
    for option in (
        lang_option,
        dry_run_option,
        entries_option,
        click.option("--yes", is_flag=True, help="Ask nothing: what is not given stays open."),
        click.option("--id", "id_", help="Default: made from the English name or title."),
    ):
        command = option(command)
    return command


@click.group()
def new() -> None:
    """Begin a record: a draft, checked. What is left open is marked, and musnad check tells of it."""


@new.command()
@field_options("Entity", "kind")
@field_options("Claim", "name_ar", "name_en")
@field_options("Entity", "description_ar", "description_en", "living")
@field_options("Location", "precision")
@new_options
def entity(id_: str | None, entries: Path, yes: bool, dry_run: bool, lang: Lang, **given: str | None) -> None:
    """Begin an entity; what no option gives is asked for."""
    ask = Asker(load_words(lang), given, yes)

    def work(draft: Draft) -> None:
        catalogue = draft.loaded.catalogue
        kinds = _name_terms(catalogue.vocabulary.kinds)
        kind = ask.ask("Entity", "kind", kinds, default="")
        if kind not in kinds:
            raise RefusedError(N_("say of which kind it is: {options}"), options=", ".join(kinds))
        called = {each: ask.ask("Name", "text", name=f"name_{each}") for each in LANGS}
        data: dict[str, Any] = {
            "names": [{"text": text, "lang": each, "role": "primary"} for each, text in called.items()],
            "description": ask.ask_texts("Entity", "description"),
        }
        trait = catalogue.vocabulary.kinds[kind].trait
        if trait == "place":
            precisions = _name_terms(catalogue.vocabulary.precisions)
            data["location"] = {"precision": ask.ask("Location", "precision", precisions)}
        if trait == "person":
            data["living"] = ask.ask("Entity", "living", list_choices(_LIVING))
        names = [Name(text=text, lang=each, role="primary") for each, text in called.items() if text != OPEN]
        likely = [(known.id, name) for known, name in find_likely(catalogue, names)]
        # Whoever is not known to be dead is protected.
        neutral = propose_neutral_id(kind, called["en"]) if data.get("living", "no") != "no" else ""
        own = settle(ask, id_ or (neutral if ask.is_silent else None), neutral or called["en"], likely)
        create(draft, f"entities/{kind}/{own}.yaml", own, data, find_date())

    change(work, entries, "new entity", lang, dry_run=dry_run, is_own=True)


@new.command()
@click.argument("of", metavar="SOURCE", shell_complete=complete_id)
@field_options("Claim", "title_ar", "title_en", "statement_ar", "statement_en", "subject", "predicate", "object")
@field_options("Claim", "literal_ar", "literal_en", "modality")
@field_options("Locator", "paragraph", "sentence", "page", "time", "row")
@click.option(
    "--voice", "voices", multiple=True, metavar="KIND[=ENTITY]", help="After the outlet, from the outside in."
)
@article_option
@new_options
def claim(
    *,
    of: str,
    id_: str | None,
    entries: Path,
    article: Path | None,
    voices: tuple[str, ...],
    yes: bool,
    dry_run: bool,
    lang: Lang,
    **given: str | None,
) -> None:
    """Begin a claim of SOURCE; what no option gives is asked for, the chain voice by voice."""
    ask = Asker(load_words(lang), given, yes)

    def work(draft: Draft) -> None:
        catalogue = draft.loaded.catalogue
        told_by = catalogue.sources[ask.choose(of, name_records(catalogue, "sources"), "Claim", "source")]
        locator = _ask_place(ask, told_by, _read_article(article) if article else None)
        data: dict[str, Any] = {name: ask.ask_texts("Claim", name) for name in ("title", "statement")}
        data["subject"] = ask.ask("Claim", "subject", name_records(catalogue, "entities"))
        data["predicate"] = ask.ask("Claim", "predicate", _name_terms(catalogue.vocabulary.predicates))
        data |= _ask_object(ask, catalogue, data["predicate"])
        data["modality"] = ask.ask("Claim", "modality", _name_terms(catalogue.vocabulary.modalities))
        data["attribution"] = _ask_chain(ask, catalogue, told_by, voices)
        data["locators"] = [locator]
        data |= _mark_people(catalogue, data)
        same = [(known.id, known.title[lang]) for known in find_same_claims(catalogue, data)]
        own = f"{told_by.id}/{settle(ask, id_, data['title']['en'], same)}"
        create(draft, f"claims/{own}.yaml", own, data, find_date())

    change(work, entries, f"new claim {of}", lang, dry_run=dry_run, is_own=True)


def _ask_place(ask: Asker, source: Source, article: Article | None) -> dict[str, Any]:
    """Return a locator: the sentence where the source has paragraphs, else what its kind has."""
    form = "paragraph" if source.paragraphs or article else PLACES[source.kind][0]
    if form != "paragraph":
        return {"source": source.id, form: ask.ask("Locator", form)}
    if article and not ask.is_silent:
        for (p, s), text in article.sentences.items():
            click.echo(f"{p}.{s}  {text}", err=True)
    return locate(source, article, *(ask.ask("Locator", name) for name in ("paragraph", "sentence")))


def _ask_object(ask: Asker, catalogue: Catalogue, predicate: str) -> dict[str, Any]:
    term = catalogue.vocabulary.predicates.get(predicate)
    takes = term.takes if term else "nothing"
    if takes == "entity" or (takes == "either" and not ask.given.get("literal_en")):
        found = ask.ask(
            "Claim", "object", name_records(catalogue, "entities"), default="" if takes == "either" else OPEN
        )
        if found:
            return {"object": found}
    return {"literal": ask.ask_texts("Claim", "literal")} if takes in ("literal", "either") else {}


def _ask_chain(ask: Asker, catalogue: Catalogue, source: Source, given: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return the voices, after the outlet: those given, or one after the other until none is named."""
    chain: list[dict[str, Any]] = [{"voice": "outlet", "entity": source.outlet}]
    kinds = _name_terms(catalogue.vocabulary.voices)
    for told in given:
        kind, _, who = told.partition("=")
        chain.append(_ask_voice(ask, catalogue, ask.choose(kind, kinds, "Voice", "voice"), who))
    while not ask.is_silent and not given:
        for lang in LANGS:
            if opening := tell_opening(catalogue, chain, load_words(lang)):
                click.echo(f"  {opening} …", err=True)
        click.echo(ask.words.gettext(N_("On whose word does it say so? Nothing ends the chain.")), err=True)
        if not (kind := ask.ask("Voice", "voice", kinds, default="")):
            break
        chain.append(_ask_voice(ask, catalogue, kind, ""))
    return chain


def _ask_voice(ask: Asker, catalogue: Catalogue, kind: str, who: str) -> dict[str, Any]:
    term, entities = catalogue.vocabulary.voices[kind], name_records(catalogue, "entities")
    voice: dict[str, Any] = {"voice": kind}
    if term.named:
        voice["entity"] = ask.choose(who, entities, "Voice", "entity") if who else ask.ask("Voice", "entity", entities)
        return voice
    if who:
        raise RefusedError(N_("{voice} is an unnamed voice: describe it, an entity can't speak for it"), voice=kind)
    if not term.thing:
        voice["number"] = ask.ask("Voice", "number", list_choices(("one", "several", "unknown")))
        voice["identity"] = ask.ask("Voice", "identity", list_choices(_IDENTITIES))
    if voice.get("identity") == "pseudonym":
        voice["called"] = ask.ask_texts("Voice", "called")
    if any("{described}" in text[lang] for text in (term.phrase, term.short) for lang in LANGS):
        voice["described"] = ask.ask_texts("Voice", "described")
    return voice


def _mark_people(catalogue: Catalogue, data: dict[str, Any]) -> dict[str, Any]:
    """Return the mark of claims that name somebody who is or may be alive."""
    ids = [data["subject"], data.get("object"), *(voice.get("entity") for voice in data["attribution"])]
    people = (catalogue.entities.get(id_ or "") for id_ in ids)
    return {"sensitivity": ["living-person"]} if any(one and is_living(one) for one in people) else {}


def settle(ask: Asker, id_: str | None, called: str, likely: Iterable[tuple[str, str]]) -> str:
    """Return the id, and make sure that what may be there already is begun on purpose."""
    found = [*likely]
    for known, name in found:
        message = N_("this may be {id} ({name}), which has a record")
        click.echo(ask.words.fill(message, id=known, name=name), err=True)
    if found and not ask.is_silent:
        click.confirm(ask.words.gettext(N_("Begin another record all the same?")), abort=True)
    proposed = id_ or propose_id("" if called == OPEN else called)
    if not id_ and not ask.is_silent:
        proposed = click.prompt(ask.words.gettext(N_("Id")), default=proposed or None)
    if not proposed:
        raise RefusedError(N_("there is nothing to make an id of: give one with --id"))
    return proposed


def _name_terms(terms: Any) -> Named:
    return {id_: [id_, *list_labels(term)] for id_, term in terms.items()}


def _read_article(path: Path) -> Article:
    try:
        return Article.read(path)
    except UnicodeDecodeError:
        raise RefusedError(N_("the file is not UTF-8 text; save it as UTF-8")) from None


@click.command()
@entries_option
@dry_run_option
@lang_option
def fix(entries: Path, dry_run: bool, lang: Lang) -> None:
    """Mend what has one right answer: digests left out, links that the other side lacks (layout: musnad fmt)."""
    change(mend, entries, "fix", lang, dry_run=dry_run, is_own=True)
