"""The form refuses what musnad check does, and takes what it takes."""

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.hostile.corpus import ADDRESSES, SHOWN, TEXTS, put_address, write_text
from tests.site.test_propose_checks import ask_both, find_disagreements


@pytest.mark.browser
def test_form_and_command_agree_on_every_address_and_text(modules: Page, toy_copy: Path) -> None:
    """On a source for each address, an entity for each refused text."""
    places = {put_address(case, toy_copy) for case in ADDRESSES}
    for case in TEXTS:
        if case.must != SHOWN:
            # None of them is a source, too.
            write_text(replace(case, number=case.number * 5 + 1), toy_copy)
            places.add(f"entities/good/hostile-{case.number * 5 + 1}.yaml")
    verdicts = ask_both(modules, toy_copy, places)
    assert len(verdicts) == len(places)
    assert find_disagreements(verdicts) == {}
    for place, verdict in verdicts.items():
        told = {" ".join(message.split()) for _, message, _ in verdict.form}
        if place.startswith("sources/") and verdict.command:
            assert {problem.message.format_map(problem.values) for problem in verdict.command} == told
