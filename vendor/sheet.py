"""Make the part of the theme's style sheets that our pages can show: ``python -m vendor.sheet``.

A rule goes where each of its selectors asks for a class that neither our layout nor the theme's script, as we set it
up, gives to anything. Hand-written pages may give it: pages of such a site have the theme's own sheets
(``plugin/sheet.py``). What is left stands in its order, letter for letter.
"""

import re
from collections.abc import Iterator
from importlib.metadata import files
from pathlib import Path

import material

from musnad.plugin.sheet import ASSETS, SHEET, find_classes, find_sheets

KEPT = re.compile(
    r"md-(?:button|container|content|content__inner|dialog|dialog--active|dialog__inner|ellipsis|grid|header"
    r"|header--shadow|header__(?:button|inner|option)|icon|main|main__inner|option|overlay|search.*|skip|toggle|typeset.*)"
    r"|no-js|js|focus-visible|grid|headerlink|s"
)
"""Classes of the theme that may stand in a page of ours, by itself or once its script has run."""
THEME = Path(material.__file__).parent / "templates"
CHARSET = '@charset "UTF-8";'
NOTE = "/* Parts of Material for MkDocs (MIT licence, © Martin Donath): {names} */\n"
_TOKEN = re.compile(r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|url\([^)'"]*\)|[{};]|[^{};"'u]+|u""")
_ALTERNATIVES = re.compile(r":(?:not|is|where|has)\((?:[^()]|\([^()]*\))*\)")
_COLOUR = re.compile(r"\[data-md-color-(?:primary|accent)=(?!custom\])")
_PROPERTY = re.compile(r"""(?<=[{;])(--[\w-]+):(?:"[^"]*"|'[^']*'|url\([^)'"]*\)|[^;{}"'])*(?:;|(?=\}))""")
Rule = tuple[str, list["Rule | str"]]


def parse(css: str) -> list[Rule | str]:
    """Return the rules of a sheet, each as what stands before its braces and in them. Raises ValueError."""
    levels: list[list[Rule | str]] = [[]]
    heads: list[str] = []
    text = ""
    for token in (found[0] for found in _TOKEN.finditer(css)):
        if token == "{":
            heads.append(text)
            levels.append([])
        elif token == "}":
            body = [*levels.pop(), *([text] if text else [])]
            levels[-1].append((heads.pop(), body))
        elif token == ";":
            levels[-1].append(f"{text};")
        else:
            text += token
            continue
        text = ""
    levels[0] += [text] if text else []
    if write(levels[0]) != css:
        raise ValueError("this style sheet is not read as it stands")
    return levels[0]


def write(rules: list[Rule | str]) -> str:
    """Return rules as a style sheet."""
    return "".join(rule if isinstance(rule, str) else f"{rule[0]}{{{write(rule[1])}}}" for rule in rules)


def split(selectors: str) -> list[str]:
    """Return the selectors of a list."""
    return re.findall(r"(?:[^,()\[]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)|\[[^\]]*\])+", selectors)


def is_shown(selector: str) -> bool:
    """Whether something on a page of ours may be what a selector asks for."""
    asked = _ALTERNATIVES.sub("", selector)
    return not _COLOUR.search(asked) and all(map(KEPT.fullmatch, find_classes(asked)))


def cut(rules: list[Rule | str]) -> Iterator[Rule | str]:
    """Yield what is left of rules."""
    for rule in rules:
        if isinstance(rule, str) or (rule[0].startswith("@") and not rule[0].startswith(("@media", "@supports"))):
            yield rule
        elif rule[0].startswith("@"):
            if body := [*cut(rule[1])]:
                yield rule[0], body
        elif shown := [selector for selector in split(rule[0]) if is_shown(selector)]:
            yield ",".join(shown), rule[1]


def drop_unused(css: str, own: str) -> str:
    """Leave out properties that nothing uses, here or in our ``own`` styles and scripts; then what used them alone."""
    used = {*re.findall(r"var\((--[\w-]+)", css), *re.findall(r"--[\w-]+", own)}
    left = _PROPERTY.sub(lambda found: found[0] if found[1] in used else "", css)
    return css if left == css else drop_unused(left, own)


def make_sheet() -> str:
    """Return the short sheet."""
    found = list(find_sheets([THEME]))
    texts = [path.read_text(encoding="utf-8").partition("\n/*# source")[0] for path in found]
    own = (path.read_text(encoding="utf-8") for path in sorted(ASSETS.rglob("*.[cj]s*")) if path != SHEET)
    css = drop_unused("\n".join(write([*cut(parse(text))]) for text in texts), "\n".join(own))
    return f"{CHARSET}\n{NOTE.format(names=', '.join(path.name for path in found))}{css.removeprefix(CHARSET)}\n"


if __name__ == "__main__":
    SHEET.write_text(make_sheet(), encoding="utf-8", newline="\n")
    (licence,) = (path for path in files("mkdocs-material") or () if path.match("*.dist-info/licenses/LICENSE"))
    SHEET.with_suffix(".LICENSE.txt").write_text(licence.read_text(), encoding="utf-8", newline="\n")
