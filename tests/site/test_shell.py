"""The shell of the theme, rendered once for many pages: every byte is the one that MkDocs gives page by page."""

import re
import shutil
from pathlib import Path

import pytest
import yaml

from tests.conftest import TOY, mostly_long
from tests.second import SECOND
from tests.site.test_settings import Project
from tests.site.test_warm import assert_same, read_tree

ROOT = Path(__file__).parents[2]
LAYOUTS = {
    "layouts/main.html": '{% extends "base.html" %}{% block hero %}You read {{ page.title | e }}{% endblock %}'
    "{% block extrahead %}{{ super() }}<meta name=own content='{{ page.url }}'>{% endblock %}"
    "{% block content %}{{ super() }}{% if page.meta.trail %}<i>{{ page.meta.trail | length }}</i>{% endif %}"
    "{% endblock %}",
    "layouts/partials/path.html": '<nav class="trail">{% for step in page.meta.trail or [] %}'
    "{{ step.href | url }} {% endfor %}</nav>",
    "layouts/partials/symbols.html": '<svg class="symbols">{{ page.title | e }}</svg>',
    "layouts/partials/footer.html": "<footer>{{ page.canonical_url }} {{ config.site_name | e }}</footer>",
}


UNFIT = "{% block announce %}{{ page.title | e if 'Salt' in page.title }}{% endblock %}"
ODD = {
    "site_name": "Harbour & <Records>",
    "site_url": "https://host.example/below/",
    "use_directory_urls": False,
    "repo_url": "https://git.example/harbour",
    "repo_name": "the source",
    "extra_css": ["own.css"],
    "extra_javascript": [{"path": "own.js", "defer": True}],
    "theme": {"name": "material", "custom_dir": "layouts", "features": ["navigation.top", "announce.dismiss"]},
    "plugins": [{"musnad": {"entries": "entries"}}],
}


@pytest.mark.parametrize("record", mostly_long(["real", "second", "odd", "unfit"], "real", "odd"))
@pytest.mark.sampled(2)
def test_pages_are_those_of_mkdocs(record: str, tmp_path: Path) -> None:
    """Of the real record, of the second, and of the toy record with layouts of its own, one of which fits no shell."""
    folder = tmp_path / "fast"
    if record == "second":
        shutil.copytree(SECOND, folder)
    elif record == "real":
        for name in ("entries", "docs"):
            shutil.copytree(ROOT / name, folder / name)
        shutil.copyfile(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
    else:
        shutil.copytree(TOY, folder / "entries")
        for name in (*LAYOUTS, "docs/own.css", "docs/own.js"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(LAYOUTS.get(name, ""), encoding="utf-8")
        (folder / "mkdocs.yml").write_text(yaml.safe_dump(ODD), encoding="utf-8")
    if record == "unfit":
        with (folder / "layouts/main.html").open("a", encoding="utf-8") as file:
            file.write(UNFIT)
    shutil.copytree(folder, tmp_path / "plain")
    settings = tmp_path / "plain/mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    plain = re.sub(r"(?m)^( +)((?:entries|colours):)", r"\1plain: true\n\1\2", text, count=1)
    assert plain != text
    settings.write_text(plain, encoding="utf-8")
    sites = []
    for project in (folder, settings.parent):
        said = Project(project, project / "site").build(MUSNAD_CACHE="false")
        assert ("each by itself" in said) == (record == "unfit" and project == folder)
        sites.append(read_tree(project / "site"))
    assert_same(*sites)
