"""Tell what ``musnad suggest`` finds, misses and makes up in articles with known answers.

``python -m bench.suggest`` prints a table for the articles it was developed on and one for those set aside, in either
language; with ``--rows`` also each thing missed or false in the former.
"""

import sys

from musnad.records.load import load_entries
from musnad.text.languages import LANGS
from tests.conftest import TESTS
from tests.editing.scoring import compare, count, list_articles


def main() -> None:
    """Print both tables."""
    catalogue = load_entries(TESTS / "toy/entries").catalogue
    for is_sealed in (False, True):
        for lang in LANGS:
            paths = list_articles(lang, is_sealed=is_sealed)
            rows = [*compare(catalogue, paths)]
            print(f"{'set aside' if is_sealed else 'developed on'}, {lang}: {len(paths)} articles")
            for kind, counted in count(rows).items():
                told = "".join(f"{verdict} {counted[verdict]:>3}   " for verdict in ("found", "missed", "false"))
                print(f"  {kind:<12}{told}")
            if "--rows" in sys.argv and not is_sealed:
                print(
                    *(
                        f"    {kind} {verdict}: {what}  | {text}"
                        for kind, verdict, what, text in rows
                        if verdict != "found"
                    ),
                    sep="\n",
                )


if __name__ == "__main__":
    main()
