// Clocks and instants. A "clock" is what the clocks of a zone show, as milliseconds as if in UTC.

const formats = {};

/** Return by how many milliseconds the clocks of `zone` are ahead of UTC at an instant. */
const ahead = (instant, zone) => {
  formats[zone] ??= new Intl.DateTimeFormat("en", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const { year, month, day, hour, minute, second } = Object.fromEntries(
    formats[zone].formatToParts(instant).map(({ type, value }) => [type, value]),
  );
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
};

/** Return whether the browser knows a zone of that name. */
const isZone = (name) => {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }) && true;
  } catch {
    return false;
  }
};

/** Return the instants at which the clocks of `zone` show `clock`: one; none or two at a change. */
const instantsOf = (clock, zone) =>
  [clock - DAY, clock + DAY]
    .map((near) => clock - ahead(near, zone))
    .filter((found, i, all) => all.indexOf(found) === i && found + ahead(found, zone) === clock)
    .sort((one, other) => one - other);

/** Return what a zone is called at an instant; `kind` is a timeZoneName of Intl.DateTimeFormat. */
const zoneName = (instant, zone, kind) => {
  if (/^(etc\/)?utc$/i.test(zone)) return "UTC";
  try {
    return new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: kind })
      .formatToParts(instant)
      .find(({ type }) => type === "timeZoneName").value;
  } catch {
    return zoneName(instant, zone, "long"); // a browser that knows no other kinds
  }
};

/** Return an instant for a <time>, on the clocks of `zone`, in the words of Wording.moment; what the
 *  zone is called there, the browser knows. */
const momentInWords = (instant, zone, patterns) => {
  const offset = ahead(instant, zone) / 60_000;
  const clock = instant + offset * 60_000;
  const minute = (clock % DAY) / 60_000;
  const time = minute === 720 ? patterns.noon : inWords(patterns[minute % 60 ? "time" : "time_on_the_hour"], clock);
  const pad = (number) => String(Math.floor(number)).padStart(2, "0");
  // A season's own name only where the clocks show this time twice.
  const name = zoneName(instant, zone, instantsOf(clock, zone).length > 1 ? "long" : "longGeneric");
  return {
    words: patterns[minute ? "moment" : "start_of_day"]
      .replace("{time}", time)
      .replace("{date}", inWords(patterns.date, clock))
      .replace("{zone}", name),
    machine:
      new Date(clock).toISOString().slice(0, 19) +
      (offset < 0 ? "-" : "+") + pad(Math.abs(offset) / 60) + ":" + pad(Math.abs(offset) % 60),
  };
};
