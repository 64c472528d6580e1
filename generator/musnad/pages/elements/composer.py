"""Compose the elements of a page from records: opening words, chains, facts, badges, claims.

One Composer per catalogue and language; a claim is composed once, however many pages show it.
"""

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any, TypeVar
from urllib.parse import quote

from musnad.derive.graph import Graph, find_unit_price, is_reviewed
from musnad.derive.people import is_living, living_people
from musnad.pages.elements import labels
from musnad.pages.elements.parts import Badge, ClaimView, Fact, Head, Link, QuantityView, Slip, VoiceView
from musnad.pages.trace import Trace
from musnad.records.model import Catalogue, Claim, Entity, Locator, Place, Quantity, Recorded, Source, Time, Voice
from musnad.records.problems import N_
from musnad.text.bidi import isolate
from musnad.wording.words import Words

Made = TypeVar("Made")


class Composer:
    """Everything pages are composed from, in one language."""

    def __init__(self, catalogue: Catalogue, graph: Graph, words: Words, trace: Trace) -> None:
        self.catalogue = catalogue
        self.graph = graph
        self.words = words
        self.lang = words.lang
        self._trace = trace
        self._remembered: dict[tuple[str, str], tuple[Any, frozenset[str]]] = {}

    def inherit(self, before: "Composer", changed: set[str]) -> None:
        """Take over what an earlier composer made from what has not changed."""
        self._remembered = {key: made for key, made in before._remembered.items() if changed.isdisjoint(made[1])}

    def remember(self, what: str, key: str, make: Callable[[], Made]) -> Made:
        """Return what is made once, however often it is wanted."""
        if (what, key) not in self._remembered:
            with self._trace.record() as noted:
                made = make()
            self._remembered[what, key] = made, frozenset(noted)
        made, seen = self._remembered[what, key]
        self._trace.note(seen)
        return made

    @cached_property
    def site_name(self) -> str:
        """The publication's name."""
        return self.catalogue.site.name[self.lang] if self.catalogue.site else "Musnad"

    def href(self, path: str) -> str:
        """Return the site-root-relative address of a page below this language."""
        return f"{self.lang}/{path}"

    def entity_link(self, entity_id: str) -> Link:
        """Link to an entity under its name."""
        return Link(self.catalogue.entities[entity_id].name(self.lang), self.href(f"entities/{entity_id}/"))

    def source_link(self, source_id: str) -> Link:
        """Link to a source under its descriptive title."""
        return Link(self.source_name(self.catalogue.sources[source_id]), self.href(f"sources/{source_id}/"))

    def source_name(self, source: Source) -> str:
        """Return a short name for a source: its outlet and number."""
        outlet = self.catalogue.entities[source.outlet].name(self.lang)
        return self.words.fill(N_("{outlet}, {id}"), outlet=outlet, id=source.id)

    def section_link(self, section: str) -> Link:
        """Link to the index of a section."""
        return Link(self.catalogue.vocabulary.sections[section].label[self.lang], self.href(f"browse/{section}/"))

    def kind_link(self, kind: str) -> Link:
        """Link to the index of a kind."""
        found = self.catalogue.vocabulary.kinds[kind]
        return Link(found.plural[self.lang], self.href(f"browse/{found.section}/{kind}/"))

    def kind_trail(self, kind: str) -> tuple[Link, ...]:
        """Return the way to a kind's index; a section of the same name is not said twice."""
        section = self.section_link(self.catalogue.vocabulary.kinds[kind].section)
        own = self.kind_link(kind)
        return (own,) if own.text == section.text else (section, own)

    def lead(self, claim: Claim) -> str:
        """Return the opening words that name the voice: "According to SY24’s correspondent,"."""
        return self.words.fill(N_("According to {voice},"), voice=self.voice_phrase(claim))

    def told(self, claim: Claim) -> tuple[str, str]:
        """Return the opening words and what is said; what was withdrawn is not said again, here or in any list."""
        if claim.status == "retracted":
            return "", self.words.fill(N_("{title}: retracted."), title=claim.title[self.lang])
        return self.lead(claim), claim.statement[self.lang]

    def voice_phrase(self, claim: Claim) -> str:
        """Return the innermost voice in words, through all that stand before it."""
        outer = ""
        for voice in claim.attribution:
            outer = self._fill_voice(self.catalogue.vocabulary.voices[voice.voice].phrase[self.lang], voice, outer)
        return outer

    def chain(self, claim: Claim) -> tuple[VoiceView, ...]:
        """Return the chain of voices, outermost first."""
        views, outer = [], ""
        for voice in claim.attribution:
            kind = self.catalogue.vocabulary.voices[voice.voice]
            note = self._fill_voice(kind.note[self.lang], voice, outer)
            brief = ""
            if not kind.named and voice.number and voice.identity:
                note = f"{self.words.gettext(labels.NOT_NAMED[voice.number, voice.identity])} {note}"
                brief = self.words.gettext(labels.NOT_NAMED_BRIEF[voice.identity])
            views.append(
                VoiceView(
                    name=self._fill_voice(kind.short[self.lang], voice, outer),
                    href=self.href(f"entities/{voice.entity}/") if voice.entity else None,
                    icon=kind.icon,
                    is_anonymous=not kind.named,
                    brief=brief,
                    note=note,
                )
            )
            outer = self._fill_voice(kind.phrase[self.lang], voice, outer)
        return tuple(views)

    def _fill_voice(self, pattern: str, voice: Voice, outer: str) -> str:
        name = self.catalogue.entities[voice.entity].name(self.lang) if voice.entity else ""
        return pattern.format(outer=outer, name=name, described=voice.described[self.lang] if voice.described else "")

    def facts(self, claim: Claim, *, is_full: bool = False) -> tuple[Fact, ...]:
        """Return quantities, goods, place and time, as far as the source states them."""
        found = [self.quantity_fact(quantity) for quantity in claim.quantities]
        # A good that is the object belongs to the list its companions are in.
        named = [claim.object] if claim.object and self._is_good(self.catalogue.entities[claim.object].kind) else []
        for role in dict.fromkeys(part.role for part in claim.parts if self._is_for_goods(part.role)):
            named += [part.entity for part in claim.parts if part.role == role and part.entity]
            links, named = tuple(map(self.entity_link, named)), []
            if links:
                found.append(Fact(self.catalogue.vocabulary.roles[role].label[self.lang], "goods", links=links))
        if claim.place:
            found.append(self.place_fact(claim.place, is_full=is_full))
        if claim.time:
            found.append(self.time_fact(claim.time))
        return tuple(found)

    def _is_for_goods(self, role: str) -> bool:
        """Whether only goods can have a role."""
        kinds = self.catalogue.vocabulary.roles[role].kinds
        return bool(kinds) and all(map(self._is_good, kinds))

    def _is_good(self, kind: str) -> bool:
        return self.catalogue.vocabulary.kinds[kind].trait == "good"

    def quantity_fact(self, quantity: Quantity) -> Fact:
        """Return a quantity under the name of what it measures."""
        label = self.catalogue.vocabulary.measures[quantity.measures].label[self.lang]
        return Fact(label, "quantity", quantity=self.quantity(quantity))

    def quantity(self, quantity: Quantity) -> QuantityView:
        """Return a quantity in words, with its computed unit price."""
        vocabulary, words = self.catalogue.vocabulary, self.words
        before = words.hedge(quantity.comparator)
        after = computed = ""
        if quantity.phrase:
            amount = quantity.phrase[self.lang]
        elif quantity.vague:
            unit = vocabulary.units[quantity.unit or ""]
            counted = unit.plural[self.lang] if unit.plural else ""
            amount = vocabulary.amounts[quantity.vague].pattern[self.lang].format(unit=counted)
        else:
            assert quantity.number is not None, "checked by the rule quantity"
            assert quantity.unit is not None, "checked by the rule quantity"
            amount = words.amount(quantity.number, vocabulary.units[quantity.unit])
        if quantity.per:
            after = words.fill(N_("per {item}"), item=words.per(quantity.per, vocabulary))
            computed = self.unit_price(quantity)
        wording = quantity.wording if quantity.comparator != "exact" and quantity.wording else ""
        return QuantityView(before, amount, after, computed, wording)

    def unit_price(self, quantity: Quantity) -> str:
        """Return the computed price of one unit, hedged as the figure it comes from; empty without one."""
        price = find_unit_price(quantity)
        if price is None or quantity.per is None or quantity.unit is None:
            return ""
        units = self.catalogue.vocabulary.units
        unit = units[quantity.per.unit]
        comparator = "about" if price.is_rounded and quantity.comparator == "exact" else quantity.comparator
        text = self.words.fill(
            N_("{amount} per {item}"),
            amount=self.words.amount(price.value, units[quantity.unit]),
            item=unit.single[self.lang] if unit.single else "",
        )
        return " ".join(filter(None, [self.words.hedge(comparator), text]))

    def place_fact(self, place: Place, *, is_full: bool = False) -> Fact:
        """Return a place in words; in full, with its precision, where the words do not tell it."""
        precision = self.catalogue.vocabulary.precisions[place.precision]
        label = self.words.gettext(N_("Place"))
        icon = precision.icon
        if place.phrase:
            return Fact(label, icon, place.phrase[self.lang])
        names = self.words.join(self.catalogue.entities[id_].name(self.lang) for id_ in place.entities)
        text = precision.pattern[self.lang].format(place=names)
        if is_full and text == names:
            text = self.words.fill(N_("{place} ({precision})"), place=text, precision=precision.label[self.lang])
        return Fact(label, icon, text)

    def time_fact(self, time: Time | None) -> Fact:
        """Return a time in words; a missing one is said to be missing."""
        label, words = self.words.gettext(N_("Time")), self.words
        if time is None:
            return Fact(label, "time", words.gettext(N_("Not stated. The article’s own date is unknown.")))
        text = time.phrase[self.lang] if time.phrase else words.date(time.edtf or "")
        if time.basis == "relative-to-publication":
            text = words.fill(N_("{time} (relative to the article, whose date is unknown)"), time=text)
        elif time.basis == "inferred":
            text = words.fill(N_("{time} (inferred by the record)"), time=text)
        return Fact(label, "time", text, wording=time.wording or "")

    def modality_badge(self, claim: Claim) -> Badge:
        """Say how firmly it is said."""
        modality = self.catalogue.vocabulary.modalities[claim.modality]
        return Badge(modality.icon, modality.label[self.lang], self.href(f"reading/#{claim.modality}"))

    def standing_badge(self, claim: Claim) -> Badge:
        """Say who else says so."""
        standing = self.graph.standings[claim.id]
        is_stop = standing in ("contested", "corrected", "retracted")
        text = self.words.gettext(labels.STANDINGS[standing])
        return Badge(standing, text, self.href(f"reading/#{standing}"), is_stop)

    def review_badge(self, record: Recorded) -> Badge | None:
        """Say that too few people have checked a record, while that is so."""
        if is_reviewed(record):
            return None
        return Badge("unreviewed", self.words.gettext(N_("No second reviewer yet")), self.href("reading/#unreviewed"))

    def locator_badge(self, locator: Locator) -> Badge:
        """Say where in the source it stands."""
        anchor = sentence_anchor(locator.paragraph, locator.sentence)
        text = self.locator_text(locator.paragraph, locator.sentence)
        return Badge("locator", text, self.href(f"sources/{locator.source}/#{anchor}"), turns=True)

    def locator_text(self, paragraph: int, sentence: int) -> str:
        """Return "Paragraph 3, sentence 1"."""
        return self.words.fill(N_("Paragraph {paragraph}, sentence {sentence}"), paragraph=paragraph, sentence=sentence)

    def claim(self, claim_id: str) -> ClaimView:
        """Return a claim with its chain, facts and marks."""
        return self.remember("claim", claim_id, lambda: self._compose(self.catalogue.claims[claim_id]))

    def claims(self, claim_ids: Iterable[str]) -> tuple[ClaimView, ...]:
        """Return several claims."""
        return tuple(self.claim(claim_id) for claim_id in claim_ids)

    def _compose(self, claim: Claim) -> ClaimView:
        is_retracted = claim.status == "retracted"
        lead, says = self.told(claim)
        badges = [self.standing_badge(claim)]
        if not is_retracted:
            badges.insert(0, self.modality_badge(claim))
        if claim.status == "superseded":
            text = self.words.gettext(labels.STATUSES[claim.status])
            badges.append(Badge("corrected", text, self.href("reading/#superseded"), is_stop=True))
        if claim.polarity == "denied":
            badges.insert(0, Badge("denied", self.words.gettext(labels.POLARITY_DENIED), self.href("reading/#denied")))
        if claim.readings:
            text = self.words.gettext(N_("More than one reading"))
            badges.append(Badge("readings", text, self.href(f"claims/{claim.id}/#readings")))
        return ClaimView(
            id=claim.id,
            anchor=claim.id.replace("/", "-"),
            href=self.href(f"claims/{claim.id}/"),
            title=claim.title[self.lang],
            lead=lead,
            says=says,
            chain=() if is_retracted else self.chain(claim),
            facts=() if is_retracted else self.facts(claim),
            badges=tuple(badges),
            locators=tuple(self.locator_badge(locator) for locator in claim.locators),
        )

    def record_slip(self, record: Source | Entity | Claim, file: str) -> tuple[Slip, ...]:
        """Return a record's particulars."""
        t, words = self.words.gettext, self.words
        extracted = words.fill(labels.METHODS[record.extracted.method], date=words.date(record.extracted.date))
        reviewers = words.join(review.reviewer for review in record.reviews) if record.reviews else t(N_("Nobody yet"))
        versions = words.plural(N_("{n} version"), N_("{n} versions"), max(1, len(record.history)))
        rows = [
            Slip(t(N_("Permanent id")), record.id, is_code=True),
            Slip(t(N_("Status")), t(labels.STATUSES[record.status])),
            Slip(t(N_("Extracted")), extracted),
            Slip(t(N_("Checked by")), reviewers),
            Slip(t(N_("History")), versions, "#history" if isinstance(record, Claim) else None),
        ]
        if isinstance(record, Claim):
            rows.append(Slip(t(N_("Cite")), t(N_("How to cite this claim")), "#cite"))
        rows.append(Slip(t(N_("Found a mistake?")), t(N_("Correct this record")), f"edit:{file}"))
        return tuple(rows)

    def is_protected(self, claim: Claim) -> bool:
        """Whether a claim is kept from search engines: it names a living person and is not reviewed."""
        return bool(living_people(claim, self.catalogue)) and not is_reviewed(claim)

    def is_protected_person(self, entity: Entity) -> bool:
        """Whether an entity is a living person whose page too few people have checked."""
        return is_living(entity) and not is_reviewed(entity)

    def page_head(
        self,
        path: str,
        template: str,
        title: str,
        description: str,
        *,
        edit: str,
        section: str = "",
        trail: tuple[Link, ...] = (),
    ) -> Head:
        """Return the head of a page that is no record."""
        return Head(
            self.lang,
            path,
            template,
            title,
            isolate(description, self.lang),
            section=section or path,
            trail=trail,
            edit=edit,
        )


def sentence_anchor(paragraph: int, sentence: int) -> str:
    """Return the anchor of a sentence on its source's page."""
    return f"p{paragraph}s{sentence}"


def passage_href(source: Source, locator: Locator) -> str:
    """Return the source's address with a text fragment where the record has one.

    Source of the syntax: https://wicg.github.io/scroll-to-text-fragment/
    """
    if not locator.starts:
        return source.address
    words = [quote(part, safe="") for part in (locator.starts, locator.ends) if part]
    return f"{source.address}#:~:text={','.join(words)}"
