"""Settings of the theme, from its documentation: each works on generated and hand-written pages, or is refused."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from mkdocs.config.base import load_config
from playwright.sync_api import Browser

from musnad.plugin.look import (
    LEAST,
    SCHEMES,
    find_contrast,
    list_colour_objections,
    list_schemes,
    mix_colours,
    read_colours,
)
from musnad.plugin.material import list_theme_objections
from musnad.wording.words import load_words
from tests.conftest import PROJECT, TOY
from tests.site.conftest import serve
from tests.site.test_settings import CLAIM, Project, _in, _in_all_pages, _write

OWN = {"accent": {"light": "#5b2a86", "dark": "#c9a6f0"}, "paper": {"light": "#ffffff", "dark": "#101010"}}
AUTOMATIC = [
    {"media": "(prefers-color-scheme)", "toggle": {"icon": "material/brightness-auto", "name": "To light"}},
    {
        "media": "(prefers-color-scheme: light)",
        "scheme": "default",
        "toggle": {"icon": "material/weather-night", "name": "To dark"},
    },
    {
        "media": "(prefers-color-scheme: dark)",
        "scheme": "slate",
        "toggle": {"icon": "material/weather-sunny", "name": "إلى الجهاز"},
    },
]
MANY: dict[str, Any] = {
    "site_name": "Harbour",
    "site_url": "https://harbour.example/",
    "copyright": "Copyright of the <b>harbour</b>",
    "theme": {
        "name": "material",
        "custom_dir": "layouts",
        "language": "ar",
        "font": False,
        "logo": "own/logo.png",
        "favicon": "own/favicon.ico",
        "palette": AUTOMATIC,
        "icon": {
            "search": "material/anchor",
            "close": "material/anchor",
            "top": "material/anchor",
            "admonition": {"note": "octicons/tag-16"},
            "annotation": "material/plus",
        },
        "features": ["announce.dismiss", "content.code.copy", "navigation.top", "search.suggest"],
    },
    "extra": {
        "homepage": "https://home.example/",
        "social": [{"icon": "simple/mastodon", "link": "https://social.example/@harbour", "name": "The harbour"}],
        "annotate": {"json": [".s2"]},
        "generator": False,
        "consent": {"title": "May we?", "description": "We ask before we count.", "actions": ["accept", "reject"]},
        "analytics": {"provider": "google", "property": "G-HARBOUR"},
    },
    "plugins": [{"musnad": {"entries": "entries", "colours": OWN}}],
    "markdown_extensions": ["admonition", "footnotes", "pymdownx.details", "pymdownx.superfences"],
}
LAYOUTS = {
    "main.html": '{% extends "base.html" %}{% block extrahead %}{{ super() }}'
    '<meta name="own" content="1">{% endblock %}'
    "{% block announce %}Hear ye{% endblock %}",
    "over-main.html": '{% extends "main.html" %}{% block content %}<i>over main</i>{{ page.content }}{% endblock %}',
    "over-base.html": '{% extends "base.html" %}{% block content %}<i>over base</i>{{ page.content }}{% endblock %}',
    "404.html": '{% extends "main.html" %}{% block content %}<p>Lost at sea</p>{% endblock %}',
}


def _make_project(folder: Path, settings: dict[str, Any]) -> Project:
    shutil.copytree(TOY, folder / "entries")
    for lang, template, title in (("en", "over-main", "Counting"), ("ar", "over-base", "العدّ")):
        front = f"---\ntemplate: {template}.html\n---\n" if "custom_dir" in settings["theme"] else ""
        _write(
            folder / f"docs/{lang}/counting.md", f"{front}# {title}\n\n!!! note\n    Counted.\n\n```py\nx = 1\n```\n"
        )
    for name in ("own/logo.png", "own/favicon.ico"):
        _write(folder / "docs" / name, "x")
    for name, text in LAYOUTS.items():
        _write(folder / "layouts" / name, text)
    _write(folder / "mkdocs.yml", yaml.safe_dump(settings, allow_unicode=True))
    return Project(folder, folder / "site")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Build the toy record with everything of the theme that goes together."""
    project = _make_project(tmp_path_factory.mktemp("theme"), MANY)
    project.build()
    return project


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Build the toy record with the name of the theme and nothing else."""
    settings = {name: MANY[name] for name in ("site_name", "site_url")}
    project = _make_project(tmp_path_factory.mktemp("plain"), {**settings, "theme": "material", "plugins": ["musnad"]})
    project.build()
    return project


HONOURED: dict[str, Callable[[Project], None]] = {
    "theme.custom_dir with a layout over base.html": _in_all_pages('<meta name="own" content="1">'),
    "theme.custom_dir with the block announce": _in_all_pages("Hear ye"),
    "theme.custom_dir with a page over main.html": _in("en/counting/index.html", "<i>over main</i>", 'class="brand"'),
    "theme.custom_dir with a page over base.html": _in("ar/counting/index.html", "<i>over base</i>", 'class="brand"'),
    "theme.custom_dir with 404.html": _in("404.html", "Lost at sea", 'class="brand"'),
    "theme.language": _in("index.html", '<html lang="ar" dir="rtl"'),
    "theme.logo": _in_all_pages('own/logo.png" alt="">'),
    "theme.favicon": _in_all_pages('own/favicon.ico">'),
    "theme.palette with three schemes": _in_all_pages('data-md-color-media="(prefers-color-scheme)"'),
    "theme.palette with names of one's own": _in(f"en/{CLAIM}/index.html", 'title="To dark"', 'title="To light"'),
    "theme.palette with names in the other language": _in(
        f"ar/{CLAIM}/index.html", 'title="إلى الجهاز"', 'title="المظهر الداكن"', 'title="المظهر الفاتح"'
    ),
    "theme.icon.search": _in_all_pages("M12 2a3 3 0 0 0-3 3 3 3 0 0 0 "),
    "theme.icon.admonition": _in_all_pages("--md-admonition-icon--note:"),
    "theme.icon.annotation": _in_all_pages("--md-annotation-icon:"),
    "theme.features with navigation.top": _in_all_pages('data-md-component="top"'),
    "theme.features with announce.dismiss": _in_all_pages("md-banner__button"),
    "theme.features with search.suggest": _in_all_pages('data-md-component="search-suggest"'),
    "theme.features in the script": _in_all_pages('"content.code.copy"'),
    "copyright": _in_all_pages("Copyright of the <b>harbour</b>"),
    "extra.homepage": _in_all_pages('<a class="brand" href="https://home.example/">'),
    "extra.social": _in_all_pages('<a href="https://social.example/@harbour" target="_blank" rel="noopener me"'),
    "extra.annotate": _in_all_pages('"annotate": {"json": [".s2"]}'),
    "extra.generator": lambda project: _not_in_any_page(project, "Material for MkDocs"),
    "extra.consent": _in_all_pages("We ask before we count."),
    "extra.analytics": _in_all_pages("https://www.googletagmanager.com/gtag/js?id=G-HARBOUR"),
    "no promise beside analytics": lambda project: _not_in_any_page(project, PROMISE["en"], PROMISE["ar"]),
    "colours of one's own": _in("assets/colours.css", "--rubric: #5b2a86; --paper: #ffffff;", "--rubric: #c9a6f0"),
    "colours of one's own in the frame of the browser": _in_all_pages('name="theme-color" content="#ffffff"'),
    "colours of one's own on the tab": _in("assets/mark.svg", 'stroke="#5b2a86"', "svg{stroke:#c9a6f0}"),
    "text about the ink": lambda project: _not_in_any_page(project, "Red ink", "الحبر الأحمر"),
    "pymdownx and admonitions": _in("en/counting/index.html", '<div class="admonition note">', 'class="highlight"'),
}
PROMISE = {
    "en": "No cookies, no tracking, no requests to other sites.",
    "ar": "لا ملفات تعريف ارتباط، ولا تتبّع، ولا اتصال بمواقع أخرى.",
}


def _not_in_any_page(project: Project, *texts: str) -> None:
    for page in project.site.rglob("*.html"):
        found = page.read_text(encoding="utf-8")
        assert [text for text in texts if text in found] == [], page


@pytest.mark.parametrize("check", HONOURED.values(), ids=HONOURED)
def test_setting_of_the_theme_is_honoured(check: Callable[[Project], None], many: Project) -> None:
    """All of them together, in one site."""
    check(many)


PLAIN: dict[str, Callable[[Project], None]] = {
    "both schemes": _in_all_pages('data-md-color-scheme="slate"'),
    "a toggle": _in("ar/index.html", 'title="المظهر الداكن"'),
    "the first scheme": _in_all_pages('<body dir="'),
    "no font of another site": lambda project: _not_in_any_page(project, "fonts.g"),
    "the promise in English": _in(f"en/{CLAIM}/index.html", PROMISE["en"]),
    "the promise in Arabic": _in(f"ar/{CLAIM}/index.html", PROMISE["ar"]),
    "red ink by its name": _in("en/index.html", "Red ink is a voice"),
}


@pytest.mark.parametrize("check", PLAIN.values(), ids=PLAIN)
def test_the_look_needs_no_setting(check: Callable[[Project], None], plain: Project) -> None:
    """The theme's name as a plain string."""
    check(plain)


def test_plain_theme_shows_ink_chain_and_search_field(plain: Project, browser: Browser) -> None:
    """In a browser, in both schemes."""
    with serve(plain.site) as address:
        for scheme, name in (("light", "#9a2b25"), ("dark", "#f19a90")):
            page = browser.new_page(color_scheme=scheme)  # type: ignore[arg-type]
            page.goto(f"{address}en/{CLAIM}/")
            red = "rgb({}, {}, {})".format(*(int(name[n : n + 2], 16) for n in (1, 3, 5)))
            assert page.eval_on_selector(".voice__node", "e => getComputedStyle(e).borderTopColor") == red
            page.goto(f"{address}ar/")
            assert page.eval_on_selector(".find", "e => getComputedStyle(e).borderTopWidth") == "2px"
            page.close()


FORMS: dict[str, tuple[object, list[str]]] = {
    "nothing": (None, ["default", "slate"]),
    "an empty list": ([], ["default", "slate"]),
    "a mapping without a scheme": ({"primary": "custom"}, ["default", "slate"]),
    "one scheme": ({"scheme": "slate"}, ["slate"]),
    "a list of one": ([{"scheme": "default"}], ["default"]),
    "a list without toggles": ([{"scheme": "default"}, {"scheme": "slate"}], ["default", "slate"]),
    "a list with toggles": (AUTOMATIC, ["default", "default", "slate"]),
}


@pytest.mark.parametrize(("palette", "schemes"), FORMS.values(), ids=FORMS)
def test_palette_is_read_in_every_form(palette: object, schemes: list[str]) -> None:
    """The theme and its script want a list."""
    made = list_schemes(palette)
    assert [scheme["scheme"] for scheme in made] == schemes
    assert {(scheme["primary"], scheme["accent"]) for scheme in made} == {("custom", "custom")}
    assert list_schemes(made)[0]["scheme"] == schemes[0]


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "palette that is a word": ({"theme": {"palette": "dark"}}, "palette in mkdocs.yml is one scheme"),
    "palette with another scheme": ({"theme": {"palette": {"scheme": "youtube"}}}, "default and slate, not youtube"),
    "palette with a colour": ({"theme": {"palette": {"primary": "indigo"}}}, "primary: indigo of palette"),
    "palette with an accent": ({"theme": {"palette": [{"accent": "lime"}]}}, "accent: lime of palette"),
    "toggle without a name": (
        {"theme": {"palette": [{"toggle": {"icon": "material/anchor"}}]}},
        "needs an icon and a name",
    ),
    "toggle with an icon that is not there": (
        {"theme": {"palette": [{"toggle": {"icon": "material/anchr", "name": "x"}}]}},
        "there is no icon material/anchr",
    ),
    "language": ({"theme": {"language": "fr"}}, "write language: ar or en below theme"),
    "direction": ({"theme": {"direction": "rtl"}}, "remove direction below theme"),
    "font": ({"theme": {"font": {"text": "Amiri"}}}, "write font: false below theme"),
    "features that are no list": (
        {"theme": {"features": "search.share"}},
        "features below theme in mkdocs.yml is a list",
    ),
    "icon without a place": ({"theme": {"icon": {"repo": "material/anchor"}}}, "no place for the icon repo"),
    "icon that is not there": ({"theme": {"icon": {"logo": "material/anchr"}}}, "there is no icon material/anchr"),
    "admonition with an icon that is not there": (
        {"theme": {"icon": {"admonition": {"note": "x/y"}}}},
        "there is no icon x/y",
    ),
    "social without a link": (
        {"extra": {"social": [{"icon": "simple/mastodon"}]}},
        "extra.social in mkdocs.yml is a list",
    ),
    "social that is no list": ({"extra": {"social": "x"}}, "extra.social in mkdocs.yml is a list"),
    "social with an icon that is not there": (
        {"extra": {"social": [{"icon": "simple/mastodn", "link": "https://x.example/"}]}},
        "there is no icon simple/mastodn",
    ),
    "analytics without a provider": ({"extra": {"analytics": {"property": "G-1"}}}, "needs a provider: google"),
    "analytics of an unknown provider": (
        {"extra": {"analytics": {"provider": "plausible"}}},
        "partials/integrations/analytics/plausible.html in custom_dir",
    ),
    "feedback": (
        {"extra": {"analytics": {"provider": "google", "feedback": {"title": "Helpful?"}}}},
        "remove extra.analytics.feedback",
    ),
    **{
        f"extra.{name}": ({"extra": {name: "x"}}, f"remove extra.{name}")
        for name in ("alternate", "version", "status", "tags", "disqus")
    },
    **{
        name: ({"theme": {"features": [name]}}, f"remove {name};")
        for name in (
            *("content.action.view", "navigation.expand", "navigation.footer", "navigation.indexes"),
            *("navigation.instant", "navigation.instant.prefetch", "navigation.instant.progress"),
            *("navigation.path", "navigation.prune", "navigation.sections", "navigation.tabs"),
            *("navigation.tabs.sticky", "navigation.tracking", "toc.follow", "toc.integrate", "no.such.feature"),
        )
    },
}


@pytest.mark.parametrize(("settings", "sentence"), REFUSED.values(), ids=REFUSED)
def test_setting_of_the_theme_is_refused_in_one_sentence(
    settings: dict[str, Any], sentence: str, tmp_path: Path
) -> None:
    """In both languages."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").touch()
    theme = {"name": "material", **settings.get("theme", {})}
    config = load_config(str(tmp_path / "mkdocs.yml"), site_name="x", plugins=[], **(settings | {"theme": theme}))
    (objection,) = list_theme_objections(config)
    assert sentence in load_words("en").fill(objection.message, **objection.values)
    assert re.search("[ء-ي]{3}", load_words("ar").fill(objection.message, **objection.values))


def test_colours_of_the_generator_can_be_read() -> None:
    """By the measure that holds for colours of one's own; black on white is the standard's example."""
    assert find_contrast("#000", "#ffffff") == 21
    for colours in read_colours().values():
        assert [
            pair for pair, least in LEAST.items() if find_contrast(colours[pair[0]], colours[pair[1]]) < least
        ] == []
    assert list(read_colours()) == list(SCHEMES)
    assert list(list_colour_objections({})) == []
    assert list(list_colour_objections(OWN)) == []
    assert mix_colours(OWN)["dark"]["accent"] == "#c9a6f0"


COLOURS: dict[str, tuple[dict[str, Any], str]] = {
    "too light": (
        {"accent": {"light": "#aaaaaa"}},
        "in the light scheme accent #aaaaaa on paper #fcfcfa has a contrast of 2.",
    ),
    "one for both": ({"link": "#0b5568"}, "in the dark scheme link #0b5568 on paper #141817 has a contrast of"),
    "no colour": ({"ink": "blue"}, "blue is no colour"),
    "number": ({"ink": 123456}, "123456 is no colour; write one in quotes"),
    "another scheme": ({"ink": {"slate": "#fff"}}, "slate: #fff is no colour"),
    "another role": ({"primary": "#000"}, "have no primary: write one of paper"),
    "ink of voices for links": (
        {"accent": {"light": "#0b5568"}, "link": {"light": "#0B5568"}},
        "accent marks voices and nothing else, and link is the same",
    ),
}


@pytest.mark.parametrize(("own", "sentence"), COLOURS.values(), ids=COLOURS)
def test_colours_that_cannot_be_read_are_told_with_their_contrast(own: dict[str, Any], sentence: str) -> None:
    """And with what to write instead."""
    told = [load_words("en").fill(found.message, **found.values) for found in list_colour_objections(own)]
    assert sentence in told[0]


def test_table_for_readers_names_every_setting() -> None:
    """``docs/en/settings.md`` is read on the repository host."""
    text = (PROJECT / "docs/en/settings.md").read_text(encoding="utf-8")
    names = {name.split()[0] for name in HONOURED if name.startswith(("theme.", "extra."))}
    names |= {name for name in REFUSED if "." in name}
    assert [name for name in names - {"no.such.feature"} if f"`{name}`" not in text] == []
