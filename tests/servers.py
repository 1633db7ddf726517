"""Real servers for the tests: nginx and Caddy, rsync, ssh and logrotate, from the system, or
installed first; and what other hosts provide for trying a site locally.

`python -m tests.servers` installs them by apt-get. Debian has nginx's module for brotli.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from helpcentre.deploy.host_config import configuration
from helpcentre.search.asking import NODE
from tests import node
from tests.project import ROOT, forks, free_port

PACKAGES = (
    *("nginx-light", "libnginx-mod-http-brotli-static", "caddy"),
    *("rsync", "openssh-client", "logrotate"),
)
PROGRAMS = ("nginx", "caddy", "rsync", "ssh", "logrotate")
LOG = "output.log"
NO_REDIRECTS: Mapping[str, str] = MappingProxyType({})
_PARTS = {
    "nginx": "nginx/modules/ngx_http_brotli_static_module.so",
    "WebKitWebDriver": "*/girepository-1.0/WebKit2-4.1.typelib",
}
"""What programs need besides themselves, below /usr/lib or /usr/share."""
_PATH = f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin"
NGINX = """load_module {module};
daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes {workers};
events {{}}
http {{ access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  include {folder}/site.conf; }}
"""
_AWS = """#!{python} -IS
import json, os, socket, sys
with socket.socket(socket.AF_UNIX) as server:
    server.connect("{socket}")
    command = json.dumps([["tests.aws:main", *sys.argv[1:]], os.getcwd(), dict(os.environ)])
    socket.send_fds(server, [b" "], [0, 1, 2])
    server.sendall(command.encode() + b"\\n")
    code = server.recv(1)
sys.exit(code[0] if code else 1)
"""
"""The program `aws` of tests, for tests/forks.py."""
INSIGHTS = "/insights"


def counting(log: Path | None) -> dict[str, object]:
    """Return what a server needs to log events there."""
    return {"insights": INSIGHTS, "log": log} if log else {}


def find(program: str) -> str | None:
    """Return the path of a program, also of those that only root has on its PATH; or None."""
    return shutil.which(program, path=_PATH)


def _part(program: str) -> Path | None:
    """Return the path of what a program needs besides itself; None if it is not installed."""
    found = (Path(root).glob(_PARTS[program]) for root in ("/usr/lib", "/usr/share"))
    return next(chain(*found), None)


def are_installed(programs: Sequence[str]) -> bool:
    """Return whether all programs are installed, each with what it needs."""
    return all(map(find, programs)) and all(_part(name) for name in programs if name in _PARTS)


def install(programs: Sequence[str] = PROGRAMS, packages: Sequence[str] = PACKAGES) -> bool:
    """Return whether all programs are installed, after installing them where apt-get can."""
    if not are_installed(programs) and shutil.which("apt-get"):
        sudo = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
        for words in (["update", "-qq"], ["install", "-qq", "--no-install-recommends", *packages]):
            command = [*sudo, "apt-get", *words]
            print("+", " ".join(command), flush=True)
            # Their own services must not start: tests start them, on other ports.
            environment = os.environ | {"RUNLEVEL": "1", "DEBIAN_FRONTEND": "noninteractive"}
            subprocess.run(command, env=environment, check=False)
    return are_installed(programs)


@contextmanager
def nginx(
    site: Path,
    base: str = "/",
    redirects: Mapping[str, str] = NO_REDIRECTS,
    workers: int = 1,
    log: Path | None = None,
) -> Iterator[str]:
    """Serve the folder `site` by nginx under the path `base`; yield its address.

    With `log` it writes there what is posted to INSIGHTS.
    """
    at = f"127.0.0.1:{free_port()}"
    values = {"root": site, "listen": at, "base": base, "redirects": redirects, **counting(log)}
    config = configuration(ROOT, "nginx", **values, name=None, certificate=None)
    with nginx_by(config, f"http://{at}", workers):
        yield f"http://{at}{base}"


@contextmanager
def nginx_by(config: str, address: str, workers: int = 1) -> Iterator[Path]:
    """Run nginx by a file for its http block, which has it answer at `address`; yield its folder."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)  # its workers are another user's
        (folder / "site.conf").write_text(config, encoding="utf-8")
        main = NGINX.format(folder=folder, module=_part("nginx"), workers=workers)
        if os.geteuid() == 0:
            main = f"user root;\n{main}"  # the tests' folders are root's own
        (folder / "nginx.conf").write_text(main, encoding="utf-8")
        command = [str(find("nginx")), "-p", name, "-c", f"{name}/nginx.conf"]
        with _running(command, address, folder):
            yield folder


@contextmanager
def caddy(
    site: Path,
    base: str = "/",
    redirects: Mapping[str, str] = NO_REDIRECTS,
    log: Path | None = None,
) -> Iterator[str]:
    """Serve the folder `site` by Caddy as nginx() does."""
    at = f"http://127.0.0.1:{free_port()}"
    values = {"root": site, "listen": at, "base": base, "redirects": redirects, **counting(log)}
    with caddy_by(configuration(ROOT, "caddy", **values), at):
        yield f"{at}{base}"


@contextmanager
def caddy_by(config: str, address: str) -> Iterator[None]:
    """Run Caddy by a Caddyfile, which has it answer at `address`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "Caddyfile").write_text(config, encoding="utf-8")
        options = ("run", "--config", f"{name}/Caddyfile", "--adapter", "caddyfile")
        with _running([str(find("caddy")), *options], address, folder):
            yield


@contextmanager
def cloudflare(folder: Path) -> Iterator[str]:
    """Serve `folder` as Cloudflare Pages does, by its own program; yield its address."""
    port = free_port()
    with tempfile.TemporaryDirectory() as name:
        command = [
            *(str(NODE), str(node.PACKAGES / "node_modules/wrangler/bin/wrangler.js")),
            *("pages", "dev", str(folder), "--ip=127.0.0.1", f"--port={port}"),
        ]
        with _running(command, f"http://127.0.0.1:{port}", Path(name)):
            yield f"http://127.0.0.1:{port}/"


@contextmanager
def s3() -> Iterator[dict[str, str]]:
    """Run a local S3; yield the environment in which its clients find it, and LOG, its log."""
    address = f"http://127.0.0.1:{free_port()}"
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", address[17:]]
    with (
        tempfile.TemporaryDirectory() as name,
        _aws(Path(name)) as own_programs,
        _running(command, address, Path(name)),
    ):
        yield {
            "LOG": f"{name}/{LOG}",
            "PATH": f"{own_programs}:{os.environ['PATH']}",
            "AWS_ENDPOINT_URL": address,
            "AWS_ACCESS_KEY_ID": "somebody",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_CONFIG_FILE": "/dev/null",
            "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
            "AWS_EC2_METADATA_DISABLED": "true",
        }


@contextmanager
def _aws(folder: Path) -> Iterator[Path]:
    """Have the client of AWS loaded; yield the folder of the program `aws`, which hands on to it."""
    program, address = folder / "bin/aws", folder / "aws.socket"
    program.parent.mkdir()
    text = _AWS.format(python=sys.executable, socket=address)
    program.write_text(text, encoding="utf-8")
    program.chmod(0o755)
    with forks(address, "tests.aws"):
        yield program.parent


@contextmanager
def _running(command: list[str], address: str, folder: Path) -> Iterator[None]:
    """Run a server with its files in `folder`, from when it answers at `address`."""
    log = folder / LOG
    with log.open("wb") as output:
        environment = os.environ | {
            "HOME": str(folder),
            "XDG_DATA_HOME": str(folder),
            "XDG_CONFIG_HOME": str(folder),
            "WRANGLER_SEND_METRICS": "false",
            "CI": "true",  # nobody is there to answer questions
        }
        server = subprocess.Popen(
            command,
            stdout=output,
            stderr=output,
            env=environment,
            cwd=folder,
            start_new_session=True,
        )
    try:
        while not _answers(address):
            assert server.poll() is None, log.read_text()
            time.sleep(0.05)
        yield
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGTERM)
        server.wait()


def _answers(address: str) -> bool:
    try:
        urlopen(address, timeout=60).close()  # noqa: S310 - our own server
    except HTTPError as response:
        response.close()
    except (URLError, ConnectionError, TimeoutError):
        return False
    return True


if __name__ == "__main__":
    sys.exit(
        0
        if install()
        else "nginx, caddy, rsync, ssh and logrotate are needed: install " + " ".join(PACKAGES)
    )
