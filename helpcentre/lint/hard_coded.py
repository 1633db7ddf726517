"""Amounts of time, dates, times and interface labels are values, never typed by hand.

They belong in policy.yml, whether or not a value holds them today: a stale "20 days" must be found
after the value became 21. Where one is right all the same, its line says so with the reason:
`{# typed: ... #}` in the body, `# typed: ...` in front matter.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from helpcentre.content import plain_text
from helpcentre.content.page import Page
from helpcentre.content.project import Project
from macros.kinds import ByCase
from macros.policy import FILE as POLICY_FILE
from macros.policy import Policy
from macros.problem import Problem
from macros.values import (
    Duration,
    Instant,
    Label,
    OpeningHours,
    PartOfAYear,
    Range,
    Value,
)

_NUMBERS = {
    word: number
    for number, words in {
        0: "zero", 1: "one", 2: "two couple", 3: "three", 4: "four", 5: "five", 6: "six",
        7: "seven", 8: "eight", 9: "nine", 10: "ten", 11: "eleven", 12: "twelve dozen",
        13: "thirteen", 14: "fourteen", 15: "fifteen", 16: "sixteen", 17: "seventeen",
        18: "eighteen", 19: "nineteen", 20: "twenty", 30: "thirty", 40: "forty", 50: "fifty",
        60: "sixty", 70: "seventy", 80: "eighty", 90: "ninety", 100: "hundred", 1000: "thousand",
    }.items()
    for word in words.split()
}  # fmt: skip
_MONTHS = "January February March April May June July August September October November December"
_MONTHS_BY_NAME = {name[:3].lower(): number for number, name in enumerate(_MONTHS.split(), 1)}

_WORD = "|".join(_NUMBERS)
_NUMBER = (
    rf"(?:\d+(?:[.,]\d+)*(?:st|nd|rd|th)?|[½¼¾]|(?:half(?:\s+an?)?)"
    rf"|(?:{_WORD})(?:[-\s]+(?:and\s+)?(?:{_WORD})){{0,6}})"
)
_UNIT = (
    r"(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|(?:work|week)?days?|nights?|weeks?|wks?"
    r"|fortnights?|months?|mths?|quarters?|years?|yrs?|b\.d\.)"
)
_KIND = (
    r"(?:(?:or\s+(?:more|fewer|less|so)|business|bus\.|biz|working|calendar|banking|bank|shopping"
    r"|full|whole|long|more|extra|additional|further|other|consecutive|remaining|straight)[-\s]+){0,3}"
)
_BETWEEN = r"\s*(?:[-–—/]|to|and|or|till|until|up\s+to)\s*"
_AMOUNT = re.compile(
    rf"\b{_NUMBER}[½¼¾]?\+?(?:{_BETWEEN}{_NUMBER})?(?:\s*\(\w+\))?(?:\s+of)?[-\s]*{_KIND}{_UNIT}(?!\w)"
    rf"|\b\d+(?:[-–]\d+)?(?-i:\s?[hdw]|H)\b"
    rf"|\b{_UNIT}\s*[:=]\s*\d+"
    rf"|\b\d\d\s*[/x×]\s*7\b",
    re.IGNORECASE,
)

_DIGIT, _UNIT_HINT = re.compile(r"\d"), re.compile(rf"{_UNIT}(?!\w)")
"""In lower case an amount matches one of these, which are much faster to search for."""

_NOT_MAY = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_MONTH = rf"(?:(?i:{_NOT_MAY})|May|MAY)\b\.?"  # "may" is more often a verb
_MONTH_ALONE = rf"(?:{_MONTHS.replace(' ', '|')})\b"
_YEAR = r"(?:19|20)\d\d"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_WHEN = (
    r"(?i:in|on|by|of|the|from|since|until|till|before|after|during|early|mid|late|end\s+of"
    r"|start\s+of|beginning\s+of|year)"
)
_UNTIL = "on|by|before|after|until|till|since|from"
_PLURAL = r"(?!\s+(?!(?:is|was|as|this|has|does)\b)[a-z]+s\b)"
_DATE = re.compile(
    rf"\b{_DAY}[-\s/.]+(?:of\s+)?{_MONTH}(?:,?[-\s/]+{_YEAR})?"
    rf"|\b{_MONTH}\s+(?:the\s+)?{_DAY}\b(?:,?\s+{_YEAR}\b)?"
    rf"|\b[a-z]+(?:st|nd|rd|th)\s+of\s+{_MONTH}(?:,?\s+{_YEAR}\b)?"
    rf"|\b{_MONTH},?\s+(?:of\s+)?{_YEAR}\b"
    rf"|\b{_WHEN}[-\s]+{_MONTH_ALONE}(?![-\w'’]|,?\s+(?:the\s+)?\d)"
    rf"|\b{_YEAR}([-/.])\d\d?\1\d\d?\b|\b\d\d?([-/.])\d\d?\2(?:\d\d){{1,2}}\b"
    rf"|\b\d\d?/{_YEAR}\b|\b{_YEAR}\s*[-–/]\s*(?:\d\d)?\d\d\b"
    rf"|\bQ[1-4][-\s/]+{_YEAR}\b|\b(?i:{_UNTIL})\s+\d\d?(?:/\d\d?(?!/|\s*(?:of\b|\w))|\.\d\d?\.)"
    rf"|\b{_WHEN}[-\s]+{_YEAR}\b{_PLURAL}|\({_YEAR}\)|\d{{4}}年"
    rf"|\b(?i:{_UNTIL})\s+the\s+\d\d?(?:st|nd|rd|th)\b(?=\s*(?:[.,;:!?)]|$))"
)
_MONTH_HINT, _MAY = re.compile(rf"\b(?:{_NOT_MAY})\b"), re.compile(r"\bM(?:ay|AY)\b")
_TIME = re.compile(
    r"\b(?:[01]?\d|2[0-4]):[0-5]\d\b(?:\s*[ap]\.?m\b\.?)?|\b\d\d?(?:[.:]\d\d)?\s*[ap]\.?m\b\.?"
    r"|\b\d\d?\s*o['’]clock\b|\b\d\d?h[0-5]\d\b|\b\d\d?\s+in\s+the\s+(?:morning|afternoon|evening)\b",
    re.IGNORECASE,
)

_EXCUSE = re.compile(r"(?:\{#|#)\s*typed:\s*([^\s#][^#\n]*?)?\s*(?:#\}|$)", re.MULTILINE)


def check(page: Page, project: Project) -> Iterator[Problem]:
    """Yield a problem for each amount of time, date, time or label that `page` types by hand."""
    lines = page.text.split("\n") if "typed:" in page.text else []
    excused = {n for n, text in enumerate(lines, 1) if (mark := _EXCUSE.search(text)) and mark[1]}
    used: set[int] = set()
    front = page.front_matter
    for text, first_line in (
        (front.title, page.line_of_key("title")),
        (front.description, page.line_of_key("description")),
        (page.body, page.body_line),
    ):
        words = plain_text.words(text)
        for start, typed, instead in sorted(_typed(words, project.policy)):
            line = first_line + words[:start].count("\n")
            if line in excused:
                used.add(line)
                continue
            yield Problem(page.file, line, f"'{typed}' is typed by hand: {instead}")
    for line in excused - used:
        yield Problem(page.file, line, "'typed:' excuses nothing here: remove it")
    for n, text in enumerate(lines, 1):
        if (mark := _EXCUSE.search(text)) and not mark[1]:
            yield Problem(page.file, n, "'typed:' needs a reason")


def in_words(text: str, policy: Policy) -> Iterator[tuple[str, str]]:
    """Yield each part of `text` that is typed by hand, and what to write instead."""
    for _, typed, instead in sorted(_typed(plain_text.words(text), policy)):
        yield typed, instead


def _typed(words: str, policy: Policy) -> Iterator[tuple[int, str, str]]:
    """Yield where each part typed by hand begins, its words, and what to write instead."""
    taken: list[range] = []
    lower = words.lower()
    has_digit = _DIGIT.search(words)
    has_month = has_digit or _MONTH_HINT.search(lower) or _MAY.search(words)
    for pattern, is_possible, kinds in (
        (_AMOUNT, has_digit or _UNIT_HINT.search(lower), (Range, Duration, OpeningHours)),
        (_DATE, has_month, (Instant, PartOfAYear)),
        (_TIME, has_digit, ()),
    ):
        for match in pattern.finditer(words) if is_possible else ():
            if not any(match.start() in span for span in taken):
                taken.append(range(*match.span()))
                yield match.start(), _one_line(match[0]), _instead(match[0], policy, kinds)
    for name, text in _labels(policy):
        if max(text.lower().split(), key=len).replace("’", "'").partition("'")[0] in lower:
            for match in _label(text).finditer(words):
                yield match.start(), _one_line(match[0]), f"use {{{{ policy.{name} }}}}"


@lru_cache(maxsize=2)  # under `serve` each build has a policy of its own
def _labels(policy: Policy) -> list[tuple[str, str]]:
    """Return the name and text of each label, past and coming ones included."""
    labels = (
        (name, part.text)
        for current in policy
        for value in (current.value, *(row.value for row in current.entry.rows))
        for name, part in _parts(current.name, value)
        if isinstance(part, Label)
    )
    return list(dict.fromkeys(labels))


def _parts(name: str, value: Value) -> Iterator[tuple[str, Value]]:
    """Yield the value by its name, or each of its cases by theirs."""
    if isinstance(value, ByCase):
        yield from ((f"{name}.{key}", case.value) for key, case in value.cases.items())
    else:
        yield name, value


@cache
def _label(text: str) -> re.Pattern[str]:
    """Return what matches `text` where it is meant as a label, not as everyday words.

    "Submit" or "Other reason" is a label in quotes, or with its capital inside a sentence;
    "Awaiting Shipment" is one in any letters.
    """
    spelled = r"[\s-]+".join(re.escape(word).replace("’", "['’ʼ]?") for word in text.split())
    words = text.split()
    if len(words) > 3 or (len(words) > 1 and all(word[0].isupper() for word in words)):
        return re.compile(rf"\b{spelled}\b", re.IGNORECASE)
    quoted = rf"(?<=[\"“”‘'«\[(]){spelled}(?=[\"“”’'»\]),.])"
    inside = rf"(?<=[a-z,;] ){spelled}\b"
    return re.compile(
        rf"(?i:{quoted})|{inside}|(?i:\b(?:click|tap|press|choose|select|button)\s+){spelled}\b"
    )


def _instead(typed: str, policy: Policy, kinds: tuple[type[Value], ...]) -> str:
    """Return advice: the value of one of these kinds that states these numbers, if any."""
    numbers = _numbers(typed)
    for current in policy:
        for name, value in _parts(current.name, current.value):
            if isinstance(value, kinds) and numbers and numbers <= value.numbers:
                return f"use {{{{ policy.{name} }}}}"
    return f"add it to {POLICY_FILE}, and use its name here"


def _numbers(typed: str) -> set[int]:
    numbers = {int(digits) for digits in re.findall(r"\d{1,4}", typed)}
    for word in re.findall(r"[a-z]+", typed.lower()):
        if word in _NUMBERS:
            numbers.add(_NUMBERS[word])
        elif word[:3] in _MONTHS_BY_NAME and re.fullmatch(_MONTH, word.title()):
            numbers.add(_MONTHS_BY_NAME[word[:3]])
    return numbers


def _one_line(text: str) -> str:
    return " ".join(text.split())
