"""`python -m helpcentre.deploy.build`: build into site/, whole or not at all.

MkDocs builds into a folder beside site/. Only what was built without an error or a warning replaces
it; until then, and whatever happens, the last good site stays, or the next build restores it.
"""

import fcntl
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from helpcentre.content.git import git
from helpcentre.site.headers import is_staging
from macros.clock import VARIABLE
from macros.layout import BUILT_FROM, PREVIEW, SITE, WORK

MKDOCS = (sys.executable, "-m", "mkdocs")
"""The command, which uses the engine of the folder that it runs in, if there is one."""


def build(root: Path) -> int:
    """Build the project at `root` into its folder site/. Return 0, or the status of what failed."""
    is_preview = bool(os.environ.get(VARIABLE))  # kept apart, where nobody publishes it
    site, work = root / (PREVIEW if is_preview else SITE), root / WORK
    if site.is_symlink() or (site.exists() and not site.is_dir()):
        return _fail(f"{site.name} is not a directory; remove it and build again")
    epoch = os.environ.get("SOURCE_DATE_EPOCH") or _last_change(root)
    if not re.fullmatch(r"[0-9]{1,11}", epoch):
        return _fail(f"SOURCE_DATE_EPOCH: expected seconds since 1970, found '{epoch}'")
    work.mkdir(exist_ok=True)
    with (work / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return _fail("another build is running here: wait for it")
        return _build_alone(root, site, work, {"SOURCE_DATE_EPOCH": epoch})


def _build_alone(root: Path, site: Path, work: Path, environment: Mapping[str, str]) -> int:
    new, old = work / "new", work / f"old-{site.name}"
    if old.exists() and not site.exists():  # a build was killed between the two renames below
        old.rename(site)
    for leftover in (new, old):
        shutil.rmtree(leftover, ignore_errors=True)
    done = subprocess.run(
        [*MKDOCS, "build", "--site-dir", new], cwd=root, env=os.environ | environment, check=False
    )
    if done.returncode:
        shutil.rmtree(new, ignore_errors=True)
        return _fail(f"the build failed: {site.name}/ is unchanged", done.returncode)
    try:
        if site.exists():
            site.rename(old)
        new.rename(site)
    except OSError as error:
        if old.exists():
            old.rename(site)
        return _fail(f"the new site could not replace the old one: {error}")
    shutil.rmtree(old, ignore_errors=True)
    if is_staging():
        print("It is marked noindex: search engines are asked not to list it.")
    if site.name == SITE:
        print(f"The help centre is in {SITE}/: copy that folder to any static host.")
    else:
        print(f"The preview is in {PREVIEW}/: do not publish it.")
    return 0


def _last_change(root: Path) -> str:
    """Return when what the site is built from last changed, in seconds since 1970."""
    return git(root, "log", "-1", "--format=%ct", "--", *BUILT_FROM) or str(int(time.time()))


def _fail(message: str, status: int = 1) -> int:
    print(message, file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(build(Path.cwd()))
