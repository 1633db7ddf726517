"""`python -m helpcentre.deploy.publish TO`: publish the built site/.

TO is /folder or user@host:/folder, for a server, by rsync; s3://bucket or s3://bucket/folder; or
github, for GitHub Pages. Whenever this is killed, no reader gets half of a site. If SITE_URL is
set, a server or CDN must then show the new site there.
"""

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

from helpcentre.content import redirects
from helpcentre.deploy import github_pages, rsync, s3, server, vanished
from helpcentre.deploy.host_config import base_path
from helpcentre.deploy.prepare import add_meta_policy, compress
from helpcentre.deploy.verify import why_not_live
from helpcentre.site.manifest import CHECKSUMS, publishable
from macros.layout import HOSTING, SITE
from macros.problem import ProblemsError

GITHUB = "github"


def main() -> None:
    """Publish where the arguments say, or go back."""
    parser = argparse.ArgumentParser(
        prog="python -m helpcentre.deploy.publish", description=__doc__
    )
    parser.add_argument("to", metavar="TO")
    parser.add_argument("--rollback", action="store_true", help="go back to the previous release")
    parser.add_argument("--site", type=Path, default=Path(SITE), help="another built folder")
    parser.add_argument("--seconds", type=float, default=20, help="to wait for it at SITE_URL")
    args = parser.parse_args()
    by_rsync = server.DESTINATION.fullmatch(args.to)
    if not (by_rsync or s3.DESTINATION.fullmatch(args.to) or args.to == GITHUB):
        parser.exit(
            2,
            "TO: expected /folder, user@host:/folder, s3://bucket, s3://bucket/folder or github, "
            f"found '{args.to}'\n",
        )
    if args.rollback and not by_rsync:
        parser.exit(2, "only a server keeps releases to go back to: publish an older commit\n")
    try:
        if args.rollback:
            print(rsync.roll_back(args.to))
        else:
            print(_publish(args.site, args.to, args.seconds))
    except KeyboardInterrupt:
        raise SystemExit("Interrupted.") from None
    except (OSError, ProblemsError) as error:  # such as a full disk here, or no program for it
        raise SystemExit(str(error)) from error


def _publish(built: Path, to: str, seconds: float) -> str:
    """Prepare a copy of the folder `built` for its host, publish that, and return what was done."""
    publishable(built)
    if url := os.environ.get("SITE_URL", ""):
        for warning in vanished.check(built, url):
            print(warning, file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder:
        site = Path(shutil.copytree(built, f"{folder}/site"))
        if to == GITHUB:
            add_meta_policy(site)
            return github_pages.publish(site)  # GitHub shows it a minute later
        if server.DESTINATION.fullmatch(to):
            compress(site)
            return rsync.publish(site, to, url, seconds)
        moved = redirects.addresses(redirects.read(Path.cwd()))
        done = s3.publish(site, to, moved, base_path())
        if url and (why := why_not_live(url, (site / CHECKSUMS).read_bytes(), seconds)):
            raise SystemExit(f"{done}\nBut {why}: is the CDN set up as {HOSTING}/s3.md says?")
        return done


if __name__ == "__main__":
    main()
