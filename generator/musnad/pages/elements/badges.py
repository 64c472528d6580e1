"""Marks: how firmly, who else says so, checked or not, where in the source."""

from musnad.derive.reviews import is_reviewed
from musnad.pages.elements import labels
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.parts import Badge
from musnad.pages.elements.passages import tell_locator
from musnad.records.model import Claim, Locator, Recorded
from musnad.records.problems import N_


def make_modality_badge(composer: Composer, claim: Claim) -> Badge:
    """Say how firmly it is said."""
    modality = composer.catalogue.vocabulary.modalities[claim.modality]
    return Badge(modality.icon, modality.label[composer.lang], composer.href(f"reading/#{claim.modality}"))


def make_standing_badge(composer: Composer, claim: Claim) -> Badge:
    """Say who else says so."""
    standing = composer.graph.standings[claim.id]
    is_stop = standing in ("contested", "corrected", "retracted")
    text = composer.words.gettext(labels.STANDINGS[standing])
    return Badge(standing, text, composer.href(f"reading/#{standing}"), is_stop)


def make_review_badge(composer: Composer, record: Recorded) -> Badge | None:
    """Say that too few people have checked a record, while that is so."""
    if is_reviewed(record):
        return None
    text = N_("No second reviewer yet") if record.reviews else N_("Not reviewed yet")
    return Badge("unreviewed", composer.words.gettext(text), composer.href("reading/#unreviewed"))


def make_locator_badge(composer: Composer, locator: Locator) -> Badge:
    """Say where in the source it stands."""
    spot = locator.spot
    icon = "locator" if spot.paragraph else "page" if spot.page else "clock" if spot.time >= 0 else "row"
    href = composer.href(f"sources/{locator.source}/#{spot.anchor}")
    return Badge(icon, tell_locator(composer, locator), href, turns=icon == "locator")
