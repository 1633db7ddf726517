"""The recipes in hosting/, followed to the letter; the one for S3 is in test_s3.py."""

import re
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests import servers, ssh_server
from tests.deploy.builds import over_http
from tests.deploy.test_host_config import ask
from tests.project import Outcome, Project, free_port, make, run, run_module

pytestmark = pytest.mark.slow


def commands(project: Project, recipe: str, ours: Mapping[str, str]) -> list[str]:
    """Return the commands of a recipe, with its names replaced by `ours`."""
    text = (project.root / f"hosting/{recipe}.md").read_text(encoding="utf-8").replace("\\\n", "")
    lines = [line.strip() for line in text.splitlines() if line.startswith("    ")]
    assert lines
    for name, own in ours.items():
        assert any(name in line for line in lines), name
        lines = [line.replace(name, own) for line in lines]
    made = shlex.join(make(project))
    return [
        re.sub(r"(^| )make ", rf"\1{made} ", line).replace(".venv/bin/python", sys.executable)
        for line in lines
    ]


def shell(project: Project, command: str, **environment: str) -> Outcome:
    """Run a command of a recipe, which must succeed."""
    outcome = run("sh", "-c", command, cwd=project.root, **environment)
    assert outcome.code == 0, outcome.output
    return outcome


def test_a_server_of_your_own(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    port, plain = free_port(), free_port()
    certificate, key, folder = (str(tmp_path / name) for name in ("own.pem", "own.key", "srv/help"))
    own = ("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost")  # fmt: skip
    assert run(*own, "-keyout", key, "-out", certificate, cwd=tmp_path).code == 0
    address = f"https://localhost:{port}/"
    ours = {
        "https://help.example.com/": address,
        "/etc/ssl/help.example.com.pem": certificate,
        "/etc/ssl/private/help.example.com.key": key,
        "/srv/help-centre": folder,
        "--listen 443": f"--listen 127.0.0.1:{port} --plain 127.0.0.1:{plain}",
        "--name help.example.com": "--name localhost",
    }
    nginx, _, release, rollback, verify = commands(project, "server", ours)
    shell(project, nginx)
    config = (project.root / "help-centre.conf").read_text(encoding="utf-8")
    monkeypatch.setenv("SSL_CERT_FILE", certificate)
    with (
        servers.nginx_by(config, address),
        ssh_server.running(tmp_path / "ssh") as server,
    ):
        known = {"SSL_CERT_FILE": certificate, "PATH": server.path}
        shell(project, release, **known)
        before = over_http(address)("contact/")
        project.edit("docs/contact.md", "title: How do I contact", "title: How can I contact")
        shell(project, release, **known)
        assert "How can I contact" in over_http(address)("contact/")
        project.edit("content/policy.yml", "kind: range", "kind: rnge")  # a rollback builds nothing
        shell(project, rollback, **known)
        assert over_http(address)("contact/") == before
        assert "files are as they were built" in shell(project, verify, **known).output
        answer, _ = ask(f"http://127.0.0.1:{plain}/contact/?a=1")
        assert (answer.status, answer.headers["Location"]) == (
            301,
            "https://localhost/contact/?a=1",
        )


def test_a_server_of_your_own_by_caddy(project: Project, tmp_path: Path) -> None:
    """Except for the certificate, which it would get by itself."""
    folder, address = tmp_path / "srv/help", f"http://127.0.0.1:{free_port()}"
    ours = {
        "--listen https://help.example.com": f"--listen {address}",
        "https://help.example.com/": f"{address}/help/",
        "user@host:/srv/help-centre": str(folder),
        "/srv/help-centre": str(folder),
    }
    project.edit("content/redirects.yml", "redirects: {}", "redirects:\n  old/way/: contact.md")
    _, caddy, release, *_, verify = commands(project, "server", ours)
    shell(project, caddy)
    with servers.caddy_by((project.root / "Caddyfile").read_text(encoding="utf-8"), address):
        shell(project, release)
        assert "This page has moved" not in over_http(f"{address}/help/")("old/way/")
        assert "files are as they were built" in shell(project, verify).output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("nginx --root /srv/help --listen 80", "content/redirects.yml:"),
        ("nginx --root /srv/help --listen '80; }'", "expected where the server listens"),
        ("nginx --root '/srv/help; }' --listen 80", "expected an absolute path"),
        ("nginx --root /srv/help --listen 80 --name 'a; }'", "expected the name of a host"),
        ("nginx --root /srv/help --listen 443 --key /etc/key", "HTTPS needs the host's name"),
        (
            "caddy --root /srv/help --listen :80 --name help.example",
            "unrecognized arguments: --name",
        ),
    ],
)
def test_content_with_errors_makes_no_configuration(
    project: Project, arguments: str, message: str
) -> None:
    target = '"x; } location ~ ^/etc/ { root /; } location ~ zz { return 301 /index.md"'
    project.edit("content/redirects.yml", "redirects: {}", f"redirects:\n  a/: {target}")
    words = shlex.split(arguments)
    outcome = run_module("helpcentre.deploy.host_config", *words, cwd=project.root)
    assert outcome.code != 0
    assert message in outcome.output
    assert "server_name" not in outcome.output


def test_github_pages(project: Project, tmp_path: Path) -> None:
    root, remote = project.root, tmp_path / "remote.git"
    git = ("git", "-c", "user.name=T", "-c", "user.email=t@t.example")
    for arguments in (
        ("init", "--quiet", "--bare", str(remote)),
        ("init", "--quiet"),
        ("config", "user.name", "T"),
        ("config", "user.email", "t@t.example"),
        ("add", "--all"),
        ("commit", "--quiet", "--message", "First"),
        ("remote", "add", "origin", str(remote)),
    ):
        assert run(*git, *arguments, cwd=root).code == 0
    (publish,) = commands(project, "github-pages", {})
    shell(project, publish)
    page = run("git", "show", "gh-pages:contact/index.html", cwd=remote).output
    assert '<meta http-equiv="Content-Security-Policy"' in page
    assert '<link rel="canonical" href="https://you.github.io/help/contact/"' in page
    again = shell(project, publish)
    assert again.output.endswith("The site has not changed: nothing is published.\n")
