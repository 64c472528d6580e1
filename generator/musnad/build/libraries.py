"""Libraries and values that shape pages, as digests are taken of them."""

import re
from collections.abc import Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, packages_distributions, version

# Whatever stands between a record and the bytes of its page.
_LIBRARIES = (
    "mkdocs",
    "mkdocs-material",
    "markdown",
    "jinja2",
    "markupsafe",
    "pydantic",
    "babel",
    "edtf",
    "hijridate",
    "pyyaml",
    "nh3",
)

_PLACE = re.compile(r" at 0x[0-9a-f]+")


@cache
def list_libraries() -> Sequence[str]:
    """Return each library that shapes pages, with its version; what is loaded stays as long as a process does."""
    return [f"{name} {_find_library(name)}" for name in _LIBRARIES]


def _find_library(name: str) -> str:
    """Return the version of a library, also where another distribution brings its package."""
    try:
        return version(name)
    except PackageNotFoundError:
        others = packages_distributions().get(name, ())
        return " ".join(f"{other} {version(other)}" for other in sorted(others))


def name_value(value: object) -> str:
    """Return what stands for a value in a digest; where a function lies in memory is another place each time."""
    return _PLACE.sub("", str(sorted(value) if isinstance(value, set | frozenset) else value))
