"""`python -m search site`: write the search of a built site anew, from that folder alone.

Reads what the build left beside it: .build/pages.json, with the front matter of all pages.
"""

import json
import sys
from pathlib import Path

import search
from macros.problem import ProblemsError
from search import synonyms
from search.language import language

ABOUT = Path(".build/pages.json")
"""From the project's root; search.About says what it holds."""


def main(root: Path, site: Path) -> int:
    """Write the search of `site`. Return 0, or 1 and say why it cannot be written."""
    if not site.is_dir():
        print(f"there is no folder {site}: build the site first", file=sys.stderr)
        return 1
    try:
        about = json.loads((root / ABOUT).read_text(encoding="utf-8"))
        groups = synonyms.read(root, language(about["language"]))
    except ProblemsError as error:
        print(error, file=sys.stderr)
        return 1
    except (OSError, ValueError, KeyError) as error:
        print(f"{ABOUT} cannot be used ({error}): build the site anew", file=sys.stderr)
        return 1
    search.build(site, about, groups)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path.cwd(), Path(sys.argv[1] if len(sys.argv) > 1 else "site")))
