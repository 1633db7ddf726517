// The next step: the questions of a flow, one at a time. The answers given are in the page's
// address, as in #answers=awaiting,inside, so that Back, a reload and a shared address keep the
// place. What follows the # is not sent to any server.

const PREFIX = "#answers=";

const flow = (section) => {
  const steps = [...section.querySelectorAll(".flow__step")];
  const trail = section.querySelector(".flow__trail");
  const buttonsOf = (step) => [...step.querySelectorAll("ul button")];
  const after = (button) => steps.find(({ id }) => id === button.dataset.next);
  let given;

  const goTo = (answers) => {
    location.hash = PREFIX + answers;
  };

  /** Return the answers that lead from `step` to the step of that id; undefined if none do. */
  const pathTo = (id, step = steps[0], seen = new Set()) => {
    if (step.id === id) return [];
    if (seen.has(step)) return;
    seen.add(step);
    for (const button of buttonsOf(step)) {
      const path = pathTo(id, after(button), seen);
      if (path) return [button.value, ...path];
    }
  };

  /** Return the answers that the address names; undefined if it names another part of the page. */
  const answersInAddress = () => {
    const { hash } = location;
    if (!hash) return [];
    if (!hash.startsWith(PREFIX)) return pathTo(hash.slice(1));
    return hash.slice(PREFIX.length).replace(/%2c/gi, ",").split(","); // as some programs write it
  };

  /** Show and return where answers lead; from one on that does not exist they are passed over. */
  const show = (answers) => {
    let step = steps[0];
    given = [];
    trail.replaceChildren();
    for (const answer of answers) {
      const button = buttonsOf(step).find(({ value }) => value === answer);
      if (!button) break;
      const before = [...given];
      const question = step.querySelector("h3").textContent;
      trail.append(filled(section, "answered", { question, again: question, answer: button.textContent }));
      trail.lastElementChild.querySelector("button").addEventListener("click", () => goTo(before));
      given.push(answer);
      step = after(button);
    }
    for (const each of steps) each.hidden = each !== step;
    return step;
  };

  for (const link of section.querySelectorAll("[data-answer]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = link.className;
    button.value = link.dataset.answer;
    button.dataset.next = link.hash.slice(1);
    button.append(...link.childNodes);
    button.addEventListener("click", () => goTo([...given, button.value]));
    link.replaceWith(button);
  }
  show(answersInAddress() ?? history.state?.answers ?? []);
  section.classList.add("flow--ready");
  if (given.length) addEventListener("DOMContentLoaded", () => section.scrollIntoView());
  addEventListener("hashchange", () => {
    const answers = answersInAddress();
    if (answers) show(answers).querySelector("h3").focus();
    else self.remember?.({ answers: given });
  });
};

onEach(".flow", flow);
