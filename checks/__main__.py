"""`python -m checks`: print every mistake in what writers write; exit 1 if there is one."""

import sys
from pathlib import Path

import checks

problems = checks.content(Path.cwd())
for problem in problems:
    print(problem)
print(f"{len(problems)} mistakes" if problems else "pages, values and facts: no mistakes")
sys.exit(bool(problems))
