"""The page of all rules is that of the rules there are."""

from musnad.rules import RULES
from musnad.text.languages import LANGS
from tests.conftest import PROJECT
from tests.rules.page import list_examples, write_page


def test_page_is_current() -> None:
    """Every rule has its place and its words in both languages; ``python -m tests.rules.page`` writes them."""
    examples = list_examples()
    assert set(RULES) <= set(examples)
    for lang in LANGS:
        assert (PROJECT / f"docs/{lang}/rules.md").read_text(encoding="utf-8") == write_page(lang, examples)
