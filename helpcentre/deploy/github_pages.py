"""Publishes a built site to the branch gh-pages of the git remote origin, for GitHub Pages.

The branch moves by one push, which git does completely or not at all. No branch of the checkout is
touched: ghp-import, which `mkdocs gh-deploy` uses, moves one, and 3 of 400 of its runs that were
killed left that branch locked, so that every later run failed until the lock was deleted by hand.
"""

import os
import subprocess
import tempfile
from pathlib import Path

from helpcentre.deploy.prepare import add_previous
from helpcentre.site.manifest import CHECKSUMS, file_names

REMOTE, BRANCH = "origin", "gh-pages"


def publish(site: Path) -> str:
    """Publish the built folder `site` from the git checkout that is the working directory.

    Returns what was done. The new site also holds the hashed files of the one before. A site that
    equals the published one is not published. Raises SystemExit if git fails.
    """
    url = _git("remote", "get-url", "--push", REMOTE)
    live = _git("ls-remote", url, f"refs/heads/{BRANCH}").partition("\t")[0]
    (site / ".nojekyll").touch()  # GitHub serves the files as they are
    if live:
        # By URL: by the remote's name git would lock and move what the checkout knows of it.
        _git("fetch", "--quiet", "--no-tags", "--refmap=", url, f"refs/heads/{BRANCH}")
        names = _git("ls-tree", "--name-only", live).splitlines()
        if CHECKSUMS in names:
            if _read(live, CHECKSUMS) == (site / CHECKSUMS).read_bytes():
                return "The site has not changed: nothing is published."
            add_previous(site, lambda name: _read(live, name))
        elif "index.html" in names:
            raise SystemExit(
                f"{BRANCH} of {REMOTE} holds a site that was not published by this command: "
                f"delete that branch first, by 'git push {REMOTE} --delete {BRANCH}'"
            )
        if "CNAME" in names and not (site / "CNAME").exists():  # the domain, which GitHub creates
            (site / "CNAME").write_bytes(_read(live, "CNAME"))
    parents = ["-p", live] if live else []
    source = _git("rev-parse", "--short", "HEAD")
    commit = _git("commit-tree", _tree(site), *parents, "-m", f"Site of {source}")
    _git("push", "--quiet", "--no-verify", url, f"{commit}:refs/heads/{BRANCH}")
    return f"Published to {BRANCH} of {REMOTE}."


def _tree(site: Path) -> str:
    """Write the files of `site` as a tree, and return its id."""
    names = file_names(site)
    paths = "\n".join(f"{site}/{name}" for name in names)
    # Without filters: no setting for line endings may change a file.
    blobs = _git("hash-object", "-w", "--no-filters", "--stdin-paths", stdin=paths).splitlines()
    tree = zip(blobs, names, strict=True)
    lines = "".join(f"100644 {blob}\t{name}\n" for blob, name in tree)
    with tempfile.TemporaryDirectory() as folder:
        index = f"{folder}/index"
        _git("update-index", "--index-info", stdin=lines, GIT_INDEX_FILE=index)
        return _git("write-tree", GIT_INDEX_FILE=index)


def _read(commit: str, name: str) -> bytes:
    return _run("cat-file", "blob", f"{commit}:{name}")


def _git(*arguments: str, stdin: str = "", **environment: str) -> str:
    return _run(*arguments, stdin=stdin, **environment).decode().strip("\n")


def _run(*arguments: str, stdin: str = "", **environment: str) -> bytes:
    """Return what git prints. Raises SystemExit if it fails."""
    # No maintenance, which a killed run would leave behind half done.
    command = ["git", "-c", "gc.auto=0", "-c", "maintenance.auto=false", *arguments]
    done = subprocess.run(
        command,
        input=stdin.encode(),
        env=os.environ | environment,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(
            f"git {arguments[0]} failed: {done.stderr.decode().strip()}\n"
            "The published site is as it was. Fix the cause, and publish again."
        )
    return done.stdout
