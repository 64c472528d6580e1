"""Which day it is."""

from datetime import UTC, datetime, timedelta

_FARTHEST_EAST = timedelta(hours=14)


def find_today() -> str:
    """Return the latest date that it is anywhere on Earth: what an editor calls today is no later."""
    return (datetime.now(UTC) + _FARTHEST_EAST).date().isoformat()
