"""Make the libraries of pages again, each one module: ``make vendor``. It needs npm, node and a network.

Packages are taken as npm delivers them, compared with their digests, and put together by esbuild.
"""

import hashlib
import json
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

TARGET = Path(__file__).parent.parent / "generator/musnad/theme/assets/propose/vendor"


class Package(NamedTuple):
    """A package of npm, and what a page takes from it."""

    name: str
    version: str
    sha256: str
    licence: str
    """The file of it in the package; where there is none, it says which it is and whose."""
    taken: str = ""


PACKAGES = (
    Package(
        "yaml",
        "2.9.1",
        "4ef6c54cf559b8a207b7b518378230805a1c84af239b14960e8c67c7d59de5d3",
        "LICENSE",
        "parseDocument, isMap",
    ),
    Package(
        "@cfworker/json-schema",
        "4.1.6",
        "816fd637a08f4ea48b17850ed1a91bc888100db893539c53237af9cb274886f5",
        "",
        "Validator",
    ),
    Package(
        "diff",
        "9.0.0",
        "b898bf23c95594607576e25ddd4013f1d51ed0e862aaf0732815830c87b3b58f",
        "LICENSE",
        "createTwoFilesPatch",
    ),
)
BUILDER = Package("esbuild", "0.28.2", "e045f94c235c7adc50e77ba2a579c7bec41b496b6b47c3a7845f7c1e19959a88", "")


def fetch(package: Package, folder: Path) -> Path:
    """Return a package's archive. Raises ValueError for one that is not what it was."""
    pack = ["npm", "pack", "--silent", "--json", f"{package.name}@{package.version}"]
    packed = json.loads(subprocess.run(pack, cwd=folder, check=True, capture_output=True, text=True).stdout)
    archive = folder / packed[0]["filename"].replace("@", "").replace("/", "-")
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != package.sha256:
        raise ValueError(f"{package.name} {package.version} has the digest {found}, not {package.sha256}")
    return archive


def main() -> None:
    """Write each library and its licence."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archives = [str(fetch(package, folder)) for package in (*PACKAGES, BUILDER)]
        subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", *archives], cwd=folder, check=True)
        TARGET.mkdir(exist_ok=True)
        for package in PACKAGES:
            short = package.name.rpartition("/")[2]
            (folder / "in.js").write_text(f'export {{ {package.taken} }} from "{package.name}"\n', encoding="utf-8")
            options = ["--bundle", "--format=esm", "--minify", "--target=es2020", "--legal-comments=none"]
            build = ["npx", "esbuild", "in.js", *options, f"--outfile={TARGET / short}.js"]
            subprocess.run(build, cwd=folder, check=True)
            root = folder / "node_modules" / package.name
            about = json.loads((root / "package.json").read_text(encoding="utf-8"))
            licence = root / package.licence
            stated = (
                licence.read_text(encoding="utf-8") if package.licence else f"{about['license']}, {about['author']}\n"
            )
            (TARGET / f"{short}.LICENSE.txt").write_text(stated, encoding="utf-8")


if __name__ == "__main__":
    main()
