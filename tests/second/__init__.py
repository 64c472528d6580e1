"""A second record: another subject, region, look and vocabulary than the first, all of it invented."""

from pathlib import Path

SECOND = Path(__file__).parent
