// Counts which pages helped, which questions were left without an answer, and which results were opened
// that were not the first. Only a site with INSIGHTS_URL has this script. An event is the query of a
// beacon's address, so that a host's log can hold it: helpcentre/insights/events.py reads it again.
// Nothing is kept here, and nobody waits for an answer.
if (navigator.doNotTrack !== "1" && !navigator.globalPrivacyControl) {
  const { url, contact } = document.currentScript.dataset;
  const dialog = document.querySelector(".search");
  const list = dialog.querySelector("ol");
  const base = new URL(dialog.dataset.base, location).pathname;
  const pageOf = (address) => new URL(address, location).pathname.slice(base.length);
  const send = (event, details) => navigator.sendBeacon(
    `${url}?${new URLSearchParams({ event, ...details, lang: document.documentElement.lang })}`);

  // One vote of each visit to a page.
  const votes = document.querySelector(".helpful__votes");
  const vote = ({ target }) => {
    if (!target.value) return;
    votes.removeEventListener("click", vote);
    send("vote", { page: pageOf(location.href), helpful: target.value });
  };
  votes?.addEventListener("click", vote);

  // The question that is dealt with: counted already, or a result was opened, also before Back led here.
  let done = history.state?.search?.question;

  const open = ({ target, button }) => {
    const link = target.closest("a");
    const { asked, question } = dialog.dataset;
    if (!link || !question || button > 1) return;
    done = asked;
    if (!list.contains(link)) return; // results in another language
    const page = pageOf(link.href), first = pageOf(list.querySelector("a").href);
    if (page === pageOf(contact)) send("unanswered", { question });
    else if (page !== first) send("opened", { question, page, first });
  };
  for (const lists of [list, dialog.querySelector(".search__other")])
    for (const kind of ["click", "auxclick"]) lists.addEventListener(kind, open);

  const leave = () => {
    const { asked, question } = dialog.dataset;
    if (!question || done === asked) return;
    done = asked;
    send("unanswered", { question });
  };
  dialog.addEventListener("close", leave);
  addEventListener("pagehide", leave);
}
