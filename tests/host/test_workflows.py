"""The workflows' own commands, run here on a good and on a bad change."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import PROJECT
from tests.host.steps import EXAMPLE, change, commit, git, list_steps, load, put_program, run_script, run_step

WORKFLOWS = {path.stem: path for path in sorted((PROJECT / ".github/workflows").glob("*.yml"))}
CLAIM = "entries/claims/sy24-109221/flour-price.yaml"
GH = """#!/bin/sh
echo "$@" >> "$GH_LOG"
case "$*" in
  *"run download"*"--name proposal"*) mkdir -p proposal && cp "$GH_TEXT" proposal/changes.md ;;
  *"run download"*) cp -R "$GH_PAGES" pages ;;
  *"contents/mkdocs.yml"*) cat "$GH_SETTINGS" ;;
  *"pulls?state=open"*) printf '12\\n15\\n' ;;
  *"/pulls"*) echo "$GH_NUMBER" ;;
  *"--method"*) cp comment.md "$GH_BODY" ;;
  *"--jq .body"*) echo "<!-- musnad: what this change does -->" ;;
  *"/comments"*) echo "$GH_COMMENT" ;;
esac
"""


@pytest.fixture
def proposal(tmp_path: Path) -> Path:
    """Make a repository of the record."""
    shutil.copytree(PROJECT / "entries", tmp_path / "entries")
    (tmp_path / ".venv").symlink_to(Path(sys.executable).parent.parent)
    git(tmp_path, "init", "--quiet")
    commit(tmp_path)
    return tmp_path


def test_good_change_passes_and_is_told(proposal: Path) -> None:
    """The summary says in both languages what readers will see."""
    change(proposal, CLAIM, "about 250 US dollars", "about 245 US dollars")
    summary = proposal / "summary.md"
    assert run_step(WORKFLOWS["proposal"], "Check the records", proposal).returncode == 0
    told = run_step(WORKFLOWS["proposal"], "Say what changes", proposal, GITHUB_STEP_SUMMARY=str(summary))
    assert told.returncode == 0, told.stderr
    text = summary.read_text(encoding="utf-8")
    assert "What this change does" in text
    assert "ما يفعله هذا التعديل" in text
    assert "245 US dollars" in text
    # The other language fell behind, and both say so.
    assert "- `claims/sy24-109221/flour-price`, `statement`: Only one language changed" in text
    assert "ما ينبغي النظر فيه" in text


def test_bad_change_fails_at_its_line_and_is_told(proposal: Path) -> None:
    """An annotation at the line; the summary has the message in both languages."""
    change(proposal, CLAIM, "predicate: priced-at", "predicate: priced-att")
    summary = proposal / "summary.md"
    checked = run_step(WORKFLOWS["proposal"], "Check the records", proposal)
    assert checked.returncode == 1
    assert re.search(
        rf"^::error file={CLAIM},line=\d+,col=12,title=unknown-term::.*did you mean priced-at", checked.stdout
    )
    told = run_step(WORKFLOWS["proposal"], "Say what changes", proposal, GITHUB_STEP_SUMMARY=str(summary))
    assert told.returncode == 0
    text = summary.read_text(encoding="utf-8")
    assert "did you mean priced-at?" in text
    assert "أتقصد priced-at؟" in text


def test_newsroom_checks_tells_and_builds(newsroom: Path) -> None:
    """The workflow that musnad init wrote, in the repository it wrote."""
    workflow = newsroom / ".github/workflows/proposal.yml"
    (setup,) = [step["run"] for step in list_steps(load(workflow)) if step.get("name") == "Set up"]
    assert "make" not in setup
    assert "--require-hashes -r requirements.txt" in setup
    folder = newsroom / "entries/entities/commodity"
    twin = (folder / "invented-bread.yaml").read_text(encoding="utf-8").replace("status: published", "status: draft")
    (folder / "another-bread.yaml").write_text(twin, encoding="utf-8")
    change(newsroom, EXAMPLE, "the market opens every morning.", "the market opens at dawn.")
    summary = newsroom.parent / "summary.md"
    for step in ("Check the records", "Say what changes", "Build strictly"):
        environment = load(workflow)["jobs"]["record"]["env"]
        done = run_step(workflow, step, newsroom, GITHUB_STEP_SUMMARY=str(summary), **environment)
        assert done.returncode == 0, done.stderr
    text = summary.read_text(encoding="utf-8")
    assert "the market opens at dawn" in text
    assert text.count("entities/commodity/invented&#45;bread&#46;yaml") == 2
    assert "may be the same as another&#45;bread" in text
    assert (newsroom / "site/en/claims/invented-article/market-opens/index.html").is_file()
    # What the workflow sets holds without a word in mkdocs.yml: no cache is read or kept.
    assert not (newsroom / ".musnad-cache").exists()
    change(newsroom, EXAMPLE, "predicate: described-as", "predicate: describes")
    checked = run_step(workflow, "Check the records", newsroom)
    assert (checked.returncode, checked.stdout.startswith(f"::error file={EXAMPLE}")) == (1, True)


def test_cache_that_was_committed_stops_everything(newsroom: Path) -> None:
    """It holds pickles; ignoring the folder does not keep anyone from committing it."""
    (newsroom / ".musnad-cache/build").mkdir(parents=True)
    (newsroom / ".musnad-cache/build/state").write_bytes(b"x")
    folder = newsroom / ".github/workflows"
    assert run_step(folder / "proposal.yml", "See that no cache comes along", newsroom).returncode == 0
    git(newsroom, "add", "--force", ".musnad-cache")
    for name, step in (("proposal", "See that no cache comes along"), ("publish", "Build strictly")):
        assert run_step(folder / f"{name}.yml", step, newsroom).returncode == 1
    assert not (newsroom / "site").exists()


@pytest.mark.long
def test_newsroom_on_gitlab_checks_tells_and_builds(gitlab_newsroom: Path) -> None:
    """All commands but the first, which set up; the report for the difference has the place."""
    job = yaml.safe_load((gitlab_newsroom / ".gitlab-ci.yml").read_text(encoding="utf-8"))["proposal"]
    script = "\n".join(line for line in job["script"] if "pip" not in line and "venv .venv" not in line)
    base = git(gitlab_newsroom, "rev-parse", "HEAD")
    change(gitlab_newsroom, EXAMPLE, "the market opens every morning.", "the market opens at dawn.")
    done = run_script(script, gitlab_newsroom, CI_MERGE_REQUEST_DIFF_BASE_SHA=base, MUSNAD_CACHE="false")
    assert done.returncode == 0, done.stderr
    assert json.loads((gitlab_newsroom / "code-quality.json").read_text(encoding="utf-8")) == []
    assert "the market opens at dawn" in (gitlab_newsroom / "changes.md").read_text(encoding="utf-8")
    assert {name for name in job["artifacts"]["paths"] if not (gitlab_newsroom / name).is_file()} == set()
    change(gitlab_newsroom, EXAMPLE, "predicate: described-as", "predicate: describes")
    done = run_script(script, gitlab_newsroom, CI_MERGE_REQUEST_DIFF_BASE_SHA=base)
    assert done.returncode == 1
    (found,) = json.loads((gitlab_newsroom / "code-quality.json").read_text(encoding="utf-8"))
    assert found["location"] == {"path": EXAMPLE, "lines": {"begin": 9}}
    assert re.fullmatch("[0-9a-f]{64}", found["fingerprint"])
    assert (found["check_name"], found["severity"]) == ("unknown-term", "major")


def speak_github(folder: Path, **values: str) -> dict[str, str]:
    """Put a ``gh`` that knows one proposal before the real one."""
    path = put_program(folder / "bin", "gh", GH)
    known = {"GH_LOG": str(folder / "log"), "GH_BODY": str(folder / "body.md"), "GH_NUMBER": "12", "GH_COMMENT": "77"}
    given = {"REPOSITORY": "o/r", "RUN": "5", "HEAD_SHA": "a" * 40}
    return {"PATH": path, **known, **given, **values}


@pytest.mark.parametrize("known", ["", "77"])
def test_comment_is_kept_up_to_date(tmp_path: Path, known: str) -> None:
    """One is made, or changed; what is too long for it is cut between letters."""
    (tmp_path / "text.md").write_text("تغيّر السعر. " * 9000, encoding="utf-8")
    environment = speak_github(tmp_path, GH_TEXT=str(tmp_path / "text.md"), GH_COMMENT=known)
    for step in ("Fetch the text", "Keep one comment up to date"):
        done = run_step(WORKFLOWS["comment"], step, tmp_path, **environment)
        assert done.returncode == 0, done.stderr
    log = (tmp_path / "log").read_text(encoding="utf-8")
    assert ("--method PATCH repos/o/r/issues/comments/77" in log) == bool(known)
    assert ("--method POST repos/o/r/issues/12/comments" in log) == (not known)
    body = (tmp_path / "body.md").read_text(encoding="utf-8")
    assert body.startswith("<!-- musnad")
    assert len(body) < 65_536


def test_comment_on_no_open_proposal_is_not_made(tmp_path: Path) -> None:
    """What was checked may be gone by then."""
    environment = speak_github(tmp_path, GH_NUMBER="")
    done = run_step(WORKFLOWS["comment"], "Keep one comment up to date", tmp_path, **environment)
    assert done.returncode == 0
    assert "--method" not in (tmp_path / "log").read_text(encoding="utf-8")


def test_preview_takes_records_of_a_proposal_and_nothing_else(newsroom: Path, tmp_path: Path) -> None:
    """Settings, pages, templates, hooks, links, attributes and a cache of the proposal have no part in it."""
    base = shutil.copytree(newsroom, tmp_path / "base", symlinks=True)
    (newsroom / "hook.py").write_text("open('ran', 'w')\n", encoding="utf-8")
    settings = (
        (newsroom / "mkdocs.yml")
        .read_text(encoding="utf-8")
        .replace("name: material", "name: material\n  custom_dir: o")
    )
    (newsroom / "mkdocs.yml").write_text(f"{settings}hooks: [hook.py]\n", encoding="utf-8")
    for name in ("docs/en/about.md", "o/main.html", ".musnad-cache/build/state"):
        (newsroom / name).parent.mkdir(parents=True, exist_ok=True)
        (newsroom / name).write_text("<script>theirs</script>\n", encoding="utf-8")
    (newsroom / "entries/.gitattributes").write_text("* filter=evil\n", encoding="utf-8")
    (newsroom / "entries/entities/commodity/linked.yaml").symlink_to("../../../mkdocs.yml")
    head = change(newsroom, EXAMPLE, "the market opens every morning.", "the market <script>opens</script> at dawn.")
    git(newsroom, "config", "uploadpack.allowAnySHA1InWant", "true")
    git(base, "remote", "add", "origin", str(newsroom))
    git(base, "config", "filter.evil.smudge", "touch ran")
    workflow = base / ".github/workflows/preview.yml"
    taken = run_step(workflow, "Take the records of the proposal", base, HEAD_SHA=head)
    assert taken.returncode == 0, taken.stderr
    assert not (base / "entries/entities/commodity/linked.yaml").is_symlink()
    changed = git(base, "status", "--porcelain", "--", ":!.venv").splitlines()
    assert changed
    assert {line[3:].partition("/")[0] for line in changed} == {"entries"}
    name = "Build what nobody shall find or take for ours"
    # A link is a file that holds an address: the record with it is refused.
    assert run_step(workflow, name, base, MUSNAD_CACHE="false").returncode != 0
    (base / "entries/entities/commodity/linked.yaml").unlink()
    built = run_step(workflow, name, base, MUSNAD_CACHE="false")
    assert built.returncode == 0, built.stderr
    assert not (base / "ran").exists()
    pages = {path: path.read_text(encoding="utf-8") for path in (base / "site").rglob("*.html")}
    assert len(pages) > 10
    assert all('<meta name="robots" content="noindex">' in text for text in pages.values())
    assert all("Preview of a proposal that nobody has reviewed" in text for text in pages.values())
    assert not [path for path, text in pages.items() if "<script>theirs" in text or "<script>opens" in text]
    assert "opens" in (base / "site/en/claims/invented-article/market-opens/index.html").read_text(encoding="utf-8")
    assert not [*(base / "site").glob("sitemap.xml*")]


@pytest.fixture
def previews(tmp_path: Path) -> dict[str, str]:
    """Make an empty repository for previews, pages to put there, and what the workflow is told."""
    git(tmp_path, "init", "--quiet", "--bare", "host/team/previews")
    (tmp_path / "made").mkdir()
    (tmp_path / "made/index.html").write_text("new", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text('site_name: x\nsite_url: "https://record.example/r/"\n', encoding="utf-8")
    (tmp_path / "run").mkdir()
    return speak_github(
        tmp_path,
        GH_PAGES=str(tmp_path / "made"),
        GH_SETTINGS=str(tmp_path / "mkdocs.yml"),
        GITHUB_SERVER_URL=f"file://{tmp_path}/host",
        GITHUB_OUTPUT=str(tmp_path / "output"),
        GITHUB_RUN_ID="9",
        NUMBER="12",
        PREVIEW_REPOSITORY="team/previews",
        PREVIEW_URL="https://previews.example/",
    )


FIND = "Find the proposal, and see that the place is another origin"


def deploy(previews: dict[str, str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the steps that need rights, in a new place."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    found = run_step(WORKFLOWS["preview"], FIND, folder, **previews)
    assert found.returncode == 0, found.stdout + found.stderr
    return run_step(WORKFLOWS["preview"], "Put the pages there", folder, **previews)


def test_preview_is_put_beside_those_of_open_proposals(previews: dict[str, str], tmp_path: Path) -> None:
    """Closed ones go, with their history; the comment leads there."""
    assert deploy(previews, tmp_path / "run").returncode == 0
    remote = tmp_path / "host/team/previews"
    for number in ("15", "14"):
        assert deploy({**previews, "NUMBER": number}, tmp_path / "run").returncode == 0
    (tmp_path / "made/index.html").write_text("newer", encoding="utf-8")
    assert deploy(previews, tmp_path / "run").returncode == 0
    names = git(remote, "ls-tree", "-r", "--name-only", "gh-pages").split()
    assert names == [".nojekyll", "12/index.html", "15/index.html", "robots.txt"]
    assert git(remote, "show", "gh-pages:12/index.html") == "newer"
    assert git(remote, "rev-list", "--count", "gh-pages") == "1"
    assert (tmp_path / "output").read_text(encoding="utf-8").splitlines()[-1] == "number=12"
    linked = run_step(WORKFLOWS["preview"], "Link the preview from the comment", tmp_path / "run", **previews)
    assert linked.returncode == 0, linked.stderr
    body = (tmp_path / "body.md").read_text(encoding="utf-8")
    assert body.startswith("<!-- musnad")
    assert "(https://previews.example/12/)" in body


@pytest.mark.parametrize(
    "wrong",
    [
        {"PREVIEW_URL": "https://record.example/previews/"},
        {"PREVIEW_URL": "http://RECORD.example"},
        {"PREVIEW_URL": ""},
        {"PREVIEW_URL": "previews.example"},
        {"PREVIEW_REPOSITORY": "o/r"},
        {"GH_SETTINGS": "/dev/null"},
    ],
    ids=str,
)
def test_preview_on_the_origin_of_the_publication_is_refused(
    wrong: dict[str, str], previews: dict[str, str], tmp_path: Path
) -> None:
    """Scripts there would run as the publication's; nothing is fetched and nothing put anywhere."""
    done = run_step(WORKFLOWS["preview"], FIND, tmp_path / "run", **{**previews, **wrong})
    assert (done.returncode, done.stdout.startswith("::error::")) == (1, True)
    assert not (tmp_path / "output").exists()


def test_preview_of_no_open_proposal_is_put_nowhere(previews: dict[str, str], tmp_path: Path) -> None:
    """It may be closed by then."""
    done = run_step(WORKFLOWS["preview"], FIND, tmp_path / "run", **{**previews, "GH_NUMBER": ""})
    assert done.returncode == 0
    assert not (tmp_path / "output").exists()


def list_rights(job: dict[str, Any], workflow: dict[str, Any]) -> set[str]:
    """Return what a job may write."""
    rights = job.get("permissions", workflow["permissions"])
    return {name for name, right in rights.items() if right == "write"} if isinstance(rights, dict) else {"?"}


@pytest.mark.parametrize("name", WORKFLOWS)
def test_workflow_has_no_more_rights_than_it_needs(name: str) -> None:
    """Actions by their whole digest; nothing a proposal wrote stands in a command, or runs where it may write."""
    workflow = load(WORKFLOWS[name])
    assert workflow["permissions"] in ("{}", {}, {"contents": "read"})
    for job in workflow["jobs"].values():
        for step in job["steps"]:
            if "uses" in step:
                assert re.fullmatch(r"[\w.-]+/[\w.-]+@[0-9a-f]{40}", step["uses"]), step
            assert "${{" not in step.get("run", ""), step
        uses, runs = (" ".join(step.get(part, "") for step in job["steps"]) for part in ("uses", "run"))
        keeps_secret = "secrets." in json.dumps(job)
        if list_rights(job, workflow) or keeps_secret:
            assert "checkout" not in uses
            assert not re.search(r"\.venv|mkdocs build|make |pip |python", runs)
        assert "cache" not in uses
    if "pull_request" in json.dumps(workflow["on"]):
        assert "secrets." not in WORKFLOWS[name].read_text(encoding="utf-8")


def test_preview_is_off_until_it_is_switched_on() -> None:
    """Every job hangs on the first, which asks for the variable; the secret belongs to an environment."""
    jobs = load(WORKFLOWS["preview"])["jobs"]
    assert jobs["build"]["if"].startswith("vars.PREVIEW_REPOSITORY != '' && ")
    assert "MUSNAD_CACHE" in jobs["build"]["env"]
    assert (jobs["deploy"]["needs"], jobs["link"]["needs"]) == ("build", "deploy")
    assert jobs["deploy"]["environment"] == "preview"
    assert [name for name, job in jobs.items() if "secrets." in json.dumps(job)] == ["deploy"]
