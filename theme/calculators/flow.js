// The next step: the questions of a flow, one at a time. The answers given are in the page's
// address, as in #answers=awaiting,inside, so that Back, a reload and a shared address keep the
// place. What follows the # is not sent to any server.

const PREFIX = "#answers=";

const flow = (section) => {
  const steps = [...section.querySelectorAll(".flow__step")];
  const trail = section.querySelector(".flow__trail");
  let given;

  const goTo = (answers) => {
    location.hash = PREFIX + answers;
  };

  const buttons = [...section.querySelectorAll("[data-answer]")].map((link) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = link.className;
    button.value = link.dataset.answer;
    button.dataset.next = link.hash.slice(1);
    button.append(...link.childNodes);
    button.addEventListener("click", () => goTo([...given, button.value]));
    link.replaceWith(button);
    return button;
  });

  /** Return answers that lead to the step of that id; undefined if none do. The build refuses circles. */
  const pathTo = (id) => {
    if (id === steps[0].id) return [];
    const button = buttons.find(({ dataset }) => dataset.next === id);
    return button && [...pathTo(button.closest(".flow__step").id), button.value];
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
      const button = buttons.find((one) => step.contains(one) && one.value === answer);
      if (!button) break;
      const before = [...given];
      const question = step.querySelector("h3").textContent;
      trail.append(filled(section, "answered", { question, again: question, answer: button.textContent }));
      trail.lastElementChild.querySelector("button").addEventListener("click", () => goTo(before));
      given.push(answer);
      step = document.getElementById(button.dataset.next);
    }
    for (const each of steps) each.hidden = each !== step;
    return step;
  };

  show(answersInAddress() ?? history.state?.answers ?? []);
  section.classList.add("flow--ready");
  if (given.length) addEventListener("DOMContentLoaded", () => section.scrollIntoView());
  addEventListener("hashchange", () => {
    const answers = answersInAddress();
    if (answers) show(answers).querySelector("h3").focus();
    else self.remember?.({ answers: given });
  });
};

for (const section of document.querySelectorAll(".flow")) flow(section);
