"""Promised numbers, dates, times and interface labels are values, never typed by hand.

A number is promised before a unit of time, money, weight or attempts, after words of a fee or a
limit, and where shoppers can call it. All of them belong in policy.yml, whether or not a value
holds them today: a stale "20 days" must be found after the value became 21. Where one is right all
the same, its line says so with the reason: `{# typed: ... #}` in the body, `# typed: ...` in front
matter.
"""

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple, get_args
from unicodedata import category

from babel import Locale

from helpcentre.content import plain_text
from helpcentre.content.number_words import numbers_in
from helpcentre.content.page import Page
from helpcentre.content.project import Project
from macros.amounts import CURRENCIES, Count, Measure, Money, Percentage, Size
from macros.contacts import Phone
from macros.hours import ClockTime, WeeklyHours
from macros.kinds import ByCase
from macros.policy import FILE as POLICY_FILE
from macros.policy import Policy
from macros.problem import Problem
from macros.values import (
    CalendarDate,
    Duration,
    Instant,
    Label,
    OpeningHours,
    PartOfAYear,
    Range,
    Value,
)


class _Rule(NamedTuple):
    """How a promise is found, and the kinds of values that state it."""

    pattern: re.Pattern[str]
    kinds: tuple[type[Value], ...]
    hints: Mapping[str, str] = MappingProxyType({})
    """The words of which a text without digits has one if it matches, and for each what else it has
    then, in small letters, with single spaces and no hyphens: this is much faster to search for."""


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
    r"(?:seconds?(?![-\s]*hand)|secs?|minutes?|mins?|hours?|hrs?|(?:work|week)?days?|nights?|weeks?|wks?"
    r"|fortnights?|months?|mths?|quarters?(?!\s+of\b(?!\s+an?\s+(?:hour|year)))|years?|yrs?|b\.d\.)"
)
_KIND = (
    r"(?:(?:or\s+(?:more|fewer|less|so)|business|bus\.|biz|working|calendar|banking|bank|shopping"
    r"|full|whole|long|more|extra|additional|further|other|consecutive|remaining|straight)[-\s]+){0,3}"
)
_BETWEEN = r"\s*(?:[-–—/]|to|and|or|till|until|up\s+to)\s*"
_AMOUNT = re.compile(
    rf"\b{_NUMBER}[½¼¾]?\+?(?:{_BETWEEN}{_NUMBER})?(?:\s*\(\w+\))?(?:\s+of)?[-\s]*{_KIND}{_UNIT}(?!\w)"
    rf"|\b(?![23]d)\d+(?:[-–]\d+)?(?-i:\s?[hdw]|\ss)\b|\b\d\dH\b"
    rf"|\b{_UNIT}\s*[:=]\s*\d+"
    rf"|\b\d\d\s*/\s*7\b|\b24\s*[x×]\s*7\b",
    re.IGNORECASE,
)
_NO_AMOUNT = re.compile(
    rf"one\s+day,?\s+(?:you|we|they|it|he|she|i|your|our|the|a|this)\b"
    rf"|{_NUMBER}[-\s]+(?:year|month)s?[-\s]+olds?\b|24[-\s]hour\s+(?:clock|format)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:\d+\s+[A-Z][a-z]+|[A-Z][a-z]+)\s+[A-Z][a-z]")
"""28 Days Later, Two Weeks Notice: names, on a line that has words in small letters too."""
_SMALL_LETTERS = re.compile(r"\b[a-z]{4,}")

_currencies = Locale("en").currencies
_names = {_currencies[code].split()[-1].lower() for code in CURRENCIES}
_MONEY_NAMES = "|".join(sorted(_names - {"gold", "mark", "real", "won"}))  # more often other words
_SIGN = "[" + "".join(chr(n) for n in range(0x20D0) if category(chr(n)) == "Sc") + "]"
_CODE = rf"(?-i:\b(?!ALL|TOP|TRY)(?:{'|'.join(sorted(CURRENCIES))})\b)"
_MONEY = re.compile(
    rf"(?:{_SIGN}|{_CODE})\s?\d+(?:[.,]\d+)*|\b{_NUMBER}(?:,-)?\s?(?:{_SIGN}|{_CODE}|(?:kr|zł|Kč)\b)"
    rf"|\b{_NUMBER}\s+(?:\w+\s+)?(?:{_MONEY_NAMES}|cent|pence|penny)s?\b",
    re.IGNORECASE,
)
_PERCENTAGE = re.compile(
    rf"\b(?:(?<=\ba\s)|(?<=\ban\s)|(?<=\bthe\s)){_NUMBER}\s?(?:%|per\s?cent\b)"
    rf"|\b{_NUMBER}\s?(?:%|per\s?cent\b)(?!\s+(?!off|back|more|less|extra|today|now|each|discount|fee|duty"
    r"|tax|vat|commission|interest|deposit|cashback|bonus|applies)[a-z]+(?:\s*[.,;:!?)]|\s+(?:and|or)\b|\s*$))",
    re.IGNORECASE | re.MULTILINE,
)
"""Not before the last word of a clause, as in 100% cotton."""
_WEIGHT = re.compile(
    rf"(?<!weighs )(?<!weighed )(?<![\d.,])\b{_NUMBER}[-\s]?"
    r"(?:kg|kilos?|kilogram(?:me)?s?|(?-i:g)|gram(?:me)?s?|lbs?|oz|ounces?|tons?|tonnes?)\b",
    re.IGNORECASE,
)
_LIMIT = (
    r"(?:at\s+(?:most|least)|up\s+to|(?:no|not)\s+(?:more|less|fewer)\s+than|limited\s+to"
    r"|as\s+(?:many|much|large|big|small|long|short|heavy|high|low|few|little)\s+as"
    r"|(?:long|short|larg|small|bigg|heavi|light|high|low|wid|tall|old|young)er\s+than"
    r"|(?:be|stay|remain)\s+(?:under|below|above|over)|(?:max|min)(?:imum(?:\s+(?:of|age))?|\.)?:?"
    r"|(?:fee|charge|limit|deposit|discount|commission|allowance)s?\s+of|costs?|allows?|your\s+first"
    r"|(?:fee|charge|cost|price|rate|limit|maximum|minimum|deposit|discount|commission|duty|tax)s?"
    r"(?:\s+\w+){0,2}?(?:\s+(?:is|are|was)|:))"
)
_LIMITED = re.compile(
    rf"\b{_LIMIT}\s+(?!one\b(?![-\s]+(?:{_WORD})\b)){_NUMBER}\b(?![-\s]+years?[-\s]old)"
    rf"|\b{_NUMBER}\s+(?:\w+\s+){{0,3}}(?:at\s+most|or\s+(?:less|fewer)|max\b|maximum\b)",
    re.IGNORECASE,
)
_TIMES_EACH = rf"(?:an?|each|every)\s+{_UNIT}\b|per\s+(?!sec)[a-z]+"
_ATTEMPTS = re.compile(
    rf"\b{_NUMBER}\s+(?:\w+\s+){{0,2}}(?:tries|try|attempts?|chances|instal?lments|payments)\b"
    rf"|\b{_NUMBER}\s+times\b(?!\s+(?:as|the|more|[a-z]+er)\b)"
    rf"|\b(?:{_NUMBER}\s+(?:[a-z]{{2,}}\s+){{0,3}}|(?:once|twice)\s+)(?:{_TIMES_EACH})"
    rf"|\b(?:gets?|gives?|earns?|brings?|worth)\s+(?:you\s+)?{_NUMBER}\s+(?:\w+\s+)?points?\b"
    r"|\b(?:can|may)\s+(?:[a-z]+\s+){1,5}twice\b",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"\b(?:call|phone|ring|dial|telephone|tel|fax|hotline|whatsapp)\b"
    r"\W*(?:(?:us|them|care|line|number|now|is|on|at)[\s:]+){0,3}\+?\d[-\d ()]+\d\b"
    r"|(?<!\w)\+\d[-\d ()]{5,}\d\b|\btext\s+\d{4,}\b",
    re.IGNORECASE,
)

_NOT_MAY = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_MONTH = rf"(?:(?i:{_NOT_MAY})|May|MAY)\b\.?"  # "may" is more often a verb
_MONTH_ALONE = rf"(?:{_MONTHS.replace(' ', '|')})\b"
_YEAR = r"(?:19|20)\d\d"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_WHEN_WORDS = "in|on|by|of|the|from|since|until|till|before|after|during|early|mid|late|year"
_WHEN = rf"(?i:{_WHEN_WORDS}|(?:end|start|beginning)\s+of)"
_UNTIL = "on|by|before|after|until|till|since|from"
_PLURAL = r"(?!\s+(?!(?:is|was|as|this|has|does)\b)[a-z]+s\b)"
_DATE = re.compile(
    rf"\b{_DAY}[-\s/.]+(?:of\s+)?{_MONTH}(?:,?[-\s/]+{_YEAR})?"
    rf"|\b{_MONTH}\s+(?:the\s+)?{_DAY}\b(?:,?\s+{_YEAR}\b)?"
    rf"|\b[a-z]+(?:st|nd|rd|th)\s+of\s+{_MONTH}(?:,?\s+{_YEAR}\b)?"
    rf"|\b{_MONTH},?\s+(?:of\s+)?{_YEAR}\b"
    rf"|\b{_WHEN}[-\s]+{_MONTH_ALONE}(?![-\w'’]|,?\s+(?:the\s+)?\d)"
    rf"|\b{_YEAR}([-/.])\d\d?\1\d\d?\b|\b\d\d?([-/.])\d\d?\2(?:\d\d){{1,2}}\b"
    rf"|\b\d\d?/{_YEAR}\b|\b{_YEAR}\s*[-–/]\s*(?:{_YEAR}|\d\d)\b"
    rf"|\bQ[1-4][-\s/]+{_YEAR}\b|\b(?i:{_UNTIL})\s+\d\d?(?:/\d\d?(?!/|\s*(?:of\b|\w))|\.\d\d?\.)"
    rf"|\b{_WHEN}[-\s]+{_YEAR}\b{_PLURAL}|\({_YEAR}\)|\d{{4}}年"
    rf"|\b(?i:{_UNTIL})\s+the\s+\d\d?(?:st|nd|rd|th)\b(?=\s*(?:[.,;:!?)]|$))"
)
_DIGIT = re.compile(r"^\d+(?![\d.)])|\d(?<=[^\n\d]\d)", re.MULTILINE)
"""But not the number of a step."""
_LAW = re.compile(
    r"\b(?:Act|Law|Code|Regulations?|Directive|Convention|Agreement|Treaty)(?:\s+\([A-Z]+\))?(?:\s+No\.?)?\s*$"
)
_CLOCK = r"(?<!(?:UTC|GMT)[-+])(?<!\w)(?:[01]?\d|2[0-4]):[0-5]\d\b(?!\s+scale)"
_AT = r"(?:at|by|before|after|until|till|from|since|around)"
_TIME = re.compile(
    rf"\b{_AT}\s+{_CLOCK}|{_CLOCK}(?:\s*[ap]\.?m\b\.?|\s*(?:[-–]|to|and)\s*{_CLOCK})|(?=0|\d+:(?:00|15|30|45)){_CLOCK}"
    r"|\b\d\d?(?:[.:]\d\d)?\s*[ap]\.?m\b\.?"
    r"|\b\d\d?\s*o['’]clock\b|\b\d\d?h[0-5]\d\b|\b\d\d?\s+in\s+the\s+(?:morning|afternoon|evening)\b",
    re.IGNORECASE,
)

_COUNTED = frozenset((*_NUMBERS, "half", "once", "twice", "½", "¼", "¾"))
"""Numbers without digits."""
_MONTH_WORDS = frozenset((*_MONTHS.lower().split(), *_MONTHS_BY_NAME, "sept"))
_MAY = "|".join(rf"(?<=\b{word} may)" for word in _WHEN_WORDS.split("|")) + "|(?<=th may)"
"""Where "may" is a month."""
_WORDS = re.compile("[a-z]+|[½¼¾]")
_TIMES = (
    _Rule(_AMOUNT, (Duration, Range, OpeningHours), dict.fromkeys(_COUNTED, rf"\b{_UNIT}(?!\w)")),
    _Rule(
        _DATE,
        (CalendarDate, Instant, PartOfAYear),
        {**dict.fromkeys(_MONTH_WORDS, ""), "may": rf"may\b(?:{_MAY})"},
    ),
    _Rule(_TIME, (ClockTime, WeeklyHours)),
)
_PROMISES = (
    *_TIMES,
    _Rule(_MONEY, (Money,), dict.fromkeys(_COUNTED, rf"\b(?:cent|penny|pence|{_MONEY_NAMES})s?\b")),
    _Rule(_PERCENTAGE, (Percentage,), dict.fromkeys(_COUNTED, r"%|per\s?cent")),
    _Rule(_WEIGHT, (Measure,), dict.fromkeys(_COUNTED, r"\b(?:kilo|kg|gram|lb|ounce|oz|ton)")),
    _Rule(_PHONE, (Phone,)),
    _Rule(_ATTEMPTS, (Count,), dict.fromkeys(_COUNTED, "")),
    _Rule(_LIMITED, (Count, Measure, Size, Money), dict.fromkeys(_COUNTED, "")),
)

_HINTED = frozenset(word for rule in _PROMISES for word in rule.hints)

_EXCUSE = re.compile(r"(?:\{#|#)\s*typed:\s*([^\s#][^#\n]*?)?\s*(?:#\}|$)", re.MULTILINE)


def check(page: Page, project: Project) -> Iterator[Problem]:
    """Yield a problem for each amount of time, date, time or label that `page` types by hand.

    A translation may type the digits that its original types, with a reason there.
    """
    if page.translation:
        original = [text for _, text in page.translation.original.texts()]
        allowed = {digits for text in original for digits in _digits(plain_text.words(text))}
        for first_line, text in page.texts():
            for line, message in typed_in(text, project, allowed):
                yield Problem(page.file, first_line + line, message)
        return
    lines = page.text.split("\n") if "typed:" in page.text else []
    excused = {n for n, text in enumerate(lines, 1) if (mark := _EXCUSE.search(text)) and mark[1]}
    used: set[int] = set()
    for first_line, text in page.texts():
        excuse = "{# typed: reason #}" if text is page.body else "# typed: reason"
        for line, message in typed_in(text, project):
            if first_line + line in excused:
                used.add(first_line + line)
                continue
            message += f"; if it must be typed, add {excuse}"
            yield Problem(page.file, first_line + line, message)
    for line in excused - used:
        yield Problem(page.file, line, "'typed:' excuses nothing here: remove it")
    for n, text in enumerate(lines, 1):
        if (mark := _EXCUSE.search(text)) and not mark[1]:
            yield Problem(page.file, n, "'typed:' needs a reason")


def typed_in(
    text: str, project: Project, allowed: AbstractSet[str] = frozenset()
) -> Iterator[tuple[int, str]]:
    """Yield the line, from 0, and the message of each part that `text` types by hand.

    In another language than the original that is each number but of `allowed` digits, and label.
    """
    words = plain_text.words(text)
    if not project.original:
        for start, typed, instead in sorted(_typed(words, project.policy)):
            yield words.count("\n", 0, start), f"'{typed}' is typed by hand: {instead}"
        return
    for line, number in numbers_in(words, project.language):
        if not (digits := _digits(number)) or digits - allowed:
            instead = "state it by a value, or say it in other words"
            yield line, f"'{number}' is typed by hand: {instead}"
    yield from labels_in(words, project)


def _digits(text: str) -> set[str]:
    return set(re.findall(r"\d+", text))


def labels_in(words: str, project: Project) -> Iterator[tuple[int, str]]:
    """Yield the line, from 0, and the message of each label that words type by hand.

    In another script than theirs, such words are always labels.
    """
    is_latin = project.language.script == "Latn"
    for name, label in _labels(project.policy):
        for match in _label(label, anywhere=not is_latin).finditer(words):
            message = f"'{_one_line(match[0])}' is typed by hand: use {{{{ policy.{name} }}}}"
            yield words.count("\n", 0, match.start()), message


def amounts_of_time(text: str) -> list[str]:
    """Return the amounts of time, dates and times in `text`."""
    return [_one_line(match[0]) for match, _ in _promises(text, _TIMES)]


def _promises(
    words: str, rules: tuple[_Rule, ...]
) -> Iterator[tuple[re.Match[str], tuple[type[Value], ...]]]:
    """Yield each promise in `words`, by the first of the rules that finds it, and its kinds."""
    taken: list[range] = []
    lower = " ".join(words.lower().replace("-", " ").split())
    has_digit, known = _DIGIT.search(words), _HINTED.intersection(_WORDS.findall(lower))
    for pattern, kinds, hints in rules:
        is_possible = has_digit or any(
            re.search(hints[word], lower) for word in hints.keys() & known
        )
        for match in pattern.finditer(words) if is_possible else ():
            is_known = any(match.start() < span.stop and span.start < match.end() for span in taken)
            if not is_known and not _is_innocent(pattern, match):
                taken.append(range(*match.span()))
                yield match, kinds


def _is_innocent(pattern: re.Pattern[str], match: re.Match[str]) -> bool:
    """Return whether what `pattern` found is an age, a name, a law or everyday words instead."""
    words, start = match.string, match.start()
    if pattern is _AMOUNT:
        line = words[words.rfind("\n", 0, start) + 1 :].partition("\n")[0]
        is_name = _NAME.match(words, start) and _SMALL_LETTERS.search(line)
        return bool(is_name or _NO_AMOUNT.match(words, start))
    return pattern is _DATE and bool(_LAW.search(words, max(0, start - 40), start))


def _typed(words: str, policy: Policy) -> Iterator[tuple[int, str, str]]:
    """Yield where each part typed by hand begins, its words, and what to write instead."""
    lower = words.lower()
    for match, kinds in _promises(words, _PROMISES):
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
def _label(text: str, *, anywhere: bool = False) -> re.Pattern[str]:
    """Return what matches `text` where it is meant as a label, not as everyday words.

    "Submit" or "Other reason" is a label in quotes, or with its capital inside a sentence;
    "Awaiting Shipment" is one in any letters. `anywhere` is among letters of another script.
    """
    spelled = r"[\s-]+".join(re.escape(word).replace("’", "['’ʼ]?") for word in text.split())
    if anywhere:
        return re.compile(rf"(?<![A-Za-z]){spelled}(?![A-Za-z])", re.IGNORECASE)
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
    names = " or ".join(get_args(kind.model_fields["kind"].annotation)[0] for kind in kinds)
    return f"add it to {POLICY_FILE} (kind: {names}), and use its name here"


def _numbers(typed: str) -> set[float]:
    numbers = {
        float(digits) for digits in re.findall(r"\d+(?:\.\d+)?", re.sub(r",(?=\d{3})", "", typed))
    }
    for word in re.findall(r"[a-z]+", typed.lower()):
        if word in _NUMBERS:
            numbers.add(_NUMBERS[word])
        elif word[:3] in _MONTHS_BY_NAME and re.fullmatch(_MONTH, word.title()):
            numbers.add(_MONTHS_BY_NAME[word[:3]])
    return numbers


def _one_line(text: str) -> str:
    return " ".join(text.split())
