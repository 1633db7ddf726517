"""`python -m helpcentre.deploy.check`: print every error in what writers write; exit 1 if any.

All are found in one run: those of the content, those that only a build finds, such as links that
lead nowhere, and those of editorial rules, which no build applies. What is wrong with a draft is a
warning. In a GitHub workflow both become annotations on their lines.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from helpcentre import lint
from helpcentre.content import withdrawn
from helpcentre.content.project import Project
from helpcentre.deploy import build
from helpcentre.lint import drafts, plain_words
from helpcentre.lint.__main__ import report
from macros import policy
from macros.layout import DOCS
from macros.problem import Problem, ProblemsError
from macros.strict_yaml import problem_at

_PROBLEM = re.compile(r"^([^\s:]+):(\d+): (.*?)(?: \[([a-z-]+)\])?$", re.MULTILINE)
"""How a build prints an error."""
_SEE = "'make translations' shows how"


def main(root: Path) -> int:
    """Check the project at `root`, and return the exit status."""
    try:
        project, problems = lint.read(root, show_drafts=True)
    except ProblemsError as error:  # without values nothing can be read
        report(error.problems, "error")
        return 1
    warnings = project.problems if not problems else []
    if not any(problem.rule == "wording" for problem in problems):
        unfit = {problem.file for problem in problems if problem.rule == "values"}
        filled = project.without({file.removeprefix(f"{DOCS}/") for file in unfit})
        problems += lint.check_by([drafts], project.without(project.drafts))
        problems += lint.check_by(lint.EDITORIAL_RULES, filled)
        warnings = [*plain_words.suggestions(filled), *_behind(project), *warnings]
    errors = {problem for problem in problems if not project.in_draft(problem)}
    errors |= {*_of_build(root)}
    report([*warnings, *filter(project.in_draft, problems)], "warning")
    report(errors, "error")
    sys.stdout.flush()  # before the count, also in a pipe
    if errors:
        print("1 error" if len(errors) == 1 else f"{len(errors)} errors", file=sys.stderr)
    else:
        print("pages, values and facts: no errors")
    return int(bool(errors))


def _behind(project: Project) -> Iterator[Problem]:
    """Yield why each translation that is not shown is not, and which texts are behind."""
    for translation in project.translations.values():
        for page in translation.withdrawn.values():
            reason = next(withdrawn.reasons(page, translation))
            which = "" if reason.file == page.file else f"{page.file} is "
            again = "withdrawn until it is translated again"
            yield reason._replace(message=f"{which}{again}: {reason.message}")
        texts = translation.texts
        if translation.translated_texts.is_stale:
            yield Problem(texts.file, 1, f"{project.texts.file} has changed since: {_SEE}")
        for name in texts.stale_means:
            what = f"'means' has '{name}' not as {policy.FILE} has it now"
            message = f"{what}: English is shown; {_SEE}"
            yield problem_at(project.root, texts.file, ("means", name), message)


def _of_build(root: Path) -> Iterator[Problem]:
    """Yield what a build of the project reports. Raises SystemExit if it fails otherwise."""
    with TemporaryDirectory() as folder:
        done = build.run(root, folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    found = [
        Problem(file, int(line), message, rule or "")
        for file, line, message, rule in _PROBLEM.findall(done.stdout)
    ]
    if done.returncode and not found:
        raise SystemExit(done.stdout)
    yield from found


if __name__ == "__main__":
    sys.exit(main(Path.cwd()))
