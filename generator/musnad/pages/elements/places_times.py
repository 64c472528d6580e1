"""Places and times in words, as exactly as they are known."""

from typing import Literal

from musnad.derive.sensitive import is_coarsened
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.parts import Fact
from musnad.records.model import Claim, Place, Time
from musnad.records.problems import N_
from musnad.records.values import UNKNOWN
from musnad.text.hijri import read_hijri

Shape = Literal["spot", "town", "around", "area"]
COARSENED = N_("The record keeps back where exactly, as it could help an attack.")
_INFERRED = N_("{text} (inferred by the record)")


def make_place_fact(composer: Composer, claim: Claim, place: Place, *, is_full: bool = False) -> Fact:
    """Return a place in words; in full, with its precision, where the words do not tell it."""
    precision = composer.catalogue.vocabulary.precisions[place.precision]
    label = composer.words.gettext(N_("Place"))
    icon = precision.icon
    if place.phrase:
        return Fact(label, icon, place.phrase[composer.lang])
    note = composer.words.gettext(COARSENED) if is_coarsened(claim) else ""
    if not place.entities:
        return Fact(label, icon, note=note)
    names = composer.words.join(composer.catalogue.entities[id_].name(composer.lang) for id_ in place.entities)
    text = precision.pattern[composer.lang].format(place=names)
    if is_full and text == names:
        text = composer.words.fill(N_("{place} ({precision})"), place=text, precision=precision.label[composer.lang])
    if any(map(claim.is_inferred, place.entities)):
        text = composer.words.fill(_INFERRED, text=text)
    return Fact(label, icon, text, note=note)


def make_time_fact(composer: Composer, source_id: str, time: Time | None) -> Fact:
    """Return a time in words; a missing one is said to be missing. What it hangs on is the date of the source."""
    label, words = composer.words.gettext(N_("Time")), composer.words
    if time is None:
        published = composer.catalogue.sources[source_id].published
        unknown = N_("Not stated. The source’s own date is unknown.")
        known = N_("Not stated. The source is dated {date}.")
        message = unknown if published == UNKNOWN else known
        return Fact(label, "time", words.fill(message, date=words.date(published)))
    is_relative = time.basis == "relative-to-publication"
    notes = [words.fill(N_("Worked out: {how}"), how=time.worked_out[composer.lang])] if time.worked_out else []
    said, date = time.phrase[composer.lang] if time.phrase else "", words.date(time.edtf) if time.edtf else ""
    computed = ""
    if time.hijri:
        hijri = words.hijri(time.hijri)
        said = words.fill(N_("{amount} ({note})"), amount=said, note=hijri) if said else hijri
        computed = "" if time.edtf else words.date(read_hijri(time.hijri).edtf)
        if computed:
            notes.append(words.gettext(N_("By the calendar of Umm al-Qura; a day earlier or later is possible.")))
        else:
            said, date = words.fill(N_("{hijri}, {date}"), hijri=said, date=date), ""
    if is_relative and date and time.worked_out:
        # The source gives a day, or last Tuesday; the date is arithmetic of ours.
        computed = date
    text = said or ("" if computed else date)
    if is_relative and text:
        published = composer.catalogue.sources[source_id].published
        unknown = N_("{time} (relative to the source, whose date is unknown)")
        known = N_("{time} (relative to the source, dated {date})")
        text = words.fill(unknown if published == UNKNOWN else known, time=text, date=words.date(published))
    elif time.basis == "inferred":
        text = words.fill(_INFERRED, text=text)
    return Fact(label, "time", text, computed=computed, note=" ".join(notes), wording=time.wording or "")


def find_shape(composer: Composer, precision: str) -> Shape:
    """Return how places are drawn that are known so exactly: by the decimals that their coordinates can have."""
    steps = [id_ for id_, _ in composer.catalogue.vocabulary.list_precisions()]
    decimals = composer.catalogue.vocabulary.precisions[precision].decimals
    if decimals is None or decimals > 3:
        return "spot" if precision == steps[0] else "town"
    return "around" if decimals == 3 else "area"
