"""Records that leave to their sources what these say: the same record, with fewer lines."""

from pathlib import Path

import yaml

from musnad.editing.style import write_record
from musnad.records.load import load_entries


def make_lean(entries: Path) -> int:
    """Take from each claim below a folder what its source says too; return how many values that were."""
    catalogue = load_entries(entries).catalogue
    count = 0
    for claim in catalogue.claims.values():
        source = catalogue.sources[claim.source_id]
        path = entries / claim.file
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
        before = _count(data)
        if source.status == claim.status == "published":
            del data["status"]
        if source.extracted == claim.extracted:
            del data["extracted"]
        if data["attribution"][0] == {"voice": "outlet", "entity": source.outlet}:
            data["attribution"] = data["attribution"][1:]
        if not data["attribution"]:
            del data["attribution"]
        for locator in data["locators"]:
            del locator["source"]
        count += before - _count(data)
        path.write_text(write_record(data, claim.file), encoding="utf-8", newline="\n")
    return count


def _count(value: object) -> int:
    if isinstance(value, dict):
        return sum(map(_count, value.values()))
    return sum(map(_count, value)) if isinstance(value, list) else 1
