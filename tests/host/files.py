"""This project's own files on its hosts, made from the templates that other publications get.

``python -m tests.host.files`` writes them anew.
"""

from musnad.editing.host import Setting, make_host_files
from tests.conftest import PROJECT

OWN = Setting(
    hosts=frozenset({"github", "gitlab"}),
    site_url="https://example.org/",
    lang="ar",
    setup=("make setup",),
    is_generator=True,
)


def main() -> None:
    """Write all of them."""
    for name, text in make_host_files(OWN).items():
        path = PROJECT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
