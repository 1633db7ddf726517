"""Publishing to a branch of a real git remote."""

import sys
from pathlib import Path

import pytest

from tests.project import ROOT, Outcome, run

pytestmark = pytest.mark.slow


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A git checkout with a built site, and a remote beside it."""
    checkout = tmp_path / "checkout"
    (checkout / "site").mkdir(parents=True)
    (checkout / "site/index.html").write_text("one", encoding="utf-8")
    (checkout / ".gitignore").write_text("/site/\n", encoding="utf-8")
    git(tmp_path, "init", "--quiet", "--bare", "remote.git")
    git(checkout, "init", "--quiet", "--initial-branch=main")
    git(checkout, "config", "user.name", "T")
    git(checkout, "config", "user.email", "t@t.example")
    git(checkout, "add", "--all")
    git(checkout, "commit", "--quiet", "--message", "First")
    git(checkout, "remote", "add", "origin", str(tmp_path / "remote.git"))
    return checkout


def git(where: Path, *words: str) -> str:
    outcome = run("git", *words, cwd=where)
    assert outcome.code == 0, outcome.output
    return outcome.output.strip()


def publish(checkout: Path, **environment: str) -> Outcome:
    environment = {"SITE_AS_OF": "", "PYTHONPATH": str(ROOT)} | environment
    return run(sys.executable, "-m", "publish.github_pages", cwd=checkout, **environment)


def published(checkout: Path, file: str) -> str:
    return git(checkout.parent / "remote.git", "show", f"gh-pages:{file}")


def test_the_site_is_published(checkout: Path) -> None:
    outcome = publish(checkout)
    assert outcome.output == "Published to gh-pages of origin.\n"
    assert published(checkout, "index.html") == "one"


def test_a_site_that_changed_replaces_the_one_before(checkout: Path) -> None:
    (checkout / "site/gone.html").write_text("gone", encoding="utf-8")
    publish(checkout)
    (checkout / "site/gone.html").unlink()
    (checkout / "site/index.html").write_text("two", encoding="utf-8")
    assert publish(checkout).code == 0
    assert published(checkout, "index.html") == "two"
    assert "gone.html" not in git(checkout.parent / "remote.git", "ls-tree", "-r", "gh-pages")


def test_a_site_that_did_not_change_is_not_published_again(checkout: Path) -> None:
    publish(checkout)
    before = git(checkout.parent / "remote.git", "rev-parse", "gh-pages")
    outcome = publish(checkout)
    assert outcome.output == "The site has not changed: nothing is published.\n"
    assert git(checkout.parent / "remote.git", "rev-parse", "gh-pages") == before


def test_a_fresh_clone_goes_on_from_what_is_published(checkout: Path) -> None:
    publish(checkout)
    git(checkout, "branch", "--delete", "--force", "gh-pages")
    (checkout / "site/index.html").write_text("two", encoding="utf-8")
    assert publish(checkout).code == 0
    assert git(checkout.parent / "remote.git", "rev-list", "--count", "gh-pages") == "2"


def test_the_domain_of_the_published_site_is_kept(checkout: Path) -> None:
    (checkout / "site/CNAME").write_text("help.shop.example\n", encoding="utf-8")
    publish(checkout)
    (checkout / "site/CNAME").unlink()
    publish(checkout)
    assert published(checkout, "CNAME") == "help.shop.example"


def test_a_preview_is_never_published(checkout: Path) -> None:
    outcome = publish(checkout, SITE_AS_OF="2027-01-15")
    assert outcome.code == 1
    assert "a preview is never published: unset SITE_AS_OF" in outcome.output
    assert git(checkout.parent / "remote.git", "branch", "--list") == ""


def test_without_a_built_site_nothing_is_published(checkout: Path) -> None:
    (checkout / "site/index.html").unlink()
    outcome = publish(checkout)
    assert outcome.code == 1
    assert "there is no site/ to publish: run 'make build' first" in outcome.output


def test_a_remote_that_is_out_of_reach_is_told(checkout: Path) -> None:
    git(checkout, "remote", "set-url", "origin", str(checkout / "nowhere.git"))
    outcome = publish(checkout)
    assert outcome.code == 1
    assert "git ls-remote" in outcome.output
    assert "Traceback" not in outcome.output
