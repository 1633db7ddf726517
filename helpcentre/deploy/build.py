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
from pathlib import Path
from typing import Any

from helpcentre.content.git import git
from helpcentre.site.headers import is_staging
from macros.clock import VARIABLE
from macros.layout import BUILT_FROM, PREVIEW, SITE, WORK

MKDOCS = (sys.executable, "-m", "mkdocs")
"""The command, which uses the engine of the folder that it runs in, if there is one."""


def run(root: Path, folder: "Path | str", **options: Any) -> subprocess.CompletedProcess[str]:
    """Let MkDocs build the project at `root` into `folder`; `options` are those of subprocess."""
    command = [*MKDOCS, "build", "--site-dir", str(folder)]
    return subprocess.run(command, cwd=root, text=True, check=False, **options)


def build(root: Path) -> None:
    """Build the project at `root` into its folder site/. Raises SystemExit if that fails."""
    is_preview = bool(os.environ.get(VARIABLE))  # kept apart, where nobody publishes it
    site, work = root / (PREVIEW if is_preview else SITE), root / WORK
    if site.is_symlink() or (site.exists() and not site.is_dir()):
        raise SystemExit(f"{site.name} is not a directory; remove it and build again")
    last_change = git(root, "log", "-1", "--format=%ct", "--", *BUILT_FROM)
    epoch = os.environ.get("SOURCE_DATE_EPOCH") or last_change or str(int(time.time()))
    if not re.fullmatch(r"[0-9]{1,11}", epoch):
        raise SystemExit(f"SOURCE_DATE_EPOCH: expected seconds since 1970, found '{epoch}'")
    work.mkdir(exist_ok=True)
    with (work / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SystemExit("another build is running here: wait for it") from None
        _build_alone(root, site, work, epoch)


def _build_alone(root: Path, site: Path, work: Path, epoch: str) -> None:
    new, old = work / "new", work / f"old-{site.name}"
    if old.exists() and not site.exists():  # a build was killed between the two renames below
        old.rename(site)
    for leftover in (new, old):
        shutil.rmtree(leftover, ignore_errors=True)
    if run(root, new, env=os.environ | {"SOURCE_DATE_EPOCH": epoch}).returncode:
        shutil.rmtree(new, ignore_errors=True)
        raise SystemExit(f"the build failed: {site.name}/ is unchanged")
    try:
        if site.exists():
            site.rename(old)
        new.rename(site)
    except OSError as error:
        if old.exists():
            old.rename(site)
        raise SystemExit(f"the new site could not replace the old one: {error}") from error
    shutil.rmtree(old, ignore_errors=True)
    if is_staging():
        print("It is marked noindex: search engines are asked not to list it.")
    if site.name == SITE:
        print(f"The help centre is in {SITE}/: copy that folder to any static host.")
    else:
        print(f"The preview is in {PREVIEW}/: do not publish it.")


if __name__ == "__main__":
    build(Path.cwd())
