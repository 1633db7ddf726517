"""What pages may use. mkdocs-macros calls `define_env`; there is no logic here."""

from pathlib import Path
from typing import TYPE_CHECKING

from macros import policy
from macros.clock import today

if TYPE_CHECKING:
    from mkdocs_macros.plugin import MacrosPlugin


def define_env(env: "MacrosPlugin") -> None:
    """Register `policy`, the one name that pages may use."""
    history = policy.read(Path(env.project_dir))
    env.variables["policy"] = history.on(today(history.zone))
