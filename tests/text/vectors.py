"""The table that Python and JavaScript must both agree with."""

from pathlib import Path
from typing import Any

import yaml

VECTORS: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    Path(__file__).with_name("vectors.yaml").read_text(encoding="utf-8")
)
TOLERANCE = 0.00005
"""Scores are written with four digits."""
