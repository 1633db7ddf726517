// Until when must the seller answer? The rule of macros/cancellation.py, in a form.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const sellerDeadline = (form) => {
  const { cutoff, marketZone, responseHours, patterns } = form.dataset;
  const phrases = JSON.parse(patterns);
  const control = form.elements.zone;
  const zones = Intl.supportedValuesOf?.("timeZone") ?? [];
  let closes;

  /** Return the zone that is typed, or the zone of the city; the field then shows its full name. */
  const readZone = ({ value }) => {
    const typed = value.trim();
    if (!typed) throw new InputError("zone", "missing");
    // Browsers know more names than they list: Asia/Kolkata as well as Asia/Calcutta.
    const city = typed.replace(/\.? /g, "_").replace(/(^|_)\p{Ll}/gu, (letter) => letter.toUpperCase());
    const areas = [...new Set(zones.map((zone) => zone.split("/")[0]))];
    const zone = [typed, ...areas.map((area) => `${area}/${city}`)].find(isZone);
    if (!zone) throw new InputError("zone", "unknown");
    control.value = zones.find((known) => known.toLowerCase() === zone.toLowerCase()) ?? zone;
    return control.value;
  };

  /** Return the instant that a field means in `zone`; ask which, where its clocks showed it twice. */
  const readInstant = (field, { zone }) => {
    const clock = readClock(field);
    if (!zone) return; // reported already
    const found = instantsOf(clock, zone);
    if (!found.length) throw new InputError(field.name, "skipped");
    const which = form.elements[`${field.name}-which`];
    if (found.length === 1 || which.value) return found[+which.value];
    found.forEach((instant, i) => {
      const names = ["long", "shortOffset"].map((kind) => zoneName(instant, zone, kind));
      which[i].nextElementSibling.textContent = [...new Set(names)].join(", ");
    });
    which[0].closest("fieldset").hidden = false;
    throw new InputError(field.name, "twice");
  };

  /** Return how long is left until the order closes: "2 days, 3 hours and 5 minutes". */
  const timeLeft = () => {
    const minutes = Math.floor((closes - Date.now()) / MINUTE);
    const counts = { day: Math.floor(minutes / 1440), hour: Math.floor(minutes / 60) % 24, minute: minutes % 60 };
    const words = Object.entries(counts)
      .filter(([unit, count]) => count || (!minutes && unit === "minute"))
      .map(([unit, count]) =>
        new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(count),
      );
    return new Intl.ListFormat(language).format(words);
  };

  calculator(
    form,
    { zone: readZone, requested: readInstant, preparation_ends: readInstant },
    ({ zone, requested, preparation_ends: preparationEnds }) => {
      if (requested < Date.parse(cutoff)) return [[filled(form, "not_covered")]];
      if (preparationEnds <= requested) throw new InputError("preparation_ends", "over");
      const now = Date.now();
      const responseEnds = requested + responseHours * HOUR;
      closes = Math.min(preparationEnds, responseEnds);
      const texts = [
        closes > now ? "open" : "closed",
        preparationEnds < responseEnds ? "preparation_period" : "response_time",
      ];
      if (preparationEnds <= now) texts.push("preparation_over");
      if (requested > now) texts.unshift("future");
      const slots = {
        closes: momentInWords(closes, zone, phrases),
        market: momentInWords(closes, marketZone, phrases),
        left: timeLeft(),
      };
      return [texts.map((name) => filled(form, name, slots))];
    },
  );

  form.addEventListener("input", ({ target }) => {
    if (target.type === "radio") return;
    const changed = target === control ? form : target.closest(".field");
    for (const which of changed.querySelectorAll(".field__which")) {
      which.hidden = true;
      for (const choice of which.querySelectorAll("input")) choice.checked = false;
    }
  });
  control.value ||= Intl.DateTimeFormat().resolvedOptions().timeZone;
  const list = () => control.list.append(...zones.map((zone) => new Option(zone)));
  control.addEventListener("focus", list, { once: true });
  setInterval(() => {
    const left = form.querySelector("[role=status] [data-slot=left]");
    if (left && closes > Date.now()) left.textContent = timeLeft();
    else if (left) form.requestSubmit();
  }, MINUTE / 4);
};

for (const form of document.querySelectorAll("[data-calculator=seller-deadline]")) sellerDeadline(form);
