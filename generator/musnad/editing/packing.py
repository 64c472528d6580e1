"""Pin this version of Musnad and all that it needs in a repository: a wheel of it, and everything by its digest.

The package is in no index yet, so a workflow can have it from the repository alone. What it needs comes from an index,
in the versions that this version was tested with.
"""

import base64
import hashlib
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution, distributions
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import musnad
from musnad.records.files import replacing

WHEELS = "wheels"
HEAD = "# Written by musnad pin: this version of Musnad, and all that it needs, by digest.\n"
"""The line by which requirements are known to be ours."""
_PACKAGE = Path(musnad.__file__).parent
_LOCKS = _PACKAGE / "starter"
_KIND = "Wheel-Version: 1.0\nGenerator: musnad\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
# What belongs to one installation and not to the package.
_OF_INSTALLATION = frozenset({"RECORD", "INSTALLER", "REQUESTED", "WHEEL", "direct_url.json"})


def make_pin() -> dict[str, bytes]:
    """Return ``requirements.txt``, what looking at live pages needs besides, and the wheel, by path.

    Raises PackageNotFoundError where the package is not installed.
    """
    raw = make_wheel()
    name = f"{WHEELS}/musnad-{musnad.__version__}-py3-none-any.whl"
    line = f"./{name} \\\n    --hash=sha256:{hashlib.sha256(raw).hexdigest()}\n"
    locks = {lock: (_LOCKS / lock).read_bytes() for lock in ("requirements.txt", "requirements-sources.txt")}
    return {lock: f"{HEAD}{line}".encode() + text for lock, text in locks.items()} | {name: raw}


def make_wheel() -> bytes:
    """Return a wheel of the package as it is installed here, the same bytes each time."""
    files = dict(_iter_files())
    dist_info = f"musnad-{musnad.__version__}.dist-info"
    files[f"{dist_info}/WHEEL"] = _KIND.encode()
    record = [f"{name},sha256={_digest(raw)},{len(raw)}\n" for name, raw in files.items()]
    files[f"{dist_info}/RECORD"] = f"{''.join(record)}{dist_info}/RECORD,,\n".encode()
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as wheel:
        for name, raw in files.items():
            # The first moment that the format knows, and one system: neither clock nor machine shows in the bytes.
            entry = ZipInfo(name)
            entry.create_system = 3
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            wheel.writestr(entry, raw)
    return target.getvalue()


def _iter_files() -> Iterator[tuple[str, bytes]]:
    for path in sorted(_PACKAGE.rglob("*")):
        parts = path.relative_to(_PACKAGE).parts
        if path.is_file() and "__pycache__" not in parts and not any(part.startswith(".") for part in parts):
            yield "/".join(("musnad", *parts)), path.read_bytes()
    for file in sorted(_find_installed().files or ()):
        if file.parts[0].endswith(".dist-info") and file.name not in _OF_INSTALLATION:
            yield (
                "/".join((f"musnad-{musnad.__version__}.dist-info", *file.parts[1:])),
                Path(str(file.locate())).read_bytes(),
            )


def _find_installed() -> Distribution:
    """Return the package as it is installed; what building it leaves in a checkout has the same name and is none."""
    found = (known for known in distributions(name="musnad") if known.read_text("RECORD") is not None)
    return next(found, None) or distribution("musnad")


def _digest(raw: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(raw).digest()).decode().rstrip("=")


def write_pin(folder: Path) -> tuple[str, ...]:
    """Write what pins this version, in place of an earlier one; return the names, none where requirements are not ours.

    Raises OSError.
    """
    requirements = folder / "requirements.txt"
    if requirements.exists() and not requirements.read_text(encoding="utf-8", errors="replace").startswith(HEAD):
        return ()
    files = make_pin()
    # The wheel comes first, so that what is asked for is always there.
    for name in sorted(files, key=lambda name: name.startswith(requirements.stem)):
        with replacing(folder / name) as file:
            file.write(files[name])
    for old in (folder / WHEELS).glob("musnad-*.whl"):
        if f"{WHEELS}/{old.name}" not in files:
            old.unlink()
    return tuple(files)
