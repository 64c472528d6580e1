"""Where a claim stands: in words, on the source's page, and at the publisher."""

from urllib.parse import urlsplit

from musnad.pages.elements.composer import Composer
from musnad.records.model import Locator, Source, Spot
from musnad.records.problems import N_
from musnad.records.values import UNKNOWN
from musnad.text.fragments import add_fragment, lead_to_page, lead_to_time


def tell_spot(composer: Composer, spot: Spot) -> str:
    """Return "Paragraph 3, sentence 1", "Page 12", "At 1:02:05" or "Row 17"."""
    fill = composer.words.fill
    if spot.paragraph:
        message = N_("Paragraph {paragraph}, sentence {sentence}")
        return fill(message, paragraph=spot.paragraph, sentence=spot.sentence)
    if spot.page:
        return fill(N_("Page {page}"), page=spot.page)
    if spot.time >= 0:
        return fill(N_("At {time}"), time=tell_time(spot.time))
    return fill(N_("Row {row}"), row=spot.row[1])


def tell_locator(composer: Composer, locator: Locator) -> str:
    """Return the same with what is known besides: "Page 12, paragraph 3, sentence 1", "From 2:05 to 3:10"."""
    fill = composer.words.fill
    if locator.until is not None and locator.time is not None:
        return fill(N_("From {time} to {until}"), time=tell_time(locator.time), until=tell_time(locator.until))
    if locator.page and locator.paragraph:
        message = N_("Page {page}, paragraph {paragraph}, sentence {sentence}")
        return fill(message, page=locator.page, paragraph=locator.paragraph, sentence=locator.sentence)
    return tell_spot(composer, locator.spot)


def tell_time(seconds: int) -> str:
    """Return 1:02:05, or 2:05 below an hour."""
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}:{second:02}" if hour else f"{minute}:{second:02}"


def passage_href(source: Source, locator: Locator) -> str:
    """Return the source's address, leading to the passage as far as the address and the record can."""
    return _lead_to(source.address, locator)


def archived_href(source: Source, locator: Locator) -> str:
    """Return the same at the archived copy; empty where none is known."""
    return "" if source.archive == UNKNOWN else _lead_to(source.archive, locator)


def _lead_to(address: str, locator: Locator) -> str:
    if locator.time is not None:
        return lead_to_time(address, locator.time)
    # In a PDF no browser looks for words.
    if locator.page and (not locator.marks or urlsplit(address).path.lower().endswith(".pdf")):
        return lead_to_page(address, locator.page)
    return add_fragment(address, locator.marks) if locator.marks else address
