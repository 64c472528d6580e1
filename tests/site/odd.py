"""The toy record as nobody hopes to meet it: signs of every syntax in each text, names and ids that fill a line.

Tests of the built site share one build of it.
"""

import json
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from musnad.text.bidi import FSI, PDI
from musnad.text.languages import LANGS, Lang
from musnad.text.markdown import escape_markdown
from tests.site.rewriting import rewrite

ROOT = Path(__file__).parents[2]
MARK: dict[Lang, str] = {
    "ar": "ظظ <i>أ</i> & \"بٌ\" 'ج' *د* _هـ_ [و](ز) `ح` &amp; ~كَلِمَة~ #ط غغ",
    "en": "Qx <i>a</i> & \"b\" 'c' *d* _e_ [f](g) `h` &amp; ~word~ #i xQ",
}
_START = {lang: mark.split()[0] for lang, mark in MARK.items()}
_SEEN = {"ar": re.compile("ظظ .*? غغ", re.DOTALL), "en": re.compile("Qx .*? xQ", re.DOTALL)}
LONG_WORD: dict[Lang, str] = {"ar": "مستوصفات" * 9, "en": "Breadbasketweavers" * 5}
LONG_ID = "a-permanent-id-that-is-far-longer-than-any-line-on-the-narrowest-of-all-screens"
LONG_CLAIM = f"tide-post-12/{LONG_ID}"
# So many claims of one group that some are folded.
FOLDED = [LONG_CLAIM, *(f"tide-post-12/harbour-quiet-{n}" for n in range(6))]
# Headings of the hand-written page, in both languages: two alike, one with an id, one of signs alone.
HEADINGS: dict[Lang, list[str]] = {
    "ar": ["مَن المتكلّم؟", "مَن المتكلّم؟", "الأسماء {#given}", "؟!"],
    "en": ["Who is speaking?", "Who is speaking?", "Names {#given}", "?!"],
}


@dataclass(frozen=True)
class Odd:
    """Two builds: ours, and one where MkDocs makes every page."""

    site: Path
    plain: Path


def build_odd(folder: Path) -> str:
    """Build the record twice, side by side: fast and plain; return what was said."""
    projects = [folder / name for name in ("fast", "plain")]
    for project in projects:
        _write_project(project)
    settings = projects[1] / "mkdocs.yml"
    settings.write_text(re.sub(r"(?m)^( +)entries: entries$", r"\g<0>\n\1plain: true", settings.read_text("utf-8")))
    with ThreadPoolExecutor(2) as pool:
        return "".join(pool.map(_build, projects))


def _build(project: Path) -> str:
    run = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"], cwd=project, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    return run.stderr


def _write_project(project: Path) -> None:
    shutil.copytree(ROOT / "tests/toy/entries", project / "entries")
    shutil.copytree(ROOT / "docs", project / "docs")
    shutil.copyfile(ROOT / "mkdocs.yml", project / "mkdocs.yml")
    entries = project / "entries"
    for file in entries.rglob("*.yaml"):
        rewrite(file, _mark)
    for number, ref in enumerate(FOLDED):
        shutil.copyfile(entries / "claims/tide-post-12/salt-kept-back.yaml", entries / f"claims/{ref}.yaml")
        rewrite(entries / f"claims/{ref}.yaml", partial(_make_another, number))
    shutil.copyfile(entries / "entities/good/salt.yaml", entries / f"entities/good/{LONG_ID}.yaml")
    rewrite(entries / f"entities/good/{LONG_ID}.yaml", _lengthen)
    rewrite(entries / f"claims/{LONG_CLAIM}.yaml", lambda claim: claim | {"object": LONG_ID})
    for lang in LANGS:
        folder = project / "docs" / lang
        sections = "\n\n".join(f"## {heading}\n\n{escape_markdown(MARK[lang])}" for heading in HEADINGS[lang])
        (folder / "odd.md").write_text(f"# {escape_markdown(MARK[lang])}\n\n{sections}\n", "utf-8")
        given = f"---\ntitle: {json.dumps(MARK[lang], ensure_ascii=False)}\n---\n\n"
        (folder / "headless.md").write_text(given + "A page with `code-that-is-as-long-as-" + LONG_ID + "`.\n", "utf-8")


def _mark(value: Any) -> Any:
    """Add the signs to each text, those with places to fill excepted."""
    if isinstance(value, list):
        return [_mark(part) for part in value]
    if not isinstance(value, dict):
        return value
    if value.keys() >= set(LANGS) and isinstance(value["en"], str):
        return value if "{" in value["en"] else value | {lang: _end(value[lang], MARK[lang]) for lang in LANGS}
    if "role" in value and value.get("lang") in LANGS:
        return value | {"text": f"{value['text']} {MARK[value['lang']]}"}
    return {name: _mark(part) for name, part in value.items()}


def _end(text: str, added: str) -> str:
    """Add to a text, before its full stop."""
    stem = text.removesuffix(".")
    return f"{stem} {added}{text[len(stem) :]}"


def _make_another(number: int, claim: Any) -> Any:
    """Return a claim that says something else, and isn't tied to others."""
    letters = {"ar": "ابتثجحخ"[number], "en": "abcdefg"[number]}
    statement = {lang: _end(text, letters[lang]) for lang, text in claim["statement"].items()}
    return {name: value for name, value in claim.items() if name != "links"} | {"statement": statement}


def _lengthen(entity: Any) -> Any:
    names = [{"text": LONG_WORD[lang], "lang": lang, "role": "primary"} for lang in LANGS]
    return entity | {"names": names, "description": LONG_WORD}


def find_marks(text: str, lang: Lang) -> list[str]:
    """Return what became of the signs in a text, white space folded and isolates dropped."""
    return _SEEN[lang].findall(" ".join(text.replace(FSI, "").replace(PDI, "").split()))


def find_starts(text: str, lang: Lang) -> int:
    """Return how often the signs begin in a text."""
    return text.count(_START[lang])
