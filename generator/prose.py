"""What a hand-written page gets from its place below ``docs/<lang>/``: language, counterpart, section."""

from typing import Any

from generator.values import LANGS, OTHER


def prose_fields(file: str, title: str, edit_url: str | None) -> dict[str, Any]:
    """Return the front matter of a hand-written page; nothing for a file that belongs to no language."""
    lang, _, rest = file.partition("/")
    if lang not in LANGS:
        return {}
    path = rest.removesuffix(".md").removesuffix("index").rstrip("/")
    path = f"{path}/" if path else ""
    return {
        "lang": lang,
        "other": f"{OTHER[lang]}/{path}",
        "kind": "prose",
        "section": path,
        "short": [[title, None]],
        **({"edit": edit_url} if edit_url else {}),
    }
