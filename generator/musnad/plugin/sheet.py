"""The theme's style sheets, or the part of them that our pages can show: fewer bytes, and one request less.

``vendor/sheet.py`` makes that part, of one version of the theme. Pages have it only where nothing could give them
more: no layout, style or script of one's own, no plugin beside ours, no other features, and no class that is left out.
"""

import re
from collections.abc import Iterable, Iterator, Set
from functools import cache
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

ASSETS = Path(__file__).parent.parent / "theme/assets"
SHEET = ASSETS / "theme.css"
FEATURES = frozenset({"search.highlight", "search.share", "search.suggest", "content.action.edit"})
"""Features of the theme that the short sheet has the styles of."""
BRING = ("consent", "social", "annotate", "analytics", "polyfills")
"""Settings below ``extra`` that bring something else into the pages."""
_CLASS = re.compile(r"\.(-?[_a-zA-Z][\w-]*)")
_GIVEN = re.compile(r"""\sclass\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE)


def find_sheets(folders: Iterable[Path]) -> Iterator[Path]:
    """Yield the style sheets of a theme in some folders, in the order of pages."""
    for folder in folders:
        for name in ("main", "palette"):
            yield from folder.glob(f"assets/stylesheets/{name}.*.min.css")


def find_classes(text: str) -> set[str]:
    """Return the classes that selectors ask for."""
    return set(_CLASS.findall(text))


@cache
def list_left_out(*folders: Path) -> frozenset[str] | None:
    """Return the classes of a theme that the short sheet knows nothing of; None if that is of another version."""
    short, sheets = SHEET.read_text(encoding="utf-8"), list(find_sheets(folders))
    if not sheets or not all(path.name in short.partition("*/")[0] for path in sheets):
        return None
    whole = "".join(path.read_text(encoding="utf-8") for path in sheets)
    return frozenset(find_classes(whole) - find_classes(short))


def is_enough(config: MkDocsConfig, own_styles: Iterable[str], given: Set[str]) -> bool:
    """Whether the short sheet is enough, for the configuration and for the classes ``given`` in hand-written pages.

    ``own_styles`` are the generator's.
    """
    theme, extra = config.theme, config.extra
    if theme.custom_dir or not FEATURES.issuperset(theme.get("features") or []) or any(map(extra.get, BRING)):
        return False
    if config.extra_javascript or not set(own_styles).issuperset(config.extra_css):
        return False
    left_out = list_left_out(*map(Path, theme.dirs))
    return left_out is not None and left_out.isdisjoint(given)


def list_given(html: str) -> Iterator[str]:
    """Yield the classes that stand in HTML."""
    for found in _GIVEN.finditer(html):
        yield from (found[1] or found[2] or found[3] or "").split()
