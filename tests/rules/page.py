"""The page of all rules, from the bad example that each has: ``python -m tests.rules.page`` writes it."""

import re
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from musnad.records.problems import Problem
from musnad.rules.check import check_entries
from musnad.text.languages import LANGS, Lang
from musnad.wording.words import load_words
from tests.conftest import PROJECT, TOY
from tests.rules.test_cases import CASES, TODAY, lay_over, read_case

HEADS = {
    "en": """\
---
search: {exclude: true}
---
# All rules

<p class="lede">What musnad check and the form ask of records, each with a wrong line and what is said of it.</p>

The name of a rule stands before its message. What is called a warning may well be right; everything else has to be
mended before pages are built. The examples are from an invented record.
""",
    "ar": """\
---
search: {exclude: true}
---
# القواعد كلها

<p class="lede">ما يطلبه musnad check وتطلبه الاستمارة من البطاقات، ومع كل قاعدة سطر خاطئ وما يُقال عنه.</p>

يسبق اسمُ القاعدة رسالتَها. وما يُسمّى تنبيهًا قد يكون صحيحًا، وما سواه لا بدّ من إصلاحه قبل بناء الصفحات.
والأمثلة من سجلّ متخيَّل.
""",
}
_SIGNS = re.compile(r"[\\`*_\[\]<>]")
"""What Markdown would take for its own."""
WARNING = {"en": "A warning.", "ar": "تنبيه."}


class Example(NamedTuple):
    """A line that is wrong, and what is told of it."""

    problem: Problem
    line: str
    is_warning: bool


def list_examples() -> dict[str, list[Example]]:
    """Return the examples of each rule, in the order of their names; of the same message one alone."""
    found: defaultdict[str, dict[str, Example]] = defaultdict(dict)
    for path in CASES:
        with tempfile.TemporaryDirectory() as name:
            entries = Path(name) / "entries"
            shutil.copytree(TOY, entries)
            *changes, _ = read_case(path)
            lay_over(changes, entries)
            checked = check_entries(entries, prefix="", today=TODAY)
            for problem in (*checked.problems, *checked.warnings):
                file = entries / problem.file
                lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
                line = lines[problem.line - 1].strip() if len(lines) >= problem.line else ""
                example = Example(problem, line, problem in checked.warnings)
                found[problem.rule].setdefault(problem.message, example)
    return {rule: [*found[rule].values()] for rule in sorted(found)}


def write_page(lang: Lang, examples: dict[str, list[Example]]) -> str:
    """Return the page in one language."""
    return HEADS[lang] + "".join(_write_rules(lang, examples))


def _write_rules(lang: Lang, examples: dict[str, list[Example]]) -> Iterator[str]:
    words = load_words(lang)
    for rule, found in examples.items():
        yield f'\n## <code lang="en" dir="ltr">{rule}</code> {{: #{rule} }}\n'
        if all(example.is_warning for example in found):
            yield f"\n{WARNING[lang]}\n"
        for problem, line, _ in found:
            message = _name_letters(words.gettext(problem.message).format_map(problem.values))
            yield f"\n- {_SIGNS.sub(lambda sign: chr(92) + sign[0], message)}\n"
            if line:
                yield f"\n    ```yaml\n    {_name_letters(line[:160])}\n    ```\n"


def _name_letters(text: str) -> str:
    """Return a text with letters that no page has otherwise by their number: they look like those of ours."""
    return re.sub("[\u0370-\u052f]", lambda letter: f"‹U+{ord(letter[0]):04X}›", text)


def main() -> None:
    """Write both pages."""
    examples = list_examples()
    for lang in LANGS:
        (PROJECT / f"docs/{lang}/rules.md").write_text(write_page(lang, examples), encoding="utf-8")


if __name__ == "__main__":
    main()
