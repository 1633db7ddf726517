"""`python -m helpcentre.deploy.github_pages`: publish site/ to a branch of a git remote, if it changed.

The branch moves on by one push, which git does whole or not at all; no branch of the checkout at
hand is touched, so that nothing is left locked if this is killed. The new site also holds the
scripts, stylesheets and other hashed files of the one before it, for pages that somebody still has
open. A site that is the same as the published one is not published again; a preview never is.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from helpcentre.site import manifest
from helpcentre.site.manifest import CHECKSUMS
from helpcentre.site.headers import HASHED

_FILE = "100644"
"""Git's mode of a plain file."""


def publish(remote: str, branch: str) -> str:
    """Publish the folder site/ of the git checkout at hand, and return what was done.

    Raises SystemExit, with a way out, for a preview, without a built site, or if git fails; the
    published site is as it was then.
    """
    site = Path("site")
    manifest.publishable(site)
    url = _git("remote", "get-url", "--push", remote)  # its name would lock what follows it here
    live = _git("ls-remote", url, f"refs/heads/{branch}").partition("\t")[0]
    if live:
        _git("fetch", "--quiet", "--no-tags", "--refmap=", url, f"refs/heads/{branch}")
        if _blob(live, "index.html") and not _blob(live, CHECKSUMS):
            raise SystemExit(
                f"{branch} of {remote} holds a site that was not published by this: choose another "
                f"--branch, or say 'git push {remote} --delete {branch}' first"
            )
    tree = _tree(site, live)
    if live and _blob(live, CHECKSUMS) == _blob(tree, CHECKSUMS):
        return "The site has not changed: nothing is published."
    of = _git("rev-parse", "--short", "HEAD")
    commit = _git("commit-tree", tree, *(["-p", live] if live else []), "-m", f"Site of {of}")
    _git("push", "--quiet", "--no-verify", url, f"{commit}:refs/heads/{branch}")
    return f"Published to {branch} of {remote}."


def _tree(site: Path, live: str) -> str:
    """Return git's tree of `site`, and of what it needs of the commit `live`, if there is one."""
    files = sorted(path for path in site.rglob("*") if path.is_file())
    own = [path.relative_to(site).as_posix() for path in files]
    # As they are: no setting for the ends of lines or the like has a say.
    words = ("hash-object", "-w", "--no-filters", "--stdin-paths")
    blobs = _git(*words, told="\n".join(str(path.resolve()) for path in files)).splitlines()
    blobs += [_git("hash-object", "-w", "--stdin", told="")]
    own += [".nojekyll"]  # GitHub is to serve the files as they are
    listed = dict(_kept(live)) | dict(zip(own, blobs, strict=True))
    with tempfile.TemporaryDirectory() as folder:
        index = f"{folder}/index"
        lines = "".join(f"{_FILE} {blob}\t{file}\n" for file, blob in listed.items())
        _git("update-index", "--index-info", told=lines, GIT_INDEX_FILE=index)
        return _git("write-tree", GIT_INDEX_FILE=index)


def _kept(live: str) -> Iterator[tuple[str, str]]:
    """Yield the files of the commit `live` that the next site needs, each with git's name of it.

    They are its domain, and the hashed files that are its own, not from the site before it.
    """
    if not live:
        return
    listed = _git("show", f"{live}:{CHECKSUMS}") if _blob(live, CHECKSUMS) else ""
    names = {line.partition("  ")[2] for line in listed.splitlines()}
    for file, blob in _files(live):
        if file == "CNAME" or (file in names and file.startswith(HASHED)):
            yield file, blob


def _blob(commit: str, file: str) -> str:
    """Return git's name of a file in a commit or tree; nothing if there is no such file."""
    return dict(_files(commit, file)).get(file, "")


def _files(commit: str, *paths: str) -> Iterator[tuple[str, str]]:
    """Yield the files of a commit or tree, each with git's name of it."""
    for line in _git("ls-tree", "-r", "-z", commit, *paths).split("\0")[:-1]:
        about, _, file = line.partition("\t")
        yield file, about.split()[2]


def _git(*words: str, told: str | None = None, **environment: str) -> str:
    """Return what git says, if it is `told` something; raises SystemExit if it fails."""
    settings = ("gc.auto=0", "maintenance.auto=false")
    done = subprocess.run(
        ["git", *(word for setting in settings for word in ("-c", setting)), *words],
        input=told,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(
            f"git {words[0]} failed: {done.stderr.strip()}\n"
            "The published site is as it was. Mend that, and publish again."
        )
    return done.stdout.strip("\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        prog="python -m helpcentre.deploy.github_pages", description=__doc__
    )
    parser.add_argument("--remote", default="origin")
    parser.add_argument("--branch", default="gh-pages")
    told = parser.parse_args()
    sys.stdout.write(publish(told.remote, told.branch) + "\n")
