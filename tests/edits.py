"""Good edits of the toy record: what work that is not done again must notice.

Each is a list of steps; a step changes the folder of entries.
"""

import re
from collections.abc import Callable
from pathlib import Path

from tests.conftest import TOY

Step = Callable[[Path], None]

SALE, RESALE = "claims/tide-post-12/guild-sells-bread.yaml", "claims/quay-news-7/dockers-buy-bread.yaml"
PRICE, REPEAT = "claims/tide-post-12/rye-bread-price.yaml", "claims/quay-news-7/rye-bread-price.yaml"
SALT, NO_SALT = "claims/tide-post-12/salt-kept-back.yaml", "claims/quay-news-7/no-salt-kept-back.yaml"
CLOSED, REOPENED = "claims/tide-post-12/harbour-closed.yaml", "claims/quay-news-7/harbour-reopened.yaml"
DRAFT, WITHHELD = "claims/tide-post-12/pelican-dinner.yaml", "claims/quay-news-7/quillfeather-deal.yaml"
CLUB, GUILD, DOCKERS = (f"entities/group/{name}.yaml" for name in ("pelican-club", "bakers-guild", "dockers"))
OLD, NEW, BAY = (f"entities/place/{name}.yaml" for name in ("old-harbour", "new-harbour", "lantern-bay"))
BREAD, MIRA, PAPER = (
    "entities/good/rye-bread.yaml",
    "entities/person/mentioned-person.yaml",
    "entities/outlet/quay-news.yaml",
)
TIDE, QUAY = "sources/tide-post-12.yaml", "sources/quay-news-7.yaml"
REVIEWS = "reviews:\n  - {date: 2024-07-01, reviewer: Ann}\n  - {date: 2024-07-02, reviewer: Bo}\n"


def replace(path: str, *pairs: str) -> Step:
    """Replace texts, each once: old, new, old, new."""

    def step(entries: Path) -> None:
        text = (entries / path).read_text(encoding="utf-8")
        for old, new in zip(pairs[::2], pairs[1::2], strict=True):
            assert text.count(old) == 1, (path, old)
            text = text.replace(old, new)
        (entries / path).write_text(text, encoding="utf-8")

    return step


def append(path: str, text: str) -> Step:
    """Add lines to the end of a file."""

    def step(entries: Path) -> None:
        with (entries / path).open("a", encoding="utf-8") as file:
            file.write(text)

    return step


def write(path: str, text: str) -> Step:
    """Put a file there."""

    def step(entries: Path) -> None:
        (entries / path).parent.mkdir(parents=True, exist_ok=True)
        (entries / path).write_text(text, encoding="utf-8")

    return step


def move(old: str, new: str) -> Step:
    """Move a file, bytes and times kept."""

    def step(entries: Path) -> None:
        (entries / new).parent.mkdir(parents=True, exist_ok=True)
        (entries / old).rename(entries / new)

    return step


def delete(path: str) -> Step:
    """Take a file away."""
    return lambda entries: (entries / path).unlink()


def unlink_claims(path: str) -> Step:
    """Take the links out of a claim."""

    def step(entries: Path) -> None:
        text = (entries / path).read_text(encoding="utf-8")
        (entries / path).write_text(re.sub(r"^links:\n(?: .*\n)+", "", text, flags=re.MULTILINE), encoding="utf-8")

    return step


def set_status(path: str, status: str, before: str = "published") -> tuple[Step, ...]:
    """Change a status, with its reason."""
    note = "{ar: لسبب وجيه., en: For a good reason.}"
    return (
        replace(path, f"status: {before}\n", f"status: {status}\n"),
        append(path, f"history:\n  - {{date: 2024-07-03, change: {status}, note: {note}}}\n"),
    )


def _entity(ar: str, en: str) -> str:
    return (
        f"names:\n  - {{text: {ar}, lang: ar, role: primary}}\n  - {{text: {en}, lang: en, role: primary}}\n"
        f"description: {{ar: {ar}., en: {en}.}}\nstatus: published\nextracted: {{date: 2024-07-01, method: by-hand}}\n"
    )


_DIGEST = "sha256:b1a70bf79399bc43ea74a8e5f009b27a54f98d51dd88676cb5f98ee88e5b0de4"
NEW_CLAIM = f"""\
title: {{ar: إغلاق آخر, en: Another closure}}
statement: {{ar: أُغلق الميناء الجديد., en: the New Harbour was closed.}}
subject: new-harbour
predicate: closed
modality: asserted
attribution: [{{voice: outlet, entity: tide-post}}]
locators: [{{source: tide-post-12, paragraph: 1, sentence: 1, digest: {_DIGEST}}}]
status: published
extracted: {{date: 2024-07-01, method: by-hand}}
"""
_SECOND = "77c9c7fe29dffd8176659bf6ec64e81d7e9a4796d7e3703af1705cb3ca11db71"
ON_SALT = "2ca0264981212435640fd5dcf24bb8360a80282d28a018c80fc8dd32e6298ec8\n"
_SOURCE = f"""\
outlet: quay-news
address: https://quay.example/8
language: en
title: {{ar: خبر, en: News, origin: ours}}
rights: {{ar: لناشره., en: The publisher’s.}}
paragraphs: [{{digest: {_DIGEST}, sentences: [{{digest: {_DIGEST}}}]}}]
status: published
extracted: {{date: 2024-07-01, method: by-hand}}
"""
_NOTICE = "claims/tide-post-12/lamp-colour: {gone: {ar: مكررة., en: Twice.}, date: 2024-06}\n"
_OLD, _MOVED = REPEAT.removesuffix(".yaml"), "claims/quay-news-7/price-of-a-sack"
_WATCH = write("entities/group/watch.yaml", _entity("الحرس", "Watch"))
_WITNESS = replace(SALE, "text: {ar: ناس على الرصيف, en: people on the quay}", "entity: watch")
_ANSWER = write(
    "claims/tide-post-12/another.yaml",
    NEW_CLAIM + "links: [{type: answers, claim: quay-news-7/dockers-buy-bread}]\n",
)

GIVEN: dict[str, tuple[Step, ...]] = {
    "entity moved to another kind": (_WATCH, _WITNESS),
    "claim put back": (delete(REPEAT),),
    "answer reworded": (append(PRICE, "links: [{type: denies, claim: quay-news-7/dockers-buy-bread}]\n"),),
    "answer retracted": (_ANSWER,),
    "answer made a draft": (_ANSWER,),
}
"""What an edit needs to be there before it."""

EDITS: dict[str, tuple[Step, ...]] = {
    "statement": (replace(PRICE, "costs ninety crowns", "costs some ninety crowns"),),
    "title of a claim": (replace(REOPENED, "Reopening of the harbour", "Opening of the harbour"),),
    "quantity": (replace(REPEAT, "value: 90", "value: 95"),),
    "range": (replace(REPEAT, "value: 90", "range: {from: 90, to: 95}"),),
    "what a share is taken of": (
        append(RESALE, "quantities: [{measures: count, fraction: 1/3, comparator: about, of: {entity: salt}}]\n"),
    ),
    "way": (append(SALE, "way: [{at: from, entity: old-harbour}, {at: to, entity: lantern-bay}]\n"),),
    "Hijri date": (replace(CLOSED, "edtf: 2024-03-03", "hijri: 1445-08-22"),),
    "time of a claim": (replace(CLOSED, "2024-03-03", "2024-03-04"),),
    "place of a claim": (
        replace(RESALE, "[new-harbour]", "[old-harbour]"),
        append(SALE, "place: {entities: [new-harbour], precision: spot}\n"),
    ),
    "voice": (
        append(REOPENED, "not_stated: [{ar: لماذا., en: Why.}]\n"),
        replace(
            REOPENED,
            "entity: quay-news}\n",
            "entity: quay-news}\n  - {voice: correspondent, number: one, identity: withheld}\n",
        ),
    ),
    "object": (
        replace(
            RESALE, "object: dockers", "object: mentioned-person", "status:", "sensitivity: [living-person]\nstatus:"
        ),
        replace(RESALE, "modality: asserted", "modality: alleged"),
    ),
    "predicate": (replace(RESALE, "sells-to", "works-with"),),
    "polarity": (replace(RESALE, "modality:", "polarity: denied\nmodality:"),),
    "another sentence": (replace(SALE, "sentence: 2", "sentence: 1", _SECOND, _DIGEST[7:]),),
    "readings": (replace(SALT, "Left open.", "Still open."),),
    "reviews of a claim": (append(SALT, REVIEWS),),
    "reviews of a living person": (append(MIRA, REVIEWS),),
    "claim retracted": set_status(REPEAT, "retracted"),
    "claim corrected": set_status(RESALE, "corrected"),
    "claim withheld": (delete(REPEAT),),
    "claim made a draft": (replace(REPEAT, "status: published", "status: draft"),),
    "claim superseded": (
        *set_status(REPEAT, "superseded"),
        append(REPEAT, "superseded_by: quay-news-7/dockers-buy-bread\n"),
    ),
    "one account of two retracted": set_status(NO_SALT, "retracted"),
    "retraction taken back": (
        replace("claims/tide-post-12/lamp-broken.yaml", "status: retracted", "status: published"),
    ),
    "draft published": (
        replace(DRAFT, "status: draft", "status: published"),
        replace(CLUB, "status: draft", "status: published"),
    ),
    "another draft published": (
        replace(WITHHELD, "status: draft", "status: published"),
        replace("entities/group/quillfeather.yaml", "status: draft", "status: published"),
    ),
    "link added": (append(PRICE, "links: [{type: qualifies, claim: quay-news-7/dockers-buy-bread}]\n"),),
    "tension added": (
        append(PRICE, "links: [{type: in-tension-with, claim: tide-post-12/harbour-closed}]\n"),
        append(CLOSED, "links: [{type: in-tension-with, claim: tide-post-12/rye-bread-price}]\n"),
    ),
    "denial added": (append(PRICE, "links: [{type: denies, claim: quay-news-7/dockers-buy-bread}]\n"),),
    "refusal to comment added": (
        append(PRICE, "links: [{type: declines-to-comment, claim: tide-post-12/harbour-closed}]\n"),
    ),
    "answer reworded": (replace(PRICE, "costs ninety crowns", "costs some ninety crowns"),),
    "answer retracted": set_status("claims/tide-post-12/another.yaml", "retracted"),
    "answer made a draft": (replace("claims/tide-post-12/another.yaml", "status: published", "status: draft"),),
    "link removed": (unlink_claims(REPEAT),),
    "mutual link removed": (unlink_claims(SALE), unlink_claims(RESALE)),
    "note of a link": (replace(SALE, "without a common origin", "of different origin"),),
    "independence of a link": (replace(REPEAT, "same-origin", "independent"),),
    "link to a draft": (append(DRAFT, "links: [{type: qualifies, claim: tide-post-12/rye-bread-price}]\n"),),
    "claim added": (write("claims/tide-post-12/another.yaml", NEW_CLAIM),),
    "claim deleted": (delete(REPEAT),),
    "claim put back": (write(REPEAT, (TOY / REPEAT).read_text(encoding="utf-8")),),
    "claim renamed": (move(REPEAT, f"{_MOVED}.yaml"),),
    "claim renamed, with a redirect": (
        move(REPEAT, f"{_MOVED}.yaml"),
        append("redirects.yaml", f"{_OLD}: {{to: {_MOVED}, date: 2024-07-01}}\n"),
    ),
    "claim gone, with a notice": (
        delete(REPEAT),
        append("redirects.yaml", f"{_OLD}: {{gone: {{ar: مكررة., en: Twice.}}, date: 2024-07-01}}\n"),
    ),
    "name of an entity": (replace(BREAD, "Rye bread", "Bread of rye"),),
    "name of an outlet": (replace(PAPER, "Quay News", "News of the Quay"),),
    "name of the containing place": (replace(BAY, "Lantern Bay", "Bay of Lanterns"),),
    "description": (replace(BAY, "A bay without fixed limits.", "A wide bay."),),
    "description of an outlet": (replace(PAPER, "An imaginary paper.", "A paper of the quay."),),
    "alias": (replace(BREAD, "text: خبز أسود", "text: خبز داكن"),),
    "identity": (replace(BREAD, "The article mentions no other bread.", "No other bread is mentioned."),),
    "distinction": (replace(NEW, "The Old Harbour is another one.", "The Old Harbour is a second one."),),
    "containing place removed": (replace(NEW, "{precision: spot, within: lantern-bay}", "{precision: spot}"),),
    "another containing place": (replace(NEW, "within: lantern-bay", "within: old-harbour"),),
    "coordinates": (replace(OLD, "12.5", "12.75"),),
    "external id": (replace(OLD, "1234567", "7654321"),),
    "what is unknown of a place": (replace(BAY, "Where the bay ends.", "Where the bay begins."),),
    "entity moved to another kind": (move("entities/group/watch.yaml", "entities/outlet/watch.yaml"),),
    "person that is a group after all": (
        move(MIRA, "entities/group/mentioned-person.yaml"),
        replace("entities/group/mentioned-person.yaml", "living: yes\n", ""),
    ),
    "person no longer alive": (replace(MIRA, "living: yes", "living: no"),),
    "entity added": (_WATCH, _WITNESS),
    "entity renamed": (move(CLUB, "entities/group/club.yaml"), replace(DRAFT, "object: pelican-club", "object: club")),
    "shown entity renamed": (
        move("entities/good/salt.yaml", "entities/good/sea-salt.yaml"),
        replace(SALT, "entity: salt", "entity: sea-salt"),
    ),
    "date of publication": (replace(QUAY, "language: ar\n", "language: ar\npublished: 2024-05-06\n"),),
    "title of a source": (replace(TIDE, "Bread on the quay", "Bread on a quay"),),
    "authors": (replace(TIDE, "A. Reed", "B. Reed"),),
    "reason why there is no claim": (replace(TIDE, "About the weather.", "On the weather."),),
    "sentence without a claim": (
        replace(QUAY, ON_SALT, ON_SALT + "        no_claim: {ar: كلام عن الملح., en: About salt.}\n"),
        delete(WITHHELD),
        delete("entities/group/quillfeather.yaml"),
    ),
    "address of a source": (replace(QUAY, "https://quay.example/7", "https://quay.example/seven"),),
    "source added": (write("sources/quay-news-8.yaml", _SOURCE),),
    "redirect added": (append("redirects.yaml", "entities/brine: {to: entities/salt, date: 2024-07-01}\n"),),
    "another target of a redirect": (replace("redirects.yaml", "to: entities/rye-bread", "to: entities/salt"),),
    "date of a redirect": (replace("redirects.yaml", "2024-06-02", "2024-06-05"),),
    "reason of a notice": (replace("redirects.yaml", "It was recorded twice.", "It was a double."),),
    "redirects removed": (write("redirects.yaml", _NOTICE),),
    "only white space": (append(PRICE, "\n# A remark.\n"),),
}


def apply(steps: tuple[Step, ...], entries: Path) -> None:
    """Take all steps."""
    for step in steps:
        step(entries)
