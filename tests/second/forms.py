"""The forms that claims and sources take, and the page of the second record where each is seen."""

from typing import NamedTuple


class Form(NamedTuple):
    """A form, and the part of a page that shows it: of the lead, or the section with this anchor."""

    name: str
    page: str
    part: str


def _of(prefix: str, rows: str) -> list[Form]:
    """Return the forms of a table: name, page, part."""
    found = [line.split("|") for line in rows.strip().splitlines()]
    return [Form(name.strip(), prefix + page.strip(), part.strip()) for name, page, part in found]


FORMS = [
    *_of(
        "claims/",
        """
        change, with before and after   | almanara-ice/block-price-rise         | facts
        range, per trip                 | almanara-ice/blocks-per-trip          | facts
        multiple                        | almanara-ice/diesel-three-times       | facts
        nearly a multiple               | tideline-cold-chain/diesel-twice      | facts
        multiple of an earlier price    | large-glace/nearly-double             | facts
        fraction, about, of what        | almanara-ice/trader-buys-half         | facts
        fraction, exact                 | tideline-cold-chain/octopus-unfrozen  | facts
        share, up to, of what           | almanara-ice/ice-share-of-cost        | facts
        rate per week, more than        | almanara-ice/lorries-per-week         | facts
        rate per day, nearly            | almanara-ice/lorry-sells              | facts
        rate per day, not more than     | tideline-cold-chain/deliveries        | facts
        rate per vehicle, up to         | tideline-cold-chain/diesel-per-lorry  | facts
        change of a rate                | large-glace/trips-per-week            | facts
        change, about, computed         | tideline-cold-chain/landings-fell     | facts
        less than                       | tideline-cold-chain/price-december    | facts
        at least                        | tideline-cold-chain/price-march       | facts
        at least, per kilo              | large-glace/price-per-kilo            | facts
        exact, relative time            | large-glace/block-five-dinars         | facts
        of which                        | almanara-ice/boats-registered         | facts
        of whom                         | tideline-cold-chain/fishers-interviewed | facts
        number in words, about          | large-glace/drive-duration            | facts
        dual                            | large-glace/warehouse-ice             | facts
        vague, dozens of things         | almanara-ice/empty-boxes              | facts
        vague, dozens                   | tideline-cold-chain/boats-laid-up     | facts
        vague, a number of people       | tideline-cold-chain/buyers-lost       | facts
        vague, several people           | large-glace/crates-at-night           | facts
        vague, some people              | shore-ice/buyers-gone                 | facts
        day whose year follows          | almanara-ice/boats-stayed             | facts
        beginning of last January       | almanara-ice/plant-stopped            | facts
        Hijri month                     | almanara-ice/bill-unpaid              | facts
        month whose year follows        | almanara-ice/boat-sold                | facts
        beginning of a month            | large-glace/brother-sold-boat         | facts
        one of our own units            | almanara-ice/block-price-rise         | computed
        way                             | large-glace/lorry-way                 | facts
        voice: outlet                   | almanara-ice/plant-stopped            | says
        voice: workers                  | almanara-ice/blocks-per-trip          | voices
        voice: named trader, may be alive | almanara-ice/diesel-three-times     | voices
        voice: pseudonym                | almanara-ice/lorries-per-week         | voices
        voice: page close to a party    | almanara-ice/boats-stayed             | voices
        voice: statement                | almanara-ice/denial-boats             | voices
        voice: document                 | almanara-ice/boats-registered         | voices
        voice: photograph               | almanara-ice/empty-boxes              | voices
        voice: expert                   | almanara-ice/ice-share-of-cost        | voices
        voice: witness                  | almanara-ice/lorry-sells              | voices
        voice: resident                 | almanara-ice/boat-sold                | voices
        voice: data set                 | tideline-cold-chain/price-december    | voices
        voice: satellite image          | tideline-cold-chain/no-lorry-in-yard  | voices
        voice: monitoring group         | tideline-cold-chain/deliveries        | voices
        voice: official                 | tideline-cold-chain/diesel-per-lorry  | voices
        voice: spokesman                | tideline-cold-chain/denial-diesel     | voices
        voice: member                   | large-glace/trips-per-week            | voices
        voice: another outlet           | tideline-cold-chain/buyers-lost       | voices
        voice: video                    | large-glace/crates-at-night           | voices
        denial beside what it denies    | almanara-ice/boats-stayed             | answers
        denial by another source        | almanara-ice/diesel-three-times       | answers
        refusal to comment              | almanara-ice/bill-unpaid              | answers
        no answer to questions          | large-glace/plant-unpaid              | answers
        """,
    ),
    *_of(
        "sources/",
        """
        article, with its archived copy | almanara-ice        | facts
        report in English               | tideline-cold-chain | facts
        video in French                 | large-glace         | facts
        text of one origin              | shore-ice           | facts
        """,
    ),
]
