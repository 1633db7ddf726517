// When will my refund arrive? The rule of macros/refund.py, in a form.

const refund = (form) => {
  const { min, max, unit, calendars, patterns, firstDay } = form.dataset;
  const { date, date_in_year } = JSON.parse(patterns);
  const today = () => {
    const now = new Date();
    return Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / DAY;
  };
  const loaded = { unlisted: calendarOf(SATURDAYS_AND_SUNDAYS) };

  const load = (country) =>
    (loaded[country] ??= fetch(`${calendars}/${country}.json`, { signal: AbortSignal.timeout?.(20_000) })
      .then((answer) => answer.json())
      .then(calendarOf)
      .catch(() => {
        delete loaded[country];
        throw new InputError("country", "unloaded");
      }));

  const short = (day, options) =>
    new Intl.DateTimeFormat(language, { timeZone: "UTC", ...options }).format(day * DAY);

  /** Return the days that were counted as pages of a calendar, and the holidays among them. */
  const counted = (days, calendar) => {
    const words = filled(form, "count");
    const [head, body, holidays] = ["tr", "tbody", "ul"].map((name) => words.querySelector(name));
    const first = days[0].day;
    const placeOf = (day) => (weekdayOf(day) - firstDay + 7) % 7; // in a week of this language
    const week = first - placeOf(first);
    for (let day = week; day < week + 7; day += 1) {
      head.append(filled(form, "weekday", { short: short(day, { weekday: "short" }) }));
    }
    let row = body.insertRow();
    for (let day = week; day < first; day += 1) row.insertCell();
    for (const { day, number } of days) {
      if (placeOf(day) === 0 && day !== first) row = body.insertRow();
      const name = calendar.holiday(day);
      const kind = number ? "counted" : day === first ? "processed" : name ? "holiday" : "weekend";
      const begins = day === first || isoDay(day).endsWith("01");
      const slots = {
        short: short(day, { day: "numeric", month: begins ? "short" : undefined }),
        day: dayInWords(day, date),
        number,
        name,
      };
      row.append(filled(form, kind, slots));
      if (kind === "holiday") holidays.append(filled(form, "named", slots));
    }
    return words;
  };

  // The nations of a country, whose names browsers do not know, are on the page.
  const select = form.elements.country;
  const [none, ...listed] = select.options;
  const unlisted = listed.pop();
  const names = Intl.DisplayNames && new Intl.DisplayNames(language, { type: "region" });
  for (const code of COUNTRIES.split(" ")) listed.push(new Option(names?.of(code) ?? code, code));
  listed.sort((one, other) => one.text.localeCompare(other.text, language));
  select.replaceChildren(none, ...listed, unlisted);
  none.selected = true;

  calculator(
    form,
    {
      processed: (control) => readClock(control) / DAY,
      country: ({ value }) => {
        if (!value) throw new InputError("country", "missing");
        return value;
      },
    },
    async ({ processed, country }) => {
      const calendar = await load(country);
      const days = numbered(processed, +max, unit === "day" ? () => true : calendar.counts);
      const earliest = days.find(({ number }) => number === +min).day;
      const latest = days[days.length - 1].day;
      const slots = {
        earliest: dayInWords(earliest, yearOf(earliest) === yearOf(latest) ? date_in_year : date),
        latest: dayInWords(latest, date),
        first: calendar.first,
        last: calendar.last,
      };
      const texts = ["arrives", today() > latest ? "late" : "wait"];
      if (processed > today()) texts.unshift("future");
      if (unit === "day") return [texts.map((name) => filled(form, name, slots)), []];
      if (country === "unlisted") texts.push("unlisted");
      else if (!calendar.knows(processed) || !calendar.knows(latest)) texts.push("unknown_years");
      return [texts.map((name) => filled(form, name, slots)), [counted(days, calendar)]];
    },
  );

  form.elements.processed.value ||= isoDay(today());
  select.addEventListener("change", ({ target }) => {
    if (target.value) Promise.resolve(load(target.value)).catch(() => {}); // reported when the dates are asked for
  });
};

for (const form of document.querySelectorAll("[data-calculator=refund]")) refund(form);
