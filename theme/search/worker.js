// Answers the search dialog:
//   -> {id, question, verbatim?: true}        verbatim: no word is corrected
//   <- {id, results: [{url, title, answer, parts: [{url, heading}], marks: [word], person?: true}],
//       suggestion?: "word", corrected: [{typed, used}], language?: {tag, text}, another that is likelier,
//       counted: "what of the question may be sent"}
//   <- {id, results: [], unavailable: true}   the index cannot be had
// A question is not answered if a later one was asked meanwhile; `id` is another for each.
// All texts are plain, and addresses are relative to the site's. A result with `person` leads to
// customer care, and is no answer. Nothing is fetched before the first question.

const MAX_MARKS = 20; // words that the opened page marks
const LEAST_KNOWN = 0.1; // below this known share of the question, no page is sure to answer it
const NEARLY = 0.5; // the share of the best score from which on customer care is as good a result
const PERSON_PLACE = 3; // of customer care otherwise, at the earliest, from 0
const NOISE = 0.01; // the share of the best score below which a page is no result
const RESULTS = 10;
const OWN = 0.7; // the share of words from which on a question is in this language
const FOREIGN = 0.3; // the share of words from which on it is in another, if that has more

// A page, with those of its parts whose headings the question has.
const resultOf = async ({ page }, terms, index) => {
  const [url, title, answer, headings] = await index.page(page);
  const words = terms.filter(({ impacts }) => impacts.has(page)).flatMap((term) => term.words)
    .sort((one, other) => other.length - one.length);
  const stems = new Set(words.flatMap((word) => word.split(" ").map(stemOf)));
  const isAsked = ([heading]) => wordsOf(plain(heading)).every((word) =>
    STOP.has(word) || stems.has(stemOf(word)));
  return {
    url,
    title,
    answer,
    parts: headings.filter(isAsked).map(([heading, anchor = wordsOf(plain(heading)).join("-")]) =>
      ({ url: `${url}#${anchor}`, heading })),
    marks: words.slice(0, MAX_MARKS),
    ...title ? {} : { person: true },
  };
};

// Customer care comes first where hardly a word of the question is known, and has its place where it is
// nearly as good an answer as the best; else it comes after the first three. The index has it as a page,
// and as a result without a title.
const withPerson = (ranked, known, index) => {
  const isPerson = ({ page }) => page === index.contact || page === index.person;
  const others = ranked.filter((about) => !isPerson(about));
  if (known < LEAST_KNOWN && index.person >= 0) return [{ page: index.person }, ...others];
  const place = ranked.findIndex(isPerson);
  if (place >= 0) {
    const nearly = ranked[place].score >= ranked[0].score * NEARLY;
    others.splice(nearly ? place : Math.max(place, PERSON_PLACE), 0, ranked[place]);
  }
  return others;
};

// The other language of the site in which a question is more likely put: one whose script it is in, or
// that has most of its words. Asked only where this language knows few of them.
const languageOf = async (question, concepts, index) => {
  const words = wordsOf(plain(question));
  const exact = new Set(concepts.filter(({ term, used }) => term && !used).map(({ word }) => word));
  const own = words.filter((word) => STOP.has(word) || exact.has(word)).length;
  if (own >= words.length * OWN) return undefined;
  const rows = Object.entries(await index.otherLanguages()).map(([tag, { script, common, text }]) => {
    const isIn = script && new RegExp(`\\p{scx=${script}}`, "u").test(question);
    const list = new Set(common.split(" "));
    return { tag, text, count: isIn ? words.length : words.filter((word) => list.has(word)).length };
  });
  const best = rows.sort((one, other) => other.count - one.count)[0];
  return best?.count > own && best.count >= words.length * FOREIGN ? { tag: best.tag, text: best.text } : undefined;
};

const answerTo = async (question, index, verbatim) => {
  const { ranked, concepts, suggestion, known } = await rank(question, index, verbatim);
  const relevant = ranked.filter(({ score }) => score > ranked[0].score * NOISE);
  const best = withPerson(relevant, known, index).slice(0, RESULTS);
  const terms = concepts.flatMap(({ members, light }) => light ? [] : members ?? []);
  const results = await Promise.all(best.map((about) => resultOf(about, terms, index)));
  const corrected = concepts.flatMap(({ word, used }) => used ? [{ typed: word, used }] : []);
  const language = verbatim ? undefined : await languageOf(question, concepts, index);
  const text = await counted(question, { corrected, suggestion }, index);
  return { results, suggestion, corrected, language, counted: text };
};

let latest;
let index = null;

const answer = async (question, verbatim) => {
  if (!question.trim()) return { results: [] };
  try {
    index ??= Index.open();
    const result = await answerTo(question, await index, verbatim);
    cache = "default";
    return result;
  } catch (error) {
    console.warn(error);
    index = null;
    cache = "reload";
    return { results: [], unavailable: true };
  }
};

self.addEventListener("message", async ({ data: { id, question, verbatim } }) => {
  latest = id;
  const result = await answer(question, verbatim);
  if (id === latest) self.postMessage({ id, ...result });
});
