"""The corpus of hostile records: what is put where, and what must happen. A file of YAML for each sort of thing.

``python -m tests.hostile.corpus`` prints the table of kinds.
"""

import os
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import yaml

from musnad.text.digest import digest_passage
from tests.conftest import TOY

FOLDER = Path(__file__).parent
CLAIM, ENTITY, SOURCE = (
    "claims/tide-post-12/salt-kept-back.yaml",
    "entities/good/salt.yaml",
    "sources/quay-news-7.yaml",
)
SHOWN, TAKEN = "shown", "taken"
PAD = "كلمة "
"""Keeps a text of Latin letters Arabic enough."""


@dataclass(frozen=True)
class Case:
    """Something hostile, its kind, and what must happen."""

    kind: str
    number: int
    must: str
    given: Any

    @property
    def name(self) -> str:
        """Return what tests call it."""
        return f"{self.kind}-{self.number}-{str(self.given)[:40]}".encode("ascii", "backslashreplace").decode()


def read(name: str) -> dict[str, Any]:
    """Return a file of the corpus."""
    found: dict[str, Any] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return found


def _number(pairs: Iterator[tuple[str, str, Any]]) -> list[Case]:
    return [Case(kind, number, must, given) for number, (kind, must, given) in enumerate(pairs)]


TEXTS = _number(
    (kind, must, text) for kind, found in read("texts").items() for must, texts in found.items() for text in texts
)
ADDRESSES = _number(("addresses", must, address) for must, found in read("addresses").items() for address in found)
FILES = _number((kind, case["must"], case) for kind, cases in read("files").items() for case in cases)
PAGES = _number((kind, case["must"], case["text"]) for kind, cases in read("pages").items() for case in cases)
EVERYTHING = [*TEXTS, *ADDRESSES, *FILES, *PAGES]


def mark(case: Case) -> str:
    """Return a text that can be found again, and be seen to be whole."""
    return f"Qx{case.number} {case.given} xQ"


MARKED = re.compile(r"Qx(\d+) (.*?) xQ", re.DOTALL)


def write_text(case: Case, entries: Path) -> None:
    """Put a text into a claim and an entity, and every fifth one into a source, each of its own."""
    english = mark(case)
    text = {"ar": PAD * (sum(map(str.isalpha, english)) // 3 + 2) + english, "en": english}
    _rewrite(entries, CLAIM, f"claims/tide-post-12/hostile-{case.number}.yaml", _make_claim, text)
    _rewrite(entries, ENTITY, f"entities/good/hostile-{case.number}.yaml", _make_entity, text)
    if not case.number % 5:
        _rewrite(entries, SOURCE, f"sources/hostile-{case.number}.yaml", _make_source, text)


def _rewrite(entries: Path, old: str, new: str, make: Any, text: dict[str, str]) -> None:
    data = yaml.load((TOY / old).read_text(encoding="utf-8"), yaml.CBaseLoader)
    made = make(data, text, Path(new).stem)
    (entries / new).write_text(dump(made), encoding="ascii")


class _Dumper(yaml.SafeDumper):
    """Writes values out: no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


class _PlainDumper(_Dumper):
    """Writes no quotation marks that are not needed to read the same text: 90 stays a number to YAML."""

    yaml_implicit_resolvers: ClassVar = {}


def dump(data: dict[str, Any]) -> str:
    """Return YAML in double quotes with escapes, so that any text can be told of."""
    return yaml.dump(data, Dumper=_Dumper, sort_keys=False, width=10**6, default_style='"')


def dump_plain(data: dict[str, Any]) -> str:
    """Return YAML as it is mostly written."""
    return yaml.dump(data, Dumper=_PlainDumper, sort_keys=False, width=10**6, allow_unicode=True)


def _make_claim(data: dict[str, Any], text: dict[str, str], name: str) -> dict[str, Any]:
    # Not the title once more, which a rule refuses.
    statement = {lang: f"{words} 1." for lang, words in text.items()}
    rest = {key: value for key, value in data.items() if key not in ("links", "title", "statement")}
    return {"title": text, "statement": statement, **rest} | {
        "parts": [{"role": "goods", "entity": name}],
        "attribution": [data["attribution"][0], data["attribution"][1] | {"described": text}],
        "readings": data["readings"] | {"question": text, "decision": text},
    }


def _make_entity(data: dict[str, Any], text: dict[str, str], name: str) -> dict[str, Any]:
    names = [{"text": text[lang], "lang": lang, "role": "primary"} for lang in text]
    return data | {"names": names, "description": text}


def _make_source(data: dict[str, Any], text: dict[str, str], name: str) -> dict[str, Any]:
    title = text | {"origin": "ours"}
    unknowns = [text]
    made = data | {"address": f"https://quay.example/{name}", "title": title, "rights": text, "unknowns": unknowns}
    made["paragraphs"] = [{"digest": digest_passage(name), "sentences": [{"digest": digest_passage(name + "s")}]}]
    return made


def put_address(case: Case, entries: Path) -> str:
    """Write a source with an address."""
    data: dict[str, Any] = yaml.load((TOY / SOURCE).read_text(encoding="utf-8"), yaml.CBaseLoader)
    name = f"address-{case.number}"
    data["paragraphs"] = [{"digest": digest_passage(name), "sentences": [{"digest": digest_passage(name + "s")}]}]
    text = dump({"address": case.given, **data} | {"address": case.given})
    (entries / f"sources/{name}.yaml").write_text(text, encoding="ascii")
    return f"sources/{name}.yaml"


def write_file(case: dict[str, Any], entries: Path) -> str:
    """Put a file of the corpus among the entries; return its place."""
    if "field" in case:
        place, old, new = case["field"]
        text = (entries / place).read_text(encoding="utf-8")
        assert text.count(old) == 1
        (entries / place).write_text(text.replace(old, new), encoding="utf-8")
        return str(place)
    path = entries / case["place"]
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    if "link" in case:
        path.symlink_to(case["link"])
    elif "pipe" in case:
        os.mkfifo(path)
    elif "folder" in case:
        path.mkdir()
    elif "copy" in case:
        shutil.copyfile(TOY / case["copy"], path)
    else:
        # A byte for each sign, but for letters that have none.
        text = _make_text(case)
        path.write_bytes(text.encode("latin-1" if max(text, default="") <= "\xff" else "utf-8"))
    return str(case["place"])


def _make_text(case: dict[str, Any]) -> str:
    bomb = "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, case.get("bomb", 0)))
    return str(case["text"]) + case.get("repeat", "") * case.get("times", 0) + case.get("end", "") + bomb


def make_table() -> str:
    """Return how many there are of each kind, and what happens to them, as a table of Markdown."""
    shown = Counter(case.kind for case in EVERYTHING if case.must in (SHOWN, TAKEN))
    lines = ["| kind | number | shown | refused |", "|---|---|---|---|"]
    for kind, total in Counter(case.kind for case in EVERYTHING).items():
        lines.append(f"| {kind} | {total} | {shown[kind]} | {total - shown[kind]} |")
    return "\n".join([*lines, f"| all | {len(EVERYTHING)} | {shown.total()} | {len(EVERYTHING) - shown.total()} |", ""])


if __name__ == "__main__":
    print(make_table(), end="")
