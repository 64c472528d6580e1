"""Feed what nobody would type to what reads strangers' words: ``python bench/fuzz/fuzz.py TARGET [CORPUS] [OPTIONS]``.

Targets: ``loader`` (a file of YAML, and its style), ``search`` (folding, queries), ``issue`` (an issue made by a form),
``text`` (what is made of any text).
Needs atheris (``pip install atheris``); options are libFuzzer's, such as ``-max_total_time=600``.
What is raised besides the refusal that is meant is a finding: libFuzzer writes its bytes to ``crash-…``.
"""

import sys
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["musnad", "yaml"]):
    from musnad.editing.host import FORMS, TEMPLATES
    from musnad.editing.issue import find_page_record, read_forms, read_issue, start_claim, start_source
    from musnad.editing.journal import RefusedError
    from musnad.editing.style import format_text
    from musnad.pages.site import Site, SiteOptions
    from musnad.records.vocabulary import Synonyms
    from musnad.records.yamltext import read_nodes, read_yaml
    from musnad.rules.check import load_checked
    from musnad.search.corpus import Corpus
    from musnad.search.documents import list_documents
    from musnad.search.find import Finder
    from musnad.text.addresses import find_host_name, find_page, is_front_page
    from musnad.text.bidi import split_runs
    from musnad.text.digest import outline_article
    from musnad.text.languages import LANGS
    from musnad.text.letters import find_mixed, find_not_arabic, find_unseen
    from musnad.text.markdown import escape_markdown
    from musnad.text.numbers import read_numbers
    from musnad.wording.words import load_all_words

TOY = Path(__file__).parents[2] / "tests/toy/entries"
CLAIM = "claims/tide-post-12/salt-kept-back.yaml"
SYNONYMS = [Synonyms(ar=("مرفأ", "ميناء"), en=("harbour", "haven"))]
# What an answer begins with, so that more is read than the first refusal.
BEGUN = [
    "",
    "https://tide.example/",
    "sources/tide-post-12",
    "٢٠٢٤-٠٥",
    "1.1",
    "Tide Post",
    "الملح",
    "### ",
    "<!--",
    "&#",
]
_TODAY = "2024-12-31"


def _fuzz_loader() -> Callable[[bytes], None]:
    def run(raw: bytes) -> None:
        document = read_yaml(raw, "x.yaml")
        assert (document.data is None) <= bool(document.problems)
        if document.problems:
            return
        text = raw.decode("utf-8-sig")
        read_nodes(text)
        styled = format_text(text, CLAIM)
        again = read_yaml(styled.encode(), "x.yaml")
        assert (again.data, again.problems) == (document.data, ())
        assert format_text(styled, CLAIM) == styled

    return run


def _fuzz_search() -> Callable[[bytes], None]:
    catalogue = load_checked(TOY)
    documents = list_documents(Site.make(catalogue, load_all_words(catalogue.site), SiteOptions()))
    finder = Finder(Corpus(documents, SYNONYMS))

    def run(raw: bytes) -> None:
        # Lone surrogates too: a shell hands on bytes that are no UTF-8.
        finder.find(raw[: len(raw) & ~1].decode("utf-16-le", "surrogatepass"))
        finder.find(raw.decode("utf-8", "surrogateescape"))

    return run


def _fuzz_issue() -> Callable[[bytes], None]:
    catalogue, forms = load_checked(TOY), read_forms(TEMPLATES / FORMS)

    def run(raw: bytes) -> None:
        data = atheris.FuzzedDataProvider(raw)
        form = forms[data.ConsumeIntInRange(0, len(forms) - 1)]
        body = ""
        for label in form.labels.values():
            rest = data.ConsumeUnicodeNoSurrogates(data.ConsumeIntInRange(0, 40))
            body += f"### {label}\n\n{data.PickValueInList(BEGUN)}{rest}\n\n"
        try:
            issue = read_issue(body + data.ConsumeUnicodeNoSurrogates(40), forms)
            if issue.form == "source":
                started = start_source(catalogue, issue, None, _TODAY)
            elif issue.form == "claim":
                started = start_claim(catalogue, issue, None, _TODAY)
            else:
                find_page_record(catalogue, issue.line("page"))
                return
        except RefusedError:
            return
        assert ".." not in started.place
        document = read_yaml(started.text.encode(), started.place)
        assert not document.problems, document.problems

    return run


def _fuzz_text() -> Callable[[bytes], None]:
    def run(raw: bytes) -> None:
        text = raw.decode("utf-8", "replace")
        for lang in LANGS:
            assert "".join(run.text for run in split_runs(text, lang)).count("x") >= text.count("x")
            read_numbers(text, lang)
        for find in (find_unseen, find_mixed, find_not_arabic):
            list(find(text))
        escape_markdown(text)
        outline_article(text)
        for address in (text, f"https://{text}"):
            find_page(address), find_host_name(address), is_front_page(address)

    return run


TARGETS = {
    "loader": _fuzz_loader,
    "search": _fuzz_search,
    "issue": _fuzz_issue,
    "text": _fuzz_text,
}

if __name__ == "__main__":
    target = TARGETS[sys.argv.pop(1)]()
    atheris.Setup(sys.argv, target)
    atheris.Fuzz()
