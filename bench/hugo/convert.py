"""Turn exported Markdown into a Hugo project: ``python bench/hugo/convert.py EXPORTED DIR``.

Pages keep their addresses and bodies; the layouts beside this file are copied. The icons are those of the theme.
"""

import argparse
import json
import re
import shutil
from pathlib import Path, PurePosixPath
from typing import Any

import material
import yaml

HERE = Path(__file__).resolve().parent
ICONS = Path(material.__file__).parent / "templates/.icons/material"
# What partials/symbols.html maps names to.
_ICON = re.compile(r'"([a-z]+)": "([a-z0-9-]+)"')
# goldmark ends an HTML block at a blank line only.
_HEADING = re.compile(r"(?<!\n)\n(?=#+ )")
_ATTRIBUTES = re.compile(r"\{: *([^}]+?) *\}")
# Fields that Hugo knows; it would take "kind" and "lang" for its own, so the rest stands below "params".
OWN_FIELDS = ("title", "description")


def name_content(file: PurePosixPath, folders: set[PurePosixPath]) -> PurePosixPath:
    """Return where Hugo expects a page: one that has others below it stands in their folder."""
    if file.name == "index.md":
        return file.with_name("_index.md")
    folder = file.with_suffix("")
    return folder / "_index.md" if folder in folders else file


def convert_page(text: str, url: str) -> str:
    """Return a page with Hugo's front matter and goldmark's way to write attributes."""
    _, fields, body = text.split("---\n", 2)
    front: dict[str, Any] = yaml.load(fields, yaml.CSafeLoader)
    params = {name: value for name, value in front.items() if name not in OWN_FIELDS}
    known = {name: front[name] for name in OWN_FIELDS if name in front}
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in known.items()]
    lines += [f"url: {json.dumps(url)}", f"params: {json.dumps(params, ensure_ascii=False)}"]
    body = _ATTRIBUTES.sub(r"{\1}", _HEADING.sub("\n\n", body))
    return "---\n" + "\n".join(lines) + "\n---\n" + body


def read_icons(symbols: Path) -> dict[str, str]:
    """Return the drawing of each icon, without the element around it."""
    named = _ICON.findall(symbols.read_text(encoding="utf-8"))
    drawings = {name: (ICONS / f"{file}.svg").read_text(encoding="utf-8") for name, file in named}
    return {name: re.sub(r"</?svg[^>]*>", "", drawing) for name, drawing in drawings.items()}


def convert(exported: Path, project: Path) -> int:
    """Write a Hugo project; return the number of pages."""
    shutil.copytree(HERE / "layouts", project / "layouts")
    configuration = yaml.safe_load((exported / "mkdocs.yml").read_text(encoding="utf-8"))
    settings = (HERE / "hugo.yaml").read_text(encoding="utf-8")
    address = {name: configuration[key] for name, key in (("title", "site_name"), ("baseURL", "site_url"))}
    (project / "hugo.yaml").write_text(yaml.safe_dump(address, allow_unicode=True) + settings, encoding="utf-8")
    docs = exported / "docs"
    files = {PurePosixPath(path.relative_to(docs).as_posix()) for path in docs.rglob("*.md")}
    folders = {parent for file in files for parent in file.parents}
    for file in files:
        stem = file.parent if file.name == "index.md" else file.with_suffix("")
        content = project / "content" / name_content(file, folders)
        content.parent.mkdir(parents=True, exist_ok=True)
        url = f"/{stem}/".replace("/./", "/")
        content.write_text(convert_page((docs / file).read_text(encoding="utf-8"), url), encoding="utf-8")
    shutil.copytree(docs / "assets", project / "static/assets")
    shutil.copy(docs / "record.json", project / "static")
    (project / "data").mkdir()
    found = {
        "words": configuration["extra"]["words"],
        "icons": read_icons(exported / "overrides/partials/symbols.html"),
    }
    for name, value in found.items():
        (project / f"data/{name}.json").write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return len(files)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("exported", metavar="EXPORTED", type=Path, help="what `isnad export markdown` wrote")
    parser.add_argument("project", metavar="DIR", type=Path, help="a folder that does not exist yet, or is empty")
    arguments = parser.parse_args()
    arguments.project.mkdir(parents=True, exist_ok=True)
    print(convert(arguments.exported, arguments.project), "pages")


if __name__ == "__main__":
    main()
