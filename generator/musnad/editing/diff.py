"""Say what a change of the records does, in a reader's terms: claims added, removed, reworded, restated.

Pure comparison of two catalogues; where they come from is the caller's business.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from pydantic import BaseModel

from musnad.derive.graph import make_graph
from musnad.derive.visible import publishable
from musnad.pages.addresses import Addresses
from musnad.pages.elements.claims import tell_answered
from musnad.pages.elements.composer import Composer
from musnad.pages.render import make_environment
from musnad.pages.trace import Trace
from musnad.records.fieldwords import find_choice, find_words
from musnad.records.model import Catalogue, Claim, Entity, Source, Title
from musnad.records.problems import Problem
from musnad.records.shapes import find_model
from musnad.records.values import LocalizedText
from musnad.records.vocabulary import LocalizedForms
from musnad.records.walk import iter_records, walk_values
from musnad.records.yamltext import FieldPath
from musnad.text.languages import LANGS, Lang
from musnad.wording.words import Words

Record = Source | Entity | Claim


@dataclass(frozen=True)
class TextChange:
    """A text that changed; ``stale`` is the language left as it was while the other changed."""

    field: str
    old: LocalizedText | Title | None
    new: LocalizedText | Title | None
    stale: Lang | None


@dataclass(frozen=True)
class ValueChange:
    """A value that is no text of ours and changed; None where there was none, or is none now."""

    path: FieldPath
    old: str | None
    new: str | None


@dataclass(frozen=True)
class RecordChange:
    """Everything that changed in one record."""

    record: Record
    status: tuple[str, str] | None
    texts: tuple[TextChange, ...]
    values: tuple[ValueChange, ...]
    """By the order of fields."""


@dataclass(frozen=True)
class Difference:
    """What a change does; records in reading or id order."""

    added: tuple[Record, ...]
    removed: tuple[Record, ...]
    changed: tuple[RecordChange, ...]
    vocabulary: tuple[str, ...]
    """Vocabulary files that differ."""
    files: tuple[str, ...]
    """Other files that differ and that readers see the effect of."""
    words: Mapping[str, tuple[TextChange, ...]]
    """By the name of such a file: its texts that were changed; a term's field begins with the term's id."""
    old: Catalogue
    new: Catalogue

    @property
    def is_empty(self) -> bool:
        """Whether readers would see no difference."""
        return not (self.added or self.removed or self.changed or self.vocabulary or self.files)

    @property
    def stale(self) -> Iterator[tuple[Record, TextChange]]:
        """Texts that were changed in one language only."""
        return ((change.record, text) for change in self.changed for text in change.texts if text.stale)


def compare_catalogues(old: Catalogue, new: Catalogue) -> Difference:
    """Compare two catalogues."""
    before = {record.ref: record for record in iter_records(old)}
    after = {record.ref: record for record in iter_records(new)}
    both = [ref for ref in after if ref in before]
    changes = (_compare_records(before[ref], after[ref]) for ref in both if before[ref] != after[ref])
    return Difference(
        added=_ordered(after[ref] for ref in after.keys() - before.keys()),
        removed=_ordered(before[ref] for ref in before.keys() - after.keys()),
        changed=tuple(sorted(changes, key=lambda change: _order(change.record))),
        vocabulary=tuple(
            name for name, terms in vars(new.vocabulary).items() if terms != getattr(old.vocabulary, name)
        ),
        files=tuple(name for name in ("redirects", "site") if getattr(old, name) != getattr(new, name)),
        words={name: tuple(_compare_words(before, after)) for name, before, after in _iter_words(old, new)},
        old=old,
        new=new,
    )


def _iter_words(old: Catalogue, new: Catalogue) -> Iterator[tuple[str, Mapping[str, Any], Mapping[str, Any]]]:
    """Yield what is no record: its file, and what stands there by ids."""
    for name in vars(new.vocabulary):
        yield f"vocabulary/{name}", getattr(old.vocabulary, name), getattr(new.vocabulary, name)
    yield "redirects", old.redirects, new.redirects
    if old.site and new.site:
        yield "site", {"": old.site}, {"": new.site}


def _compare_words(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[TextChange]:
    """Yield texts that are in both and were changed; what is new or gone is told by its file."""
    for id_ in [id_ for id_ in new if id_ in old and new[id_] != old[id_]]:
        for change in _compare_texts(_texts(old[id_], (id_,)), _texts(new[id_], (id_,))):
            if change.old and change.new:
                yield replace(change, field=change.field.lstrip("."))


def _order(record: Record) -> tuple[int, tuple[Any, ...]]:
    if isinstance(record, Claim):
        return 0, record.position
    return (1 if isinstance(record, Entity) else 2), (record.id,)


def _ordered(records: Iterator[Record]) -> tuple[Record, ...]:
    return tuple(sorted(records, key=_order))


def _compare_records(old: Record, new: Record) -> RecordChange:
    texts = tuple(_compare_texts(_texts(old), _texts(new)))
    before, after = _facts(old), _facts(new)
    names = (name for name in type(new).model_fields if name not in ("status", "history"))
    values = (change for name in names for change in _compare_values(before.get(name, {}), after.get(name, {})))
    return RecordChange(new, (old.status, new.status) if old.status != new.status else None, texts, tuple(values))


def _compare_values(old: Mapping[FieldPath, Any], new: Mapping[FieldPath, Any]) -> Iterator[ValueChange]:
    for path in dict.fromkeys([*new, *old]):
        before, after = (None if path not in side else str(side[path]) for side in (old, new))
        if before != after:
            yield ValueChange(path, before, after)


def _texts(value: Any, root: FieldPath = ()) -> dict[FieldPath, LocalizedText | Title]:
    found = ((path, _join_forms(inner)) for path, inner in walk_values(value, root))
    # History tells of changes; it is not one of them.
    return {path: text for path, text in found if isinstance(text, LocalizedText | Title) and path[0] != "history"}


def _join_forms(value: Any) -> Any:
    """Return plural forms as one text, anything else as it is."""
    if not isinstance(value, LocalizedForms):
        return value
    return LocalizedText(**{lang: " / ".join(value[lang].model_dump(exclude_none=True).values()) for lang in LANGS})


def _facts(record: Record) -> dict[str, dict[FieldPath, Any]]:
    """Return every value that is no text of ours, by top-level field."""
    texts = _texts(record)
    found: defaultdict[str, dict[FieldPath, Any]] = defaultdict(dict)
    for path, value in walk_values(record):
        is_text = path[:-1] in texts and path[-1] in LANGS
        if value is not None and not isinstance(value, BaseModel | tuple) and not is_text:
            found[str(path[0])][path] = value
    return dict(found)


def _compare_texts(
    old: Mapping[FieldPath, LocalizedText | Title], new: Mapping[FieldPath, LocalizedText | Title]
) -> Iterator[TextChange]:
    for path in dict.fromkeys([*new, *old]):
        before, after = old.get(path), new.get(path)
        same = [lang for lang in LANGS if before and after and before[lang] == after[lang]]
        if len(same) == len(LANGS):
            continue
        stale = same[0] if same else None
        yield TextChange(".".join(map(str, path)), before, after, stale)


def find_new_warnings(old: Iterable[Problem], new: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return what is to be looked at in the new records and was not in the old; lines may have moved."""
    known = {_identify(problem) for problem in old}
    return tuple(problem for problem in new if _identify(problem) not in known)


def _identify(problem: Problem) -> tuple[str, str, str, tuple[tuple[str, str], ...]]:
    return problem.file, problem.rule, problem.message, tuple(sorted(problem.values.items()))


def render_difference(difference: Difference, words: Words, warnings: Iterable[Problem] = ()) -> str:
    """Return what a change does as Markdown in one language, and what is to be looked at because of it."""
    template = make_environment(words).get_template("diff.md.j2")
    old, new = (partial(_tell, _compose(side, words)) for side in (difference.old, difference.new))
    label, value = (partial(tell, lang=words.lang) for tell in (_label, _read_value))
    told = [(problem, words.say(problem)) for problem in warnings]
    return template.render(d=difference, warnings=told, tell_old=old, tell_new=new, label=label, value=value)


def _label(record: Record, path: FieldPath, lang: Lang) -> str:
    """Return what a field is called, through all that it stands in."""
    model: type[BaseModel] | None = type(record)
    steps = []
    for step in path:
        if isinstance(step, int):
            steps.append(str(step + 1))
        elif model:
            name = next((field.alias or own for own, field in model.model_fields.items() if own == step), step)
            steps.append(find_words(model.__name__, name).label[lang])
            model = find_model(model, step)
    return " › ".join(steps)


def _read_value(text: str, lang: Lang) -> str:
    """Return a choice as it is called; anything else as it is."""
    try:
        return find_choice(text)[lang]
    except KeyError:
        return text


def _compose(catalogue: Catalogue, words: Words) -> Composer:
    return Composer(catalogue, make_graph(publishable(catalogue)), words, Trace(), Addresses())


def _tell(composer: Composer, record: Record) -> str:
    """Return what a record is about in a line; a statement has its opening words here too."""
    if isinstance(record, Claim):
        return tell_answered(composer, record)
    return record.name(composer.lang) if isinstance(record, Entity) else record.title[composer.lang]
