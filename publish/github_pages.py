"""`python -m publish.github_pages`: publish site/ to a branch of a git remote, if it changed.

The branch is replaced by one push, which git does whole or not at all. A site that is the same as
the published one is not published again; a preview never is.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from ghp_import import ghp_import

from macros.clock import VARIABLE


def publish(remote: str, branch: str) -> str:
    """Publish the folder site/ of the git checkout at hand, and return what was done.

    Raises SystemExit, with a way out, for a preview, without a built site, or if git fails; the
    published site is as it was then.
    """
    if os.environ.get(VARIABLE):
        raise SystemExit(f"a preview is never published: unset {VARIABLE} and build again")
    site = Path("site")
    if not (site / "index.html").is_file():
        raise SystemExit("there is no site/ to publish: run 'make build' first")
    there = bool(_git("ls-remote", remote, f"refs/heads/{branch}"))
    if there:
        _git("fetch", "--quiet", remote, f"+refs/heads/{branch}:refs/heads/{branch}")
    before = _git("rev-parse", f"{branch}^{{tree}}") if there else ""
    kept = _git("ls-tree", "--name-only", branch, "CNAME") if there else ""
    domain = _git("show", f"{branch}:CNAME") if kept else None
    commit = _git("rev-parse", "--short", "HEAD")
    ghp_import(str(site), branch=branch, mesg=f"Site of {commit}", nojekyll=True, cname=domain)
    if _git("rev-parse", f"{branch}^{{tree}}") == before:
        return "The site has not changed: nothing is published."
    _git("push", "--quiet", remote, f"refs/heads/{branch}")
    return f"Published to {branch} of {remote}."


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"git {' '.join(words)} failed: {done.stderr.strip()}")
    return done.stdout.strip()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m publish.github_pages", description=__doc__)
    parser.add_argument("--remote", default="origin")
    parser.add_argument("--branch", default="gh-pages")
    told = parser.parse_args()
    sys.stdout.write(publish(told.remote, told.branch) + "\n")
