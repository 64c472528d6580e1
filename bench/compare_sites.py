"""Tell what differs between two builds of the same pages: ``python bench/compare_sites.py SITE OTHER``.

Compared are the set of pages and, for each page, ``lang`` and ``dir`` of the root element, the title, the text of the
article, its ids, and its internal links; links outside the article are compared on their own. Ends with status 1
when anything differs.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from posixpath import normpath
from urllib.parse import unquote, urlsplit

FIELDS = ("lang", "dir", "title", "text", "ids", "links", "other_links")
EXAMPLES = 3
VOID = frozenset(re.findall(r"\w+", "area base br col embed hr img input link meta source track wbr"))
BLOCKS = frozenset(re.findall(r"\w+", "article dd div dl dt h1 h2 h3 h4 h5 h6 li ol p section table td th tr ul"))
SILENT = frozenset({"script", "style"})


@dataclass
class PageFacts:
    """What is compared of one page. ``links`` counts targets in the article, ``other_links`` those around it."""

    lang: str = ""
    dir: str = ""
    title: str = ""
    text: str = ""
    ids: Counter[str] = field(default_factory=Counter)
    links: Counter[str] = field(default_factory=Counter)
    other_links: Counter[str] = field(default_factory=Counter)


class PageReader(HTMLParser):
    """Reads one page; ``path`` is its address below the site, and ends with a slash or a file name."""

    def __init__(self, path: str) -> None:
        super().__init__(convert_charrefs=True)
        self.facts = PageFacts()
        self._path = path
        self._open: list[tuple[str, bool]] = []
        self._words: list[str] = []
        self._title: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the element's id and link."""
        values = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.facts.lang, self.facts.dir = values.get("lang", ""), values.get("dir", "")
        is_article = self._is_in_article or (tag == "article" and "md-content__inner" in values.get("class", ""))
        if is_article and "id" in values:
            self.facts.ids[values["id"]] += 1
        if tag == "a" and (target := resolve(self._path, values.get("href", ""))):
            (self.facts.links if is_article else self.facts.other_links)[target] += 1
        if tag in BLOCKS:
            self._words.append(" ")
        if tag not in VOID:
            self._open.append((tag, is_article))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Read ``<path/>`` as an element that holds nothing."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        """Close the element and what was left open in it."""
        if any(name == tag for name, _ in self._open):
            while self._open.pop()[0] != tag:
                pass
        if tag in BLOCKS:
            self._words.append(" ")

    def handle_data(self, data: str) -> None:
        """Keep the words of the article and the title."""
        if self._open and self._open[-1][0] == "title" and not self._is_in_article:
            self._title.append(data)
        elif self._is_in_article and self._open[-1][0] not in SILENT:
            self._words.append(data)

    @property
    def _is_in_article(self) -> bool:
        return bool(self._open) and self._open[-1][1]

    def finish(self) -> PageFacts:
        """Return what was read, white space folded."""
        self.close()
        self.facts.title = " ".join("".join(self._title).split())
        self.facts.text = " ".join("".join(self._words).split())
        return self.facts


def resolve(path: str, href: str) -> str:
    """Return an internal link as an address below the site with its fragment, or nothing for another one."""
    parts = urlsplit(href)
    if not href or parts.scheme or parts.netloc:
        return ""
    folder = path if path.endswith("/") else str(PurePosixPath(path).parent)
    target = normpath(f"/{folder}/{unquote(parts.path)}") if parts.path else normpath(f"/{path}")
    target = target.removesuffix("/index.html")
    return f"{target}#{unquote(parts.fragment)}" if parts.fragment else target


def read_site(site: Path) -> dict[str, PageFacts]:
    """Return what is compared of every page, by address below the site."""
    pages = {}
    for file in sorted(site.rglob("*.html")):
        path = file.relative_to(site).as_posix().removesuffix("index.html")
        reader = PageReader(path)
        reader.feed(file.read_text(encoding="utf-8"))
        pages[path] = reader.finish()
    return pages


def tell_pages(one: dict[str, PageFacts], other: dict[str, PageFacts]) -> Iterator[str]:
    """Yield the pages that only one site has."""
    for name, missing in (("second", one.keys() - other.keys()), ("first", other.keys() - one.keys())):
        if missing:
            yield f"{len(missing)} pages are missing in the {name} site: {', '.join(sorted(missing)[:EXAMPLES])}"


def tell_field(name: str, one: dict[str, PageFacts], other: dict[str, PageFacts]) -> Iterator[str]:
    """Yield how many pages differ in one field, with examples."""
    common = sorted(one.keys() & other.keys())
    differing = [path for path in common if getattr(one[path], name) != getattr(other[path], name)]
    yield f"{name}: {len(common) - len(differing)} of {len(common)} pages agree"
    for path in differing[:EXAMPLES]:
        yield f"  /{path}: {tell_difference(getattr(one[path], name), getattr(other[path], name))}"


def tell_difference(one: str | Counter[str], other: str | Counter[str]) -> str:
    """Tell the first difference of two texts, or what each of two counts has more of."""
    if isinstance(one, Counter) and isinstance(other, Counter):
        return f"only first {[*(one - other)][:EXAMPLES]}, only second {[*(other - one)][:EXAMPLES]}"
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    start = max(0, at - 20)
    return f"{one[start : at + 40]!r} is {other[start : at + 40]!r}"


def tell_broken(site: Path, pages: dict[str, PageFacts]) -> Iterator[str]:
    """Yield how many addresses links lead to where the site has nothing, with examples."""
    wanted = {target.partition("#")[0] for page in pages.values() for target in (*page.links, *page.other_links)}
    broken = sorted(target for target in wanted if not _is_there(site / target.lstrip("/")))
    yield f"{site}: {len(broken)} addresses lead nowhere {broken[:EXAMPLES]}"


def _is_there(file: Path) -> bool:
    return file.is_file() or (file / "index.html").is_file()


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("first", type=Path, metavar="SITE")
    parser.add_argument("second", type=Path, metavar="OTHER")
    arguments = parser.parse_args()
    one, other = read_site(arguments.first), read_site(arguments.second)
    missing = [*tell_pages(one, other)]
    lines = [f"{len(one)} pages and {len(other)} pages", *missing]
    for name in FIELDS:
        lines += tell_field(name, one, other)
    lines += [*tell_broken(arguments.first, one), *tell_broken(arguments.second, other)]
    print("\n".join(lines))
    common = one.keys() & other.keys()
    sys.exit(1 if missing or any(one[path] != other[path] for path in common) else 0)


if __name__ == "__main__":
    main()
