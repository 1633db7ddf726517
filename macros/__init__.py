"""What pages may use. mkdocs-macros calls `define_env`; there is no logic here."""

from pathlib import Path
from typing import TYPE_CHECKING

from macros.policy import load

if TYPE_CHECKING:
    from mkdocs_macros.plugin import MacrosPlugin


def define_env(env: "MacrosPlugin") -> None:
    """Register `policy`, the one name that pages may use."""
    env.variables["policy"] = load(Path(env.project_dir))
