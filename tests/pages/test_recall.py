"""What is made of single records is made again when something that was looked at for it changed, and only then."""

from collections.abc import Iterable

from musnad.pages.trace import Recall, Trace, Traced


def test_only_what_looked_at_a_change_is_made_again() -> None:
    """What nobody asked for is not kept on."""
    values = {"a": "1", "b": "2", "c": "3"}

    def ask(recall: Recall, traced: Traced[str], names: str) -> list[str]:
        made = []

        def make(name: str) -> str:
            made.append(name)
            return traced[name] + traced["c"]

        for name in names:
            assert recall.take(name, lambda name=name: make(name)) == values[name] + values["c"]  # type: ignore[misc]
        return made

    def find_print(names: Iterable[str]) -> str:
        return " ".join(values[name.removeprefix("v/")] for name in names)

    kept: dict[str, object] = {}
    for change, names, expected in (
        ({}, "ab", ["a", "b"]),
        ({}, "ab", []),
        ({"a": "5"}, "ab", ["a"]),
        ({"c": "6"}, "b", ["b"]),
        ({}, "ab", ["a"]),
    ):
        values.update(change)
        trace = Trace()
        recall = Recall(trace)
        recall.begin(lambda known=kept: known, find_print)  # type: ignore[misc]
        assert ask(recall, Traced("v", dict(values), trace), names) == expected
        kept = dict(recall.made)


def test_where_nothing_is_kept_all_is_made() -> None:
    """An export on the command line keeps nothing."""
    recall = Recall(Trace())
    assert [recall.take("a", lambda: 1), recall.take("a", lambda: 2), recall.made] == [1, 2, {}]
