"""Libraries that only some forms of the record need, and why a form can't be made."""

from importlib import import_module
from typing import Any

from musnad.records.problems import N_


class ReleaseError(Exception):
    """Why a release can't be made or used: a message and its values."""

    def __init__(self, message: str, **values: str) -> None:
        super().__init__(message.format_map(values))
        self.message, self.values = message, values


def import_extra(name: str) -> Any:
    """Return a module that comes with the extra ``exports``. Raises ReleaseError without it."""
    try:
        return import_module(name)
    except ModuleNotFoundError:
        message = N_("to make this file, {name} is needed as well: pip install 'musnad[exports]'")
        raise ReleaseError(message, name=name) from None
