// Dates in words, by the same patterns as macros/wording.py. Moments are milliseconds in UTC since
// 1970; days are whole days since then.

const DAY = 86_400_000;
const language = document.documentElement.lang;

const TOKENS = {
  EEEE: "weekday", MMMM: "month", d: "day", y: "year", h: "hour", H: "hour", mm: "minute", a: "dayPeriod",
};

/** Fill a pattern of Unicode CLDR, such as "EEEE d MMMM y", with a moment on the clocks of a zone. */
const inWords = (pattern, moment, zone = "UTC") => {
  const format = new Intl.DateTimeFormat(language, {
    timeZone: zone,
    hourCycle: pattern.includes("H") ? "h23" : "h12",
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "numeric",
    minute: "2-digit",
  });
  const parts = {};
  for (const { type, value } of format.formatToParts(moment)) parts[type] = value;
  return pattern.replace(
    /'(.*?)'|EEEE|MMMM|mm|[dyhHa]/g,
    (token, quoted) => quoted ?? parts[TOKENS[token]],
  );
};

const isoDay = (day) => new Date(day * DAY).toISOString().slice(0, 10);

/** Return a day for a <time>: in words, and for programs. */
const dayInWords = (day, pattern) => ({ words: inWords(pattern, day * DAY), machine: isoDay(day) });
