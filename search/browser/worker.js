// Answers the search dialog, in the words that the theme's own would use:
//   -> {type: 0, data: {config, docs, options: {suggest}}}   set up
//   <- {type: 1}                                             ready
//   -> {type: 2, data: "the question"}
//   <- {type: 3, data: {items: [[item, ...], ...], suggest: ["word", ...], question}}
// An item is {location, title, text, score, terms}; the first of each list is a page, others are
// parts of it. Titles and texts are put into the dialog as HTML, so they are escaped here.
//
// Nothing is fetched before the first question. Only the latest question is answered.

const RESULTS = 10;
const HIGHLIGHTED = 20; // words that the opened page marks
const NOISE = 0.15; // the share of the best score below which a page is no result
const PERSON = 3; // the last place of customer care among the results, if none of them is sure
const NEARLY = 0.5; // the share of the best score from which on it is as good a result

const escaped = (text) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

// A text as HTML, with the words marked that have one of the stems.
const marked = (text, stems) => {
  let html = "", end = 0;
  const add = (from, to, hit) => {
    const piece = escaped(text.slice(from, to));
    html += hit ? `<mark>${piece}</mark>` : piece;
    end = to;
  };
  for (const { 0: run, index: at } of text.matchAll(RUNS)) {
    add(end, at);
    if (!UNSPACED_RUN.test(run)) add(at, at + run.length, stems.has(stemOf(plain(run))));
    else {
      const letters = [...run];
      const hit = (i) => stems.has((letters[i] ?? "") + (letters[i + 1] ?? ""));
      letters.forEach((letter, i) => add(end, end + letter.length, hit(i) || (i > 0 && hit(i - 1))));
    }
  }
  add(end, text.length);
  return html.replaceAll("</mark><mark>", "");
};

// A page and, after it, those of its parts whose headings the question says; Enter opens the first
// of these.
const pageItem = async ({ page, score }, terms, index) => {
  const [location, title, answer, headings] = await index.page(page);
  const words = terms.filter(({ impacts }) => impacts.has(page)).flatMap((term) => term.words)
    .sort((one, other) => other.length - one.length);
  const stems = new Set(words.flatMap((word) => word.split(" ").map(stemOf)));
  const marks = Object.fromEntries(words.slice(0, HIGHLIGHTED).map((word) => [word, true]));
  const item = (place, heading, text, share) => ({
    location: location + place,
    title: marked(heading, stems),
    text: marked(text, stems),
    score: score * share,
    terms: marks,
    person: !title, // what stands for customer care, and is no answer
  });
  const asked = ([heading]) => wordsOf(plain(heading)).every((word) =>
    STOP.has(word) || stems.has(stemOf(word)));
  return [item("", title || texts.person, answer, 1),
    ...headings.filter(asked).map(([heading, anchor = wordsOf(plain(heading)).join("-")]) =>
      item(`#${anchor}`, heading, "", 1.01))];
};

const { texts, pages } = LANGUAGE;
const plainItem = (location, title, text) =>
  [{ location, title: escaped(title), text: escaped(text), score: 1, terms: {} }];

// Customer care is among the first three where it is nearly as good an answer as the best, or where
// no page is sure to answer; then it says so. It is there as a page and as what stands for it.
const withPerson = (ranked, fit, index) => {
  const isPerson = ({ page }) => page === index.contact || page === index.person;
  const place = ranked.findIndex(isPerson);
  const others = ranked.filter((about) => !isPerson(about));
  if (fit < RANKING.sure && index.person >= 0) {
    const before = fit < RANKING.hopeless ? 0 : place < 0 ? PERSON - 1 : Math.min(place, PERSON - 1);
    others.splice(before, 0, { page: index.person, score: 1 });
  } else if (place >= 0) {
    const nearly = ranked[place].score >= ranked[0].score * NEARLY;
    others.splice(nearly ? place : Math.max(place, PERSON), 0, ranked[place]);
  }
  return others;
};

const answerTo = async (question, index) => {
  const { ranked, concepts, suggest, fit } = await rank(question, index);
  const heard = ranked.filter(({ score }) => score > ranked[0].score * NOISE);
  const best = withPerson(heard, fit, index).slice(0, RESULTS);
  const terms = concepts.flatMap(({ members, light }) => light ? [] : members ?? []);
  const items = await Promise.all(best.map((about) => pageItem(about, terms, index)));
  const mended = concepts.map((concept) => concept.mended).filter(Boolean).join(" ");
  if (mended && items.length) {
    const note = escaped(texts.mended.replace("%", mended));
    items[0][0].text = `<em class="search-note">${note}</em> ${items[0][0].text}`;
  }
  return { items, suggest };
};

const unavailable = {
  items: [
    plainItem(pages.questions, texts.unavailable, texts.all_questions),
    plainItem(pages.contact, texts.person, texts.unavailable),
  ],
};

let latest = 0;
let index = null;

const answer = async (question) => {
  if (!question.trim()) return { items: [] };
  try {
    index ??= Index.open();
    const result = await answerTo(question, await index);
    cache = "default";
    return result;
  } catch (error) {
    console.warn(error);
    index = null;
    cache = "reload";
    return unavailable;
  }
};

self.addEventListener("message", async ({ data: { type, data } }) => {
  if (type === 0) self.postMessage({ type: 1 });
  if (type !== 2) return;
  const asked = ++latest;
  const result = await answer(String(data));
  if (asked === latest) self.postMessage({ type: 3, data: { ...result, question: data } });
});
