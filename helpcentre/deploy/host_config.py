"""`python -m helpcentre.deploy.host_config KIND`: the configuration of a host, from one list of headers.

KIND is nginx or caddy, or cloudfront: a policy of headers for that CDN; cloudfront-open is that of
the files which other origins may read. For Netlify and Cloudflare Pages each build writes _headers
and _redirects into the site itself.
"""

import argparse
import json
import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from helpcentre import lint
from helpcentre.content.redirects import addresses
from macros.problem import ProblemsError
from helpcentre.site.headers import FOR_EVER, HASHED, OPEN, POLICY, REVALIDATED, headers

NOT_SERVED = ("_headers", "_redirects")
"""Files of the site that are for hosts only."""

Moved = Mapping[str, str]
"""Old addresses, and the new one of each; both from the site's root."""


def headers_file(base: str) -> str:
    """Return _headers, as Netlify and Cloudflare Pages read it; `base` is the site's path."""
    lines = [f"{base}*", *(f"  {name}: {value}" for name, value in headers().items())]
    for folder in HASHED:
        lines += [f"{base}{folder}*", f"  Cache-Control: {FOR_EVER}"]
    for file in OPEN:
        lines += [f"{base}{file}", "  Access-Control-Allow-Origin: *"]
    return "\n".join(lines) + "\n"


def redirects_file(moved: Moved, base: str) -> str:
    """Return _redirects, as both read it.

    On Netlify a page stands before a redirect from its address, unless the redirect says 301!, and
    each old address has such a page, for hosts that cannot redirect. Cloudflare knows no 301!.
    """
    note = (
        "# Of each three, the first is for Netlify, the others for Cloudflare.\n" if moved else ""
    )
    return note + "".join(
        f"{base}{old} {base}{new} 301!\n"
        f"{base}{old} {base}{new} 301\n"
        f"{base}{old.rstrip('/')} {base}{new} 301\n"
        for old, new in sorted(moved.items())
    )


@dataclass(frozen=True)
class Tls:
    """What nginx needs to speak HTTPS."""

    certificate: str
    key: str
    plain: str = "80"
    """The port, or address and port, where HTTP is sent on to HTTPS."""


def _listen(at: str, words: str = "") -> str:
    """Return nginx's lines for an address and port, or for a port of IPv4 and IPv6."""
    return "\n".join(
        f"  listen {each}{words};" for each in ((at, f"[::]:{at}") if at.isdigit() else (at,))
    )


def nginx(
    root: str, base: str, moved: Moved, listen: str, name: str, tls: Tls | None = None
) -> str:
    """Return a file for nginx's http block. `root` is the folder of the built site.

    `listen` is a port, or an address and port; `name` is the host's, or _ for any, if without
    `tls`. It needs nginx's module brotli_static: Debian's package libnginx-mod-http-brotli-static.
    """
    own = re.escape(base)
    folders, opened = ("|".join(map(re.escape, names)) for names in (HASHED, OPEN))
    added = "\n".join(f'  add_header {name} "{value}" always;' for name, value in headers().items())
    redirects = "\n".join(
        f"  location = {base}{spelled} {{ return 301 {base}{new}; }}"
        for old, new in sorted(moved.items())
        for spelled in (old, old.rstrip("/"))
    )
    outside = f"""  location = {base.rstrip("/")} {{ return 301 {base}; }}
  location / {{ return 404; }}"""
    for_hosts = "|".join(map(re.escape, NOT_SERVED))
    var = re.sub(r"\W+", "_", f"help {name}{base}")  # another site here has others
    encrypted = plain = ""
    if tls:
        encrypted = f"""
  ssl_certificate {tls.certificate};
  ssl_certificate_key {tls.key};
  ssl_protocols TLSv1.2 TLSv1.3;"""
        plain = f"""server {{
{_listen(tls.plain)}
  server_name {name};
  server_tokens off;
  return 301 https://{name}$request_uri;
}}
"""
    return rf"""# Made by python -m helpcentre.deploy.host_config nginx. Change redirects.yml or publish/ instead.
map $uri ${var}kept {{
  default "{REVALIDATED}";
  "~^{own}(?:{folders})" "{FOR_EVER}";
}}
map $status ${var}cache {{
  default "{REVALIDATED}";
  "~^(?:200|206|304)$" ${var}kept;
}}
map $uri ${var}open {{
  default "";
  "~^{own}(?:{opened})$" "*";
}}
{plain}server {{
{_listen(listen, " ssl http2" if tls else "")}{encrypted}
  server_name {name};
  server_tokens off;
  absolute_redirect off;
  client_max_body_size 1k;
  client_header_timeout 10s;
  client_body_timeout 10s;
  send_timeout 30s;
  charset utf-8;
  charset_types text/css text/plain text/javascript application/json application/xml;
  types {{
    text/html html;
    text/css css;
    text/javascript js;
    text/plain txt;
    application/json json;
    application/xml xml;
    application/gzip gz;
    application/octet-stream bin;
    image/svg+xml svg;
    image/png png;
  }}
{added}
  add_header Cache-Control ${var}cache always;
  add_header Access-Control-Allow-Origin ${var}open always;
  add_header Vary Accept-Encoding always;
  error_page 404 {base}404.html;
  error_page 403 =404 {base}404.html;
  if ($request_method !~ "^(?:GET|HEAD)$") {{ return 405; }}
  location ~ /\. {{ return 404; }}
  location ~ ^{own}(?:{for_hosts})$ {{ return 404; }}
{redirects}
{"" if base == "/" else outside}
  location {base} {{
    alias {root}/;
    index index.html;
    brotli_static on;
    gzip_static on;
  }}
}}
"""


def caddy(root: str, base: str, moved: Moved, listen: str) -> str:
    """Return a Caddyfile. `listen` is the site's address, such as https://help.example.com."""
    added = "\n".join(f'    {name} "{value}"' for name, value in headers().items())
    redirects = "\n".join(
        f"  redir {base}{spelled} {base}{new} 301"
        for old, new in sorted(moved.items())
        for spelled in (old, old.rstrip("/"))
    )
    prefix = base.rstrip("/")
    outside = f"""  redir {prefix} {base} 301
  @outside not path {base}*
  error @outside 404
  uri strip_prefix {prefix}"""
    return rf"""# Made by python -m helpcentre.deploy.host_config caddy. Change redirects.yml or publish/ instead.
{{
  admin off
  servers {{
    timeouts {{
      read_header 10s
      read_body 10s
    }}
  }}
}}
(every_answer) {{
  header {{
{added}
    Cache-Control "{REVALIDATED}"
  }}
  header -Server
}}
{listen} {{
  root * {root}
  route {{
    import every_answer
    @hashed path {" ".join(f"{base}{folder}*" for folder in HASHED)}
    header @hashed Cache-Control "{FOR_EVER}"
    @open path {" ".join(base + file for file in OPEN)}
    header @open Access-Control-Allow-Origin "*"
    @other not method GET HEAD
    error @other 405
    @hidden path */.* {" ".join(base + file for file in NOT_SERVED)}
    error @hidden 404
    # No file can have such a name: to look for one would be an error of the server's.
    @odd path_regexp \x00|[^/]{{250}}|[^/\x00-\x7f]{{60}}|.{{1000}}
    error @odd 404
{redirects}
{"" if base == "/" else outside}
    file_server {{
      precompressed br gzip
    }}
  }}
  handle_errors {{
    import every_answer
    @lost expression {{http.error.status_code}} == 404
    handle @lost {{
      rewrite * /404.html
      file_server
    }}
  }}
}}
"""


def cloudfront(*, is_open: bool = False) -> str:
    """Return a policy of headers for the CDN CloudFront, as its own command reads it.

    With `is_open` pages of other origins may read what comes with it.
    """
    security = {
        "Content-Security-Policy": "ContentSecurityPolicy",
        "Strict-Transport-Security": "StrictTransportSecurity",
        "X-Content-Type-Options": "ContentTypeOptions",
        "Referrer-Policy": "ReferrerPolicy",
    }
    told = headers()
    values: Mapping[str, Mapping[str, object]] = {
        "ContentSecurityPolicy": {"ContentSecurityPolicy": POLICY},
        "StrictTransportSecurity": {
            "AccessControlMaxAgeSec": int(told["Strict-Transport-Security"].partition("=")[2])
        },
        "ReferrerPolicy": {"ReferrerPolicy": told["Referrer-Policy"]},
    }
    others = [
        {"Header": name, "Value": value, "Override": True}
        for name, value in told.items()
        if name not in security
    ]
    cors = {
        "AccessControlAllowOrigins": {"Quantity": 1, "Items": ["*"]},
        "AccessControlAllowHeaders": {"Quantity": 1, "Items": ["*"]},
        "AccessControlAllowMethods": {"Quantity": 2, "Items": ["GET", "HEAD"]},
        "AccessControlAllowCredentials": False,
        "OriginOverride": True,
    }
    policy = {
        "Name": "help-centre-open" if is_open else "help-centre",
        **({"CorsConfig": cors} if is_open else {}),
        "SecurityHeadersConfig": {
            name: {"Override": True, **values.get(name, {})} for name in security.values()
        },
        "CustomHeadersConfig": {"Quantity": len(others), "Items": others},
    }
    return json.dumps(policy, indent=2) + "\n"


def base() -> str:
    """Return the path of the site on its host, by the environment's SITE_URL: / or, say, /help/."""
    return urlsplit(os.environ.get("SITE_URL", "")).path.rstrip("/") + "/"


def main() -> None:
    """Print the configuration that the arguments ask for."""
    parser = argparse.ArgumentParser(
        prog="python -m helpcentre.deploy.host_config", description=__doc__
    )
    parser.add_argument("kind", choices=["nginx", "caddy", "cloudfront", "cloudfront-open"])
    parser.add_argument("--root", default="", help="the folder of the site on the server")
    parser.add_argument("--listen", default="", help="nginx: (address and) port; caddy: address")
    parser.add_argument("--name", default="_", help="nginx: the host's name")
    parser.add_argument("--certificate", default="", help="nginx: a file of the server, for HTTPS")
    parser.add_argument("--key", default="", help="nginx: that of the certificate")
    parser.add_argument("--plain", default=Tls.plain, help="nginx: (address and) port of HTTP")
    told = parser.parse_args()
    if told.kind.startswith("cloudfront"):
        sys.stdout.write(cloudfront(is_open=told.kind == "cloudfront-open"))
        return
    if not re.fullmatch(r"[\w.:/*\[\]-]+", told.listen):
        parser.error(f"say where it listens, by --listen: found '{told.listen}'")
    if not re.fullmatch(r"[\w.*-]+", told.name):
        parser.error(f"expected the name of a host, found '{told.name}'")
    if told.kind == "caddy" and (told.certificate or told.key or told.name != "_"):
        parser.error("Caddy takes the name from --listen, and gets a certificate by itself")
    tls = Tls(told.certificate, told.key, told.plain) if told.certificate or told.key else None
    if tls and told.name == "_":
        parser.error("HTTPS needs the host's name: --name")
    for path in (told.root, *((tls.certificate, tls.key) if tls else ())):
        if not re.fullmatch(r"/[\w./-]+", path):
            parser.error(f"expected a path of plain letters from the root on, found '{path}'")
    try:
        moved = addresses(lint.load(Path.cwd()).redirects)
    except ProblemsError as error:
        raise SystemExit(str(error)) from error
    if told.kind == "nginx":
        sys.stdout.write(nginx(told.root, base(), moved, told.listen, told.name, tls))
    else:
        sys.stdout.write(caddy(told.root, base(), moved, told.listen))


if __name__ == "__main__":
    main()
