"""How a page is cited: its title with opening words, the version shown, of which day, and under which address.

What is cut off from its page here names nobody living whom two people have not reviewed (``links.name_record``). No
author is made up: a page is the publication's. The browser makes other forms of it (``theme/assets/cite/cite.js``).
"""

from musnad.derive.versions import find_day, find_version
from musnad.pages.addresses import name_data
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.links import name_record
from musnad.pages.elements.parts import Citation
from musnad.records.model import Claim, Entity, Source
from musnad.records.problems import N_


def cite_record(composer: Composer, record: Source | Entity | Claim) -> Citation:
    """Return the citation of a record, in the version that its page shows."""
    version = find_version(record)
    day = find_day(record, composer.graph.edits.get(record.ref, ()))
    address = composer.addresses.find_absolute(composer.href(f"{record.ref}/?v={version}"))
    title = name_record(composer, record).removesuffix(".")
    text = composer.words.fill(
        N_("{site}: “{title}”, record {id}, version {version}, as of {date}, {address}"),
        site=composer.site_name,
        title=title,
        id=record.id,
        version=version,
        date=composer.words.date(day or record.extracted.date),
        address=address,
    )
    return Citation(title, composer.site_name, text, address, day, version, name_data(record.ref))


def cite_page(composer: Composer, path: str, title: str) -> Citation:
    """Return the citation of a page over many records, which is of no day but the one on which it is read."""
    address = composer.addresses.find_absolute(composer.href(path))
    told = N_("{site}: “{title}”, {address}")
    text = composer.words.fill(told, site=composer.site_name, title=title, address=address)
    return Citation(title, composer.site_name, text, address)
