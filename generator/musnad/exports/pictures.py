"""A picture for each page, for where a link to it is shared: 800 × 420 pixels, set by Typst, without the network.

A claim stands with its opening words, and with the answers to it. What may not stand alone, and what is too long to be
read at that size, has no picture of its own, but that of the site.
"""

import io
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from musnad.pages.addresses import name_picture
from musnad.pages.elements import labels
from musnad.pages.elements.badges import make_modality_badge, make_standing_badge
from musnad.pages.elements.claims import make_answers
from musnad.pages.elements.composer import Composer
from musnad.pages.elements.links import name_source, tell_kind
from musnad.pages.elements.pictures import has_picture
from musnad.pages.elements.publication import require_site, tell_site
from musnad.pages.elements.voices import tell_claim
from musnad.pages.site import Site
from musnad.records.model import Claim, Entity, Source
from musnad.records.problems import N_
from musnad.records.walk import iter_records
from musnad.text.bidi import isolate
from musnad.text.digest import digest
from musnad.text.languages import LANGS, OTHER, Lang

if TYPE_CHECKING:
    import typst

EXTRA = "exports"
"""The extra of the package that brings what draws pictures."""
_TEMPLATE = Path(__file__).with_name("picture.typ")
_FONTS = Path(__file__).parent.parent / "theme/assets/fonts"
_INCH = 96
"""Pixels."""
_EVERY_FONT = b"""
#for face in ("Musnad Arabic", "Musnad Latin") { for weight in (400, 700) { text(font: face, weight: weight)[a] } }
"""
_COLOURS = 16
_GROUPS = 64


class Telling(NamedTuple):
    """What is said, after its opening words; of an answer also what it is called."""

    says: str
    lead: str = ""
    label: str = ""


class Mark(NamedTuple):
    """A mark of a claim."""

    text: str
    is_firm: bool = True


class Picture(NamedTuple):
    """What stands in a picture; texts have their runs isolated."""

    lang: Lang
    site: str
    eyebrow: str = ""
    heading: str = ""
    other: str = ""
    """The heading in the other language."""
    tellings: tuple[Telling, ...] = ()
    marks: tuple[Mark, ...] = ()
    foot: str = ""


def can_draw() -> bool:
    """Whether the libraries are there."""
    return all(find_spec(name) for name in ("typst", "PIL", "fontTools", "brotli"))


def list_pictures(site: Site) -> Iterator[tuple[str, Picture]]:
    """Yield every picture with its address below the site."""
    for lang in LANGS:
        composer = site.composers[lang]
        yield name_picture(lang), _picture_site(composer)
        for record in iter_records(site.shown):
            if has_picture(composer, record):
                yield name_picture(lang, record.ref), _picture_record(composer, record)


def _picture_site(composer: Composer) -> Picture:
    site, lang = require_site(composer.catalogue), composer.lang
    other = isolate(site.name[OTHER[lang]], lang)
    purpose = Telling(isolate(tell_site(site, "purpose", composer.words), lang))
    return Picture(lang, "", heading=isolate(site.name[lang], lang), other=other, tellings=(purpose,))


def _picture_record(composer: Composer, record: Source | Entity | Claim) -> Picture:
    if isinstance(record, Claim):
        return _picture_claim(composer, record)
    lang, name = composer.lang, isolate(composer.site_name, composer.lang)
    if isinstance(record, Entity):
        kind = composer.catalogue.vocabulary.kinds[record.kind]
        return Picture(
            lang,
            name,
            isolate(kind.label[lang], lang),
            heading=isolate(record.name(lang), lang),
            other=isolate(record.name(OTHER[lang]), lang),
            tellings=(Telling(isolate(record.description[lang], lang)),),
        )
    return Picture(
        lang,
        name,
        isolate(tell_kind(composer, record), lang),
        heading=isolate(record.title[lang], lang),
        foot=isolate(name_source(composer, record), lang),
    )


def _picture_claim(composer: Composer, claim: Claim) -> Picture:
    lang, vocabulary = composer.lang, composer.catalogue.vocabulary
    lead, says = tell_claim(composer, claim)
    answers = (Telling(each.says, each.lead, each.label) for each in make_answers(composer, claim.id))
    told = (Telling(says, lead), *answers)
    theme = vocabulary.themes[vocabulary.predicates[claim.predicate].theme].label[lang]
    marks = [
        Mark(make_modality_badge(composer, claim).text, vocabulary.modalities[claim.modality].firm),
        Mark(make_standing_badge(composer, claim).text),
    ]
    if claim.polarity == "denied":
        marks.insert(0, Mark(composer.words.gettext(labels.POLARITY_DENIED)))
    return Picture(
        lang,
        isolate(composer.site_name, lang),
        isolate(composer.words.fill(N_("Claim: {theme}"), theme=theme), lang),
        tellings=tuple(Telling(*(isolate(text, lang) for text in each)) for each in told),
        marks=tuple(mark._replace(text=isolate(mark.text, lang)) for mark in marks),
        foot=isolate(name_source(composer, composer.catalogue.sources[claim.source_id]), lang),
    )


def group_pictures(pictures: Iterable[tuple[str, Picture]]) -> Mapping[str, list[tuple[str, Picture]]]:
    """Return pictures in up to 64 groups, by name; which one a picture is in hangs on its address alone."""
    groups = defaultdict(list)
    for address, picture in pictures:
        groups[f"{int(digest(address)[:2], 16) % _GROUPS:02}"].append((address, picture))
    return groups


def print_pictures(pictures: Sequence[tuple[str, Picture]], look: Mapping[str, str]) -> str:
    """Return a digest of all that some pictures are made of."""
    made_with = _TEMPLATE.read_bytes(), version("typst"), version("pillow"), repr(sorted(look.items()))
    return digest(*made_with, repr(pictures))


def draw_pictures(pictures: Sequence[tuple[str, Picture]], look: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """Yield address and PNG of each picture. ``look`` has the colours paper, ink, quiet, accent and edge."""
    inputs = {
        "pictures": json.dumps([_as_json(picture) for _, picture in pictures], ensure_ascii=False),
        "look": json.dumps(dict(look)),
    }
    drawn = _make_compiler().compile(str(_TEMPLATE), format="png", ppi=_INCH, sys_inputs=inputs)
    for (address, _), raw in zip(pictures, drawn if isinstance(drawn, list) else [drawn], strict=True):
        yield address, _pack(raw or b"")


def draw_mark(file: Path) -> bytes:
    """Return a drawing as PNG of 48 pixels."""
    import typst  # noqa: PLC0415 (of an extra)

    size = "width: 48pt, height: 48pt"
    page = f'#set page({size}, margin: 0pt, fill: none)\n#image("{file.name}", {size})'
    drawn = typst.Compiler(page.encode(), root=str(file.parent)).compile(format="png", ppi=72)
    return drawn if isinstance(drawn, bytes) else b""


def _as_json(picture: Picture) -> dict[str, object]:
    tellings = [telling._asdict() for telling in picture.tellings]
    return {**picture._asdict(), "tellings": tellings, "marks": [mark._asdict() for mark in picture.marks]}


@cache
def _make_compiler() -> "typst.Compiler":
    """Return what sets pictures, in the fonts of the theme, which Typst reads only unpacked."""
    import typst  # noqa: PLC0415 (of an extra)
    from fontTools.ttLib import TTFont  # noqa: PLC0415 (of an extra)

    with tempfile.TemporaryDirectory(prefix="musnad-fonts-") as folder:
        for path in sorted(_FONTS.glob("*.woff2")):
            font = TTFont(path)
            font.flavor = None
            font.save(f"{folder}/{path.stem}.ttf")
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
        compiler = typst.Compiler(root=str(_TEMPLATE.parent), font_paths=fonts)
        # A font is read when it is first wanted, and then kept.
        compiler.compile(_EVERY_FONT, format="svg")
    return compiler


def _pack(raw: bytes) -> bytes:
    """Return a picture with as few colours as it needs: a fifth of the bytes."""
    from PIL import Image  # noqa: PLC0415 (of an extra)

    packed = io.BytesIO()
    picture = Image.open(io.BytesIO(raw)).convert("RGB")
    picture.quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(packed, "PNG")
    return packed.getvalue()
