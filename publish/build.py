"""`python -m publish.build`: build into site/, whole or not at all. `make build` calls it.

MkDocs builds into a folder beside site/. Only what was built without an error or a warning takes
its place; until then, and whatever happens, the last good site stays, or is put back by the next
build.
"""

import fcntl
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from macros.clock import VARIABLE
from publish.headers import is_staging

_MADE_FROM = (
    "docs",
    "flows",
    "overrides",
    "macros",
    "checks",
    "publish",
    "search",
    "calculators",
    "*.yml",
    "hooks.py",
    "requirements.txt",
)
MKDOCS = Path(sys.executable).parent / "mkdocs"


def build(root: Path) -> int:
    """Build the project at `root` into its folder site/. Return 0, or the status of what failed."""
    preview = bool(os.environ.get(VARIABLE))  # a preview never stands where it could be published
    site, work = root / ("site-preview" if preview else "site"), root / ".build"
    if site.is_symlink() or (site.exists() and not site.is_dir()):
        return _say(f"{site.name} is no folder: take it away, and build again")
    epoch = os.environ.get("SOURCE_DATE_EPOCH") or _last_change(root)
    if not re.fullmatch(r"[0-9]{1,11}", epoch):
        return _say(f"SOURCE_DATE_EPOCH: expected seconds since 1970, found '{epoch}'")
    work.mkdir(exist_ok=True)
    with (work / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return _say("another build is at work here: wait for it")
        return _build_alone(root, site, work / "new", work / f"old-{site.name}", epoch)


def _build_alone(root: Path, site: Path, new: Path, old: Path, epoch: str) -> int:
    if old.exists() and not site.exists():  # a build was killed between the two steps below
        old.rename(site)
    for leftover in (new, old):
        shutil.rmtree(leftover, ignore_errors=True)
    environment = os.environ | {"SOURCE_DATE_EPOCH": epoch}
    done = subprocess.run(
        [MKDOCS, "build", "--site-dir", new], cwd=root, env=environment, check=False
    )
    if done.returncode:
        shutil.rmtree(new, ignore_errors=True)
        return _say(f"the build failed: {site.name}/ is as it was", done.returncode)
    try:
        if site.exists():
            site.rename(old)
        new.rename(site)
    except OSError as error:
        if old.exists():
            old.rename(site)
        return _say(f"the new site could not take the place of the old one: {error}")
    shutil.rmtree(old, ignore_errors=True)
    if is_staging():
        print("It is marked noindex: search engines are not to list it.")
    if site.name == "site":
        print("The help centre is in site/: copy that folder to any static host.")
    else:
        print(f"The preview is in {site.name}/: it is not to be published.")
    return 0


def _last_change(root: Path) -> str:
    """Return when what the site is made from last changed, in seconds since 1970."""
    command = ["git", "log", "-1", "--format=%ct", "--", *_MADE_FROM]
    try:
        told = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False).stdout
    except FileNotFoundError:  # no git here
        told = ""
    return told.strip() or str(int(time.time()))


def _say(problem: str, status: int = 1) -> int:
    print(problem, file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(build(Path.cwd()))
