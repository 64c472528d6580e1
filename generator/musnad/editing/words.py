"""Say what is missing in a language: texts that fell behind the other one, and words left to the generator's own."""

from collections.abc import Iterator

from musnad.editing.diff import compare_catalogues
from musnad.records.model import Catalogue
from musnad.records.problems import N_, Message
from musnad.text.languages import OTHER, Lang

SITE = ("tagline", "purpose", "question", "search_placeholder", "colophon", "rights")


def list_missing(catalogue: Catalogue) -> Iterator[Message]:
    """Yield what a record leaves to the words of the generator, in either language."""
    for name in SITE:
        if catalogue.site and getattr(catalogue.site, name) is None:
            yield N_("site.yaml does not give {field}"), {"field": name}


def list_stale(old: Catalogue, new: Catalogue, lang: Lang) -> Iterator[Message]:
    """Yield each text that changed in the other language since, and not in this one."""
    found = compare_catalogues(old, new)
    records = ((change.record.ref, change.texts) for change in found.changed)
    for ref, texts in (*records, *((f"{file}.yaml", texts) for file, texts in found.words.items())):
        for text in texts:
            if text.stale == lang and text.old and text.new and text.old[OTHER[lang]] != text.new[OTHER[lang]]:
                message = N_("{id}: {field} changed in the other language only")
                yield message, {"id": ref, "field": text.field}
