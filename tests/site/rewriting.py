"""Change records as data, where what a file looks like does not matter."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import yaml


class _Loader(yaml.CSafeLoader):
    """Reads dates as they are written."""

    yaml_implicit_resolvers: ClassVar = {
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith("timestamp")]
        for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }


def rewrite(file: Path, change: Callable[[Any], Any]) -> None:
    """Write a file of YAML anew with what ``change`` makes of its content."""
    content = change(yaml.load(file.read_text(encoding="utf-8"), _Loader))
    file.write_text(yaml.safe_dump(content, allow_unicode=True, width=4000), encoding="utf-8")
