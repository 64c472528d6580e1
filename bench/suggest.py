"""Tell what ``musnad suggest`` finds, misses and makes up in articles with known answers.

``python -m bench.suggest`` prints a table for the articles it was developed on and one for those set aside; with
``--rows`` also each thing missed or false in the former.
"""

import sys

from musnad.records.load import load_entries
from tests.conftest import TESTS
from tests.editing.scoring import ARTICLES, compare, count, load_article


def main() -> None:
    """Print both tables."""
    catalogue = load_entries(TESTS / "toy/entries").catalogue
    for is_sealed in (False, True):
        rows = [*compare(catalogue, [path for path in ARTICLES if load_article(path)["sealed"] is is_sealed])]
        print("set aside" if is_sealed else "developed on")
        for kind, counted in count(rows).items():
            print(
                f"  {kind:<12}"
                + "".join(f"{verdict} {counted[verdict]:>3}   " for verdict in ("found", "missed", "false"))
            )
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
