"""The policy of the pages: what a browser may load, run and send. An element of each page, and lines for hosts.

Sources: https://www.w3.org/TR/CSP3/ (what stands in a page can't say who may frame it),
https://docs.netlify.com/manage/routing/headers/ (``_headers``, which Cloudflare reads as well).
"""

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig

from musnad.plugin.objection import Objection
from musnad.records.files import list_visible
from musnad.records.problems import N_

HEADERS = "_headers"
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "default",
}
"""What the pages use; ``data:`` is for the icons in the theme's style sheet. ``assets/head.js`` has the default of
trusted types."""
OFFLINE = {
    "script-src": "blob: file:",
    "worker-src": "blob:",
    "style-src": "file:",
    "img-src": "file:",
    "form-action": "file:",
} | dict.fromkeys(("require-trusted-types-for", "trusted-types"), False)
"""What pages opened as files have besides, or have not: ``offline.js`` makes modules and workers of texts."""
SERVING = {"script-src": "'unsafe-inline'"}
"""MkDocs puts a script into each page while serving, with other numbers each time."""
OTHERS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        f"{name}=()"
        for name in (
            *("accelerometer", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope"),
            *("hid", "magnetometer", "microphone", "midi", "payment", "serial", "usb"),
        )
    ),
}
NO_POLICY = N_(
    "the pages have no policy, because of {reasons}: say what these may load in policy below musnad in mkdocs.yml"
)
INLINE = N_(
    "{file} has a script or a style among its text, which the policy of the pages does not let run: put it into a "
    "file, or write what it needs in policy below musnad in mkdocs.yml"
)
_DIRECTIVE = re.compile(r"[a-z]+(?:-[a-z]+)*")
_INLINE = re.compile(
    r"<(?P<name>script|style)\b(?P<attributes>(?![^>]*\b(?:src\s*=|application/))[^>]*)>(?P<text>.*?)</(?P=name)\s*>",
    re.DOTALL | re.IGNORECASE,
)
_OF_THEME = ("partials/slash.html", "partials/icons.html", "partials/javascripts/announce.html")
"""Templates whose scripts and styles stand in some pages of some sites: they are allowed by their digest."""


def list_policy_objections(own: object) -> Iterator[Objection]:
    """Yield what is wrong with the setting ``policy``."""
    given = own if isinstance(own, Mapping) else {}
    for name, value in given.items():
        values = value if isinstance(value, list) else [value]
        is_source = all(isinstance(one, str) and not re.search(r"[;,\n]", one) for one in values)
        if not _DIRECTIVE.fullmatch(str(name)) or not (value is False or is_source):
            yield Objection(
                N_(
                    "policy.{name} below musnad in mkdocs.yml: write a directive and what it may load besides, as in "
                    "{one}, or false to leave the directive out"
                ),
                {"name": str(name), "one": "policy: {img-src: [https://pictures.example]}"},
            )


def write_policy(*additions: Mapping[str, Any]) -> str:
    """Return the policy with what others need besides; what is added to nothing takes its place."""
    policy = dict(POLICY)
    for name, value in ((name, value) for added in additions for name, value in added.items()):
        if value is False:
            policy.pop(name, None)
            continue
        known = policy.get(name, "").replace("'none'", "").split()
        policy[name] = " ".join(dict.fromkeys([*known, *(value if isinstance(value, list) else value.split())]))
    return "; ".join(f"{name} {value}".strip() for name, value in policy.items())


def find_inline(html: str) -> Iterator[tuple[str, str]]:
    """Yield the directive and the digest that would allow each script and style among the text of a page."""
    for found in _INLINE.finditer(html):
        digest = b64encode(sha256(found["text"].encode()).digest()).decode()
        yield f"{found['name'].lower()}-src", f"'sha256-{digest}'"


def _allow(found: Iterable[tuple[str, str]]) -> dict[str, Any]:
    allowed: dict[str, Any] = {}
    for name, digest in found:
        allowed.setdefault(name, []).append(digest)
    return allowed


def allow_templates(config: MkDocsConfig, environment: Environment) -> Mapping[str, Any]:
    """Return what scripts and styles in the theme's and the site's own templates need: their digests.

    Never those of finished pages, where a stranger's words stand. What a template fills in can't be known before.
    """
    features = config.theme.get("features") or []
    names = [name for name in _OF_THEME if "announce" not in name or "announce.dismiss" in features]
    pages = [{"url": url} for url in ([""] if config.use_directory_urls else ["index.html", "x.html"])]
    made = [environment.get_template(name).render(config=config, page=page) for name in names for page in pages]
    if config.extra.get("consent"):
        made.append(environment.get_template("partials/javascripts/consent.html").render(config=config))
    own = config.theme.custom_dir
    read = [Path(own, name).read_text(encoding="utf-8") for name in _list_templates(own)] if own else []
    return _allow(pair for html in (*made, *read) for pair in find_inline(html))


def allow_addresses(config: MkDocsConfig) -> Mapping[str, Any]:
    """Return the files of other sites that the configuration itself names."""
    scripts = map(str, [*config.extra_javascript, *(config.extra.get("polyfills") or [])])
    pictures = (str(config.theme.get(key) or "") for key in ("logo", "favicon"))
    named = {"script-src": scripts, "style-src": config.extra_css, "img-src": pictures}
    return {name: [one.removeprefix("//") for one in found if urlsplit(one).netloc] for name, found in named.items()}


def _list_templates(folder: str) -> Iterator[str]:
    yield from (name for name in list_visible(folder) if name.endswith(".html"))


def write_headers(policy: str, path: str) -> str:
    """Return lines for hosts, for everything below a path with slashes around it, with what pages can't say."""
    whole = "; ".join(part for part in (policy, "frame-ancestors 'none'") if part)
    lines = [f"  {name}: {value}\n" for name, value in {"Content-Security-Policy": whole, **OTHERS}.items()]
    return f"{path}*\n{''.join(lines)}"
