// Business days, as in macros/business_days.py. Days are whole days since 1970.

const dayOf = (date) => Date.parse(date) / DAY;
const weekdayOf = (day) => (day + 3) % 7; // 0 for Monday: the first day of 1970 was a Thursday
const yearOf = (day) => new Date(day * DAY).getUTCFullYear();

/** Return a calendar from what helpcentre/site/calendars.py wrote. */
const calendarOf = ({ first, last, weekends, holidays, workdays }) => {
  const names = new Map();
  for (const [name, dates] of Object.entries(holidays)) {
    for (const date of dates) names.set(dayOf(date), name);
  }
  const worked = new Set(workdays.map(dayOf));
  const isWeekend = (day) =>
    weekends[Math.min(Math.max(yearOf(day), first), last)].includes(weekdayOf(day));
  return {
    first,
    last,
    holiday: (day) => names.get(day),
    counts: (day) => worked.has(day) || !(isWeekend(day) || names.has(day)),
    knows: (day) => first <= yearOf(day) && yearOf(day) <= last,
  };
};

const SATURDAYS_AND_SUNDAYS = { first: 0, last: 0, weekends: [[5, 6]], holidays: {}, workdays: [] };

/** Return the days from `day`, numbered 0, to the `most`th that counts; others have no number. */
const numbered = (day, most, counts) => {
  const days = [{ day, number: 0 }];
  for (let number = 0; number < most; ) {
    day += 1;
    const isCounted = counts(day);
    if (isCounted) number += 1;
    days.push(isCounted ? { day, number } : { day });
  }
  return days;
};
