"""Web addresses: which there may be, which lead to the same page, and which can hardly be meant."""

import re
from urllib.parse import parse_qsl, unquote, urlsplit

_ARABIC = "\u0621-\u063a\u0641-\u064a"
LOCAL = ("local", "localhost", "localdomain", "internal", "intranet", "lan", "home", "corp", "private", "arpa")


def _label(letters: str) -> str:
    return f"[{letters}](?:[{letters}-]{{0,61}}[{letters}])?"


_IN_ANY_CASE = "|".join("".join(f"[{letter}{letter.upper()}]" for letter in name) for name in LOCAL)
# No bare number, and no name that only one's own network knows: the last part has letters.
_HOST = (
    rf"(?:(?:{_label('A-Za-z0-9_')}|{_label(f'0-9{_ARABIC}')})\.)+"
    rf"(?!(?:{_IN_ANY_CASE})(?:[:/?#]|$))(?:[A-Za-z]{{2,63}}|xn--[a-z0-9-]{{1,59}}|[{_ARABIC}]{{2,63}})"
)
_PORT = "(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])"
# Nothing that can't be seen, turns a text round or is read as the end of an address; what no font has is escaped (%F0).
SIGN = (
    r"[!#-;=?-\[\]-~\u00a1-\u00ac\u00ae-\u034e\u0350-\u061b\u061d-\u115e\u1161-\u167f\u1681-\u17b3\u17b6-\u180a"
    r"\u1810-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\u2fff\u3001-\u3163\u3165-\ud7ff\uf900-\ufdcf\ufdf0-\ufdff"
    r"\ufe10-\ufefe\uff01-\uff9f\uffa1-\uffdc]"
)
ADDRESS = re.compile(rf"^https?://{_HOST}(?::{_PORT})?(?:[/?#]{SIGN}*)?$(?!\n)")
"""An address that every reader can open, and that leads where it seems to; ECMAScript reads the pattern alike."""

# What sharing adds to an address.
TRACKING = re.compile(r"utm_\w+|fbclid|gclid|igshid|mc_[ce]id|ref_src|share|amp", re.IGNORECASE)
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


def has_loose_end(address: str) -> bool:
    """Whether an address ends with a mark of the sentence that it was copied from."""
    return _END.search(address) is not None or (address.endswith(")") and "(" not in address)


def is_front_page(address: str) -> bool:
    """Whether an address leads to a whole site."""
    _, _, rest = address.partition("://")
    return "/" not in rest.rstrip("/") and "?" not in rest
