"""The files of a publication on its repository host: workflows, forms for issues, templates.

They lie as templates in ``starter/host/``, with signs of their own: workflows use ``{{ }}`` themselves. This project's
own files are made from them as well; a test compares. What GitLab wants as Markdown is made from GitHub's forms.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from musnad.text.addresses import find_host_name
from musnad.text.languages import Lang

Host = Literal["github", "gitlab", "none"]
HOSTS: tuple[Host, ...] = ("github", "gitlab", "none")
TEMPLATES = Path(__file__).parent.parent / "starter/host"
FORMS = "github/ISSUE_TEMPLATE"
_SET_UP = (
    "python3 -m venv .venv",
    ".venv/bin/python -m pip install --quiet --require-hashes -r requirements.txt",
)


@dataclass(frozen=True)
class Setting:
    """What differs between the repositories that the files are made for."""

    hosts: frozenset[Host]
    site_url: str
    """With a slash at the end."""
    lang: Lang
    """Of the form on the site that is offered first."""
    setup: tuple[str, ...] = _SET_UP
    """Commands after which ``.venv/bin`` has ours."""
    is_generator: bool = False
    """Whether this is the repository of the generator itself."""


def guess_host(repo_url: str) -> Host:
    """Return the host that an address of a repository tells."""
    name = find_host_name(repo_url)
    return "github" if name == "github.com" else "gitlab" if "gitlab" in name.split(".") else "none"


def make_host_files(setting: Setting) -> dict[str, str]:
    """Return the text of every file for the hosts by its path in the repository."""
    if not setting.hosts - {"none"}:
        return {}
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        block_start_string="<%",
        block_end_string="%>",
        variable_start_string="<%=",
        variable_end_string="%>",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )
    environment.filters["yaml"] = lambda text: json.dumps(text, ensure_ascii=False)
    files = {}
    for name in sorted(environment.list_templates()):
        place = _find_place(name, setting.hosts)
        # What one kind of repository alone has comes out empty for the others.
        if place and (text := environment.get_template(name).render(vars(setting))):
            files[place] = text
    if "gitlab" in setting.hosts:
        files |= dict(_make_gitlab_templates())
    return files


def _find_place(name: str, hosts: frozenset[Host]) -> str | None:
    """Return where a template's file belongs, None where its host has no place for it."""
    # A hidden file would be passed over among the data of the package.
    first = name.partition("/")[0]
    host = first.partition("-")[0]
    if host not in HOSTS:
        return name
    return f".{name}" if host in hosts else None


def _make_gitlab_templates() -> Iterator[tuple[str, str]]:
    """Yield GitLab's templates of issues and proposals: the same headings as GitHub writes from its forms."""
    for name, form in load_forms(TEMPLATES / FORMS):
        texts = []
        for item in form["body"]:
            attributes = item["attributes"]
            texts.append(attributes["value"].strip() if item["type"] == "markdown" else f"### {attributes['label']}")
            if "description" in attributes:
                texts.append(f"<!-- {attributes['description']} -->")
        # Only members of the project see such an issue.
        texts += ["/confidential"] if name == "takedown" else []
        yield f".gitlab/issue_templates/{name}.md", "\n\n".join(texts) + "\n"
    template = TEMPLATES / "github/pull_request_template.md"
    yield ".gitlab/merge_request_templates/Default.md", template.read_text(encoding="utf-8")


def load_forms(folder: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the name and the data of each form for issues in a folder. Raises OSError and yaml.YAMLError."""
    for path in sorted(folder.glob("*.yml")):
        form = yaml.safe_load(path.read_text(encoding="utf-8"))
        if isinstance(form, dict) and isinstance(form.get("body"), list):
            yield path.stem, form
