"""`python -m helpcentre.insights LOG ...`: print what shoppers did not find, and what to do next.

LOG is a log of events as hosting/ has nginx and Caddy write them, plain or compressed by gzip. The
same is written into an HTML file with plots. Nothing else is changed. Pages are read from the last
build, in site/.
"""

import argparse
from datetime import date, timedelta
from pathlib import Path

from helpcentre import content
from helpcentre.insights import events
from helpcentre.insights.findings import in_all_languages
from helpcentre.insights.proposals import proposals
from helpcentre.insights.report import Report
from helpcentre.search import phrasings
from macros.layout import SITE
from macros.problem import ProblemsError

DAYS = 30
"""Days that count unless others are asked for."""
MOST = 20


def main() -> None:
    """Print the report. Raises SystemExit with what is wrong with the input."""
    parser = argparse.ArgumentParser(prog="python -m helpcentre.insights", description=__doc__)
    parser.add_argument("logs", metavar="LOG", type=Path, nargs="+")
    parser.add_argument(
        "--since", type=date.fromisoformat, help=f"first day; or the first of {DAYS}"
    )
    parser.add_argument("--until", type=date.fromisoformat, help="last day; or today")
    parser.add_argument("--most", type=int, default=MOST, help=f"findings to print; {MOST}")
    parser.add_argument("--report", type=Path, default=Path("insights.html"))
    parser.add_argument(
        "--as-phrasings", type=Path, metavar="QUESTIONS", help="propose phrases, judged by these"
    )
    args = parser.parse_args()
    if args.since and args.until and args.since > args.until:
        parser.error(f"--since {args.since} is after --until {args.until}")
    questions = phrasings.read_questions(args.as_phrasings) if args.as_phrasings else []
    try:
        project = content.read(Path.cwd())
        until = args.until or project.day
        tally = events.count(args.logs, args.since or until - timedelta(DAYS - 1), until)
    except ProblemsError as error:
        raise SystemExit("\n".join(map(str, error.problems))) from None
    except OSError as error:
        raise SystemExit(f"{error.filename}: {error.strerror}") from None
    articles = {
        edition.language.tag: phrasings.articles_of(
            edition, project.root / SITE / edition.language.address
        )
        for edition in project.editions
    }
    todo = in_all_languages(
        tally, project, lambda edition: phrasings.search_of(edition, articles[edition.language.tag])
    )
    own = [row for row in todo.found if row.target in project.pages.values()]  # as QUESTIONS are
    english = articles[project.language.tag]
    proposed = list(proposals(own, project, english, questions)) if questions else []
    report = Report(tally, len(args.logs), todo, proposed)
    args.report.write_text(report.html(), encoding="utf-8")
    print(report.text(args.most))
    print(f"\nWith plots: {args.report}")


if __name__ == "__main__":
    main()
