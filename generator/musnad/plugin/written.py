"""Hand-written pages: where they stand among the generated ones, and what they lack."""

import warnings
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from musnad.pages.addresses import Addresses, find_file, find_place
from musnad.pages.markup import NO_PAGE, is_scripted, may_be_scripted
from musnad.pages.site import FOOT
from musnad.plugin.objection import Objection
from musnad.plugin.settings import list_nav
from musnad.records.files import ASTRAY, leads_astray
from musnad.records.problems import N_, Problem
from musnad.text.languages import LANGS, OTHER, Lang


def find_written(files: Files, *, with_drafts: bool) -> dict[str, File]:
    """Return the pages of the docs folder that are built, by their place."""
    inclusion = InclusionLevel.is_in_serve if with_drafts else InclusionLevel.is_included
    return {find_place(file.src_uri): file for file in files.documentation_pages(inclusion=inclusion)}


def list_linked(written: Mapping[str, File], is_flat: bool) -> Iterator[tuple[str, str]]:
    """Yield place and address of pages that generated ones must know of to link to them at the right address."""
    addresses = Addresses(is_flat=is_flat)
    for place, file in sorted(written.items()):
        if place.partition("/")[2] in FOOT or file.dest_uri != addresses.find_output(find_file(place)):
            yield place, file.url


def list_listed(
    config: MkDocsConfig, files: Files, lang: Lang, find_title: Callable[[File], str]
) -> Iterator[dict[str, str]]:
    """Yield what the foot of a page links to because ``nav`` lists it, and the repository if it was given a name."""
    for title, target in list_nav(config.nav):
        file = files.get_file_from_path(target.lstrip("/"))
        if file is None and urlsplit(target).scheme:
            yield {"text": title or target, "href": target}
        elif file is not None:
            own, _, path = find_place(file.src_uri).partition("/")
            # The first page of a language is linked to from the top of each.
            if own == lang and path:
                yield {"text": title or find_title(file), "href": file.url}
    with warnings.catch_warnings():
        # MkDocs advises against asking what was given, and knows no other way to tell it from a name that it makes.
        warnings.simplefilter("ignore", DeprecationWarning)
        is_named = any("repo_name" in given for given in config.user_configs)
    if config.repo_url and is_named:
        yield {"text": config.repo_name or "", "href": config.repo_url}


def is_trusted(name: str, trusted: Iterable[str]) -> bool:
    """Whether the configuration lets a hand-written file hold whatever it likes."""
    return any(fnmatchcase(name, pattern) for pattern in trusted)


def name_written(config: MkDocsConfig, file: File) -> str:
    """Return the name of a hand-written file in messages."""
    return f"{Path(config.docs_dir).name}/{file.src_uri}"


def list_scripted(config: MkDocsConfig, files: Files, trusted: Sequence[str]) -> Iterator[Problem]:
    """Yield a problem for each file that browsers would run as it is, or that a link fetches from elsewhere."""
    for file in files:
        if file.src_dir != config.docs_dir:
            continue
        if file.abs_src_path and leads_astray(file.abs_src_path, str(Path(config.docs_dir).parent)):
            yield Problem(name_written(config, file), 1, 1, "no-file", ASTRAY)
        if file.is_documentation_page() or is_trusted(file.src_uri, trusted):
            continue
        if may_be_scripted(file.src_uri) and is_scripted(file.src_uri, file.content_bytes):
            yield Problem(name_written(config, file), 1, 1, "hand-written", NO_PAGE)


@dataclass(frozen=True)
class WrittenPages:
    """The hand-written pages of a build by their place, beside the files of the generated ones."""

    files: Mapping[str, File]
    generated: Container[str]
    addresses: Addresses

    def find_other(self, file: File) -> str | None:
        """Return the address of a page in the other language, None when there is none."""
        lang, _, path = find_place(file.src_uri).partition("/")
        if lang not in LANGS:
            return None
        other = f"{OTHER[lang]}/{path}"
        if other in self.files:
            return self.files[other].url
        return self.addresses.find(other) if find_file(other) in self.generated else None

    def list_lacks(self, folder: str) -> Iterator[Objection]:
        """Yield what readers of one language would miss; ``folder`` is the name of that of the docs."""
        for place, file in sorted(self.files.items()):
            lang, _, rest = file.src_uri.partition("/")
            values = {"file": f"{folder}/{file.src_uri}"}
            if not place or file.inclusion is InclusionLevel.DRAFT:
                continue
            if lang not in LANGS:
                yield Objection(
                    N_(
                        "{file} is in no language: move it below {folder}/ar/ and {folder}/en/, "
                        "or leave it out with exclude_docs in mkdocs.yml"
                    ),
                    values | {"folder": folder},
                )
            elif self.find_other(file) is None:
                yield Objection(
                    N_(
                        "{missing} is missing: {file} has no page in the other language; "
                        "write it, or leave {file} out with exclude_docs in mkdocs.yml"
                    ),
                    values | {"missing": f"{folder}/{OTHER[lang]}/{rest}"},
                )
