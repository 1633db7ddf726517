"""What a publisher sets is in every host's headers: that of a staging site, and who may frame pages."""

import json
import re
from pathlib import Path

import boto3
import pytest
from botocore.validate import ParamValidator

from helpcentre.deploy import host_config
from helpcentre.deploy.host_config import configuration
from helpcentre.site.headers import headers, headers_file, policy
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


@pytest.mark.parametrize("host", CONFIGURATIONS)
def test_every_host_names_who_may_frame_the_site(
    monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    none = CONFIGURATIONS[host]().replace(r"\u0027", "'")  # as Jinja writes it in JSON
    assert "frame-ancestors 'none'" in none
    monkeypatch.setenv("FRAMED_BY", " https://shop.example https://m.shop.example:8443 ")
    sent = "frame-ancestors https://shop.example https://m.shop.example:8443"
    assert re.search(rf"{sent}(?=[\"`\n])", CONFIGURATIONS[host]())


def test_no_configuration_is_printed_for_what_is_no_origin(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FRAMED_BY", 'https://shop.example"; evil')
    monkeypatch.setattr("sys.argv", ["host_config", "cloudfront"])
    with pytest.raises(SystemExit, match="FRAMED_BY: expected origins such as"):
        host_config.main()


@pytest.mark.parametrize("is_open", [False, True])
def test_cloudfront_accepts_the_policy_which_has_all_headers(is_open: bool) -> None:
    sent = json.loads(configuration(ROOT, "cloudfront-open" if is_open else "cloudfront"))
    origins = sent.get("CorsConfig", {}).get("AccessControlAllowOrigins")
    assert origins == ({"Quantity": 1, "Items": ["*"]} if is_open else None)
    client = boto3.client("cloudfront", region_name="us-east-1")
    operation = client.meta.service_model.operation_model("CreateResponseHeadersPolicy")
    wrong = ParamValidator().validate({"ResponseHeadersPolicyConfig": sent}, operation.input_shape)
    assert not wrong.has_errors(), wrong.generate_report()
    security = sent["SecurityHeadersConfig"]
    assert security["ContentSecurityPolicy"]["ContentSecurityPolicy"] == policy()
    assert security["StrictTransportSecurity"]["AccessControlMaxAgeSec"] == 31_536_000
    assert len(security) + sent["CustomHeadersConfig"]["Quantity"] == len(headers())
