"""The look of the pages: schemes and their toggle in every form of the setting, and colours of one's own.

Contrast is that of WCAG 2.2, success criteria 1.4.3 and 1.4.11: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from musnad.plugin.objection import Objection
from musnad.records.problems import N_
from musnad.text.bidi import script_of

ASSETS = Path(__file__).parent.parent / "theme/assets"
SCHEMES = {"light": "default", "dark": "slate"}
"""The theme's names for the two schemes."""
ROLES = {"accent": "rubric"}
"""What a role is called in the style sheet, where that differs."""
LEAST = {
    **{(role, ground): 4.5 for role in ("ink", "quiet", "accent", "link") for ground in ("paper", "surface")},
    ("ink", "mark"): 4.5,
    ("edge", "paper"): 3.0,
}
"""The least contrast of a colour to what it stands on."""
_MEDIA = {scheme: f"(prefers-color-scheme: {name})" for name, scheme in SCHEMES.items()}
_ICONS = {"default": "material/weather-sunny", "slate": "material/weather-night"}
_TOKENS = re.compile(r'\[data-md-color-scheme="(?P<scheme>\w+)"\] \{(?P<body>[^}]+)\}')
_HEX = re.compile(r"#(?:[0-9a-f]{6}|[0-9a-f]{3})", re.IGNORECASE)


def list_schemes(palette: object) -> list[dict[str, Any]]:
    """Return the schemes in the form of a list that the theme and its script want, from the setting in any form.

    One mapping with a scheme is that scheme alone. Nothing, or a mapping without a scheme, is both with a toggle.
    """
    if isinstance(palette, Mapping) and palette.get("scheme"):
        return [_make_scheme(palette)]
    if isinstance(palette, list) and palette:
        # What a toggle leads to has words in both languages; a name of one's own is in one.
        following = [*palette[1:], palette[0]]
        return [_make_scheme(given, leads_to) for given, leads_to in zip(palette, following, strict=True)]
    others = {"default": ("slate", "dark"), "slate": ("default", "light")}
    return [
        _make_scheme({"media": _MEDIA[scheme], "scheme": scheme, "toggle": {"icon": _ICONS[other], "name": name}})
        for scheme, (other, name) in others.items()
    ]


def _make_scheme(given: Mapping[str, Any], leads_to: Mapping[str, Any] | None = None) -> dict[str, Any]:
    made = {"scheme": "default", **given, "primary": "custom", "accent": "custom"}
    if made.get("toggle") and leads_to is not None and made["toggle"]["name"] not in SCHEMES:
        is_dark, is_system = leads_to.get("scheme") == "slate", leads_to.get("media") == "(prefers-color-scheme)"
        key = "system" if is_system else "dark" if is_dark else "light"
        made["toggle"] = {**made["toggle"], "key": key, "lang": script_of(made["toggle"]["name"])}
    return {name: made[name] for name in ("media", "scheme", "primary", "accent", "toggle") if made.get(name)}


def list_palette_objections(palette: object) -> Iterator[Objection]:
    """Yield what the setting ``palette`` asks for that pages can't have."""
    shape = N_(
        "palette in mkdocs.yml is one scheme, as in {one}, or a list of these with toggles: leave it out for both "
        "schemes with a toggle"
    )
    given = palette if isinstance(palette, list) else [palette or {}]
    for scheme in given:
        if not isinstance(scheme, Mapping):
            yield Objection(shape, {"one": "palette: {scheme: slate}"})
            continue
        if (name := scheme.get("scheme") or "default") not in SCHEMES.values():
            yield Objection(
                N_(
                    "pages have the schemes default and slate, not {name}: write one of these, and colours below musnad"
                ),
                {"name": str(name)},
            )
        for part in ("primary", "accent"):
            if scheme.get(part) not in (None, "custom"):
                yield Objection(
                    N_(
                        "{part}: {name} of palette has no place in the look of the pages: leave it out, and write "
                        "colours: {{accent: …, link: …}} below musnad in mkdocs.yml for colours of your own"
                    ),
                    {"part": part, "name": str(scheme[part])},
                )
        toggle = scheme.get("toggle")
        if toggle and not (isinstance(toggle, Mapping) and toggle.get("icon") and toggle.get("name")):
            yield Objection(N_("toggle of palette needs an icon and a name: as in {one}"), {"one": _EXAMPLE})


_EXAMPLE = "toggle: {icon: material/weather-night, name: dark}"


@cache
def read_colours() -> dict[str, dict[str, str]]:
    """Return the colour of each role in the light and the dark scheme, as the style sheet has them."""
    text = (ASSETS / "record.css").read_text(encoding="utf-8")
    bodies = {found["scheme"]: dict(re.findall(r"--(\w+): (#\w+);", found["body"])) for found in _TOKENS.finditer(text)}
    names = {token: role for role, token in ROLES.items()}
    return {
        name: {names.get(str(token), str(token)): value for token, value in bodies[scheme].items()}
        for name, scheme in SCHEMES.items()
    }


def mix_colours(own: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Return the colours of each scheme, with one's own: for each role one, or one for light and one for dark."""
    return {
        name: {
            role: str(given.get(name, value) if isinstance(given := own.get(role, value), Mapping) else given)
            for role, value in colours.items()
        }
        for name, colours in read_colours().items()
    }


def list_colour_objections(own: Mapping[str, Any]) -> Iterator[Objection]:
    """Yield what is wrong with colours of one's own: names, notation, contrast, and ink that would mean two things."""
    roles = read_colours()["light"]
    for role, given in own.items():
        if role not in roles:
            yield Objection(
                N_("colours below musnad in mkdocs.yml have no {role}: write one of {roles}"),
                {"role": str(role), "roles": ", ".join(roles)},
            )
        values = given if isinstance(given, Mapping) else {"light": given}
        for name, value in values.items():
            if name not in SCHEMES or not _HEX.fullmatch(str(value)):
                yield Objection(
                    N_(
                        "colours.{role} below musnad in mkdocs.yml: {value} is no colour; write one in quotes, "
                        'as in "#0b5568", or {{light: …, dark: …}}'
                    ),
                    {"role": str(role), "value": f"{name}: {value}" if name not in SCHEMES else str(value)},
                )
                return
    for name, colours in mix_colours(own).items() if own else ():
        for (role, ground), least in LEAST.items():
            ratio = find_contrast(colours[role], colours[ground])
            if ratio < least:
                yield Objection(
                    N_(
                        "colours below musnad in mkdocs.yml: in the {scheme} scheme {role} {first} on {ground} "
                        "{second} has a contrast of {ratio}:1 where {least}:1 is the least that can be read; "
                        "choose others, or "
                        "one for each scheme: {{light: …, dark: …}}"
                    ),
                    {
                        "scheme": name,
                        "role": role,
                        "first": colours[role],
                        "ground": ground,
                        "second": colours[ground],
                        # Never rounded up to what is asked for.
                        "ratio": f"{int(ratio * 100) / 100:.2f}",
                        "least": f"{least:g}",
                    },
                )
        for role in ("ink", "quiet", "link"):
            if _find_parts(colours["accent"]) == _find_parts(colours[role]):
                yield Objection(
                    N_(
                        "colours below musnad in mkdocs.yml: accent marks voices and nothing else, "
                        "and {role} is the same"
                    ),
                    {"role": role},
                )


def find_contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    dark, light = sorted((_find_luminance(first), _find_luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def _find_luminance(colour: str) -> float:
    parts = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in _find_parts(colour)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _find_parts(colour: str) -> list[float]:
    digits = colour.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    return [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]


def write_colours(own: Mapping[str, Any]) -> str:
    """Return the style sheet for colours of one's own."""
    light, dark = (
        " ".join(f"--{ROLES.get(role, role)}: {colours[role]};" for role in own)
        for colours in mix_colours(own).values()
    )
    # Paper is light.
    return (
        f"[data-md-color-scheme] {{ {light} }}\n"
        f'@media screen {{ [data-md-color-scheme="{SCHEMES["dark"]}"] {{ {dark} }} }}\n'
    )


def draw_mark(own: Mapping[str, Any]) -> str:
    """Return the picture for the browser's tab in one's own ink."""
    text = (ASSETS / "mark.svg").read_text(encoding="utf-8")
    light, dark = (mix_colours(own)[name]["accent"] for name in SCHEMES)
    first, second = dict.fromkeys(_HEX.findall(text))
    return text.replace(first, light).replace(second, dark)
