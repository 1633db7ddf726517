"""Files of the theme that pages fetch."""

from pathlib import Path

from helpcentre.site import assets


def test_assets_may_be_in_folders_and_an_editors_own_files_are_none(tmp_path: Path) -> None:
    folder = tmp_path / "assets/fonts"
    folder.mkdir(parents=True)
    (folder / "a.woff2").write_bytes(b"a font")
    (tmp_path / "assets/.DS_Store").write_bytes(b"")
    (tmp_path / "assets/.#site.js").symlink_to("nobody@nowhere")  # of Emacs, while one types
    assert dict(assets.of_theme(tmp_path)) == {"assets/fonts/a.woff2": b"a font"}
