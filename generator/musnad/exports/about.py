"""What each file that is given away says of itself: whose it is, under which licence, and how the record stood."""

from typing import Any

from musnad import __version__
from musnad.derive.news import find_newest_day
from musnad.pages.site import Site
from musnad.text.languages import LANGS


def describe_record(site: Site) -> dict[str, Any]:
    """Return name and rights in both languages, licence, address of the site and newest day of the record.

    What is not known is None; nothing depends on when it is asked.
    """
    words = site.shown.site
    return {
        "name": {lang: words.name[lang] for lang in LANGS} if words else None,
        "rights": {lang: words.rights[lang] for lang in LANGS} if words and words.rights else None,
        "licence": words.licence if words else None,
        "address": site.options.site_url or None,
        "state": find_newest_day(site.shown, site.derived) or None,
        "generator": f"musnad {__version__}",
    }
