"""Settings of MkDocs: each of them is honoured by the built site, cold and warm, through the cache and without it."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import TOY
from tests.site.hosts import Host, crawl, list_files
from tests.site.test_warm import assert_same, read_tree

CLAIM = "claims/tide-post-12/rye-bread-price"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@dataclass(frozen=True)
class Project:
    """A folder with a configuration, and where it builds to."""

    folder: Path
    site: Path

    def build(self, *options: str, **environment: str) -> str:
        """Build strictly, and return what was said."""
        run = self.run("build", "--strict", *options, **environment)
        assert run.returncode == 0, run.stderr
        assert "DeprecationWarning" not in run.stderr
        return run.stderr

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run MkDocs to its end."""
        return subprocess.run(
            [sys.executable, "-m", "mkdocs", *arguments],
            cwd=self.folder,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    def read(self, address: str) -> str:
        """Return a file of the built site."""
        return (self.site / address).read_text(encoding="utf-8")


BASE = """\
site_name: Harbour Records
theme:
  name: material
  font: false
  palette: [{scheme: default, primary: custom, accent: custom, toggle: {icon: material/weather-night, name: dark}}]
plugins:
  - musnad:
      entries: data/records
      cache: !ENV [MUSNAD_CACHE, true]
validation:
  nav: {omitted_files: warn, not_found: warn, absolute_links: warn}
  links: {not_found: warn, anchors: warn, absolute_links: relative_to_docs, unrecognized_links: warn}
"""
MANY = """\
INHERIT: base.yml
site_url: https://host.example/deep/records
site_description: Of the whole harbour.
site_author: The harbour office
copyright: All in the <b>public</b> domain
repo_url: https://git.example/harbour
repo_name: The repository
edit_uri_template: "blob/main/text/{path}?plain=1"
docs_dir: text
site_dir: public/www
use_directory_urls: false
theme:
  custom_dir: layouts
nav:
  - index.md
  - More:
      - How we count: en/counting.md
      - كيف نعدّ: ar/counting.md
      - en/entities/rye-bread.md
  - The harbour: https://harbour.example/
not_in_nav: /*/*
exclude_docs: |
  /en/secret.md
  /en/entities/salt.md
draft_docs: /en/later.md
extra_css: [own/style.css]
extra_javascript: [own/script.js, {path: own/module.js, type: module}]
markdown_extensions:
  - toc:
      permalink: true
      baselevel: 2
      slugify: !!python/name:markdown.extensions.toc.slugify
  - admonition
"""
PROSE = """\
# {title}

!!! note
    Counted.

## {heading}

[record](../en/claims/tide-post-12/rye-bread-price.md#cite), [data](../record.json), [all](/{lang}/claims.md),
[other](../{lang}/notes/README.md), [above](#{anchor}), ![](../own/picture.png), [salt](../en/entities/salt.md#names)
"""


def _make_many(folder: Path) -> Project:
    shutil.copytree(TOY, folder / "data/records")
    _write(folder / "base.yml", BASE)
    _write(folder / "mkdocs.yml", MANY)
    for lang, title, heading, anchor in (
        ("en", "Counting", "By hand", "by-hand"),
        ("ar", "العدّ", "باليد", "_2"),
    ):
        text = PROSE.format(lang=lang, title=title, heading=heading, anchor=anchor)
        _write(folder / f"text/{lang}/counting.md", text)
        _write(folder / f"text/{lang}/notes/README.md", f"# {title} 2\n")
        _write(folder / f"text/{lang}/method/index.md", f"# {title} 3\n")
    _write(folder / "text/en/secret.md", "# Secret\n")
    _write(folder / "text/en/later.md", "# Later\n")
    _write(folder / "text/en/entities/salt.md", "# Salt\n\nInstead of the record.\n")
    _write(folder / "text/robots.txt", "User-agent: *\nDisallow: /\n")
    for name in ("style.css", "script.js", "module.js", "picture.png"):
        _write(folder / "text/own" / name, "/**/")
    _write(
        folder / "layouts/main.html",
        '{% extends "record.html" %}{% block extrahead %}{{ super() }}<meta name="own" content="1">{% endblock %}',
    )
    _write(folder / "layouts/partials/logo.html", "<i>own logo</i>")
    return Project(folder, folder / "public/www")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Build the toy record, in another place, with every setting that does no more than change the site."""
    project = _make_many(tmp_path_factory.mktemp("many"))
    project.build()
    return project


def _in_all_pages(text: str) -> Callable[[Project], None]:
    def check(project: Project) -> None:
        pages = [*project.site.glob("*/**/*.html")]
        assert len(pages) > 40
        assert [page for page in pages if text not in page.read_text(encoding="utf-8")] == []

    return check


def _in(address: str, *texts: str) -> Callable[[Project], None]:
    def check(project: Project) -> None:
        found = project.read(address)
        assert [text for text in texts if text not in found] == []

    return check


def _in_search(*texts: str) -> Callable[[Project], None]:
    def check(project: Project) -> None:
        shown = "".join(path.read_text(encoding="utf-8") for path in project.site.glob("search/en/pages/*.json"))
        assert [text for text in texts if text not in shown] == []

    return check


def _check_links(project: Project) -> None:
    _, broken = crawl(Host(), list_files(project.site), "")
    assert broken == []


def _check_left_out(project: Project) -> None:
    names = {path.name for path in project.site.rglob("*")}
    assert names.isdisjoint({"secret.html", "later.html"})
    assert "Instead of the record." not in project.read("en/entities/salt.html")
    assert "later" not in project.read("sitemap.xml")


def _check_foot(project: Project) -> None:
    for lang, title, other in (("en", "How we count", "كيف نعدّ"), ("ar", "كيف نعدّ", "How we count")):
        foot = project.read(f"{lang}/index.html").partition('<ul class="colophon__links">')[2]
        assert f'<a href="counting.html">{title}</a>' in foot
        assert '<a href="https://harbour.example/">The harbour</a>' in foot
        assert other not in foot
        # Beside what is always there, as far as it exists.
        assert '<a href="method/index.html">' in foot
        assert "about.html" not in foot
        assert "contribute.html" not in foot


KEPT: dict[str, Callable[[Project], None]] = {
    "site_url with a path": _in(
        f"en/{CLAIM}.html",
        f'<link rel="canonical" href="https://host.example/deep/records/en/{CLAIM}.html">',
        f"https://host.example/deep/records/en/{CLAIM}.html?v=",
    ),
    "site_url of pages that are nowhere": _in(
        "404.html", 'href="/deep/records/en/index.html"', 'href="/deep/records/assets/record.css"'
    ),
    "site_name": _in("index.html", "<title>Harbour Records</title>"),
    "site_description": _in("en/counting.html", '<meta name="description" content="Of the whole harbour.">'),
    "site_author": _in_all_pages('<meta name="author" content="The harbour office">'),
    "copyright": _in_all_pages("All in the <b>public</b> domain"),
    "repo_url and repo_name": _in_all_pages('<a href="https://git.example/harbour">The repository</a>'),
    "edit_uri_template for records": _in(
        f"en/{CLAIM}.html", f'"https://git.example/harbour/blob/main/data/records/{CLAIM}.yaml?plain=1"'
    ),
    "edit_uri_template for hand-written pages": _in(
        "ar/counting.html", '"https://git.example/harbour/blob/main/text/ar/counting.md?plain=1"'
    ),
    "use_directory_urls": _check_links,
    "use_directory_urls in the sitemap": _in(
        "sitemap.xml",
        f"<loc>https://host.example/deep/records/ar/{CLAIM}.html</loc>",
        'hreflang="en" href="https://host.example/deep/records/en/method/index.html"',
    ),
    "use_directory_urls in the data": _in("record.json", f'"https://host.example/deep/records/en/{CLAIM}.html"'),
    "use_directory_urls in the search": _in_search(
        '"entities/salt.html"', '"browse/harbour/good.html"', '"counting.html#by-hand"'
    ),
    "exclude_docs and draft_docs": _check_left_out,
    "nav": _check_foot,
    "nav with a page of the record": _in("en/index.html", '<a href="entities/rye-bread.html">Rye bread</a>'),
    "extra_css": _in_all_pages("own/style.css"),
    "extra_javascript": _in_all_pages("own/script.js"),
    "extra_javascript as a module": _in("en/index.html", '<script src="../own/module.js" type="module">'),
    "custom_dir with a layout": _in_all_pages('<meta name="own" content="1">'),
    "custom_dir with a part": _in_all_pages("<i>own logo</i>"),
    "toc with permalinks": _in(
        f"en/{CLAIM}.html", 'id="history">Changes to this record<a class="headerlink" href="#history"'
    ),
    "toc with another first level": _in("en/counting.html", '<h3 id="by-hand">'),
    "toc with another first level in the title": _in("ar/notes/index.html", "<title>العدّ 2 · "),
    "toc with another way to make anchors": _in("ar/counting.html", '<h3 id="_2">'),
    "toc in the search": _in_search('"counting.html#by-hand","How we count","By hand"'),
    "markdown_extensions": _in("en/counting.html", '<div class="admonition note">'),
    "validation.links.absolute_links": _in("en/counting.html", 'href="claims.html"'),
    "robots.txt in docs_dir": _in("robots.txt", "Disallow: /\n"),
}


@pytest.mark.parametrize("check", KEPT.values(), ids=KEPT)
def test_setting_is_honoured(check: Callable[[Project], None], many: Project) -> None:
    """All of them together, with the configuration in two files."""
    check(many)


def test_site_with_many_settings_is_the_same_however_it_is_built(many: Project) -> None:
    """Nothing is made when nothing changed, and no link is taken for one to a page left out; MkDocs makes the same."""
    before = read_tree(many.site)
    said = many.build()
    assert "records: 0 pages made" in said
    assert "excluded" not in said
    assert_same(read_tree(many.site), before)
    text = BASE.replace("      entries: data/records\n", "      entries: data/records\n      plain: true\n")
    assert text != BASE
    _write(many.folder / "base.yml", text)
    many.build(MUSNAD_CACHE="false")
    assert_same(read_tree(many.site), before)
    _write(many.folder / "base.yml", BASE)


HOOK = """\
from pathlib import Path

def on_files(files, config):
    Path(config.config_file_path).with_name("files").write_text("\\n".join(files.src_uris))

def on_page_markdown(markdown, page, config, files):
    return markdown + f"\\n\\nHooked *{page.title}*\\n"

def on_post_page(output, page, config):
    return output.replace("</body>", f"<!-- {page.file.src_uri} --></body>")
"""
WHOLE = """\
site_name: Harbour
site_url: https://host.example/
theme:
  name: material
  custom_dir: layouts
  static_templates: [feed.xml]
  palette: [{scheme: default, primary: custom, accent: custom, toggle: {icon: material/weather-night, name: dark}}]
plugins: [musnad]
hooks: [hook.py]
extra_templates: [pages.txt]
"""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Build the toy record twice with what counts on seeing every page."""
    folder = tmp_path_factory.mktemp("whole")
    shutil.copytree(TOY, folder / "entries")
    _write(folder / "mkdocs.yml", WHOLE)
    _write(folder / "hook.py", HOOK)
    _write(folder / "docs/pages.txt", "{% for file in pages %}{{ file.url }} {{ file.page.title }}\n{% endfor %}")
    _write(folder / "layouts/feed.xml", "<feed>{% for file in pages %}<a>{{ file.url }}</a>{% endfor %}</feed>")
    project = Project(folder, folder / "site")
    for _ in range(2):
        project.build()
    return project


SEEN: dict[str, Callable[[Project], None]] = {
    "hooks see every file": lambda project: _see(project.folder / "files", f"ar/{CLAIM}.md"),
    "hooks see the text of every page": _in_all_pages("<p>Hooked <em>"),
    "hooks see the whole of every page": _in(f"ar/{CLAIM}/index.html", f"<!-- ar/{CLAIM}.md -->"),
    "hooks leave headings their anchors": _in(f"en/{CLAIM}/index.html", '<h2 id="history">Changes to this record</h2>'),
    "extra_templates": _in("pages.txt", f"en/{CLAIM}/ According to", "ar/entities/salt/ ملح"),
    "static_templates": _in("feed.xml", f"<a>en/{CLAIM}/</a>"),
}


def _see(path: Path, text: str) -> None:
    assert text in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("check", SEEN.values(), ids=SEEN)
def test_what_counts_on_every_page_sees_it(check: Callable[[Project], None], whole: Project) -> None:
    """In the second build as in the first."""
    check(whole)


def test_page_is_built_with_the_setting_of_the_command_line(tmp_path: Path) -> None:
    """``--no-directory-urls``, ``--site-dir``, ``--config-file`` and ``--dirty`` are settings too."""
    shutil.copytree(TOY, tmp_path / "here/entries")
    (tmp_path / "here/docs").mkdir()
    _write(tmp_path / "here/other.yml", re.sub("(?m)^hooks.*|^extra.*|.*(custom_dir|static).*", "", WHOLE))
    project = Project(tmp_path, tmp_path / "there")
    run = project.run(
        "build", "--no-directory-urls", "--dirty", "--config-file", "here/other.yml", "--site-dir", str(project.site)
    )
    assert run.returncode == 0, run.stderr
    assert f'href="../../../ar/{CLAIM}.html"' in project.read(f"en/{CLAIM}.html")
    _check_links(project)


def test_site_is_deployed_to_the_named_branch_of_the_named_remote(many: Project, tmp_path: Path) -> None:
    """``remote_name`` and ``remote_branch``; what is pushed is the site, without what was beside it."""
    folder, remote = tmp_path / "project", tmp_path / "remote.git"
    shutil.copytree(many.folder, folder, ignore=shutil.ignore_patterns("public", ".musnad-cache"))
    with (folder / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("remote_name: pages\nremote_branch: live\n")
    names = {f"GIT_{who}_{what}": "test@host.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}

    def git(*arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=folder, env={**os.environ, **names}, capture_output=True, text=True, check=True
        )
        return done.stdout

    git("init", "--quiet")
    git("init", "--quiet", "--bare", str(remote))
    git("remote", "add", "pages", str(remote))
    git("commit", "--quiet", "--allow-empty", "-m", "x")
    run = Project(folder, folder / "public/www").run("gh-deploy", "--strict", **names)
    assert run.returncode == 0, run.stderr
    pushed = git("--git-dir", str(remote), "ls-tree", "-r", "--name-only", "live").splitlines()
    assert {f"en/{CLAIM}.html", "record.json", "sitemap.xml", ".nojekyll"} <= set(pushed)
    assert [name for name in pushed if name.startswith(".musnad")] == []


def test_setting_that_cannot_be_honoured_stops_the_build_in_the_language_of_the_editors(tmp_path: Path) -> None:
    """Before anything is built."""
    shutil.copytree(TOY, tmp_path / "entries")
    (tmp_path / "docs").mkdir()
    text = WHOLE.replace("plugins: [musnad]", "plugins: [{musnad: {messages: ar}}]").replace("material\n", "mkdocs\n")
    _write(tmp_path / "mkdocs.yml", re.sub("(?m)^hooks.*|^extra.*|.*(custom_dir|static|palette).*", "", text))
    run = Project(tmp_path, tmp_path / "site").run("build")
    assert run.returncode == 1
    assert "اكتب name: material تحت theme في mkdocs.yml" in run.stderr
    assert "Traceback" not in run.stderr
    assert not (tmp_path / "site").exists()
