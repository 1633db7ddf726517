// What all calculators share: fields with their errors, and one result, announced once. All words
// stand in the page's templates, named by data-says, with elements to fill named by data-slot.

/** Something typed that must be mended: in which field, and which of its templates says how. */
class Mistake extends Error {
  constructor(field, says) {
    super(says);
    this.field = field;
  }
}

/** Return what the template of that name below `root` says, with its slots filled. */
const said = (root, name, slots = {}) => {
  const words = root.querySelector(`template[data-says=${name}]`).content.cloneNode(true);
  for (const slot of words.querySelectorAll("[data-slot]")) {
    const value = slots[slot.dataset.slot];
    slot.append(value.words ?? value);
    if (value.machine) slot.dateTime = value.machine;
  }
  return words;
};

/**
 * Make a form work. `readers` return the value of the field of their name, from its control and the
 * values read before, or throw a Mistake. `work` promises the result: what is announced, and what is
 * shown below it. A result goes as soon as anything changes that it was worked out from.
 */
const calculator = (form, readers, work) => {
  const shown = form.querySelectorAll(".calculator__result, .calculator__count");
  const names = Array.from(form.elements, (control) => control.name);
  const fieldOf = (name) => form.elements[name].closest(".field");
  let submitted = 0;

  const mark = (name, words) => {
    form.elements[name].setAttribute("aria-invalid", !!words);
    fieldOf(name).querySelector("[role=alert]").replaceChildren(...(words ? [words] : []));
  };
  const show = (...results) => shown.forEach((output, i) => output.replaceChildren(...(results[i] ?? [])));
  const tell = (mistakes) => {
    mistakes.sort((one, other) => names.indexOf(one.field) - names.indexOf(other.field));
    for (const { field, message } of mistakes) mark(field, said(fieldOf(field), message));
    const { field } = mistakes[0];
    (fieldOf(field).querySelector(".field__which:not([hidden]) input") ?? form.elements[field]).focus();
  };

  const { typed = {} } = history.state ?? {}; // before a reload, or before Back
  for (const name in readers) form.elements[name].value = typed[name] ?? form.elements[name].value;
  form.addEventListener("input", ({ target }) => {
    if (target.name in readers) typed[target.name] = target.value;
    history.replaceState({ typed }, "");
    submitted += 1;
    form.setAttribute("aria-busy", false);
    show();
    mark(target.closest(".field").querySelector("[name]").name);
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const own = (submitted += 1);
    show();
    const values = {};
    const mistakes = [];
    let unable;
    const attempt = async (step) => {
      try {
        return await step();
      } catch (mistake) {
        if (mistake instanceof Mistake) mistakes.push(mistake);
        else unable = mistake;
      }
    };
    for (const [name, read] of Object.entries(readers)) {
      mark(name);
      values[name] = await attempt(() => read(form.elements[name], values));
    }
    form.setAttribute("aria-busy", true);
    const results = mistakes.length || unable ? [] : await attempt(() => work(values));
    if (own !== submitted) return;
    form.setAttribute("aria-busy", false);
    if (unable) show([said(form, "unable")]);
    else if (mistakes.length) tell(mistakes);
    else show(...results);
    if (unable) throw unable;
  });
  form.querySelector("fieldset").disabled = false;
};

// A date beyond these years is a slip of the keyboard.
const FIRST_YEAR = 1990;
const LAST_YEAR = 2100;

/** Return what a field for a date, or for a date and time, holds, as a moment of clocks in UTC. */
const readClock = ({ name, value, validity }) => {
  if (!value && !validity.badInput) throw new Mistake(name, "missing");
  const moment = new Date(value.includes("T") ? `${value}Z` : value);
  const year = moment.getUTCFullYear();
  if (!year || moment.toISOString().slice(0, value.length) !== value) throw new Mistake(name, "half");
  if (year < FIRST_YEAR || year > LAST_YEAR) throw new Mistake(name, "year");
  return +moment;
};
