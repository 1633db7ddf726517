"""The project as its users have it: copied, changed, and built by its own commands."""

import atexit
import json
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from unittest.mock import patch

from filelock import FileLock

from helpcentre import content, lint
from helpcentre.content.project import Project as Content
from helpcentre.site import calendars
from macros import language
from macros.clock import VARIABLE, today
from macros.language import ORIGINAL
from macros.layout import CONTENT, DOCS, LANGUAGES, THEME, WORK
from macros.policy import FILE as POLICY
from macros.problem import ProblemsError

ROOT = Path(__file__).parent.parent
DAY = date(2026, 11, 23)
"""The day that tests build for, so that they do not depend on when they run."""
SMALL_DISK = 8_000_000
"""Size in bytes of a disk that a test fills."""
LINTED = (DOCS, CONTENT, LANGUAGES, THEME, "mkdocs.yml")
"""What the lint reads of a project."""
MKDOCS = Path(sys.executable).parent / "mkdocs"
_NOT_COPIED = (".git", ".venv", ".build", "site", "site-preview", "tests", "bench", ".hypothesis")
"""Of the top folder: what was built or installed, and what needs it."""
_LOADED = (
    "mkdocs.__main__",
    "mkdocs_macros.plugin",
    "material.plugins.search.plugin",
    "pymdownx.emoji",
    "holidays.countries",
    "PIL.Image",
    "zopfli.zlib",
    "Stemmer",
    "helpcentre.lint",
    "helpcentre.search.index",
    "helpcentre.deploy.publish",
)
"""Modules that our own commands need; loading them takes half a second. None may start a thread."""
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")

OWN_ENVIRONMENT = {
    name: value
    for name, value in os.environ.items()
    # Those of a make or a git hook that runs the tests, and of a publisher, are not the tests' own.
    if name
    not in (
        "MAKEFLAGS",
        "MAKELEVEL",
        "MFLAGS",
        "SITE_URL",
        "CONTACT_URL",
        "INSIGHTS_URL",
        "VOTES_URL",
        "NOINDEX",
        "FRAMED_BY",
        "SOURCE_DATE_EPOCH",
        "PYTHONDONTWRITEBYTECODE",  # each of hundreds of processes would compile our modules
    )
    and not name.startswith("GIT_")
} | {"NO_MKDOCS_2_WARNING": "1", "SITE_AS_OF": str(DAY)}


@contextmanager
def on(day: date | str) -> Iterator[None]:
    """Have that day be today."""
    with patch.dict(os.environ, {VARIABLE: str(day)}):
        today.cache_clear()
        try:
            yield
        finally:
            today.cache_clear()


def load(root: Path, day: date | str = DAY) -> Content:
    """Return the content of the project at `root` on `day`. Raises ProblemsError with all errors."""
    with on(day):
        return lint.load(root)


@cache
def own_content() -> Content:
    """Return this project's own content on DAY. That it has no errors is a test of its own."""
    with on(DAY):
        project = content.read(ROOT)
    return project.without(project.drafts)


def problems(project: "Project", day: date | str = DAY) -> list[str]:
    """Return what the lint finds in `project` on `day`."""
    try:
        load(project.root, day)
    except ProblemsError as error:
        return [str(problem) for problem in error.problems]
    return []


@dataclass(frozen=True)
class Outcome:
    """How a command ended."""

    code: int
    output: str
    """Both streams, in order, without colours."""


def run(*command: str | Path, cwd: Path, **environment: str) -> Outcome:
    """Run `command` with `environment` added to the tests' own."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env=OWN_ENVIRONMENT | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return Outcome(done.returncode, _COLOUR.sub("", done.stdout))


@contextmanager
def forks(address: Path, *modules: str) -> Iterator[Path]:
    """Have modules loaded by a process that runs commands sent to `address`: see tests/forks.py."""
    command = (sys.executable, "-m", "tests.forks", str(address), *modules)
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, env=OWN_ENVIRONMENT, stdin=pipe, stdout=pipe) as own:
        assert own.stdout
        assert own.stdout.readline() == b"ready\n", "see above"
        yield address


@cache
def _own_forks() -> Path:
    """Have our own modules loaded as long as this process lives."""
    stack = ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(
        forks(Path(stack.enter_context(TemporaryDirectory())) / "socket", *_LOADED)
    )


def run_module(module: str, *words: str | Path, cwd: Path, **environment: str) -> Outcome:
    """Run `python -m module` as run() does, sooner: in a fork of a process that has it loaded.

    It is the module of this project, whatever `cwd` has. Variables that Python itself reads have no
    effect.
    """
    if sys.platform != "linux":  # libraries of others may fail in a fork
        return run(sys.executable, "-m", module, *words, cwd=cwd, **environment)
    command = [[module, *map(str, words)], str(cwd), OWN_ENVIRONMENT | environment]
    with (
        socket.socket(socket.AF_UNIX) as server,
        TemporaryFile() as output,
        Path(os.devnull).open() as nothing,
    ):
        server.connect(str(_own_forks()))
        streams = [nothing.fileno(), output.fileno(), output.fileno()]
        socket.send_fds(server, [b" "], streams)
        server.sendall(json.dumps(command).encode() + b"\n")
        code = server.recv(1)
        output.seek(0)
        text = output.read().decode()
    return Outcome(code[0] if code else 1, _COLOUR.sub("", text))


def commit(folder: Path, day: str) -> str:
    """Commit everything in `folder`, which becomes a repository, on that day; return the commit."""
    own = OWN_ENVIRONMENT | {
        "GIT_COMMITTER_DATE": f"{day}T12:00:00",
        "GIT_AUTHOR_DATE": f"{day}T12:00:00",
        "GIT_CONFIG_GLOBAL": os.devnull,
    }
    git = ["git", "-c", "user.name=Writer", "-c", "user.email=writer@help.example"]
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "A change"]):
        subprocess.run([*git, *words], cwd=folder, env=own, check=True)
    done = subprocess.run(
        [*git, "rev-parse", "HEAD"], cwd=folder, env=own, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def free_port() -> int:
    """Return a port of loopback that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def once(shared: Path, name: str, make: Callable[[Path], object]) -> Path:
    """Return `name` below `shared`, made by the first worker that asks; the others wait for it."""
    made = shared / name
    with FileLock(shared / f"{name}.lock"):
        if not made.exists():
            unfinished = shared / f"{name}.unfinished"
            shutil.rmtree(unfinished, ignore_errors=True)
            make(unfinished)
            unfinished.rename(made)
    return made


def with_language(root: Path) -> Path:
    """Put the original language's own file into the project at `root`, and return that."""
    folder = root / LANGUAGES / ORIGINAL
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / LANGUAGES / ORIGINAL / language.FILE, folder)
    return root


@dataclass(frozen=True)
class Project:
    """A copy of this project that may be broken."""

    root: Path

    @classmethod
    def copy(cls, to: Path, *only: str, translations: bool | Collection[str] = False) -> "Project":
        """Copy this project's own files, or `only` those, without what was built, into `to`.

        Languages other than the original are copied only with `translations`, all or by their tags.
        """
        shown = {ORIGINAL, *(() if isinstance(translations, bool) else translations)}

        def left_out(folder: str, names: list[str]) -> set[str]:
            out = {name for name in names if name == "__pycache__" or name.endswith("_cache")}
            if Path(folder) == ROOT:
                out |= set(names) - set(only) if only else set(_NOT_COPIED)
            if Path(folder) == ROOT / LANGUAGES and translations is not True:
                out |= set(names) - shown
            return out

        shutil.copytree(ROOT, to, ignore=left_out, dirs_exist_ok=True)
        kept = ROOT / WORK / calendars.KEPT
        if kept.exists():  # a build takes half as long with it
            (to / WORK).mkdir(exist_ok=True)
            shutil.copy(kept, to / WORK)
        return cls(to)

    def edit(self, file: str, old: str, new: str) -> None:
        """Replace the first `old` in `file`, which must have it, by `new`."""
        text = (self.root / file).read_text(encoding="utf-8")
        assert old in text, f"{file} has no {old!r}"
        (self.root / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    def set_value(self, name: str, lines: str) -> None:
        """Replace the `value:` of the policy value `name` by `lines` of YAML."""
        text = (self.root / POLICY).read_text(encoding="utf-8")
        start = text.index("value:", text.index(f"\n  {name}:"))
        text = text[:start] + lines + text[text.index("\n", start) :]
        (self.root / POLICY).write_text(text, encoding="utf-8")

    def line_of(self, file: str, words: str) -> int:
        """Return the line, from 1, on which `words` first occur in `file`."""
        text = (self.root / file).read_text(encoding="utf-8")
        return text[: text.index(words)].count("\n") + 1

    def build(self, **environment: str) -> Outcome:
        """Build into site/ with plain `mkdocs build`, by the engine that is installed."""
        return run_module("mkdocs", "build", cwd=self.root, **environment)


def make(project: Project, *arguments: str) -> tuple[str, ...]:
    """Return a make command that uses the tests' own environment, already installed."""
    environment = Path(sys.prefix)
    stamps = [
        f"--old-file={environment}/{stamp}"
        for stamp in ("build.stamp", "dev.stamp", "npm.stamp", "bin/python")
    ]
    return ("env", "SITE_AS_OF=", "make", *stamps, f"VENV={environment}", *arguments)
