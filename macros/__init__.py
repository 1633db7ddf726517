"""Policy values for pages: what the macros plugin calls. There is no logic here."""

from pathlib import Path
from typing import TYPE_CHECKING

from macros import language, policy
from macros.clock import today
from macros.linked import KEY_DATES, LinkedPolicy

if TYPE_CHECKING:
    from mkdocs_macros.plugin import MacrosPlugin


def define_env(env: "MacrosPlugin") -> None:
    """Register `policy`, the one name that pages may use."""
    root = Path(env.project_dir)
    history = policy.read(root, language.of_docs(root, Path(env.conf["docs_dir"])))
    env.variables["policy"] = history.on(today(history.zone))


def on_pre_page_macros(env: "MacrosPlugin") -> None:
    """Have `policy` link each value to its row of the key dates, relative to the page."""
    key_dates = env.conf["extra"].get("key_dates", KEY_DATES)
    env.variables["policy"] = LinkedPolicy(env.variables["policy"], env.page.url, key_dates)
