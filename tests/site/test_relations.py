"""Relations as readers see them: drawn on entity pages; explored by steps and paths, by keyboard, without scripts."""

import json
import re
import struct
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from musnad.text.languages import LANGS, Lang
from tests.site.conftest import ROOT, Builds, lang_of

pytestmark = pytest.mark.browser
PERSON, CELLS, WATER, RUSSIA = "person-sy24-109221", "is-cells-badia", "water", "russia"
POLICY = "default-src 'self'; style-src 'self'; script-src 'self' 'unsafe-inline'"
Key = tuple[str, str, str, str]
"""Subject, predicate, part or role, other end."""


def find_ties(record: dict[str, Any], entries: Path) -> dict[Key, set[str]]:
    """Return who is tied to whom by which claims, found once more from the published records and terms alone."""
    folders = (ROOT / "generator/musnad/vocabulary", entries / "vocabulary")
    files = (folder / "predicates.yaml" for folder in folders)
    terms = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in files if file.exists()]
    mutual = {name for found in terms for name, term in found.items() if term and term.get("symmetric")}
    found: defaultdict[Key, set[str]] = defaultdict(set)
    for claim in record["claims"]:
        fields = claim["record"]
        if fields["status"] == "retracted":
            continue
        ends = [("object", fields.get("object"))]
        ends += [(part["role"], part.get("entity")) for part in fields["parts"]]
        ends += [("place", place) for place in (fields.get("place") or {}).get("entities", ())]
        ends += [("way", stop.get("entity")) for stop in fields["way"]]
        ends += [("whole", (quantity.get("of") or {}).get("entity")) for quantity in fields["quantities"]]
        for part, end in ends:
            one, two = fields["subject"], end
            if end and end != one:
                if part == "object" and fields["predicate"] in mutual:
                    one, two = sorted((one, end))
                found[one, fields["predicate"], part, two].add(claim["id"])
    return found


@pytest.fixture(scope="module")
def ties(record: dict[str, Any]) -> dict[Key, set[str]]:
    """Return the ties of the real record."""
    return find_ties(record, ROOT / "entries")


def explore(page: Page, address: str, asked: str = "") -> None:
    """Open the explorer and wait for its list and its picture."""
    page.goto(f"{address}{lang_of(page)}/claims/relations/{asked}")
    page.wait_for_selector("#relations[data-ready=picture]")


def read_rows(page: Page) -> list[int]:
    """Return how many claims each row of the list has."""
    texts = page.locator(".web__list .hood__says button").all_text_contents()
    return [int(re.findall(r"\d+", text)[0]) for text in texts]


def settle(page: Page) -> None:
    """Wait until what was asked for last is drawn."""
    page.wait_for_selector(".web:not([aria-busy])")


def count(page: Page, selector: str) -> int:
    """Return how many of them are in the picture."""
    return page.locator(f".web__picture {selector}").count()


@pytest.mark.parametrize("lang", LANGS)
def test_every_entity_draws_those_it_is_tied_to(
    lang: Lang, builds: Builds, ties: dict[Key, set[str]], record: dict[str, Any]
) -> None:
    """The six most claimed, each behind its voices; how many more there are; nothing where there are none."""
    own: defaultdict[str, list[int]] = defaultdict(list)
    for (one, _, _, other), claims in ties.items():
        own[one].append(len(claims))
        own[other].append(len(claims))
    for entity in record["entities"]:
        text = (builds.first / lang / "entities" / entity["id"] / "index.html").read_text(encoding="utf-8")
        rows = re.findall(r'<li class="hood__row.*?</li>', text, re.DOTALL)
        counts = sorted(own[entity["id"]], reverse=True)
        assert len(rows) == min(6, len(counts)), entity["id"]
        assert all('<span class="rubric">' in row for row in rows)
        for row, count in zip(rows, counts, strict=False):
            assert ("?edge=" in row) == (count > 1)
            if lang == "en":
                assert re.search(rf">{count} claims?<", row)
        if lang == "en" and len(counts) > 6:
            assert f">{len(counts) - 6} more relation" in text


def test_list_and_picture_show_what_the_record_says(
    page: Page, address: str, ties: dict[Key, set[str]], record: dict[str, Any]
) -> None:
    """Of one entity all ties, with their numbers; filtered, those that are left. Every line has its voice in both."""
    own = {key: claims for key, claims in ties.items() if PERSON in (key[0], key[3])}
    explore(page, address, f"?at={PERSON}")
    assert sorted(read_rows(page)) == sorted(map(len, own.values()))
    assert (
        page.locator(".web__list .hood__row").count()
        == page.locator(".web__list .hood__row > .rubric:not(:empty)").count()
    )
    ends = {end for key in own for end in (key[0], key[3])}
    assert count(page, ".node") == len(ends)
    pairs = {frozenset((key[0], key[3])) for key in own}
    assert count(page, ".edge") == len(pairs)
    voices = page.locator(".web__picture .edge > .voice").all_text_contents()
    assert len([voice for voice in voices if len(voice) > 6]) == len(pairs)
    alleged = {claim["id"] for claim in record["claims"] if claim["record"]["modality"] == "alleged"}
    explore(page, address, f"?at={PERSON}&modality=alleged")
    assert sorted(read_rows(page)) == sorted(len(claims & alleged) for claims in own.values() if claims & alleged)


def test_what_is_left_out_is_counted(page: Page, address: str, ties: dict[Key, set[str]]) -> None:
    """Twelve neighbours of an entity are drawn, then more of them."""
    ends = {end for key in ties if CELLS in (key[0], key[3]) for end in (key[0], key[3])} - {CELLS}
    explore(page, address)
    assert count(page, ".node") == 13
    assert str(len(ends) - 12) in str(page.locator(".hood__more").text_content())
    page.locator(".hood__more button").click()
    expect(page).to_have_url(re.compile("more=2"))
    expect(page.locator(".web__picture .node")).to_have_count(1 + min(24, len(ends)))


def test_steps_are_taken_by_keyboard_and_have_addresses(page: Page, address: str) -> None:
    """A neighbour's neighbours, an edge's claims, back again; the other language shows the same."""
    explore(page, address, f"?at={PERSON}")
    page.locator(".hood__other button").first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"at={PERSON},[a-z-]+$"))
    settle(page)
    assert page.locator(".web__list > section").count() == 2
    opened = page.url
    page.locator(".hood__says button").first.focus()
    page.keyboard.press("Enter")
    claims = page.locator(".web__claims")
    expect(claims.locator("tbody tr").first).to_be_visible()
    assert page.evaluate("document.activeElement.id") == "web-claims"
    settle(page)
    rows = read_rows(page)[0]
    expect(claims.locator("tbody tr")).to_have_count(rows)
    assert claims.locator("tbody .claims__says > .rubric").count() == rows
    assert str(page.locator(".switch").get_attribute("href")).endswith(page.url.partition("?")[2])
    page.reload()
    expect(claims.locator("tbody tr")).to_have_count(rows)
    claims.locator("h2").focus()
    page.keyboard.press("Escape")
    expect(claims).to_be_hidden()
    settle(page)
    assert page.evaluate("document.activeElement.dataset.act").startswith("edge-")
    expect(page).to_have_url(opened)
    page.go_back()
    expect(claims).to_be_visible()


def read_view(page: Page) -> tuple[list[str], list[str], list[str]]:
    """Return what stands in the list and in the picture, once it is drawn."""
    page.wait_for_selector("#relations[data-ready=picture] .web:not([aria-busy])")
    places = (".web__list .hood__own", ".web__list .hood__row", ".web__picture :is(.node, .edge)")
    rows, ties, shapes = (page.locator(place).all_text_contents() for place in places)
    return rows, ties, sorted(shapes)


def test_what_is_asked_for_last_is_shown(page: Page, address: str) -> None:
    """While more is still being drawn, or the page is starting: the same as at the address that this leads to."""
    explore(page, address, f"?at={PERSON},{CELLS},iranian-militias,is&more=3")
    page.evaluate("""() => {
        for (const n of [3, 2, 1]) document.querySelectorAll('.hood__own button')[n].click()
    }""")
    expect(page).to_have_url(re.compile(rf"at={PERSON}&"))
    few = read_view(page)
    assert len(few[0]) == 1
    page.reload()
    assert read_view(page) == few
    page.goto(
        f"{address}{lang_of(page)}/claims/relations/?at={CELLS},{PERSON},iranian-militias&more=3", wait_until="commit"
    )
    page.evaluate("""() => new Promise((resolve) => {
        const look = () => {
            const button = document.querySelector('.hood__own button')
            if (button) resolve(button.click()); else setTimeout(look)
        }
        look()
    })""")
    expect(page).to_have_url(re.compile(rf"at={PERSON},iranian-militias&"))
    two = read_view(page)
    assert len(two[0]) == 2
    page.reload()
    assert read_view(page) == two


def test_path_is_found_with_the_claims_along_it(page: Page, address: str, ties: dict[Key, set[str]]) -> None:
    """By names in either script; every step is a tie of the record, and no shorter way is there."""
    explore(page, address, f"?at={PERSON}")
    name = page.locator("#web-to")
    name.fill("Russia" if lang_of(page) == "ar" else "روسيا")
    expect(page.locator(".web__found button").first).to_be_visible()
    assert "false" not in page.locator("#relations").inner_text()
    page.locator(".web__found button").filter(has_text="روسيا" if lang_of(page) == "ar" else "Russia").first.click()
    expect(page).to_have_url(re.compile(rf"path={PERSON},{RUSSIA}$"))
    settle(page)
    around: defaultdict[str, set[str]] = defaultdict(set)
    for one, _, _, other in ties:
        around[one].add(other)
        around[other].add(one)
    reached, ring, steps = {PERSON}, {PERSON}, 0
    while RUSSIA not in reached:
        ring = {end for n in ring for end in around[n]} - reached
        reached |= ring
        steps += 1
    assert re.search(rf"\b{steps}\b", str(page.locator(".explore__count").text_content()))
    boxes = page.locator(".web__list > section").first
    ends = boxes.locator(".hood__row .hood__other a").evaluate_all("links => links.map(a => a.href.split('/').at(-2))")
    path = [PERSON, *dict.fromkeys(ends)]
    assert (path[-1], len(path)) == (RUSSIA, steps + 1)
    for here, there in pairwise(path):
        assert there in around[here]
    behind = {
        id_
        for (one, _, _, other), ids in ties.items()
        for id_ in ids
        if {one, other} in [set(pair) for pair in pairwise(path)]
    }
    expect(page.locator(".web__claims tbody tr")).to_have_count(len(behind))


@pytest.mark.parametrize(
    "asked",
    [
        "",
        f"?at={PERSON},national-defence-forces,{CELLS}",
        f"?path={PERSON},{RUSSIA}",
        f"?at={CELLS},iranian-militias,is&more=2",
    ],
)
@pytest.mark.sampled(3)
def test_no_words_lie_on_others(asked: str, page: Page, address: str) -> None:
    """Neither on the words of another line nor on a box."""
    explore(page, address, asked)
    overlaps = page.evaluate("""() => {
        const all = (within, what) => [...within.querySelectorAll(what)]
        const place = (id, shapes) => {
            const boxes = shapes.map((shape) => shape.getBBox())
            const [left, right] = [boxes.map(({ x }) => x), boxes.map(({ x, width }) => x + width)]
            return { id, x1: Math.min(...left), x2: Math.max(...right) }
        }
        // A line of words reaches from 11 above where its letters stand to 3 below.
        const words = all(document, '.web__picture .edge').flatMap((edge) => ['.voice', '.says'].map((name) => {
            const levels = all(edge, `${name} tspan`).map((line) => Number(line.getAttribute('y')))
            const texts = all(edge, name)
            return { ...place(texts[0].textContent, texts), y1: Math.min(...levels) - 11, y2: Math.max(...levels) + 3 }
        }))
        const boxes = all(document, '.web__picture .node').map((node) => {
            const { y, height } = node.firstChild.getBBox()
            return { ...place(node.textContent, [node.firstChild]), y1: y, y2: y + height }
        })
        const meet = (a, b) => a.x1 + 2 < b.x2 && b.x1 + 2 < a.x2 && a.y1 + 2 < b.y2 && b.y1 + 2 < a.y2
        const found = []
        words.forEach((one, n) => [...words.slice(n + 1), ...boxes].forEach((other) => {
            if (meet(one, other)) found.push(`${one.id} ${other.id}`)
        }))
        return { found, count: words.filter(({ x1, x2 }) => x2 > x1).length }
    }""")
    assert overlaps["count"] > 5
    assert overlaps["found"] == []


def test_picture_does_what_the_list_does_and_is_saved(page: Page, address: str, tmp_path: Path) -> None:
    """A node opens, a line shows its claims, and the whole picture with its address is a file."""
    explore(page, address, f"?at={PERSON}")
    page.locator(".web__picture .edge").first.dispatch_event("click")
    expect(page.locator(".web__claims tbody tr").first).to_be_visible()
    page.locator(".web__picture .node").last.dispatch_event("click")
    expect(page).to_have_url(re.compile(rf"at={PERSON},[a-z-]+"))
    with page.expect_download() as download:
        page.locator(".explore__take button", has_text="PNG").click()
    raw = Path(download.value.path()).read_bytes()
    width, height = struct.unpack(">II", raw[16:24])
    assert raw.startswith(b"\x89PNG")
    assert min(width, height) > 400


@pytest.mark.parametrize("name", ["←→", "↑↓"])
def test_picture_is_moved_without_dragging(name: str, page: Page, address: str) -> None:
    """By buttons, to each side and back."""
    explore(page, address, f"?at={PERSON}")
    buttons = page.locator(".explore__take button")
    for _ in range(4):
        buttons.filter(has_text="+").click()
    places = []
    for sign in ("", *name, *name[::-1]):
        if sign:
            buttons.filter(has_text=sign).click()
        places.append(page.locator(".web__drawn").evaluate("drawn => drawn.style.transform"))
    assert places[0] == places[2]
    assert len({*places[:2], places[3]}) == 3


SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("asked", [f"?at={PERSON}", f"?at={CELLS}", f"?path={PERSON},{RUSSIA}", f"?at={WATER}"])
@pytest.mark.sampled(3)
def test_picture_is_saved_with_its_claims(
    asked: str, page: Page, address: str, ties: dict[Key, set[str]], record: dict[str, Any]
) -> None:
    """As SVG: every line has its voices, every claim behind it stands below, and it opens by itself."""
    explore(page, address, asked)
    with page.expect_download() as download:
        page.locator(".explore__take button", has_text="SVG").click()
    file = Path(download.value.path())
    tree = ElementTree.parse(file).getroot()
    groups = {name: tree.findall(f".//{SVG}g[@class='{name}']") for name in ("node", "edge", "edge edge--loose")}
    lines = groups["edge"] + groups["edge edge--loose"]
    shown = page.evaluate("document.querySelectorAll('.web__list .hood__row').length")
    loose = count(page, ".edge--loose")
    assert len(groups["node"]) == count(page, ".node")
    assert (len(lines), len(groups["edge edge--loose"])) == (count(page, ".edge"), loose)
    assert all("".join(line.find(f"{SVG}text[@class='voice']").itertext()).strip() for line in lines)  # type: ignore[union-attr]
    assert [len(line.findall(f"{SVG}path[@stroke-dasharray]")) for line in lines].count(1) == loose
    if "at=" in asked:
        assert sum(len(line.findall(f"{SVG}text[@class='says']")) for line in lines) == shown
        own = asked.partition("=")[2]
        keys = [key for key in ties if own in (key[0], key[3])]
        ends = sorted({end for key in keys for end in (key[0], key[3])} - {own})
        told = {"".join(text.itertext()) for text in tree.iter(f"{SVG}text") if text.get("class") == "claim"}
        lang = lang_of(page)
        sentences = {claim["id"]: claim["derived"]["attributed_statement"][lang] for claim in record["claims"]}
        whole = {re.sub(r"\s|[\u2066-\u2069]", "", text) for text in told}
        behind = {re.sub(r"\s|[\u2066-\u2069]", "", sentences[id_]) for key in keys for id_ in ties[key]}
        assert whole <= behind
        assert whole == behind or len(ends) > 12
    about = str(tree.findtext(f"{SVG}desc"))
    assert page.url in about
    assert str(record["about"]["rights"][lang_of(page)])[:12] in about.replace("\u2068", "")
    picture = page.context.new_page()
    picture.route("**/picture.svg", lambda route: route.fulfill(path=file, content_type="image/svg+xml"))
    picture.goto(f"{address}picture.svg")
    box, size = picture.evaluate(
        "[document.documentElement.getBBox(), document.documentElement.viewBox.baseVal].map((b) => [b.x, b.width])"
    )
    assert box[0] >= 0
    assert box[0] + box[1] <= size[1] + 1
    picture.close()


def test_strict_policy_is_kept(page: Page, address: str) -> None:
    """The explorer neither puts in a style nor asks for anything elsewhere."""
    page.add_init_script(
        "window.broken = [];"
        "addEventListener('securitypolicyviolation', (e) => broken.push(`${e.effectiveDirective} ${e.sourceFile}`))"
    )

    def answer(route: Any) -> None:
        got = route.fetch()
        route.fulfill(response=got, headers={**got.headers, "content-security-policy": POLICY})

    page.route("**/claims/relations/**", answer)
    explore(page, address)
    page.locator(".explore__take .web__tool").first.click()
    assert [line for line in page.evaluate("broken") if "/views/" in line] == []
    assert "scale" in str(page.locator(".web__drawn").evaluate("layer => layer.style.transform"))


@pytest.mark.parametrize("lang", LANGS)
def test_without_scripts_the_most_connected_are_there(
    lang: Lang, address: str, browser: Browser, ties: dict[Key, set[str]], record: dict[str, Any]
) -> None:
    """Each a way to its page, with its number of claims; nobody who is living."""
    behind: defaultdict[str, set[str]] = defaultdict(set)
    for (one, _, _, other), claims in ties.items():
        behind[one] |= claims
        behind[other] |= claims
    living = {entity["id"] for entity in record["entities"] if entity["record"].get("living") in ("yes", "unknown")}
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{lang}/claims/relations/")
    ids = page.locator(".explore__else li a").evaluate_all("links => links.map(a => a.href.split('/').at(-2))")
    assert Counter(ids).most_common(1)[0][1] == 1
    assert [len(behind[id_]) for id_ in ids] == sorted(
        (len(behind[id_]) for id_ in behind.keys() - living), reverse=True
    )[:30]
    assert not page.locator(".web").is_visible()
    context.close()


def test_what_is_denied_says_so_in_list_and_picture(page: Page, address: str) -> None:
    """A line that every claim behind it denies is not taken for one that is said."""

    def deny(route: Any) -> None:
        found = json.loads(route.fetch().text())
        column = found["facets"]["mark"]
        column["values"].append("denied")
        column["of"] = [[*of, len(column["values"]) - 1] for of in column["of"]]
        route.fulfill(json=found)

    def label(route: Any) -> None:
        found = json.loads(route.fetch().text())
        found["labels"]["mark"]["denied"] = "NOT SO"
        route.fulfill(json=found)

    page.route("**/data/claims.json", deny)
    page.route("**/data/*/labels.json", label)
    explore(page, address, f"?at={PERSON}")
    assert page.locator(".web__list .hood__says b").count() == len(read_rows(page))
    says = page.locator(".web__picture .edge > .says").all_text_contents()
    assert says
    assert all("NOT" in text for text in says)
