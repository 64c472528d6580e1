"""Try plugins beside ours on the toy record: ``python -m bench.plugins [NAME …]``. Which are installed is looked up.

Install what is to be tried into an environment of its own: mkdocs-redirects, mkdocs-exclude, mkdocs-minify-plugin and
others of docs/en/settings.md.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import entry_points
from pathlib import Path

import yaml

TOY = Path(__file__).parents[1] / "tests/toy/entries"
OPTIONS = {
    "redirects": {"redirect_maps": {"old.md": "ar/index.md"}},
    "minify": {"minify_html": True},
    "gen-files": {"scripts": ["pages.py"]},
    "material/group": {"enabled": True, "plugins": [{"meta": {}}]},
}
SCRIPT = """import mkdocs_gen_files
for lang in ("ar", "en"):
    with mkdocs_gen_files.open(f"{lang}/made.md", "w") as page:
        page.write("# Made")
"""


def try_plugin(name: str) -> str:
    """Return what came of a strict build with one plugin: pages, or the last line of what was said."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        shutil.copytree(TOY, project / "entries")
        (project / "docs").mkdir()
        (project / "pages.py").write_text(SCRIPT, encoding="utf-8")
        plugins = [{"musnad": {"cache": False}}, {name: OPTIONS.get(name, {})}]
        settings = {"site_name": "x", "site_url": "https://x.example/", "theme": "material", "plugins": plugins}
        (project / "mkdocs.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
        run = subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"],
            cwd=project,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        if run.returncode:
            return (run.stderr.strip().splitlines() or ["failed"])[-1]
        return f"{sum(1 for _ in (project / 'site').rglob('*.html'))} pages"


if __name__ == "__main__":
    found = sys.argv[1:] or sorted(point.name for point in entry_points(group="mkdocs.plugins"))
    for plugin in found:
        if plugin != "musnad":
            print(f"{plugin:36} {try_plugin(plugin)}", flush=True)
