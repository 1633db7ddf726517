"""`python -m publish SITE`: make the built folder SITE ready for its host. It may be said again."""

import argparse
import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

from checks import redirects
from macros.problem import ProblemsError
from publish import finish

parser = argparse.ArgumentParser(prog="python -m publish", description=__doc__)
parser.add_argument("site", type=Path)
parser.add_argument("--compress", action="store_true", help="put .br and .gz beside each file")
parser.add_argument("--meta-policy", action="store_true", help="for a host that sends no headers")
told = parser.parse_args()
try:
    base = urlsplit(os.environ.get("SITE_URL", "")).path or "/"
    problems = finish.finish(told.site, redirects.moved(Path.cwd()), base)
except ProblemsError as error:
    problems = list(error.problems)
if problems:
    sys.exit("\n".join(map(str, problems)))
if told.meta_policy:
    finish.add_meta_policy(told.site)
if told.compress:
    finish.compress(told.site)
