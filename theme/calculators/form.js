// What all calculators share: fields with their errors, and one result, announced once. All words are
// in the page's templates, named by data-text, with elements to fill named by data-slot.

/** Input that the shopper must correct: its field, and the names of the field's templates about it. */
class InputError extends Error {
  constructor(field, ...templates) {
    super(templates.join(" "));
    this.field = field;
    this.templates = templates;
  }
}

/** Return a copy of the template of that name below `root`, with its slots filled. */
const filled = (root, name, slots = {}) => {
  const words = root.querySelector(`template[data-text=${name}]`).content.cloneNode(true);
  for (const slot of words.querySelectorAll("[data-slot]")) {
    const value = slots[slot.dataset.slot];
    slot.append(value.words ?? value);
    if (value.machine) slot.dateTime = value.machine;
  }
  return words;
};

/**
 * Make a form work. `readers` return the value of the field of their name, from its control and the
 * values read before, or throw an InputError. `work` promises the result: what is announced, and what
 * is shown below it. A result is removed as soon as an input changes.
 */
const calculator = (form, readers, work) => {
  const shown = form.querySelectorAll(".calculator__result, .calculator__count");
  const fieldOf = (name) => form.elements[name].closest(".field");
  let submitted = 0;

  const mark = (name, ...templates) => {
    form.elements[name].setAttribute("aria-invalid", !!templates.length);
    const words = templates.flatMap((template) => [filled(fieldOf(name), template), " "]);
    fieldOf(name).querySelector("[role=alert]").replaceChildren(...words);
  };
  const show = (...results) => {
    for (const [i, output] of shown.entries()) output.replaceChildren(...(results[i] ?? []));
  };
  const report = (errors) => {
    for (const { field, templates } of errors) mark(field, ...templates);
    const first = form.querySelector("[aria-invalid=true]");
    (first.closest(".field").querySelector(".field__which:not([hidden]) input") ?? first).focus();
  };

  // Where a browser has no fields for dates, the field says how one is written.
  for (const format of form.querySelectorAll(".field__format")) {
    const field = format.closest(".field");
    if (field.querySelector("input").type === "text") format.append(filled(field, "format"));
  }
  const { typed = {} } = history.state ?? {}; // before a reload, or before Back
  for (const name in readers) form.elements[name].value = typed[name] ?? form.elements[name].value;
  form.addEventListener("input", ({ target }) => {
    submitted += 1;
    form.setAttribute("aria-busy", false);
    show();
    mark(target.closest(".field").querySelector("[name]").name);
    if (target.name in readers) typed[target.name] = target.value;
    self.remember?.({ typed }); // of assets/site.js, if that was loaded
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    submitted += 1;
    const own = submitted;
    show();
    const values = {};
    const errors = [];
    const attempt = async (step) => {
      try {
        return await step();
      } catch (error) {
        errors.push(error);
      }
    };
    for (const [name, read] of Object.entries(readers)) {
      mark(name);
      values[name] = await attempt(() => read(form.elements[name], values));
    }
    form.setAttribute("aria-busy", true);
    const results = errors.length ? [] : await attempt(() => work(values));
    if (own !== submitted) return;
    form.setAttribute("aria-busy", false);
    const unable = errors.find((error) => !(error instanceof InputError));
    if (unable) {
      show([filled(form, "unable")]);
      throw unable;
    }
    if (errors.length) report(errors);
    else show(...results);
  });
  form.querySelector("fieldset").disabled = false;
};

// A date beyond these years is a slip of the keyboard.
const FIRST_YEAR = 1990;
const LAST_YEAR = 2100;

const WHOLE = { date: /^\d{4}-\d\d-\d\d$/, "datetime-local": /^\d{4}-\d\d-\d\dT\d\d:\d\d/ };

/** Return what a field for a date, or for a date and time, holds, as a moment of clocks in UTC. */
const readClock = (control) => {
  const { name, type, validity } = control;
  const value = control.value.trim().replace(/ +/, "T"); // typed, where it is plain text
  const wrong = (template) => new InputError(name, template, ...(type === "text" ? ["format"] : []));
  if (!value && !validity.badInput) throw wrong("missing");
  const moment = new Date(value.includes("T") ? `${value}Z` : value);
  const year = moment.getUTCFullYear();
  const isWhole = year && WHOLE[control.getAttribute("type")].test(value);
  if (!isWhole || moment.toISOString().slice(0, value.length) !== value) throw wrong("half");
  if (year < FIRST_YEAR || year > LAST_YEAR) throw new InputError(name, "year");
  return +moment;
};
