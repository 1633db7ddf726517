"""`python -m helpcentre.deploy.host_config HOST`: print the configuration of a host.

HOST is nginx or caddy, which with INSIGHTS_URL log events there, or logrotate, for nginx's log of
them; or cloudfront, a policy of headers for that CDN, and cloudfront-open, the policy for files
that pages of other origins may read. All are templates under hosting/ that take the headers from
site/headers.py. For Netlify and Cloudflare Pages each build writes _headers and
_redirects into the site itself.
"""

import argparse
import os
import re
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from helpcentre import lint
from helpcentre.content import hashed
from helpcentre.insights.form import QUERY
from helpcentre.site import settings
from helpcentre.site.headers import FOR_EVER, NOT_SERVED, OPEN, REVALIDATED, framed_by, headers
from macros.language import read_all as read_languages
from macros.layout import HOSTING
from macros.problem import ProblemsError

_TEMPLATES = {
    "nginx": "nginx.conf.j2",
    "caddy": "Caddyfile.j2",
    "logrotate": "logrotate.conf.j2",
    "cloudfront": "cloudfront.json.j2",
    "cloudfront-open": "cloudfront.json.j2",
}


_LOG = "/var/log/help-centre/insights.log"


def configuration(project: Path, host: str, **values: object) -> str:
    """Return the configuration of `host` by its template of the project at `project`.

    For nginx and caddy, `values` are the options of this command by name, `base`, the path of the
    site on its host, and `redirects`, new addresses by old address, both from the site's root; and
    perhaps `insights`, the path that pages send events to.
    """
    environment = Environment(
        loader=FileSystemLoader(project / HOSTING),
        autoescape=select_autoescape(),  # of HTML, which these are not
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"regex": re.escape, "identifier": partial(re.sub, r"\W+", "_")}
    return environment.get_template(_TEMPLATES[host]).render(
        {"insights": "", **values},
        event=QUERY,
        languages=[language.address for language in read_languages(project)[0].values()],
        is_open=host == "cloudfront-open",
        headers=headers(),
        hashed_folders=hashed.FOLDERS,
        open_files=OPEN,
        not_served=NOT_SERVED,
        for_ever=FOR_EVER,
        revalidated=REVALIDATED,
    )


def base_path() -> str:
    """Return the path of the site on its host, by the environment's SITE_URL: / or, say, /help/."""
    return urlsplit(os.environ.get("SITE_URL", "")).path.rstrip("/") + "/"


def _matching(pattern: str, meaning: str) -> Callable[[str], str]:
    """Return a type of argument; no pattern lets through what ends a directive of a server."""

    def argument(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise argparse.ArgumentTypeError(f"expected {meaning}, found '{text}'")
        return text

    return argument


def _parser() -> argparse.ArgumentParser:
    path = _matching(r"/[\w./-]+", "an absolute path of letters, digits and ._-")
    address = _matching(r"[\w.:/*\[\]-]+", "where the server listens")
    parser = argparse.ArgumentParser(
        prog="python -m helpcentre.deploy.host_config", description=__doc__
    )
    hosts = parser.add_subparsers(dest="host", metavar="HOST", required=True)
    nginx, caddy, logrotate, *_ = (hosts.add_parser(host) for host in _TEMPLATES)
    for server, listen in ((nginx, "(address and) port"), (caddy, "address, such as https://host")):
        server.add_argument("--root", type=path, required=True, help="the site's folder there")
        server.add_argument("--listen", type=address, required=True, help=listen)
    for writer in (nginx, caddy, logrotate):
        writer.add_argument("--log", type=path, default=_LOG, help="of insights, on the server")
    logrotate.add_argument("--pid", type=path, default="/run/nginx.pid", help="nginx's own file")
    name = _matching(r"[\w.*-]+", "the name of a host")
    nginx.add_argument("--name", type=name, help="the host's name; without it, any")
    nginx.add_argument("--certificate", type=path, help="a file on the server, for HTTPS")
    nginx.add_argument("--key", type=path, help="the certificate's key")
    nginx.add_argument("--plain", type=address, default="80", help="(address and) port of HTTP")
    return parser


def main() -> None:
    """Print the configuration that the arguments ask for."""
    parser = _parser()
    values = vars(parser.parse_args())
    https = [values.get(option) for option in ("name", "certificate", "key")]
    if any(https[1:]) and not all(https):
        parser.error("HTTPS needs the host's name, a certificate and its key")
    insights = os.environ.get("INSIGHTS_URL", "")
    votes = os.environ.get("VOTES_URL")
    if problems := settings.check(None, None, insights, framed_by(), votes=votes):
        raise SystemExit("\n".join(map(str, problems)))
    try:
        redirects = lint.load(Path.cwd()).moved
    except ProblemsError as error:
        raise SystemExit(str(error)) from error
    sys.stdout.write(
        configuration(
            Path.cwd(), **values, base=base_path(), redirects=redirects, insights=insights
        )
    )


if __name__ == "__main__":
    main()
