"""What the theme's own settings do on our pages: honoured, or refused with what to write instead.

From the setup pages of https://squidfunk.github.io/mkdocs-material/setup/.
The table for readers is docs/en/settings.md.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from musnad.plugin.look import list_palette_objections
from musnad.plugin.objection import Objection
from musnad.records.problems import N_
from musnad.text.languages import LANGS

FEATURES = frozenset(
    {
        *("announce.dismiss", "content.action.edit", "content.code.annotate", "content.code.copy"),
        *("content.code.select", "content.footnote.tooltips", "content.tabs.link", "content.tooltips"),
        *("header.autohide", "navigation.top", "search.highlight", "search.share", "search.suggest"),
    }
)
"""Features of the theme that the pages have. The others move a navigation, or fetch pages in place of it."""
ICONS = frozenset({"logo", "search", "close", "previous", "share", "top", "admonition", "annotation"})
"""Icons of the theme that stand somewhere on a page."""
PARTS = frozenset(
    {
        *("consent", "footer", "header", "icons", "language", "logo", "palette", "path", "progress", "search"),
        *("slash", "social", "symbols", "top"),
    }
)
"""Templates below ``partials/`` that our layout has a place for."""
EXTRAS = {
    "alternate": N_("the two languages lead to each other by themselves: remove extra.alternate in mkdocs.yml"),
    "version": N_("pages have no list of versions, and keep their addresses: remove extra.version in mkdocs.yml"),
    "status": N_(
        "records have a status of their own, and there is no list to show it: remove extra.status in mkdocs.yml"
    ),
    "tags": N_("records are found by kind and in the search, not by tags: remove extra.tags in mkdocs.yml"),
    "disqus": N_("pages have no comments: remove extra.disqus in mkdocs.yml"),
}
"""Settings below ``extra`` that no page has a place for."""
KEPT = {"__tabs": "content.tabs.link", "__announce": "announce.dismiss"}
"""What the theme keeps on a reader's device, by its name for that, with the feature that does."""
# What the theme has without a setting.
_FONT = {"text": "Roboto", "code": "Roboto Mono"}
FAVICON = "assets/images/favicon.png"
"""The theme's own, which stands for no setting."""
_EXTENDS = re.compile(r"""\{%-?\s*extends\s+["'](?:base|main|record|root)\.html["']""")


def list_theme_objections(config: MkDocsConfig) -> Iterator[Objection]:
    """Yield what the theme offers and our pages can't have."""
    yield from list_palette_objections(config.theme.get("palette"))
    if config.theme.get("language") not in (*LANGS, None):
        yield Objection(
            N_(
                "pages are Arabic and English, and language is that of pages in both: "
                "write language: ar or en below theme"
            )
        )
    if config.theme.get("direction"):
        yield Objection(N_("each language has its own direction: remove direction below theme in mkdocs.yml"))
    if config.theme.get("font") not in (None, False, _FONT):
        yield Objection(
            N_(
                "pages have fonts for both scripts and load none from other sites: write font: false below theme in "
                "mkdocs.yml, and for another font :root {{ --face: … }} in a file of extra_css"
            )
        )
    features = config.theme.get("features") or []
    if not isinstance(features, list):
        yield Objection(N_("features below theme in mkdocs.yml is a list: as in {one}"), {"one": "[search.highlight]"})
        features = []
    if refused := [str(name) for name in features if name not in FEATURES]:
        yield Objection(
            N_("the pages have no place for these features of the theme: remove {names}; there are {known}"),
            {"names": ", ".join(refused), "known": ", ".join(sorted(FEATURES))},
        )
    yield from _list_icon_objections(config)
    yield from _list_extra_objections(config)
    yield from _list_layout_objections(config)


def list_kept(config: MkDocsConfig) -> Iterator[str]:
    """Yield what the theme keeps on a reader's device, as it is set up, besides a scheme."""
    features = config.theme.get("features") or []
    yield from (name for name, feature in KEPT.items() if feature in features)
    if config.extra.get("consent"):
        yield "__consent"


def _list_icon_objections(config: MkDocsConfig) -> Iterator[Objection]:
    icons = config.theme.get("icon") or {}
    for name in icons.keys() - ICONS:
        yield Objection(
            N_("pages have no place for the icon {name} below theme.icon in mkdocs.yml: remove it; there are {known}"),
            {"name": str(name), "known": ", ".join(sorted(ICONS))},
        )
    used = [icon for name, icon in icons.items() if name != "admonition"]
    used += (icons.get("admonition") or {}).values()
    used += [one.get("icon") for one in _list_of(config.extra.get("social"))]
    used += [(one.get("toggle") or {}).get("icon") for one in _list_of(config.theme.get("palette"))]
    for icon in used:
        if icon and not any(Path(folder, f".icons/{icon}.svg").is_file() for folder in config.theme.dirs):
            yield Objection(
                N_(
                    "there is no icon {name}: write one as in material/newspaper, from the theme's folder .icons "
                    "or custom_dir/.icons"
                ),
                {"name": str(icon)},
            )


def _list_of(setting: object) -> list[Mapping[str, Any]]:
    return [one for one in setting if isinstance(one, Mapping)] if isinstance(setting, list) else []


def _list_extra_objections(config: MkDocsConfig) -> Iterator[Objection]:
    yield from (Objection(message) for name, message in EXTRAS.items() if config.extra.get(name))
    social = config.extra.get("social")
    if social and (
        not isinstance(social, list) or not all(one.get("icon") and one.get("link") for one in _list_of(social))
    ):
        yield Objection(
            N_("extra.social in mkdocs.yml is a list, each with icon and link: as in {one}"),
            {"one": "[{icon: simple/mastodon, link: https://…}]"},
        )
    analytics = config.extra.get("analytics")
    if not analytics:
        return
    provider = analytics.get("provider") if isinstance(analytics, Mapping) else None
    part = f"partials/integrations/analytics/{provider}.html"
    if not provider or not any(Path(folder, part).is_file() for folder in config.theme.dirs):
        yield Objection(
            N_("extra.analytics in mkdocs.yml needs a provider: google, or one with a file {file} in custom_dir"),
            {"file": part if provider else "partials/integrations/analytics/….html"},
        )
    elif analytics.get("feedback"):
        yield Objection(N_("pages don't ask what readers think: remove extra.analytics.feedback in mkdocs.yml"))


def _list_layout_objections(config: MkDocsConfig) -> Iterator[Objection]:
    own = config.theme.custom_dir
    if not own:
        return
    folder = Path(own)
    for layout in (folder / "main.html", folder / "record.html"):
        if layout.is_file() and not _EXTENDS.search(layout.read_text(encoding="utf-8")):
            yield Objection(
                N_("{file} takes the place of the layout of all pages: let it extend base.html or record.html"),
                {"file": f"{folder.name}/{layout.name}"},
            )
    theirs = {path.name for place in config.theme.dirs if place != own for path in Path(place).glob("partials/*.html")}
    for path in sorted(folder.glob("partials/*.html")):
        if path.name in theirs and path.stem not in PARTS:
            yield Objection(
                N_("pages have no place for {file}: write what it shows in a block of main.html"),
                {"file": f"{folder.name}/partials/{path.name}"},
            )
