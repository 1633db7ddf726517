"""`python -m helpcentre.deploy.prepare SITE`: make the built folder SITE ready for its host. It may be said again."""

import argparse
import sys
from pathlib import Path

from helpcentre.content import redirects
from macros.problem import ProblemsError
from publish import finish, hosts

parser = argparse.ArgumentParser(prog="python -m publish", description=__doc__)
parser.add_argument("site", type=Path)
parser.add_argument("--compress", action="store_true", help="put .br and .gz beside each file")
parser.add_argument("--meta-policy", action="store_true", help="for a host that sends no headers")
parser.add_argument("--host-root", type=Path, help="make that folder of it, for the host's root")
told = parser.parse_args()
if not (told.site / "index.html").is_file():
    sys.exit(f"there is no built site in {told.site}/")
base = finish.base_of(told.site) or hosts.base()
try:
    problems = finish.finish(told.site, redirects.moved(Path.cwd()), base)
except ProblemsError as error:
    problems = list(error.problems)
if problems:
    sys.exit("\n".join(map(str, problems)))
if told.meta_policy:
    finish.add_meta_policy(told.site)
if told.compress:
    finish.compress(told.site)
if told.host_root:
    try:
        finish.put_under(told.host_root, told.site, base)
    except ValueError as error:
        sys.exit(str(error))
