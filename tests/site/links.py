"""Follow every link of a built site."""

from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit


class Page(HTMLParser):
    """The links and anchors of one page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self.anchors: list[str] = []
        self.lang = self.dir = ""
        self.robots = ""
        self.text = ""

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if values.get("id"):
            self.anchors.append(values["id"] or "")
        if tag == "html":
            self.lang, self.dir = values.get("lang") or "", values.get("dir") or ""
        if tag == "meta" and values.get("name") == "robots":
            self.robots = values.get("content") or ""
        for name in ("href", "src"):
            if values.get(name) and not (tag == "link" and values.get("rel") == "canonical"):
                self.links.append((tag, values[name] or ""))


@cache
def read_page(path: Path) -> Page:
    """Return the links and anchors of a file."""
    page = Page()
    page.feed(path.read_text(encoding="utf-8"))
    return page


def list_pages(site: Path) -> Iterator[Path]:
    """Yield every page of a site."""
    yield from sorted(path for path in site.rglob("*.html"))


def find_url(site: Path, path: Path, site_url: str) -> str:
    """Return the address of a page."""
    return site_url + path.relative_to(site).as_posix().removesuffix("index.html")


def find_broken(site: Path, site_url: str, elsewhere: str = "…") -> list[str]:
    """Return what leads nowhere, links in raw HTML too; addresses that begin with ``elsewhere`` are another site's."""
    broken = []
    for path in list_pages(site):
        here = find_url(site, path, site_url)
        for _, link in read_page(path).links:
            if link.startswith(("mailto:", "javascript:")):
                continue
            target = urlsplit(urljoin(here, link))
            if not target.geturl().startswith(site_url) or link.startswith(elsewhere):
                continue
            file = site / unquote(target.path).removeprefix(urlsplit(site_url).path)
            file = file / "index.html" if target.path.endswith("/") else file
            if not file.is_file():
                broken.append(f"{here}: {link}")
            elif file.suffix == ".html" and target.fragment and unquote(target.fragment) not in read_page(file).anchors:
                broken.append(f"{here}: {link} (no such anchor)")
    return broken
