"""Web addresses: which lead to the same page, and which can hardly be meant."""

import re
from urllib.parse import parse_qsl, unquote, urlsplit

# What sharing adds to an address.
TRACKING = re.compile(r"utm_\w+|fbclid|gclid|igshid|mc_[ce]id|ref_src|share|amp", re.IGNORECASE)
_TWO = re.compile(r"https?://(?:www\.)?https?:", re.IGNORECASE)
_END = re.compile(r"[.,;:!?؟،؛»”’\"'…]$")


def find_page(address: str) -> str:
    """Return what is the same for all addresses of a page: no scheme, www, last slash, order of the query, fragment."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    host = re.sub(r"^www\.|:(?:80|443)$", "", parts.netloc.lower())
    query = sorted(
        (name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not TRACKING.fullmatch(name)
    )
    return f"{host}{unquote(parts.path).rstrip('/')}?{query}"


def find_host_name(address: str) -> str:
    """Return the name of an address's host, without www and port; empty where it has none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def is_two_addresses(address: str) -> bool:
    """Whether one address was pasted into another, or is not finished."""
    return _TWO.match(address) is not None or "://…" in address


def has_loose_end(address: str) -> bool:
    """Whether an address ends with a mark of the sentence that it was copied from."""
    return _END.search(address) is not None or (address.endswith(")") and "(" not in address)


def is_front_page(address: str) -> bool:
    """Whether an address leads to a whole site."""
    _, _, rest = address.partition("://")
    return "/" not in rest.rstrip("/") and "?" not in rest
