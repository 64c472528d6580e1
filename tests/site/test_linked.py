"""What pages say to programs is data: a policy that forbids every script in a page does not forbid it."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route

from tests.site.conftest import Builds

POLICY = "default-src 'none'"
TOLD = """() => [...document.querySelectorAll('script[type="application/ld+json"]')]
  .map((one) => JSON.parse(one.text)["@type"])"""


@pytest.mark.browser
@pytest.mark.parametrize("is_run", [False, True], ids=["data", "script"])
def test_policy_without_scripts_allows_data(is_run: bool, builds: Builds, browser: Browser) -> None:
    """The element of a page as it is, alone under the strictest policy; the same as a script is refused."""
    found = next(iter(sorted(Path(builds.first, "en/claims").glob("*/flour-price/index.html"))))
    element = '<script type="application/ld+json">'
    text = found.read_text("utf-8")
    data = text[text.index(element) : text.index("</script>", text.index(element)) + len("</script>")]
    shown = data.replace(element, "<script>") if is_run else data

    def answer(route: Route) -> None:
        html = f"<!doctype html><title>x</title>{shown}"
        route.fulfill(body=html, headers={"content-type": "text/html", "content-security-policy": POLICY})

    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.route("**/*", answer)
    page.goto("http://127.0.0.1/claim")
    assert any("Content Security Policy" in line for line in said) == is_run
    assert page.evaluate(TOLD) == ([] if is_run else ["Claim"])
    page.close()
