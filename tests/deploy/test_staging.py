"""A staging site asks search engines not to list it, on every page and in every host's headers."""

import json
from pathlib import Path

import boto3
import pytest
from botocore.validate import ParamValidator

from helpcentre.deploy.host_config import configuration
from helpcentre.site.headers import POLICY, headers, headers_file
from tests.project import ROOT, Project

META = '<meta name="robots" content="noindex">'
SERVER = {"root": "/srv/help", "listen": ":80", "base": "/", "redirects": {}}
CONFIGURATIONS = {
    "nginx": lambda: configuration(ROOT, "nginx", **SERVER, name=None, certificate=None),
    "Caddy": lambda: configuration(ROOT, "caddy", **SERVER),
    "Netlify and Cloudflare": lambda: headers_file("/"),
    "CloudFront": lambda: configuration(ROOT, "cloudfront"),
}


@pytest.mark.slow
def test_every_page_of_a_staging_site_is_marked(project: Project) -> None:
    outcome = project.build(NOINDEX="1")
    assert outcome.code == 0, outcome.output
    for page in (project.root / "site").rglob("*.html"):
        assert META in page.read_text(encoding="utf-8")
    assert "X-Robots-Tag: noindex" in (project.root / "site/_headers").read_text()


@pytest.mark.site
def test_no_page_of_another_site_is_marked(site: Path) -> None:
    for page in site.rglob("*.html"):
        assert "noindex" not in page.read_text(encoding="utf-8")
    assert "noindex" not in (site / "_headers").read_text()


@pytest.mark.parametrize("host", CONFIGURATIONS)
@pytest.mark.parametrize(
    ("noindex", "listed"), [("1", False), ("true", False), ("", True), ("0", True), ("false", True)]
)
def test_every_host_sends_the_header(
    monkeypatch: pytest.MonkeyPatch, host: str, noindex: str, listed: bool
) -> None:
    monkeypatch.setenv("NOINDEX", noindex)
    assert ("X-Robots-Tag" in CONFIGURATIONS[host]()) is not listed


@pytest.mark.parametrize("is_open", [False, True])
def test_cloudfront_accepts_the_policy_which_has_all_headers(is_open: bool) -> None:
    policy = json.loads(configuration(ROOT, "cloudfront-open" if is_open else "cloudfront"))
    origins = policy.get("CorsConfig", {}).get("AccessControlAllowOrigins")
    assert origins == ({"Quantity": 1, "Items": ["*"]} if is_open else None)
    client = boto3.client("cloudfront", region_name="us-east-1")
    operation = client.meta.service_model.operation_model("CreateResponseHeadersPolicy")
    wrong = ParamValidator().validate(
        {"ResponseHeadersPolicyConfig": policy}, operation.input_shape
    )
    assert not wrong.has_errors(), wrong.generate_report()
    security = policy["SecurityHeadersConfig"]
    assert security["ContentSecurityPolicy"]["ContentSecurityPolicy"] == POLICY
    assert security["StrictTransportSecurity"]["AccessControlMaxAgeSec"] == 31_536_000
    assert len(security) + policy["CustomHeadersConfig"]["Quantity"] == len(headers())
