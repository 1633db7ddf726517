"""How values read in a language: words of Unicode CLDR, by Babel, and the language's own phrases.

macros/phrases.py has the phrases; no code changes for a new language.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from decimal import Decimal
from functools import cached_property
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time, get_timezone_name
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent, get_currency_symbol
from babel.units import format_unit

from macros.phrases import PartOfYear, Phrases, Unit

_ENOUGH = 201
"""So many numbers, from 0, have all plural categories of whole numbers more than once."""


@dataclass(frozen=True, eq=False)
class Wording:
    """The words of one language. Every method returns plain text, without markup."""

    locale: Locale
    phrases: Phrases
    file: str
    """Where the phrases are, from the project's root."""

    @property
    def plural_categories(self) -> frozenset[str]:
        """The CLDR categories of plurals: "one" and "other" in English."""
        return frozenset(self.locale.plural_form.tags | {"other"})

    def plural_errors(self, forms: Iterable[str]) -> Iterator[str]:
        """Yield which categories forms by category lack, and have too many."""
        if missing := sorted(self.plural_categories.difference(forms)):
            yield f"lacks the plural {', '.join(missing)}"
        if unknown := sorted(set(forms) - self.plural_categories):
            expected = ", ".join(sorted(self.plural_categories))
            yield (
                f"has the plural {', '.join(unknown)}, which the language does not have:"
                f" expected {expected}"
            )

    @cached_property
    def categories_of_one_number(self) -> Mapping[str, int]:
        """The number of each category of plurals that holds for one only: {"one": 1} in English."""
        categories = list(map(self.locale.plural_form, range(_ENOUGH)))
        counts = Counter(categories)
        return {
            category: categories.index(category) for category, count in counts.items() if count == 1
        }

    def number(self, number: float) -> str:
        """Return 1,000 for 1000."""
        return str(format_decimal(number, locale=self.locale))

    def amount(self, count: int, unit: Unit) -> str:
        """Return "72 hours", or "1 hour"."""
        return self._of_unit(self.number(count), count, unit)

    def range(self, minimum: int, maximum: int, unit: Unit) -> str:
        """Return "3 to 20 business days". The plural follows the maximum, as in most languages."""
        return self._of_unit(self._span(self.number(minimum), self.number(maximum)), maximum, unit)

    def counted(self, count: int, noun: Mapping[str, str]) -> str:
        """Return "3 tries", with the noun from its forms by plural category."""
        noun_form = self.plural(noun, count)
        return self.phrases.counted.format(count=self.number(count), noun=noun_form)

    def plural(self, forms: Mapping[str, str], count: int) -> str:
        """Return the form for `count`, from forms by plural category."""
        return forms[self.locale.plural_form(count)]

    def adjective(self, maximum: int, singular: str, minimum: int | None = None) -> str:
        """Return "72-hour", or "3- to 20-day", as these words stand before a noun."""
        count = self.number(maximum)
        if minimum is not None and minimum != maximum:
            count = self._span(f"{self.number(minimum)}-", count)
        return self.phrases.adjective.format(count=count, unit=singular.replace(" ", "-"))

    def singular(self, unit: Unit) -> str:
        """Return "hour", the unit alone."""
        return self._of_unit("", 1, unit).strip()

    def money(self, amount: float, currency: str) -> str:
        """Return "€150" or "€12.50", for an ISO 4217 code."""
        pattern = self.locale.currency_formats["standard"].pattern
        if amount == int(amount):
            pattern = pattern.replace(".00", "")
        if get_currency_symbol(currency, self.locale)[-1].isalpha():
            pattern = re.sub("¤(?=[#0])", "¤\N{NO-BREAK SPACE}", pattern)
        digits = amount != int(amount)
        return str(format_currency(amount, currency, pattern, self.locale, currency_digits=digits))

    def percent(self, percent: float) -> str:
        """Return "5%" for 5."""
        share = Decimal(str(percent)) / 100
        return str(format_percent(share, locale=self.locale, decimal_quantization=False))

    def measure(self, amounts: Sequence[float], unit: str) -> str:
        """Return "20 kg", or the sides of a thing, for a unit of CLDR such as "kilogram"."""
        sides = " × ".join(map(self.number, amounts))
        amount = amounts[0] if len(amounts) == 1 else sides
        return str(format_unit(amount, unit, "short", locale=self.locale))

    def listed(self, items: Iterable[str]) -> str:
        """Return "France, Italy and Spain"."""
        return str(format_list(list(items), locale=self.locale))

    def day(self, day: date, *, short: bool = False) -> str:
        """Return "Sunday 15 March 2020"; if `short`, without the day of the week."""
        pattern = self.phrases.short_date if short else self.phrases.date
        return str(format_date(day, pattern, locale=self.locale))

    def moment(self, moment: datetime) -> str:
        """Return "4pm on Sunday 15 March 2020, UTC" for an aware datetime, in its own zone.

        Midnight is the start of its day, because "midnight on Monday" can be either end.
        """
        midnight = moment.time().replace(tzinfo=None) == datetime.min.time()
        pattern = self.phrases.start_of_day if midnight else self.phrases.moment
        return pattern.format(
            time=self._time(moment.time()), date=self.day(moment), zone=self._zone(moment.tzinfo)
        )

    def first_day(self, first: date, last: date) -> str:
        """Return how `first` reads before `last`: without the year, if they share it."""
        same_year = first.year == last.year
        pattern = self.phrases.date_in_year if same_year else self.phrases.date
        return str(format_date(first, pattern, locale=self.locale))

    def country(self, code: str) -> str:
        """Return "China" for "CN", and "United Kingdom (England)" for "GB-ENG".

        Raises KeyError for what is neither an ISO 3166 country code nor in `nations`.
        """
        country = str(self.locale.territories[code.partition("-")[0]])
        if "-" not in code:
            return country
        return self.phrases.nation.format(country=country, nation=self.phrases.nations[code])

    def opening_hours(self, hours: int, days: int) -> str:
        """Return "24 hours a day, 7 days a week"."""
        return self.phrases.opening_hours.format(
            hours=self.amount(hours, "hour"), days=self.amount(days, "day")
        )

    def opening_days(self, days: tuple[int, int], hours: tuple[time, time]) -> str:
        """Return "Monday to Friday 9am to 6pm", for the first and last day from 0, a Monday."""
        names = self.locale.days["format"]["wide"]
        first, last = (str(names[day]) for day in days)
        return self.phrases.opening_days.format(
            days=first if first == last else self._span(first, last),
            hours=self._span(*map(self._time, hours)),
        )

    def in_zone(self, at: "time | str", zone: str) -> str:
        """Return "4pm (China Time)" for a time, or for words that name several."""
        words = self._time(at) if isinstance(at, time) else at
        return self.phrases.in_zone.format(time=words, zone=self._zone(ZoneInfo(zone)))

    def part_of_year(self, year: int, part: PartOfYear) -> str:
        """Return "early 2020"."""
        return self.phrases.part_of_year[part].format(year=year)

    def _of_unit(self, shown: str, plural_of: int, unit: Unit) -> str:
        """Return the number `shown`, which may be a range, with its unit in a plural."""
        is_range = shown != self.number(plural_of)
        if forms := self.phrases.units.get(unit):
            form = self.plural(forms, plural_of)
            # In Arabic a word is enough for two hours, but not for one to two.
            form = forms["other"] if is_range and "{count}" not in form else form
            return form.format(count=shown)
        words = str(format_unit(plural_of, unit, locale=self.locale))
        before, number, after = words.partition(self.number(plural_of))
        if not number and is_range:
            raise ValueError(f"'{words}' does not name the number {plural_of}")
        return f"{before}{shown}{after}" if number else words

    def _span(self, first: str, last: str) -> str:
        return self.phrases.range.format(min=first, max=last)

    def _time(self, at: time) -> str:
        if at == time(0):
            return self.phrases.midnight
        if (at.hour, at.minute) == (12, 0):
            return self.phrases.noon
        pattern = self.phrases.time if at.minute else self.phrases.time_on_the_hour
        return str(format_time(at, pattern, locale=self.locale))

    def _zone(self, zone: tzinfo | None) -> str:
        """Return "China Time", the zone's name in all seasons; Babel knows no name for UTC."""
        if zone in (UTC, ZoneInfo("UTC")):
            return "UTC"
        name = str(get_timezone_name(zone, locale=self.locale))
        before, _, after = self.locale.zone_formats["region"].partition("%s")
        if self.phrases.zone_of_region and name.startswith(before) and name.endswith(after):
            place = name.removeprefix(before).removesuffix(after)
            return self.phrases.zone_of_region.format(place=place)
        return name
