"""Pictures are made small by the build, say nothing of where they were taken, and never move text."""

import re
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from struct import pack
from typing import Any
from zlib import compress, crc32

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, expect
from selectolax.lexbor import LexborHTMLParser

from helpcentre.content import picture
from helpcentre.site import headers, pictures
from tests.project import Project, once
from tests.site import visits
from tests.site.test_html import mistakes
from tests.site.test_serve import serve
from tests.site_server import serving

pytestmark = pytest.mark.slow

PAGE = "docs/orders/track-parcel.md"
SECRET = b"Anna's kitchen"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 150"><!-- /home/anna --><path d="M0 0h9v9z"/></svg>'


def screenshot(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """Return what looks a little like a screenshot."""
    image = Image.new(mode, (width, height), "white")
    draw = ImageDraw.Draw(image)
    for row in range(0, height, 40):
        draw.rectangle((0, row + 10, width * (row % 7 + 2) // 9, row + 25), fill="#0b6b5e")
    return image


def photo(width: int, height: int) -> Image.Image:
    """Return what has as many shades as a photo."""
    return Image.radial_gradient("L").convert("RGB").resize((width, height))


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    """Return the content of a file of that kind."""
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


TWO: Mapping[str, Any] = {"save_all": True, "append_images": [Image.new("RGB", (9, 9))]}
"""Makes it an animation."""


def made(tmp_path: Path, content: bytes, name: str = "orders/step.png") -> list[Image.Image]:
    """Return the pictures that are made of `content`, the smallest first."""
    (tmp_path / "source").with_suffix(f".{name.rpartition('.')[2]}").write_bytes(content)
    path = (tmp_path / "source").with_suffix(f".{name.rpartition('.')[2]}")
    found = pictures.make(name, path, tmp_path / "work")
    assert all(
        re.fullmatch(r"assets/orders/step\.[0-9a-f]{10}\.webp", file) for file in found.files
    )
    images: list[Image.Image] = [Image.open(BytesIO(file)) for file in found.files.values()]
    assert [image.width for image in images] == list(found.widths)
    return images


def why_refused(tmp_path: Path, content: bytes, name: str = "step.png") -> str:
    """Return why no page can show `content`."""
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ValueError, match=r".") as caught:
        pictures.make(name, tmp_path / name, tmp_path / "work")
    return str(caught.value)


@pytest.mark.parametrize("kind", picture.FORMATS)
@pytest.mark.parametrize(
    ("width", "widths"), [(2000, [800, 1600]), (1200, [800, 1200]), (800, [800]), (1, [1])]
)
def test_a_picture_is_made_as_small_as_screens_need(
    tmp_path: Path, kind: str, width: int, widths: list[int]
) -> None:
    images = made(tmp_path, encoded(photo(width, max(1, width // 2)), kind))
    assert [image.width for image in images] == widths
    assert {image.format for image in images} == {"WEBP"}
    assert all(abs(image.height - image.width / 2) <= 1 for image in images)


def test_a_small_picture_that_takes_more_space_than_the_large_one_is_left_out(
    tmp_path: Path,
) -> None:
    """Lines that fill whole pixels take less than the same lines, blurred."""
    image = screenshot(1200, 900)
    ImageDraw.Draw(image).text((9, 9), "Your order was shipped. " * 9, fill="black", font_size=30)
    assert [small.width for small in made(tmp_path, encoded(image, "PNG"))] == [1200]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK"])
def test_a_picture_of_any_kind_of_colours_is_made(tmp_path: Path, mode: str) -> None:
    image = screenshot(90, 60).convert(mode)
    (small,) = made(tmp_path, encoded(image, "JPEG" if mode == "CMYK" else "PNG"))
    assert small.size == (90, 60)


def test_a_transparent_picture_stays_so(tmp_path: Path) -> None:
    image = screenshot(900, 600, "RGBA")
    image.putalpha(0)
    assert made(tmp_path, encoded(image, "PNG"))[0].getchannel(3).getextrema() == (0, 0)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "AVIF"])
def test_nothing_tells_where_a_picture_was_taken(tmp_path: Path, kind: str) -> None:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif.get_ifd(0x8825)[1] = "N"
    options = {"xmp": SECRET} if kind != "PNG" else {}
    content = encoded(screenshot(900, 600), kind, exif=exif.tobytes(), **options)
    assert SECRET in content
    for image in made(tmp_path, content):
        assert SECRET not in encoded(image, "WEBP")
        assert not image.getexif()
        assert not {"exif", "xmp", "icc_profile"} & image.info.keys()


def test_a_picture_that_was_taken_upright_stands_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # a quarter turn
    small, _ = made(tmp_path, encoded(screenshot(2000, 1000), "JPEG", exif=exif.tobytes()))
    assert small.size == (800, 1600)


def test_a_phones_second_picture_for_bright_screens_is_no_animation(tmp_path: Path) -> None:
    bright = [screenshot(300, 200)]
    content = encoded(screenshot(900, 600), "MPO", save_all=True, append_images=bright)
    assert made(tmp_path, content, "orders/step.jpg")[-1].size == (900, 600)


def bomb(width: int, height: int) -> bytes:
    """Return a small PNG that claims to be that large."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + kind + data + pack(">I", crc32(kind + data))

    head = chunk(b"IHDR", pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [7_000, 10_000, 12_000, 60_000])
def test_a_picture_bomb_is_refused_before_it_is_decoded(tmp_path: Path, side: int) -> None:
    message = why_refused(tmp_path, bomb(side, side))
    assert message.startswith("expected at most 40 million pixels, found ")


def test_a_jpeg_of_too_many_scans_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    content = encoded(screenshot(600, 600), "JPEG", progressive=True)
    scan = content[content.rindex(b"\xff\xda") : -2]
    message = why_refused(tmp_path, content[:-2] + scan * 200 + content[-2:], "step.jpg")
    assert message == "takes too long to be read: save it anew, as PNG"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("step.png", lambda: b"", "cannot be read as a picture: "),
        ("step.png", lambda: b"GIF89a", "cannot be read as a picture: "),
        ("step.png", lambda: encoded(screenshot(90, 60), "PNG")[:-40], "cannot be read as a picture: "),
        ("step.png", lambda: encoded(screenshot(90, 60), "BMP"), "cannot be read as a picture: "),
        ("step.png", lambda: encoded(Image.new("I;16", (9, 9)), "PNG"), "has more than 8 bits a colour"),
        ("step.png", lambda: encoded(Image.new("RGB", (1, 20_000)), "PNG"), "cannot be read as a picture: "),
        ("step.gif", lambda: encoded(screenshot(9, 9), "GIF", **TWO), "is animated: "),
        ("step.png", lambda: encoded(screenshot(9, 9), "PNG", **TWO), "is animated: "),
        ("step.webp", lambda: encoded(screenshot(9, 9), "WEBP", **TWO), "is animated: "),
        ("step.avif", lambda: encoded(screenshot(9, 9), "AVIF", **TWO), "is animated: "),
        ("step.png", lambda: encoded(Image.effect_noise((1200, 1200), 90), "PNG"), "KB when it is made small: expected at most 300"),
        ("step.svg", lambda: b"<svg></svg>", "has no size: "),
        ("step.svg", lambda: b"<svg viewBox='0 0 9 9'><script>x()</script></svg>", "a script in a page"),
        ("step.svg", lambda: b"<svg viewBox='0 0 9 9' onload='x()'></svg>", "'onload=' on <svg>"),
        ("step.svg", lambda: b"<svg viewBox='0 0 9 9'><image href='https://elsewhere.example/x.png'/></svg>", "<image> loads https://elsewhere.example"),
        ("step.svg", lambda: b"\xff\xfe", "cannot be read as a picture: "),
        ("step.svg", lambda: SVG.encode().replace(b"M0", b"M0 0L1" * 90_000), "KB when it is made small"),
        ("step.png", lambda: b" " * (picture.MAX_FILE + 1), "expected a picture of at most 20 MB"),
    ],
)  # fmt: skip
def test_a_picture_that_no_page_can_show_is_refused(
    tmp_path: Path, name: str, content: Callable[[], bytes], message: str
) -> None:
    assert message in why_refused(tmp_path, content(), name)


@pytest.mark.parametrize(
    ("svg", "size"),
    [
        ("<svg viewBox='0 0 300 150'>", (300, 150)),
        ("<svg viewBox='0,0,30.5,15'>", (30.5, 15)),
        ("<svg width='20px' height='10' stroke-width='3' viewBox='0 0 300 150'>", (20, 10)),
        ("<svg width='100%' height='9' viewBox='0 0 300 150'>", (300, 150)),
    ],
)
def test_the_size_of_an_svg_is_known(svg: str, size: tuple[float, float]) -> None:
    assert picture.svg_size(svg) == size


def test_an_svg_is_published_without_what_its_program_notes(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text(SVG, encoding="utf-8")
    found = pictures.make("a.svg", tmp_path / "a.svg", tmp_path)
    (content,) = found.files.values()
    assert b"anna" not in content
    assert (found.width, found.height) == (300, 150)


@pytest.mark.parametrize(
    ("size", "shown"),
    [((1170, 2532), (370, 800)), ((1600, 900), (1422, 800)), ((300, 200), (300, 200)), ((900, 9000), (320, 3200))],
)  # fmt: skip
def test_a_tall_picture_is_shown_smaller(
    tmp_path: Path, size: tuple[int, int], shown: tuple[int, int]
) -> None:
    (tmp_path / "a.png").write_bytes(encoded(screenshot(*size), "PNG"))
    found = pictures.make("a.png", tmp_path / "a.png", tmp_path)
    assert (found.width, found.height) == pytest.approx(shown, abs=1)


def test_an_unchanged_picture_is_encoded_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = made(tmp_path, encoded(screenshot(1700, 600), "PNG"))
    monkeypatch.delattr(pictures, "_encoded")
    again = made(tmp_path, encoded(screenshot(1700, 600), "PNG"))
    assert [image.tobytes() for image in first] == [image.tobytes() for image in again]
    with pytest.raises(NameError):
        made(tmp_path, encoded(screenshot(1701, 600), "PNG"))


def test_a_picture_is_made_the_same_way_each_time(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(encoded(screenshot(900, 600, "RGBA"), "PNG"))
    first, second = (pictures.make("a.png", tmp_path / "a.png", tmp_path / work) for work in "xy")
    assert first == second


def add(project: Project) -> None:
    """Show pictures on a page: beside it and in docs/assets/."""
    folder = project.root / "docs/assets"
    folder.mkdir()
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    (project.root / "docs/orders/phone.jpeg").write_bytes(
        encoded(screenshot(1170, 2532), "JPEG", exif=exif.tobytes())
    )
    (folder / "wide.png").write_bytes(encoded(screenshot(4000, 1500), "PNG"))
    (folder / "sign.svg").write_text(SVG, encoding="utf-8")
    shown = "![The order details](phone.jpeg)\n\n![A wide \\[window\\]](../assets/wide.png)\n\n![](../assets/sign.svg){ .decoration }\n"
    text = (project.root / PAGE).read_text(encoding="utf-8")
    (project.root / PAGE).write_text(f"{text}\n{shown}", encoding="utf-8")


def build(folder: Path) -> None:
    """Build the project in `folder` with pictures on a page."""
    project = Project.copy(folder)
    add(project)
    outcome = project.build()
    assert outcome.code == 0, outcome.output


@pytest.fixture(scope="module")
def pictured(shared: Path) -> Path:
    """A built site with pictures on a page."""
    return once(shared, "pictures", build) / "site"


@pytest.fixture(scope="module")
def pictured_page(pictured: Path) -> Iterator[str]:
    """The address of that page."""
    with serving(pictured, headers=headers.headers()) as url:
        yield f"{url}orders/track-parcel/"


@pytest.mark.site
def test_a_page_names_small_pictures_with_their_sizes(pictured: Path) -> None:
    page = pictured / "orders/track-parcel/index.html"
    images = LexborHTMLParser(page.read_text(encoding="utf-8")).css("article img")
    phone, wide, sign = (image.attributes for image in images)
    assert phone["alt"] == "The order details"
    assert wide["alt"] == "A wide [window]"
    assert sign["alt"] == ""
    assert (wide["width"], wide["height"]) == ("1600", "600")
    assert re.fullmatch(r"(\.\./\.\./assets/wide\.\w+\.webp) 800w, (\.\./\.\./assets/wide\.\w+\.webp) 1600w", wide["srcset"] or "")  # fmt: skip
    assert "srcset" not in sign
    assert {image["loading"] for image in (phone, wide, sign)} == {"lazy"}
    assert mistakes(page) == {}


@pytest.mark.site
def test_no_original_is_published(pictured: Path) -> None:
    assert {path.suffix for path in (pictured / "assets").rglob("*")} <= {"", ".webp", ".svg", ".css", ".js", ".png"}  # fmt: skip
    assert not [*pictured.rglob("*.jpeg"), *pictured.rglob("*.jpg"), *pictured.rglob("wide*.png")]
    assert not [path for path in pictured.rglob("*.*") if SECRET in path.read_bytes()]


@pytest.mark.site
def test_an_edit_of_a_page_keeps_its_pictures(project: Project) -> None:
    add(project)
    edits = [(PAGE, "wide.png", "wide.png 'Wide'"), (PAGE, " 'Wide'", " 'Wider'")]
    built = serve(project, *edits)
    assert [ended for ended, _ in built] == ["built", "built"]
    page = (project.root / "site/orders/track-parcel/index.html").read_text(encoding="utf-8")
    for file in re.findall(r"\.\./\.\./(assets/[\w.-]+\.(?:webp|svg))", page):
        assert (project.root / "site" / file).is_file()
    assert len(list((project.root / ".build/pictures").iterdir())) == 2


@pytest.mark.site
@pytest.mark.browser
def test_pictures_fit_every_look_and_move_nothing(browser: Browser, pictured_page: str) -> None:
    record = visits.visit(browser, pictured_page)
    assert {name: look.violations for name, look in record.looks.items() if look.violations} == {}
    assert {look.scroll_width - look.width for look in record.looks.values()} == {0}
    assert (record.moved, record.refused, record.errors, record.missing) == (0, [], [], [])


@pytest.mark.site
@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False])
def test_the_text_stands_where_it_stays_before_any_picture_comes(
    browser: Browser, pictured_page: str, scripts: bool
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=scripts)  # fmt: skip
    page = context.new_page()
    page.route("**/*.webp", lambda _: None)  # it never comes
    page.goto(pictured_page, wait_until="domcontentloaded")
    expect(page.locator("body")).to_have_css("margin-top", "0px")  # the stylesheet is there
    without = places(page)
    page.unroute("**/*.webp")
    page.goto(pictured_page)
    for image in page.locator("article img").all():
        image.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    assert places(page) == pytest.approx(without, abs=1)  # heights are whole numbers
    assert [image.bounding_box()["width"] > 50 for image in page.locator("article img").all()] == [True] * 3  # type: ignore[index]  # fmt: skip
    context.close()


def places(page: Page) -> list[float]:
    """Return how far each paragraph is from the top of its page."""
    boxes = [part.bounding_box() for part in page.locator("main h1, main h2, main p").all()]
    top = boxes[0]["y"] if boxes[0] else 0
    return [round(box["y"] - top) for box in boxes if box]


@pytest.mark.site
@pytest.mark.browser
def test_pictures_are_printed(browser: Browser, pictured_page: str) -> None:
    """Though they load when they are near."""
    page = browser.new_page()
    page.goto(pictured_page)
    for image in page.locator("img").all():
        expect(image).to_have_js_property("complete", True)
    content = page.pdf()
    page.close()
    assert content.count(b"/Subtype /Image") >= 2
