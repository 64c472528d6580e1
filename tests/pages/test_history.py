"""What pages tell of the changes of records, and the page of corrections."""

from dataclasses import replace

import pytest

from musnad.derive.edits import Edit, list_events
from musnad.pages.elements.history import make_history
from musnad.pages.site import Site, SiteOptions
from musnad.pages.views.corrections import CorrectionsBody, make_corrections_view
from musnad.records.model import Catalogue, Change, Redirect
from musnad.records.values import LocalizedText
from musnad.wording.dates import NBSP
from tests.conftest import change, make_toy_site

SALE, LAMP = "tide-post-12/guild-sells-bread", "tide-post-12/lamp-broken"
COMMIT = "a" * 40
NOTE = LocalizedText(ar="سبب.", en="A reason.")
_HOSTS = {
    "github": ("https://github.com/x/y/edit/main/entries/{path}", "https://github.com/x/y/blob/{commit}/entries/"),
    "gitlab": ("https://git.example/x/-/edit/main/e/{path}", "https://git.example/x/-/blob/{commit}/e/"),
    "braces": ("https://git.example/x/edit/main/{{e}}/{path}", "https://git.example/x/blob/{commit}/{e}/"),
    "unknown": ("https://host.example/?file={path}", None),
    "none": ("", None),
}


def with_edits(site: Site, ref: str, *edits: Edit) -> Site:
    """Return a site of whose record git tells something."""
    return replace(site, derived=replace(site.derived, edits={ref: edits}))


def edit(day: str, kind: str, *fields: str, is_told: bool = False) -> Edit:
    """Return an edit of the sale."""
    return Edit(day, kind, fields, COMMIT, f"claims/{SALE}.yaml", is_told)  # type: ignore[arg-type]


@pytest.mark.parametrize(("address", "wanted"), _HOSTS.values(), ids=_HOSTS)
def test_edit_is_told_in_words_and_leads_to_the_file_of_its_day(
    address: str, wanted: str | None, toy_site: Site
) -> None:
    """In both languages; what a field is called comes from the model, and one that is gone has no name."""
    site = with_edits(toy_site, f"claims/{SALE}", edit("2024-08-02", "reworded", "title", "statement", "colour"))
    site = replace(site, options=SiteOptions("https://harbour.example/", address))
    told = {}
    for lang, composer in site.composers.items():
        (fact,) = make_history(composer, site.shown.claims[SALE])
        told[lang] = (fact.label.replace(NBSP, " "), fact.text)
        href = wanted and f"{wanted.format(commit=COMMIT, e='{e}')}claims/{SALE}.yaml"
        assert [link.href for link in fact.pieces] == ([href] if href else [])
    assert told["en"] == ("2 August 2024", "Reworded: Title, Statement")
    assert told["ar"][1] == "أُعيدت صياغتها: العنوان، الصياغة"


def test_history_of_the_record_comes_before_what_a_comparison_tells(toy: Catalogue) -> None:
    """An edit that it tells of gives only the link; others stand between its lines."""
    history = (Change(date="2024-06-01", change="created"), Change(date="2024-08-02", change="corrected", note=NOTE))
    claim = change(toy, "claims", SALE, history=history).claims[SALE]
    created, reworded = edit("2024-06-02", "created", is_told=True), edit("2024-07-01", "reworded", "title")
    corrected = edit("2024-08-01", "corrected", "title", is_told=True)
    events = list_events(claim, (created, reworded, corrected))
    assert [(event.date, event.kind, event.edit) for event in events] == [
        ("2024-06-01", "created", created),
        ("2024-07-01", "reworded", reworded),
        ("2024-08-02", "corrected", corrected),
    ]


def test_retracted_claim_leads_to_none_of_its_files(toy_site: Site) -> None:
    """What was withdrawn is not shown again by way of the repository."""
    told = edit("2024-06-05", "retracted", is_told=True)._replace(file=f"claims/{LAMP}.yaml")
    site = replace(
        with_edits(toy_site, f"claims/{LAMP}", told),
        options=SiteOptions("https://harbour.example/", _HOSTS["github"][0]),
    )
    (fact,) = make_history(site.composers["en"], site.shown.claims[LAMP])
    assert fact.text == "Retracted: It was a question, not a report."
    assert fact.pieces == ()


def read_corrections(catalogue: Catalogue) -> CorrectionsBody:
    """Return what the page of corrections shows in English."""
    body = make_corrections_view(make_toy_site(catalogue).composers["en"]).body
    assert isinstance(body, CorrectionsBody)
    return body


def test_corrections_are_told_newest_first_with_their_reasons(toy: Catalogue) -> None:
    """What was corrected, replaced and retracted, and what is found elsewhere or nowhere."""
    days = read_corrections(toy).days
    dated = [(day.label.replace(NBSP, " "), fact) for day in days for fact in day.facts]
    rows = [(label, fact.label, fact.links[0].text, fact.text or fact.note) for label, fact in dated]
    assert (
        "4 June 2024",
        "Retracted",
        "According to the Tide Post: A broken lamp",
        "It was a question, not a report.",
    ) in rows
    assert ("2 June 2024", "Moved or merged", "Rye bread", "before: entities/black-bread") in rows
    assert ("June 2024", "Taken out", "The notice at its address", "It was recorded twice.") in rows
    assert ("3 June 2024", "Superseded") in [row[:2] for row in rows]
    assert [*dict.fromkeys(row[0] for row in rows)][:3] == ["5 June 2024", "4 June 2024", "3 June 2024"]


def test_page_of_corrections_names_nobody_living(toy: Catalogue) -> None:
    """Neither their names, nor what their records say of the mistake, nor their old ids."""
    history = (Change(date="2024-09-01", change="corrected", note=NOTE),)
    changed = change(toy, "entities", "mentioned-person", history=history)
    moved = {**toy.redirects, "entities/mira": Redirect(to="entities/mentioned-person", date="2024-09-02")}
    rows = {fact for day in read_corrections(replace(changed, redirects=moved)).days[:2] for fact in day.facts}
    assert {(fact.links[0].text, fact.text, fact.note) for fact in rows} == {("A record about a person", "", "")}
    page = make_corrections_view(make_toy_site(changed).composers["en"])
    assert not page.head.is_noindex


def test_empty_record_has_a_page_of_corrections(toy: Catalogue) -> None:
    """It says that there are none."""
    empty = replace(toy, sources={}, entities={}, claims={}, redirects={})
    assert read_corrections(empty).days == ()
    assert "None so far." in make_toy_site(empty).make_page("en/corrections.md").text


def test_address_that_led_to_a_record_that_is_gone_tells_why(toy: Catalogue) -> None:
    """It is no dead address because another step was made later."""
    redirects = {
        **toy.redirects,
        "claims/tide-post-12/old": Redirect(to="claims/tide-post-12/lamp-colour", date="2024"),
    }
    site = make_toy_site(replace(toy, redirects=redirects))
    page = site.make_page("en/claims/tide-post-12/old.md")
    assert "This record is gone" in page.text
    assert "It was recorded twice." in page.text
    assert "refresh" not in page.fields
