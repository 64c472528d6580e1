"""What this project is made of: a page of licences, and what a bill of materials has to say besides packages.

    python vendor/supply.py licences        # docs/en/licences.md, from the environment
    python vendor/supply.py sbom FILE       # adds licences, and what is committed here, to a CycloneDX file

The packages are those that ``requirements*.txt`` pin; their licences are what they say of themselves.
"""

import json
import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import NamedTuple

PROJECT = Path(__file__).parent.parent
PAGE = PROJECT / "docs/en/licences.md"
SETS = {
    "requirements.txt": "What builds a site",
    "requirements-sources.txt": "What reads web pages and PDFs, where it is asked for (`musnad[sources]`)",
    "requirements-dev.txt": "What tests, benchmarks and further exports need (`musnad[exports]` is among them)",
    "requirements-ftm.txt": "What reads FollowTheMoney in tests",
}
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)
_ROW = re.compile(r"^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \|.*?`([0-9a-f]{64})`", re.MULTILINE)
_PREFIX = "License :: OSI Approved :: "
_HEAD = """# Licences

What Musnad is made of, and under which licences. Made by `python vendor/supply.py licences` from what the packages say
of themselves in the set-up environment; a test tells when it is out of date, and when what builds a site is under
another licence than those it knows. Musnad itself is MIT.

## What is committed here and sent to readers

Origin, version, digests, and the command that makes each of them again stand in
[`vendor/README.md`](../../vendor/README.md) and [`fonts/README.md`](../../fonts/README.md). Material’s own scripts and
styles (MIT), with the icons in its package, come out of `mkdocs-material`.

| what | version | licence |
|---|---|---|
"""


class Asset(NamedTuple):
    """Something of others that is committed here."""

    name: str
    version: str
    licence: str
    sha256: str
    """Of the package that it was taken from."""


def list_assets() -> Iterator[Asset]:
    """Yield what the two tables of origins tell."""
    for name in ("vendor/README.md", "fonts/README.md"):
        for row in _ROW.finditer((PROJECT / name).read_text(encoding="utf-8")):
            yield Asset(row[1], row[2].partition(" ")[0], row[3].partition(" (")[0], row[4])
    text = (PROJECT / "vendor/README.md").read_text(encoding="utf-8")
    commit = re.search(r"natural-earth-geojson`[^`]*commit `([0-9a-f]{40})`", text)
    if commit is None:
        raise ValueError("vendor/README.md tells no commit of Natural Earth")
    yield Asset("Natural Earth", f"4, commit {commit[1][:12]}", "public domain", "")


def list_pins(name: str) -> dict[str, str]:
    """Return the versions that a file of requirements pins."""
    return dict(_PIN.findall((PROJECT / name).read_text(encoding="utf-8")))


def find_licence(name: str) -> str:
    """Return what an installed package says of its licence; a dash where it is not installed on this system."""
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return "—"
    classes = [line.removeprefix(_PREFIX) for line in told.get_all("Classifier", []) if line.startswith(_PREFIX)]
    line = (told.get("License") or "").strip().partition("\n")[0]
    return str(told.get("License-Expression") or ", ".join(classes) or line or "not said")


def write_page() -> str:
    """Return the page of licences."""
    parts = [_HEAD, *(f"| {a.name} | {a.version} | {a.licence} |\n" for a in list_assets())]
    seen: set[str] = set()
    for name, title in SETS.items():
        pins = {package: version for package, version in list_pins(name).items() if package not in seen}
        seen |= pins.keys()
        parts.append(f"\n## {title}\n\n| package | version | licence |\n|---|---|---|\n")
        parts += [f"| {package} | {version} | {find_licence(package)} |\n" for package, version in pins.items()]
    return "".join(parts)


def add_assets(path: Path) -> None:
    """Add licences, and what is committed here, to a bill of materials."""
    bill = json.loads(path.read_text(encoding="utf-8"))
    for component in bill.setdefault("components", []):
        component.setdefault("licenses", [{"license": {"name": find_licence(component["name"])}}])
    for asset in list_assets():
        component = {
            "type": "file" if asset.sha256 == "" else "library",
            "bom-ref": f"committed:{asset.name}",
            "name": asset.name,
            "version": asset.version,
            "licenses": [{"license": {"name": asset.licence}}],
        }
        if asset.sha256:
            component["hashes"] = [{"alg": "SHA-256", "content": asset.sha256}]
            component["purl"] = f"pkg:npm/{asset.name.replace('@', '%40')}@{asset.version}"
        bill["components"].append(component)
    path.write_text(json.dumps(bill, indent=2, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")


def main(arguments: list[str]) -> None:
    """Write the page, or add to a bill of materials."""
    match arguments:
        case ["licences"]:
            PAGE.write_text(write_page(), encoding="utf-8", newline="\n")
        case ["sbom", file]:
            add_assets(Path(file))
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
