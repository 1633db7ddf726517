"""What git knows of a project; nothing where it is not installed, or there is no repository."""

import subprocess
from functools import lru_cache
from pathlib import Path


def git(root: Path, *arguments: str) -> str:
    """Return what git prints in the folder `root`; nothing if it fails, or is not installed."""
    command = ["git", "-c", "core.quotePath=false", *arguments]
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def paths_ever(root: Path, folder: str) -> frozenset[str]:
    """Return the path of every file that is or was in `folder`, at any commit of this branch.

    Returns nothing where the history is not whole: then what it lacks would seem to be new.
    """
    is_shallow, _, head = git(root, "rev-parse", "--is-shallow-repository", "HEAD").partition("\n")
    return _paths_ever(root, folder, head) if is_shallow == "false" else frozenset()


@lru_cache(maxsize=4)  # `mkdocs serve` asks at each edit
def _paths_ever(root: Path, folder: str, head: str) -> frozenset[str]:
    log = git(
        root, "log", "--format=", "--name-only", "--no-renames", "--relative", head, "--", folder
    )
    return frozenset(log.splitlines())
