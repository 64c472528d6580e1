"""What can be taken along: every file with what it is for, size and digest, and what none of them holds."""

from dataclasses import dataclass, replace

from musnad.pages.elements.composer import Composer
from musnad.pages.elements.downloads import PLACE, list_offered
from musnad.pages.elements.heads import make_page_head
from musnad.pages.elements.linked import describe_dataset, write_linked
from musnad.pages.elements.parts import Fact, Link, PageView
from musnad.pages.elements.publication import require_site, tell_site
from musnad.records.problems import N_


@dataclass(frozen=True, slots=True)
class Form:
    """One form of the record."""

    anchor: str
    title: str
    use: str
    lacks: str
    files: tuple[str, ...]
    is_on_demand: bool


@dataclass(frozen=True, slots=True)
class DownloadsBody:
    """The page of downloads."""

    title: str
    lede: str
    rights: str
    licence: Link | None
    forms: tuple[Form, ...]
    absent: tuple[Fact, ...]
    """What no form holds, and why."""


def make_downloads_view(composer: Composer) -> PageView:
    """Compose the page of downloads. Nothing on it tells how much is withheld: a count would tell that something is."""
    t, site = composer.words.gettext, require_site(composer.catalogue)
    title = t(N_("Downloads"))
    lede = t(N_("The whole record, to be kept, searched and worked with elsewhere."))
    body = DownloadsBody(
        title=title,
        lede=lede,
        rights=tell_site(site, "rights", composer.words),
        licence=Link(t(N_("The licence")), site.licence) if site.licence else None,
        forms=tuple(
            Form(
                d.name, t(d.title), t(d.use), t(d.lacks), _list_files(composer, d.files, d.is_on_demand), d.is_on_demand
            )
            for d in list_offered(composer.addresses.released)
        ),
        absent=_list_absent(composer),
    )
    head = make_page_head(composer, PLACE, "downloads", title, lede, edit="site.yaml")
    # The files are described when they are there.
    return PageView(replace(head, linked=write_linked(describe_dataset(composer, (), "", PLACE))), body)


def _list_files(composer: Composer, files: tuple[str, ...], is_on_demand: bool) -> tuple[str, ...]:
    return tuple(file for file in files if not is_on_demand or file in composer.addresses.released)


def _list_absent(composer: Composer) -> tuple[Fact, ...]:
    t = composer.words.gettext
    told = (
        (
            N_("Drafts and withheld records"),
            N_(
                "Not in any file, and neither is their number: that something is kept back could already endanger "
                "someone."
            ),
        ),
        (
            N_("What was retracted"),
            N_("The notice stays, with the place in the source and the history; what was said does not."),
        ),
        (
            N_("The text of sources"),
            N_("It belongs to the publishers and is stored nowhere here; digests tell whether a copy is the same."),
        ),
        (
            N_("Statements without a voice"),
            N_(
                "Every statement begins with whose word it is. A form that can’t hold that leaves out what is said of "
                "living people until two have reviewed it."
            ),
        ),
        (
            N_("Names of editors"),
            N_("What is told of changes is the day and the kind; reviewers are named as they wish."),
        ),
    )
    return tuple(Fact(t(label), text=t(text)) for label, text in told)
