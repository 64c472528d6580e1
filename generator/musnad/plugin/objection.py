"""What stops a build before it begins."""

from collections.abc import Mapping
from typing import NamedTuple


class Objection(NamedTuple):
    """Why a build can't begin, and what to change: a message for editors with what to fill in."""

    message: str
    values: Mapping[str, str] = {}
