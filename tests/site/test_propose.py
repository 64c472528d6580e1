"""The form, played through as an editor would: on a phone in Arabic, on a desk in English, by keyboard alone."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from musnad.editing.article import Article
from musnad.editing.style import format_text
from musnad.records.load import load_entries
from musnad.rules.check import check_entries
from musnad.text.digest import digest_passage, split_article
from musnad.text.languages import Lang
from tests.conftest import PROJECT, TOY
from tests.site.conftest import serve

SIZES: dict[Lang, tuple[int, int]] = {"ar": (360, 780), "en": (1440, 900)}
PICTURES = os.environ.get("MUSNAD_PICTURES")
"""A folder for pictures of each step, to be looked at."""
POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'"
STRICT = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Build the record as it is published, and serve it."""
    site = tmp_path_factory.mktemp("propose") / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(site)]
    subprocess.run(command, cwd=PROJECT, check=True, env={**os.environ, "MUSNAD_CACHE": "false"})
    with serve(site) as address:
        yield address


@pytest.fixture(params=SIZES)
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """Open a page in each language, which asks no other site for anything and fails in nothing."""
    width, height = SIZES[request.param]
    context = browser.new_context(viewport={"width": width, "height": height}, accept_downloads=True)
    page = context.new_page()
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith((address, "blob:")) else failed.append(asked.url))
    yield page
    assert failed == []
    context.close()


def open_form(page: Page, address: str, lang: Lang, asked: str = "") -> None:
    """Open the form and wait until it can be used."""
    page.goto(f"{address}{lang}/propose/{asked}")
    page.wait_for_selector("#propose:not([hidden]) h2")


def lang_of(page: Page) -> Lang:
    """Return the language a page is tried in, by its width."""
    return "ar" if page.viewport_size and page.viewport_size["width"] == 360 else "en"


def keep_picture(page: Page, name: str) -> None:
    """Keep a picture of a step, where a folder is named for it."""
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}-{lang_of(page)}.png", full_page=True)


def choose(page: Page, target: str, text: str, label: str | re.Pattern[str]) -> None:
    """Type into a list to choose from, and take what it offers."""
    page.locator(target).fill(text)
    page.locator(f"{target} + ul [role=option]").filter(has_text=label).first.click(timeout=15_000)


def read_file(page: Page, nth: int = 0) -> str:
    """Return a file as the form shows it."""
    page.wait_for_timeout(400)
    return str(page.locator(".outcome pre code").nth(nth).text_content())


def check_with(tmp_path: Path, *files: tuple[str, str]) -> list[str]:
    """Put files among the records; return what musnad check says."""
    entries = tmp_path / "entries"
    shutil.copytree(PROJECT / "entries", entries)
    for place, text in files:
        assert format_text(text, place) == text
        (entries / place).parent.mkdir(parents=True, exist_ok=True)
        (entries / place).write_text(text, encoding="utf-8")
    return list(map(str, check_entries(entries, prefix="").problems))


@pytest.mark.sampled(2)
def test_price_is_corrected(page: Page, address: str, tmp_path: Path) -> None:
    """From the page of the claim to a file that is right, with the difference in readers' terms."""
    lang = lang_of(page)
    page.goto(f"{address}{lang}/claims/sy24-109221/flour-price/")
    page.locator(".slip a[href*='propose']").click()
    page.wait_for_selector("#f-quantities-0-value")
    assert page.locator(".outcome").text_content() == ""
    keep_picture(page, "price-1")
    page.locator("#f-quantities-0-value").fill("245")
    page.locator("#f-statement-ar").fill("يُباع كيس الطحين زنة 50 كغ بنحو 245 دولارًا أمريكيًا.")
    page.locator("#f-statement-en").fill("a 50 kg sack of flour is sold for about 245 US dollars.")
    page.locator("#f-note-ar").fill("صُحّح الرقم.")
    page.locator("#f-note-en").fill("The figure was corrected.")
    expect(page.locator(".preview__text[lang=en]")).to_have_text(
        "According to SY24’s correspondent, a 50 kg sack of flour is sold for about 245 US dollars."
    )
    expect(page.locator(".difference ins").first).to_be_visible()
    keep_picture(page, "price-2")
    text = read_file(page)
    assert "    value: 245\n" in text
    assert "    change: corrected\n    note:\n      ar: صُحّح الرقم.\n      en: The figure was corrected.\n" in text
    assert check_with(tmp_path, ("claims/sy24-109221/flour-price.yaml", text)) == []
    with page.expect_download() as download:
        page.locator(".ways button").nth(1).click()
    patch = Path(download.value.path()).read_text(encoding="utf-8")
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    shutil.rmtree(tmp_path / "entries")
    shutil.copytree(PROJECT / "entries", tmp_path / "entries")
    subprocess.run(["git", "apply", "-"], cwd=tmp_path, input=patch, text=True, check=True)
    assert (tmp_path / "entries/claims/sy24-109221/flour-price.yaml").read_text(encoding="utf-8") == text
    href = str(page.locator(".ways a").get_attribute("href"))
    assert href.endswith("/edit/main/entries/claims/sy24-109221/flour-price.yaml")


@pytest.mark.sampled(2)
def test_claim_with_two_voices_is_added(page: Page, address: str, tmp_path: Path) -> None:
    """Fields ask for what is missing; the chain is drawn; the file is right and is filled in on the host's page."""
    lang = lang_of(page)
    open_form(page, address, lang)
    page.locator("#f-source").select_option("sy24-109221")
    page.locator(".start .field").nth(1).locator("button").click()
    page.wait_for_selector("#f-title-en")
    page.locator("#f-title-ar").fill("عدد الأكياس")
    page.locator("#f-title-en").fill("Number of sacks")
    page.locator("#f-statement-ar").fill("وصلت عشرات أكياس الطحين.")
    page.locator("#f-statement-en").fill("dozens of sacks of flour arrived.")
    choose(page, "#f-subject", "طحين" if lang == "ar" else "flour", re.compile("الطحين|Flour"))
    choose(page, "#f-predicate", "described-as", re.compile(".+"))
    page.locator("#f-literal-ar").fill("واصل")
    page.locator("#f-literal-en").fill("arrived")
    choose(page, "#f-modality", "reported", re.compile(".+"))
    page.locator("[data-path='attribution'] > fieldset > button").click()
    choose(page, "#f-attribution-1-voice", "correspondent", re.compile(r"مراسل|correspondent"))
    page.locator("#f-attribution-1-number").select_option("one")
    page.locator("#f-attribution-1-identity").select_option("not-stated")
    page.locator("#f-locators-0-paragraph").fill("3")
    page.locator("#f-locators-0-sentence").fill("99")
    expect(page.locator(".faults li")).not_to_have_count(0)
    page.locator("#f-locators-0-sentence").fill("1")
    expect(page.locator(".faults li")).to_have_count(0, timeout=20_000)
    expect(page.locator(".preview .voice")).to_have_count(2)
    expect(page.locator(".preview__text[lang=ar]")).to_contain_text("بحسب مراسل موقع SY24، وصلت عشرات")
    keep_picture(page, "claim")
    text = read_file(page)
    assert check_with(tmp_path, ("claims/sy24-109221/number-sacks.yaml", text)) == []
    query = parse_qs(urlsplit(str(page.locator(".ways a").get_attribute("href"))).query)
    assert query == {"filename": ["number-sacks.yaml"], "value": [text]}


def test_entity_turns_out_to_be_there(page: Page, address: str) -> None:
    """Its name is looked for while it is typed, and the record that is there is opened instead."""
    lang = lang_of(page)
    open_form(page, address, lang)
    page.locator("#f-kind").select_option("place")
    page.locator(".start .field").nth(2).locator("button").click()
    page.wait_for_selector("#f-names-1-text")
    page.locator("#f-names-0-text").fill("ابو كمال")
    page.locator("#f-names-1-text").fill("Aboukamal")
    same = page.locator(".alike button").filter(has_text=re.compile("البوكمال|Al-Bukamal")).first
    expect(same).to_be_visible(timeout=15_000)
    keep_picture(page, "entity-1")
    same.click()
    expect(page.locator("#propose h2").first).to_contain_text(re.compile("البوكمال|Al-Bukamal"))
    assert page.locator(".outcome").text_content() == ""
    keep_picture(page, "entity-2")


def test_several_records_are_one_proposal(page: Page, address: str, tmp_path: Path) -> None:
    """Both files are shown, and one patch holds them."""
    lang = lang_of(page)
    open_form(page, address, lang, "?entities/flour")
    page.locator("#f-description-en").fill("Ground grain of which bread is made.")
    page.locator(".outcome p button").click()
    page.wait_for_selector(".start")
    choose(page, "#f-start", "طحين" if lang == "ar" else "price of flour", re.compile("سعر الطحين|Price of flour"))
    page.wait_for_selector("#f-quantities-0-value")
    page.locator("#f-quantities-0-value").fill("251")
    expect(page.locator(".outcome pre code")).to_have_count(2)
    with page.expect_download() as download:
        page.locator(".ways button").first.click()
    assert download.value.suggested_filename == "proposal.patch"
    shutil.copytree(PROJECT / "entries", tmp_path / "entries")
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    subprocess.run(["git", "apply", "--check", str(download.value.path())], cwd=tmp_path, check=True)


def test_source_with_its_text_and_a_claim_in_it(page: Page, address: str, tmp_path: Path) -> None:
    """Sentences are counted in the pasted text, which stands in no file; the claim's place is picked in it."""
    lang = lang_of(page)
    text = (TOY.parent / "articles/quay-news-7.txt").read_text(encoding="utf-8")
    article = Article(text)
    open_form(page, address, lang)
    page.locator(".start .field").nth(3).locator("button").click()
    choose(page, "#f-outlet", "SY24", re.compile("SY24"))
    page.locator("#f-address").fill("https://quay.example/7")
    page.locator("#f-language").fill("en")
    page.locator("#f-title-ar").fill("عن الرصيف")
    page.locator("#f-title-en").fill("On the quay")
    page.locator("#f-rights-ar").fill("النص ملك ناشره ولا يُحفظ هنا.")
    page.locator("#f-rights-en").fill("The text belongs to its publisher and is not stored here.")
    expect(page.locator(".faults li")).to_have_count(1)
    page.locator("textarea.paste").fill(text)
    expect(page.locator(".faults li")).to_have_count(0)
    expect(page.locator("[data-path=paragraphs] [role=status]")).to_contain_text(str(len(article.sentences)))
    keep_picture(page, "source")
    page.locator(".outcome p button").click()
    page.locator("#f-source").select_option("quay")
    page.locator(".start .field").nth(1).locator("button").click()
    page.locator("#f-title-ar").fill("عن الرصيف")
    page.locator("#f-title-en").fill("On the quay")
    page.locator("#f-statement-ar").fill("وصل الملح.")
    page.locator("#f-statement-en").fill("salt arrived.")
    choose(page, "#f-subject", "طحين" if lang == "ar" else "flour", re.compile("الطحين|Flour"))
    choose(page, "#f-predicate", "described-as", re.compile(".+"))
    page.locator("#f-literal-ar").fill("واصل")
    page.locator("#f-literal-en").fill("arrived")
    choose(page, "#f-modality", "reported", re.compile(".+"))
    page.locator("[data-path='locators/0'] summary").last.click()
    expect(page.locator(".passages__one")).to_have_count(len(article.sentences))
    keep_picture(page, "picker")
    page.locator(".passages__one").nth(2).click()
    place = list(article.sentences)[2]
    expect(page.locator("#f-locators-0-paragraph")).to_have_value(str(place[0]))
    expect(page.locator("#f-locators-0-sentence")).to_have_value(str(place[1]))
    expect(page.locator(".faults li")).to_have_count(0, timeout=20_000)
    keep_picture(page, "picked")
    files = [("sources/quay.yaml", read_file(page)), ("claims/quay/quay.yaml", read_file(page, 1))]
    assert check_with(tmp_path, *files) == []
    assert article.sentences[place] not in "".join(text for _, text in files)
    made = load_entries(tmp_path / "entries").catalogue.sources["quay"]
    assert [[s.digest for s in p.sentences] for p in made.paragraphs] == [
        list(map(digest_passage, sentences)) for sentences in split_article(text)
    ]
    page.locator(".difference + p button").nth(0).click()
    expect(page.locator("#f-address")).to_have_value("https://quay.example/7")
    page.locator(".difference + p button").last.click()
    expect(page.locator(".outcome pre code")).to_have_count(1)


def test_nothing_is_kept_but_what_is_asked_for(page: Page, address: str) -> None:
    """A draft comes back only when it was to be kept; forgetting leaves nothing."""
    lang = lang_of(page)

    def kept() -> str | None:
        return str(page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})"))

    open_form(page, address, lang, "?entities/flour")
    before = kept()
    page.locator("#f-description-en").fill("Ground grain of which bread is made.")
    page.wait_for_selector(".difference")
    assert kept() == before
    page.locator(".kept input").check()
    open_form(page, address, lang)
    expect(page.locator("#f-description-en")).to_have_value("Ground grain of which bread is made.")
    page.wait_for_selector(".kept button")
    page.locator(".kept button").click()
    assert kept() == before
    open_form(page, address, lang)
    expect(page.locator("#f-description-en")).to_have_count(0)


def test_keyboard_alone_is_enough(page: Page, address: str) -> None:
    """Everything is reached with the tabulator, and a list is chosen from with the arrows."""
    lang = lang_of(page)
    open_form(page, address, lang, "?claims/sy24-109221/flour-price")
    page.locator("#f-subject").focus()
    page.keyboard.type("water" if lang == "en" else "مياه")
    page.wait_for_selector("#f-subject + ul [role=option]")
    page.keyboard.press("ArrowDown")
    assert page.locator("#f-subject").get_attribute("aria-activedescendant")
    page.keyboard.press("Enter")
    expect(page.locator(".difference")).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "f-predicate"
    page.keyboard.press("Escape")
    assert page.locator("#f-predicate").get_attribute("aria-expanded") == "false"


def test_without_scripts_other_ways_are_told(browser: Browser, address: str) -> None:
    """The page says what to do."""
    context: BrowserContext = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}en/propose/")
    assert "The form needs scripts" in page.inner_text("article")
    context.close()


def test_strict_policy_is_enough(browser: Browser, address: str) -> None:
    """No script in the page, none that is made up, nothing from elsewhere."""
    page = browser.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)

    def add_policy(route, request) -> None:  # type: ignore[no-untyped-def]
        answer = route.fetch()
        # The theme's own scripts in the page are not the form's.
        text = re.sub(r"<script>(?!\s*$).*?</script>", "", answer.text(), flags=re.DOTALL)
        route.fulfill(response=answer, body=text.replace("<head>", f"<head>{STRICT}", 1))

    page.route("**/propose/?*", add_policy)
    page.goto(f"{address}en/propose/?claims/sy24-109221/flour-price")
    page.wait_for_selector("#f-quantities-0-value")
    assert [text for text in told if "Content Security Policy" in text] == []
    page.close()


def test_other_pages_do_not_load_the_form(address: str, browser: Browser) -> None:
    """They grow by a link."""
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}en/claims/sy24-109221/flour-price/", wait_until="networkidle")
    assert [url for url in asked if "/propose/" in url] == []
    page.close()


def test_hidden_records_are_not_published_with_it(tmp_path: Path) -> None:
    """Neither drafts, nor what is withheld, nor what was retracted."""
    shutil.copytree(PROJECT / "tests/toy/entries", tmp_path / "entries")
    (tmp_path / "docs").mkdir()
    settings = "site_name: x\nsite_url: https://x.example/\ntheme: material\nplugins: [{musnad: {cache: false}}]\n"
    (tmp_path / "mkdocs.yml").write_text(settings, encoding="utf-8")
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "--quiet"], cwd=tmp_path, check=True)
    files = sorted((tmp_path / "site/propose").rglob("*.json"))
    assert len(files) > 1
    records = {ref: found for file in files[1:] for ref, found in json.loads(file.read_text(encoding="utf-8")).items()}
    assert records
    for found in records.values():
        assert re.search("^status: (draft|withheld|retracted)", found["text"], re.MULTILINE) is None, found["file"]
