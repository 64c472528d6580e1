"""How each form that a claim can take reads on its page, in both languages: ``readings.txt`` is to be read by people.

``python -m tests.second.test_readings`` writes the file anew; look at what changed in it, as a reader of each language.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib
import pytest

from musnad.pages.site import Site, SiteOptions
from musnad.rules.check import load_checked
from musnad.text.languages import LANGS
from musnad.wording.words import load_all_words
from tests.second import SECOND
from tests.second.forms import FORMS, Form

READINGS = SECOND / "readings.txt"
_SECTION = re.compile(r"^## .*?\{: #([\w-]+) \}$", re.M)


def make_site() -> Site:
    """Return the site of the second record."""
    catalogue = load_checked(SECOND / "entries")
    return Site.make(catalogue, load_all_words(catalogue.site), SiteOptions("https://marsa-yasmin.example/"))


def _text(element: Element) -> str:
    return re.sub(r"\s+([،؛,;.:)])", r"\1", " ".join("".join(element.itertext()).split()))


def _rows(tree: Element) -> Iterator[str]:
    """Yield each fact, voice, heading, list entry and paragraph of a part of a page as a line of text."""
    for element in tree.iter():
        if element.tag == "div" and element.find("dt") is not None:
            label, values = element.find("dt"), element.findall("dd")
            assert label is not None
            assert values
            yield from (f"{_text(label)}: {_text(value)}" for value in values)
        elif element.tag in ("p", "li", "h1", "h2", "h3", "h4") and "badges" not in element.get("class", ""):
            yield _text(element)


def read_rows(markdown: str, part: str) -> list[str]:
    """Return the lines of a part of a page: a section, or what the selectors below name of its lead."""
    pieces = _SECTION.split(markdown)
    sections = {"lead": pieces[0].split("\n---\n", 1)[-1], **dict(zip(pieces[1::2], pieces[2::2], strict=True))}
    tree = html5lib.parse(sections.get(part, sections["lead"]), namespaceHTMLElements=False)
    if part in sections:
        return list(_rows(tree))
    selectors = {
        "says": ".//h1",
        "voices": ".//ol/li",
        "facts": ".//dl",
        "badges": ".//p[@class='badges']/a",
        "answers": ".//p[@class='answer']",
    }
    found = tree.findall(selectors[part])
    return [row for dl in found for row in _rows(dl)] if part == "facts" else [_text(element) for element in found]


def read_form(site: Site, form: Form) -> str:
    """Return what a form looks like on its page, in both languages, with its heading."""
    lines = [f"== {form.name} | {form.page} | {form.part}"]
    for lang in LANGS:
        rows = read_rows(site.make_page(f"{lang}/{form.page}.md").text, form.part)
        assert rows, f"{form.page} has no {form.part}"
        lines += [f"{lang}  {row}" for row in rows]
    return "\n".join(lines)


def _parse(text: str) -> dict[str, str]:
    blocks = text.split("\n\n")
    return {block.partition(" | ")[0].removeprefix("== "): block.strip() for block in blocks}


@pytest.fixture(scope="module")
def site() -> Site:
    """Return the site of the second record."""
    return make_site()


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_form_reads_as_it_was_read(form: Form, site: Site) -> None:
    """Any change of wording is seen in review."""
    assert read_form(site, form) == _parse(READINGS.read_text(encoding="utf-8")).get(form.name)


def test_every_reading_is_of_a_form() -> None:
    """None is left over, and no form has the name of another."""
    assert list(_parse(READINGS.read_text(encoding="utf-8"))) == [form.name for form in FORMS]


if __name__ == "__main__":
    made = make_site()
    READINGS.write_text("\n\n".join(read_form(made, form) for form in FORMS) + "\n", encoding="utf-8")
