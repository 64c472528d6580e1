"""Old addresses for hosts that send readers on themselves: ``_redirects``, as Netlify, Cloudflare and GitLab read it.

Where a host knows no such file, or prefers a page that is there, the page at the old address leads on.
Source: https://docs.netlify.com/manage/routing/redirects/overview/
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from musnad.derive.visible import follow_redirect
from musnad.pages.site import Site
from musnad.text.languages import LANGS

REDIRECTS = "_redirects"


def export_redirects(site: Site) -> str:
    """Return a line for each old address in each language, the site's own path before it; empty where there is none."""
    return "".join(_list_lines(site))


def _list_lines(site: Site) -> Iterator[str]:
    base = "/" + urlsplit(site.options.site_url).path.strip("/")
    base = base if base.endswith("/") else f"{base}/"
    find = site.options.addresses.find
    for old in sorted(site.shown.redirects):
        if target := follow_redirect(site.shown, old):
            for lang in LANGS:
                yield f"{base}{find(f'{lang}/{old}/')} {base}{find(f'{lang}/{target}/')} 301\n"
