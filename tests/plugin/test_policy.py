"""The policy of the pages: what is allowed besides is what the configuration says, and nothing that a page holds."""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from jinja2 import DictLoader, Environment
from mkdocs.config.defaults import MkDocsConfig

from musnad.plugin.policy import (
    OFFLINE,
    POLICY,
    allow_addresses,
    allow_templates,
    find_inline,
    list_policy_objections,
    write_headers,
    write_policy,
)


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _read(policy: str) -> dict[str, str]:
    return {name: sources for name, _, sources in (part.partition(" ") for part in policy.split("; "))}


def test_policy_allows_nothing_by_itself() -> None:
    """No scripts or styles in a page, no other sites, no forms."""
    policy = _read(write_policy())
    assert policy == POLICY
    assert policy["default-src"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert "unsafe" not in str(policy)


def test_own_sources_are_added_and_directives_left_out() -> None:
    """To what is there; what was nothing is theirs alone."""
    given = {
        "img-src": ["https://a.example"],
        "form-action": "https://b.example",
        "media-src": "'self'",
        "trusted-types": False,
    }
    policy = _read(write_policy(given))
    assert policy["img-src"] == "'self' data: https://a.example"
    assert policy["form-action"] == "'self' https://b.example"
    assert policy["media-src"] == "'self'"
    assert "trusted-types" not in policy
    assert "trusted-types" not in _read(write_policy(OFFLINE))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<script>a</script>", [("script-src", _digest("a"))]),
        ("<SCRIPT type=module >\na</script >", [("script-src", _digest("\na"))]),
        ("<style media=print>b</style><script>a</script>", [("style-src", _digest("b")), ("script-src", _digest("a"))]),
        ('<script src="x.js"></script><script id="c" type="application/json">{}</script>', []),
    ],
)
def test_scripts_and_styles_among_text_are_found(html: str, expected: list[tuple[str, str]]) -> None:
    """With the digest that browsers compare; data and files need none."""
    assert list(find_inline(html)) == expected


def _make_config(folder: Path, **settings: Any) -> MkDocsConfig:
    config = MkDocsConfig()
    config.load_dict({"site_name": "x", "docs_dir": str(folder), "theme": {"name": None, "custom_dir": str(folder)}})
    config.load_dict(settings)
    assert config.validate()[0] == []
    return config


def test_templates_of_ones_own_are_allowed_by_their_digest(tmp_path: Path) -> None:
    """As they stand; those of the theme only where they are in use."""
    (tmp_path / "main.html").write_text("<script>own</script>", encoding="utf-8")
    parts = {
        "partials/slash.html": "<script>{{ page.url }}</script>",
        "partials/icons.html": "",
        "partials/javascripts/announce.html": "<script>closed</script>",
        "partials/javascripts/consent.html": "<script>asked</script>",
    }
    environment = Environment(loader=DictLoader(parts))
    config = _make_config(tmp_path)
    assert allow_templates(config, environment) == {"script-src": [_digest(""), _digest("own")]}
    config.extra["consent"], config.theme["features"] = True, ["announce.dismiss"]
    assert {_digest("closed"), _digest("asked")} <= set(allow_templates(config, environment)["script-src"])


def test_files_of_other_sites_that_the_configuration_names_are_allowed(tmp_path: Path) -> None:
    """Each file and no more of its site."""
    config = _make_config(
        tmp_path, extra_javascript=["own.js", "https://a.example/x.js"], extra_css=["//b.example/y.css"]
    )
    allowed = allow_addresses(config)
    assert allowed["script-src"] == ["https://a.example/x.js"]
    assert allowed["style-src"] == ["b.example/y.css"]


@pytest.mark.parametrize(
    "given", [{"img-src": "a; script-src *"}, {"IMG": "a"}, {"img-src": True}, {"img-src": ["a,b"]}]
)
def test_mistakes_in_the_setting_are_told(given: dict[str, object]) -> None:
    """One that would end a directive would begin another."""
    assert list(list_policy_objections(given))
    assert not list(list_policy_objections({"img-src": ["https://a.example"], "trusted-types": False}))


def test_lines_for_hosts_are_below_the_path_of_the_site() -> None:
    """And say what pages can't."""
    lines = write_headers("default-src 'none'", "/below/").splitlines()
    assert lines[0] == "/below/*"
    assert lines[1] == "  Content-Security-Policy: default-src 'none'; frame-ancestors 'none'"
    assert {"  Referrer-Policy: no-referrer", "  X-Content-Type-Options: nosniff"} <= set(lines)
