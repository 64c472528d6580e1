"""Pages are divided among processes: each falls to one, and of two each makes one language."""

import pytest

from musnad.plugin.pages import divide

NAMES = ["index.md", *(f"{lang}/claims/{n}.md" for lang in ("ar", "en") for n in range(50))]


@pytest.mark.parametrize("jobs", [1, 2, 3, 4, 7, 8])
@pytest.mark.parametrize("names", [NAMES, NAMES[:53], NAMES[:51]])
def test_each_page_falls_to_one_process(names: list[str], jobs: int) -> None:
    """None has much more than another."""
    shares = divide(names, jobs)
    assert sorted(name for share in shares for name in share) == sorted(names)
    assert len(shares) == jobs
    assert max(map(len, shares)) - min(map(len, shares)) <= 1


def test_two_processes_make_a_language_each() -> None:
    """What is composed for one language is of no use to the other; of one language alone both have half."""
    assert [{name[:3] for name in share} for share in divide(NAMES[1:], 2)] == [{"ar/"}, {"en/"}]
    assert list(map(len, divide(NAMES[:51], 2))) == [26, 25]
