"""`python -m helpcentre.search ask SITE < QUESTIONS`: ask the search of a built site.

QUESTIONS has one question a line. Printed is what the worker answers, as one line of JSON each:
{"question": ..., "results": [...], "corrected": [...], "suggestion": ...}, by the protocol that
theme/search/worker.js describes.
"""

import argparse
import json
import sys
from pathlib import Path

from helpcentre.search.asking import Worker, worker_path


def main() -> None:
    """Ask, and print. Raises SystemExit without a site with search."""
    parser = argparse.ArgumentParser(prog="python -m helpcentre.search")
    parser.add_argument("command", choices=["ask"])
    parser.add_argument("site", type=Path)
    args = parser.parse_args()
    try:
        script, _, index = worker_path(args.site).partition("#")
    except (OSError, ValueError):
        raise SystemExit(f"{args.site} is not a built site with search: run make build") from None
    worker = Worker(args.site / script, index)
    for line in sys.stdin:
        question = line.rstrip("\n")
        answer = {"question": question} | worker.ask(question)
        print(json.dumps(answer, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
