"""`python -m helpcentre.deploy.host_config HOST`: print the configuration of a host.

HOST is nginx or caddy; or cloudfront, a policy of headers for that CDN, and cloudfront-open, the
policy for files that pages of other origins may read. All are templates under hosting/ that take
the headers from site/headers.py. For Netlify and Cloudflare Pages each build writes _headers and
_redirects into the site itself.
"""

import argparse
import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from helpcentre import lint
from helpcentre.content import hashed
from helpcentre.content.redirects import addresses
from helpcentre.site.headers import FOR_EVER, NOT_SERVED, OPEN, REVALIDATED, headers
from macros.layout import HOSTING
from macros.problem import ProblemsError

ANY = "_"
"""nginx's name for any host."""


@dataclass(frozen=True)
class WebServer:
    """What nginx or Caddy must know of one site."""

    folder: str
    """The folder of the built site, on the server."""
    base: str
    """The path of the site on its host: / or, say, /help/."""
    redirects: Mapping[str, str]
    """New addresses by old address, both from the site's root."""
    at: str
    """nginx: a port, or an address and port. Caddy: an address such as https://help.example.com."""
    name: str = ANY
    """The host's name. This and what follows is for nginx."""
    certificate: str = ""
    """A file on the server, for HTTPS; it needs `name` and `key`."""
    key: str = ""
    plain: str = "80"
    """The port, or address and port, at which HTTP is redirected to HTTPS."""

    def nginx(self, root: Path) -> str:
        """Return a file for nginx's http block, by the template of the project at `root`."""
        prefix = re.sub(r"\W+", "_", f"help {self.name}{self.base}")
        return _render(root, "nginx.conf.j2", vars(self), prefix=prefix)

    def caddy(self, root: Path) -> str:
        """Return a Caddyfile, by the template of the project at `root`."""
        return _render(root, "Caddyfile.j2", vars(self))


def cloudfront(root: Path, *, is_open: bool = False) -> str:
    """Return a policy of headers for CloudFront, as `aws cloudfront` reads it.

    With `is_open`, pages of other origins may read the files that it applies to.
    """
    return _render(root, "cloudfront.json.j2", is_open=is_open)


def _render(root: Path, template: str, *values: Mapping[str, object], **more: object) -> str:
    environment = Environment(
        loader=FileSystemLoader(root / HOSTING),
        autoescape=select_autoescape(),  # of HTML, which these are not
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["regex"] = re.escape
    return environment.get_template(template).render(
        *values,
        **more,
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


def main() -> None:
    """Print the configuration that the arguments ask for."""
    parser = argparse.ArgumentParser(
        prog="python -m helpcentre.deploy.host_config", description=__doc__
    )
    parser.add_argument("host", choices=["nginx", "caddy", "cloudfront", "cloudfront-open"])
    parser.add_argument("--root", default="", help="the folder of the site on the server")
    parser.add_argument("--listen", default="", help="nginx: (address and) port; caddy: address")
    parser.add_argument("--name", default=ANY, help="nginx: the host's name")
    parser.add_argument("--certificate", default="", help="nginx: a file on the server, for HTTPS")
    parser.add_argument("--key", default="", help="nginx: the certificate's key")
    parser.add_argument("--plain", default="80", help="nginx: (address and) port of HTTP")
    args = parser.parse_args()
    root = Path.cwd()
    if args.host.startswith("cloudfront"):
        sys.stdout.write(cloudfront(root, is_open=args.host == "cloudfront-open"))
        return
    # What these patterns let through cannot end one directive and begin another.
    if not re.fullmatch(r"[\w.:/*\[\]-]+", args.listen):
        parser.error(f"--listen: expected where the server listens, found '{args.listen}'")
    if not re.fullmatch(r"[\w.:\[\]-]+", args.plain):
        parser.error(f"--plain: expected an (address and) port, found '{args.plain}'")
    if not re.fullmatch(r"[\w.*-]+", args.name):
        parser.error(f"--name: expected the name of a host, found '{args.name}'")
    is_https = bool(args.certificate or args.key)
    if args.host == "caddy" and (is_https or args.name != ANY):
        parser.error("Caddy takes the name from --listen, and gets a certificate by itself")
    if is_https and args.name == ANY:
        parser.error("HTTPS needs the host's name: add --name")
    for path in (args.root, *((args.certificate, args.key) if is_https else ())):
        if not re.fullmatch(r"/[\w./-]+", path):
            parser.error(f"expected an absolute path of letters, digits and ._-, found '{path}'")
    try:
        redirects = addresses(lint.load(root).redirects)
    except ProblemsError as error:
        raise SystemExit(str(error)) from error
    server = WebServer(
        folder=args.root,
        base=base_path(),
        redirects=redirects,
        at=args.listen,
        name=args.name,
        certificate=args.certificate,
        key=args.key,
        plain=args.plain,
    )
    sys.stdout.write(server.nginx(root) if args.host == "nginx" else server.caddy(root))


if __name__ == "__main__":
    main()
