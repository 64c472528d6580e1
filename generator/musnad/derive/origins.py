"""Which sources carry one text: what several outlets say is then said once."""

from collections import defaultdict
from collections.abc import Iterable

from musnad.records.model import Source


def share_origin(one: Source, other: Source) -> bool:
    """Whether two sources carry the text of one of them, of a third, or of one agency."""
    return (one.origin or one.id) == (other.origin or other.id) or any(
        here.agency and here.agency in (there.agency, there.outlet) for here, there in ((one, other), (other, one))
    )


def index_carriers(sources: Iterable[Source]) -> dict[str, tuple[str, ...]]:
    """Map each source to those that carry its text."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for source in sources:
        if source.origin:
            found[source.origin].append(source.id)
    return {source_id: tuple(sorted(ids)) for source_id, ids in found.items()}
