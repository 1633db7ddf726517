// Dates in words, by the same patterns as macros/wording.py. Moments are milliseconds in UTC since
// 1970; days are whole days since then.

const DAY = 86_400_000;
const language = `${document.documentElement.lang}-u-nu-latn`;

const WORDS = { EEEE: "weekday", MMMM: "month", a: "dayPeriod" };

/** Fill a pattern of Unicode CLDR, such as "EEEE d MMMM y", with a moment. */
const inWords = (pattern, moment) => {
  const format = new Intl.DateTimeFormat(language, {
    timeZone: "UTC",
    hourCycle: "h12",
    weekday: "long",
    day: "numeric", // beside it, a month has the form that some languages give it there
    month: "long",
    hour: "numeric",
  });
  const parts = {};
  for (const { type, value } of format.formatToParts(moment)) parts[type] = value;
  const clock = new Date(moment);
  const hour = clock.getUTCHours();
  const numbers = {
    d: clock.getUTCDate(),
    M: clock.getUTCMonth() + 1,
    y: clock.getUTCFullYear(),
    H: hour,
    HH: String(hour).padStart(2, "0"),
    h: hour % 12 || 12,
    mm: String(clock.getUTCMinutes()).padStart(2, "0"),
  };
  return pattern.replace(
    /'(.*?)'|EEEE|MMMM|mm|HH|[dMyhHa]/g,
    (token, quoted) => quoted ?? numbers[token] ?? parts[WORDS[token]],
  );
};

const isoDay = (day) => new Date(day * DAY).toISOString().slice(0, 10);

/** Return a day for a <time>: in words, and for programs. */
const dayInWords = (day, pattern) => ({ words: inWords(pattern, day * DAY), machine: isoDay(day) });
