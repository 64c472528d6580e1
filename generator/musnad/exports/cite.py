"""The words with which the browser makes citations in other forms."""

import json
from pathlib import Path

from musnad.exports.form import list_messages
from musnad.pages.site import Site
from musnad.text.languages import Lang

SCRIPTS = Path(__file__).parents[1] / "theme/assets/cite"


def export_cite_words(site: Site, lang: Lang) -> tuple[str, str]:
    """Return address and text of ``{"messages", "locale"}``: how dates are told goes by the locale, as BCP 47."""
    words = site.words[lang]
    messages = {message: words.gettext(message) for message in list_messages(SCRIPTS)}
    made = {"messages": messages, "locale": words.locale_tag}
    return f"data/{lang}/cite.json", json.dumps(made, ensure_ascii=False, separators=(",", ":"))
