"""Publishing to a branch of a real git remote, behind a server of its own."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from helpcentre.site.manifest import write_checksums
from tests import ssh_server
from tests.deploy.builds import (
    ENVIRONMENT,
    MODULE,
    PROGRAM,
    Builds,
    Reader,
    name_of,
    publish_and_kill,
)
from tests.project import MKDOCS, SMALL_DISK, Outcome, Project, free_port, run, run_module

pytestmark = pytest.mark.slow

COMMAND = (*PROGRAM, "github")
UNCHANGED = "The published site is as it was. Fix the cause, and publish again.\n"


def write(checkout: Path, text: str) -> None:
    """Make a small built site."""
    site = checkout / "site"
    (site / "assets").mkdir(parents=True, exist_ok=True)
    (site / "index.html").write_text(text, encoding="utf-8")
    write_checksums(site)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A git checkout with a built site, and a remote beside it."""
    checkout = tmp_path / "checkout"
    write(checkout, "one")
    (checkout / ".gitignore").write_text("/site*\n", encoding="utf-8")
    git(tmp_path, "init", "--quiet", "--bare", "remote.git")
    commit_all(checkout)
    git(checkout, "remote", "add", "origin", str(tmp_path / "remote.git"))
    return checkout


def commit_all(checkout: Path) -> None:
    """Make `checkout` a git repository, with all of it in one commit."""
    git(checkout, "init", "--quiet", "--initial-branch=main")
    git(checkout, "config", "user.name", "T")
    git(checkout, "config", "user.email", "t@t.example")
    git(checkout, "add", "--all")
    git(checkout, "commit", "--quiet", "--message", "First")


def git(where: Path, *words: str) -> str:
    outcome = run("git", *words, cwd=where)
    assert outcome.code == 0, outcome.output
    return outcome.output.strip()


def publish(checkout: Path, *options: str | Path, **environment: str) -> Outcome:
    return run_module(MODULE, "github", *options, cwd=checkout, **ENVIRONMENT | environment)


def published(checkout: Path, file: str) -> str:
    return git(checkout.parent / "remote.git", "show", f"gh-pages:{file}")


def files(checkout: Path) -> set[str]:
    listed = git(checkout.parent / "remote.git", "ls-tree", "-r", "--name-only", "gh-pages")
    return set(listed.splitlines())


def test_files_arrive_as_they_are_whatever_git_is_set_to(checkout: Path) -> None:
    content = b"a\r\nb $Id$\r\n"
    (checkout / "site/_headers").write_bytes(content)
    (checkout / ".git/info/attributes").write_text("* text eol=crlf ident\n", encoding="utf-8")
    outcome = publish(checkout)
    assert outcome.output == "Published to gh-pages of origin.\n"
    assert published(checkout, "index.html") == "one"
    assert files(checkout) == {".nojekyll", "_headers", "checksums.txt", "index.html"}
    command = ("git", "cat-file", "blob", "gh-pages:_headers")
    remote = checkout.parent / "remote.git"
    assert subprocess.run(command, cwd=remote, capture_output=True, check=True).stdout == content


def test_a_site_of_somebody_else_is_not_overwritten(checkout: Path) -> None:
    git(checkout, "checkout", "--quiet", "--orphan", "hand")
    (checkout / "index.html").write_text("mine", encoding="utf-8")
    git(checkout, "add", "index.html")
    git(checkout, "commit", "--quiet", "--message", "By hand")
    git(checkout, "push", "--quiet", "origin", "hand:gh-pages")
    git(checkout, "checkout", "--quiet", "main")
    outcome = publish(checkout)
    assert outcome.code == 1
    assert (
        "gh-pages of origin holds a site that was not published by this command" in outcome.output
    )
    assert published(checkout, "index.html") == "mine"
    git(checkout, "push", "--quiet", "origin", "--delete", "gh-pages")  # as it says
    assert publish(checkout).code == 0


def test_a_site_that_changed_replaces_the_one_before(checkout: Path) -> None:
    (checkout / "site/gone.html").write_text("gone", encoding="utf-8")
    publish(checkout)
    (checkout / "site/gone.html").unlink()
    write(checkout, "two")
    assert publish(checkout).code == 0
    assert published(checkout, "index.html") == "two"
    assert "gone.html" not in files(checkout)


def test_the_hashed_files_of_the_site_before_stay_and_no_older_ones(checkout: Path) -> None:
    for number in range(3):
        (checkout / f"site/assets/style.{number}.css").write_text(f"{number}", encoding="utf-8")
        write(checkout, f"style.{number}.css")
        assert publish(checkout).code == 0
        (checkout / f"site/assets/style.{number}.css").unlink()
    assert {name for name in files(checkout) if "style" in name} == {
        "assets/style.1.css",
        "assets/style.2.css",
    }


def test_an_unchanged_site_is_not_published_again(checkout: Path) -> None:
    publish(checkout)
    before = git(checkout.parent / "remote.git", "rev-parse", "gh-pages")
    outcome = publish(checkout)
    assert outcome.output == "The site has not changed: nothing is published.\n"
    assert git(checkout.parent / "remote.git", "rev-parse", "gh-pages") == before


def test_a_fresh_clone_continues_from_what_is_published(checkout: Path) -> None:
    publish(checkout)
    clone = checkout.parent / "clone"
    git(checkout.parent, "clone", "--quiet", str(checkout), str(clone))
    for words in (("user.name", "U"), ("user.email", "u@u.example")):
        git(clone, "config", *words)
    git(clone, "remote", "set-url", "origin", str(checkout.parent / "remote.git"))
    write(clone, "two")
    assert publish(clone).code == 0
    assert git(checkout.parent / "remote.git", "rev-list", "--count", "gh-pages") == "2"


def test_the_checkout_keeps_its_branches_and_files(checkout: Path) -> None:
    (checkout / "begun.txt").write_text("begun", encoding="utf-8")
    git(checkout, "add", "begun.txt")
    before = git(checkout, "status", "--short"), git(checkout, "for-each-ref")
    for text in ("two", "three"):
        write(checkout, text)
        assert publish(checkout).code == 0
    assert (git(checkout, "status", "--short"), git(checkout, "for-each-ref")) == before


def test_the_domain_of_the_published_site_is_kept(checkout: Path) -> None:
    (checkout / "site/CNAME").write_text("help.shop.example\n", encoding="utf-8")
    publish(checkout)
    (checkout / "site/CNAME").unlink()
    write(checkout, "two")
    publish(checkout)
    assert published(checkout, "CNAME") == "help.shop.example"


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("nowhere.git", "does not appear to be a git repository"),
        ("http://127.0.0.1:9/remote.git", "Failed to connect to 127.0.0.1"),
    ],
)
def test_an_unreachable_remote_is_reported(checkout: Path, url: str, why: str) -> None:
    git(checkout, "remote", "set-url", "origin", url)
    outcome = publish(checkout)
    assert outcome.code == 1
    assert outcome.output.startswith("git ls-remote failed: ")
    assert why in outcome.output
    assert outcome.output.endswith(UNCHANGED)


def test_a_wrong_key_and_a_lost_network_keep_the_old_site(checkout: Path, tmp_path: Path) -> None:
    with ssh_server.running(tmp_path / "ssh") as server:
        git(checkout, "remote", "set-url", "origin", f"{ssh_server.HOST}:{tmp_path}/remote.git")
        assert publish(checkout, PATH=server.path).code == 0
        write(checkout, "two")
        server.change_key()
        for why in ("Permission denied", "Connection refused"):
            outcome = publish(checkout, PATH=server.path)
            assert outcome.code == 1
            assert why in outcome.output
            assert outcome.output.endswith(UNCHANGED)
            server.lose()
    assert published(checkout, "index.html") == "one"


def test_after_a_network_lost_on_the_way_the_next_run_succeeds(
    checkout: Path, tmp_path: Path
) -> None:
    """The remote may still take what it has got of the push before."""
    with ssh_server.running(tmp_path / "ssh") as server:
        git(checkout, "remote", "set-url", "origin", f"{ssh_server.HOST}:{tmp_path}/remote.git")
        assert publish(checkout, PATH=server.path).code == 0
        write(checkout, "two")
        hook = tmp_path / "remote.git/hooks/pre-receive"
        hook.write_text(f"#!/bin/sh\nkill -9 {server.process.pid}; sleep 1\n", encoding="utf-8")
        hook.chmod(0o755)
        outcome = publish(checkout, PATH=server.path)
    assert outcome.code == 1
    assert outcome.output.startswith("git push failed: ")
    hook.unlink()
    git(checkout, "remote", "set-url", "origin", str(tmp_path / "remote.git"))
    again = publish(checkout)
    while again.code:  # the remote may still hold the lock of the push before
        assert published(checkout, "index.html") in ("one", "two")
        time.sleep(0.1)
        again = publish(checkout)
    assert published(checkout, "index.html") == "two"


def test_a_remote_that_refuses_keeps_the_old_site(checkout: Path) -> None:
    publish(checkout)
    hook = checkout.parent / "remote.git/hooks/pre-receive"
    hook.write_text("#!/bin/sh\necho 'You may not write here' >&2; exit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    write(checkout, "two")
    outcome = publish(checkout)
    assert outcome.code == 1
    assert "You may not write here" in outcome.output
    assert outcome.output.endswith(UNCHANGED)
    assert published(checkout, "index.html") == "one"


@pytest.mark.parametrize("full", ["checkout/.git", "remote.git"])
def test_a_full_disk_here_or_there_keeps_the_old_site(
    checkout: Path, small_disk: Path, full: str
) -> None:
    publish(checkout)
    folder = checkout.parent / full
    shutil.copytree(folder, small_disk / "git")
    shutil.rmtree(folder)
    folder.symlink_to(small_disk / "git")
    write(checkout, "two")
    (checkout / "site/large.bin").write_bytes(os.urandom(SMALL_DISK))
    outcome = publish(checkout)
    assert outcome.code == 1
    assert "No space left on device" in outcome.output
    assert outcome.output.endswith(UNCHANGED)
    assert published(checkout, "index.html") == "one"
    (checkout / "site/large.bin").unlink()
    git(checkout, "prune")  # what git had begun to write there
    assert publish(checkout).code == 0
    assert published(checkout, "index.html") == "two"


def test_of_two_who_publish_at_once_one_must_publish_again(checkout: Path) -> None:
    """The other's site arrives while this one is being sent."""
    publish(checkout)
    other = git(checkout.parent / "remote.git", "rev-parse", "gh-pages^{tree}")
    hook = checkout.parent / "remote.git/hooks/pre-receive"
    hook.write_text(
        f"""#!/bin/sh
unset GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES
export GIT_AUTHOR_NAME=O GIT_AUTHOR_EMAIL=o@o.example GIT_COMMITTER_NAME=O GIT_COMMITTER_EMAIL=o@o.example
git update-ref refs/heads/gh-pages $(git commit-tree {other} -p gh-pages -m Other)
""",
        encoding="utf-8",
    )
    hook.chmod(0o755)
    write(checkout, "two")
    outcome = publish(checkout)
    assert outcome.code == 1
    assert "publish again" in outcome.output
    assert git(checkout.parent / "remote.git", "log", "-1", "--format=%s", "gh-pages") == "Other"
    hook.unlink()
    assert publish(checkout).code == 0
    assert published(checkout, "index.html") == "two"


@pytest.fixture
def daemon(checkout: Path) -> Iterator[str]:
    """The address of a git server that has the remote, and outlives who pushes to it."""
    port = free_port()
    command = ("daemon", "--reuseaddr", "--export-all", "--enable=receive-pack", "--listen=127.0.0.1", f"--port={port}", f"--base-path={checkout.parent}")  # fmt: skip
    # Not by `git`, which would leave it running when it is ended itself.
    program = Path(git(checkout, "--exec-path"), "git-daemon")
    server = subprocess.Popen([program, *command[1:]])
    address = f"git://127.0.0.1:{port}/remote.git"
    while run("git", "ls-remote", address, cwd=checkout).code:
        assert server.poll() is None
        time.sleep(0.05)
    yield address
    server.terminate()
    server.wait()


@pytest.mark.site
def test_a_reader_never_gets_half_of_a_site_whenever_publishing_is_killed(
    checkout: Path, daemon: str, more_builds: Builds
) -> None:
    git(checkout, "remote", "set-url", "origin", daemon)

    def publish_whole(name: str) -> None:
        command = (*COMMAND, "--site", more_builds[name])
        outcome = run(*command, cwd=checkout, **ENVIRONMENT)
        while outcome.output.startswith("git push failed"):  # that of the one killed still arrives
            outcome = run(*command, cwd=checkout, **ENVIRONMENT)
        assert outcome.code == 0, outcome.output

    def fetch(path: str) -> str:
        done = subprocess.run(
            ("git", "show", f"gh-pages:{path}"),
            cwd=checkout.parent / "remote.git",
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise OSError(done.stderr)
        return done.stdout

    publish_and_kill(
        publish_whole,
        lambda name: (*COMMAND, "--site", more_builds[name]),
        lambda: name_of(fetch("index.html")),
        Reader(fetch, ("index.html", "contact/index.html", "orders/index.html")),
        cwd=checkout,
    )


@pytest.mark.site
def test_every_file_of_the_site_arrives_and_pages_carry_the_policy(
    checkout: Path, builds: Mapping[str, Path]
) -> None:
    site = next(iter(builds.values()))
    outcome = publish(checkout, "--site", site)
    assert outcome.code == 0, outcome.output
    own = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert files(checkout) == own | {".nojekyll"}
    assert "Content-Security-Policy" in published(checkout, "contact/index.html")


def test_mkdocs_gh_deploy_publishes_it_too_and_nothing_with_an_error(project: Project) -> None:
    root = project.root
    git(root.parent, "init", "--quiet", "--bare", "remote.git")
    commit_all(root)
    git(root, "remote", "add", "origin", str(root.parent / "remote.git"))
    outcome = run(MKDOCS, "gh-deploy", "--strict", cwd=root)
    assert outcome.code == 0, outcome.output
    before = git(root.parent / "remote.git", "rev-parse", "gh-pages")
    listed = git(root.parent / "remote.git", "ls-tree", "-r", "--name-only", "gh-pages")
    assert {"index.html", "checksums.txt", "policy.json", "contact/index.html"} <= set(
        listed.splitlines()
    )
    project.edit("docs/contact.md", "(questions.md)", "(question.md)")
    outcome = run(MKDOCS, "gh-deploy", "--strict", cwd=root)
    assert outcome.code == 1
    assert git(root.parent / "remote.git", "rev-parse", "gh-pages") == before
