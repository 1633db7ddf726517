"""A hook of the bench: keeps the index that Material's own search would use."""

import shutil
from pathlib import Path
from typing import Any


def on_post_build(config: Any) -> None:
    """Copy the index beside the site, before ours takes its place."""
    site = Path(config["site_dir"])
    shutil.copy(site / "search/search_index.json", site.parent / "stock_index.json")
