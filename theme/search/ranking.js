// Which pages answer a question, best first.
//
// A question is a list of concepts: words, compounds and numbers, each with its synonyms. A page's score
// is the product of
//   - how likely the page's search phrases make the words of the question, small words included, in
//     relation to all pages' phrases (naive Bayes);
//   - how much the page's title and text are about the concepts (BM25F);
//   - the share of the question that the page has anywhere.

const TEXT_EXPONENT = 0.2; // of how much title and text are about a question
const LEAST_TEXT = 0.1; // added to that, for pages whose phrases alone have the words
const COVERAGE_EXPONENT = 0.4; // of the share of the question that a page has
const RARITY_EXPONENT = 0.5; // of idf, which on few pages weakens their main words too much
const LIGHT_WEIGHT = 0.3; // of a light word
const SYNONYM_WEIGHT = 0.8; // of a synonym, relative to the word itself
const CORRECTED_WEIGHT = 0.9; // of a corrected word, for each change
const SWAP = 0.9; // changes that two swapped letters are: the likeliest slip
const MINOR_WEIGHT = 0.6; // of a page that only explains words
const PERSON_WEIGHT = 1.45; // of customer care, for out-of-scope questions
const MOST_LETTERS = 1000;
const MOST_WORDS = 40;
const MOST_SPLIT = 30; // letters of a word in which others may be run together
const DIGITS = 9; // of scores: other machines may differ in later ones
const MOST_CONCEPTS = 14; // on a large site

// How many letters to change, add, drop or swap to turn one word into another, if at most `most`.
const changesBetween = (one, other, most) => {
  if (Math.abs(one.length - other.length) > most) return Infinity;
  let before = [], row = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (one[i - 1] !== other[j - 1]));
      if (one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        next[j] = Math.min(next[j], before[j - 2] + SWAP);
      }
    }
    if (Math.min(...next) > most) return Infinity;
    before = row;
    row = next;
  }
  return row[other.length];
};

// The likeliest meaning of a word that no page has: {name, word, changes}, or undefined.
const correct = async (word, index) => {
  const most = word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
  let best, least = Infinity;
  // A large site's words are fetched by their first letter, which may be swapped with the second.
  for (const letter of most ? new Set([...word].slice(0, index.whole ? 1 : 2)) : []) {
    if (best) break;
    for (const { name, words, uses } of await index.vocabulary(letter)) {
      for (const meant of words) {
        const changes = changesBetween(word, meant, most);
        const begins = word[0] === meant[0];
        const sure = meant.length > 3 && (begins || word[0] === meant[1] || (changes < 2 && word.length > 4));
        const cost = changes + (begins ? 0 : 0.3) - Math.min(uses, 90) / 100;
        if (changes <= most && sure && cost < least) {
          least = cost;
          best = { name, word: meant, changes };
        }
      }
    }
  }
  return best;
};

const ownWord = async (word, index) => STOP.has(word) || LIGHT.has(stemOf(word))
  || (word.length > 2 && Boolean((await index.term(stemOf(word)))?.words.includes(word)));

// The words that were run together, if all are known; the longest first. `failed` has the ends of the
// word that are none.
const split = async (word, index, failed = new Set()) => {
  for (let at = Math.min(word.length, MOST_SPLIT); at > 0 && !failed.has(word); at--) {
    if (!await ownWord(word.slice(0, at), index)) continue;
    if (at === word.length) return [word];
    const rest = await split(word.slice(at), index, failed);
    if (rest) return [word.slice(0, at), ...rest];
  }
  failed.add(word);
  return null;
};

// The words of the index that begin with `start`, the most common first.
const completions = async (start, index) => [...(await index.near(start)).values()]
  .filter(({ name }) => !name.includes(" "))
  .map((term) => ({ term, word: term.words.find((word) => word.startsWith(start)) }))
  .filter(({ word }) => word)
  .sort((one, other) => other.term.uses - one.term.uses);

// The words to look up: on a large site only the rarest, which distinguish pages best.
const chosen = (words, index) => {
  if (!index.common) return words;
  const commonness = (word) => (index.common.indexOf(stemOf(word)) + 1) || Infinity;
  const kept = new Set([...new Set(words)]
    .sort((one, other) => commonness(other) - commonness(one)).slice(0, MOST_CONCEPTS));
  return words.filter((word) => kept.has(word));
};

const HYPHENED = /(\p{L}+)[-\u2010\u2011](\p{L}+)/gu;

// The text with words in one that it writes with a hyphen, where pages have them so.
const withoutHyphens = async (text, index) => {
  const own = new Set();
  for (const [, one, other] of text.matchAll(HYPHENED)) {
    if (await ownWord(one + other, index)) own.add(one + other);
  }
  return text.replace(HYPHENED, (whole, one, other) => own.has(one + other) ? one + other : whole);
};

// What a question asks: {concepts, small, suggestion}. A concept is {word, term, light, weight, used};
// unknown words have no term. Small words are terms of their own. With `verbatim`, nothing is corrected.
const readQuestion = async (question, index, verbatim) => {
  const concepts = new Map();
  let suggestion;
  const add = (word, term, weight = 1, used = "") => {
    const light = LIGHT.has(term?.name ?? word);
    const key = term?.group || term?.name || word;
    if (light) weight *= LIGHT_WEIGHT;
    if (!concepts.has(key)) concepts.set(key, { word, term, light, weight, used });
  };
  const asked = [...question].slice(-MOST_LETTERS).join(""); // a story ends in its question
  hear(asked);
  let text = plain(asked);
  for (const [whole, names] of amountsOf(text)) {
    for (const name of names) {
      const term = await index.term(name);
      if (!term && name !== "=code") continue;
      if (term) add(whole, term);
      text = text.replace(whole, " ");
      break;
    }
  }
  text = await withoutHyphens(text, index);
  const all = wordsOf(text);
  const small = await Promise.all([...new Set(all.filter((word) => STOP.has(word)))].slice(0, MOST_WORDS)
    .map((word) => index.term(`~${word}`)));
  const words = chosen(all.filter((word) => !STOP.has(word)).slice(-MOST_WORDS), index);
  await Promise.all(words.map((word) => index.near(stemOf(word))));
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    let term, count = index.longest + 1;
    while (!term && --count) {
      term = await index.term(words.slice(at, at + count).map(stemOf).join(" "));
    }
    if (term) {
      add(word, term);
      at += count - 1;
      continue;
    }
    if (LIGHT.has(stemOf(word))) continue;
    if (at === words.length - 1 && text.endsWith(word)) {
      const [complete] = await completions(word, index);
      if (complete) {
        add(word, complete.term);
        suggestion = complete.word;
        continue;
      }
    }
    if (verbatim || await index.knows(stemOf(word))) {
      add(word);
      continue;
    }
    const meant = await correct(word, index);
    const parts = meant?.changes <= 1 ? null : await split(word, index);
    if (parts) words.splice(at + 1, 0, ...parts.filter((known) => !STOP.has(known)));
    else if (meant) {
      add(word, await index.term(meant.name), CORRECTED_WEIGHT ** meant.changes, meant.word);
    } else add(word);
  }
  return { concepts: [...concepts.values()], small: small.filter(Boolean), suggestion };
};

// Where a concept occurs, with its synonyms: its terms, and by page its impacts, from 0 to 1, and the
// numbers of phrases that have it.
const occurrences = async (term, index) => {
  const synonyms = term.group ? (await index.group(term.group)).filter((one) => one !== term) : [];
  const members = [term, ...synonyms];
  const impacts = new Map();
  const counts = new Map();
  for (const member of index.whole || !term.group ? members : synonyms) { // a group has its sums
    for (const [page, count] of member.counts) counts.set(page, (counts.get(page) ?? 0) + count);
  }
  for (const page of counts.keys()) impacts.set(page, 0);
  for (const member of members) {
    const share = (member === term ? 1 : SYNONYM_WEIGHT) / LEVELS;
    for (const [page, impact] of member.impacts) {
      impacts.set(page, Math.max(impacts.get(page) ?? 0, impact * share));
    }
  }
  for (const [page, count] of counts) counts.set(page, 2 ** Math.floor(Math.log2(count)));
  return { members, impacts, counts };
};

// Returns how likely the phrases of a page make the words of a question. `counted` has, for each word, how
// many phrases of each page have it; of many words each counts less.
const evidence = (counted, index) => {
  const sum = (counts) => [...counts].reduce((total, count) => total + count, 0);
  const half = index.kinds / 2, all = sum(index.counts) + half;
  const bases = counted.map((counts) => Math.log((sum(counts.values()) + 0.5) / all));
  return (page) => {
    const own = index.counts[page] + half;
    const likely = counted.reduce((total, counts, i) =>
      total + (Math.log(((counts.get(page) ?? 0) + 0.5) / own) - bases[i]), 0);
    return Math.exp(likely / Math.sqrt(counted.length || 1));
  };
};

const rank = async (question, index, verbatim) => {
  const { concepts, small, suggestion } = await readQuestion(question, index, verbatim);
  const rarity = (pages) =>
    Math.log(1 + (index.pages - pages + 0.5) / (pages + 0.5)) ** RARITY_EXPONENT;
  const found = new Map();
  const counted = small.map(({ counts }) => counts);
  let known = 0, unknown = 0;
  for (const concept of concepts) {
    if (!concept.term) {
      unknown += rarity(0);
      continue;
    }
    const { members, impacts, counts } = await occurrences(concept.term, index);
    concept.members = members;
    if (counts.size) counted.push(counts);
    const weight = concept.weight * rarity(impacts.size);
    known += weight;
    for (const [page, impact] of impacts) {
      const about = found.get(page) ?? { page, text: 0, has: 0 };
      about.text += weight * impact;
      about.has += weight;
      found.set(page, about);
    }
  }
  const likely = evidence(counted, index);
  const ranked = [...found.values()];
  for (const about of ranked) {
    const score = likely(about.page)
      * (about.text / known + LEAST_TEXT) ** TEXT_EXPONENT
      * (about.has / known) ** COVERAGE_EXPONENT
      * (index.minor.includes(about.page) ? MINOR_WEIGHT : 1)
      * (about.page === index.person ? PERSON_WEIGHT : 1);
    about.score = Number(score.toPrecision(DIGITS));
  }
  ranked.sort((one, other) => other.score - one.score || one.page - other.page);
  return { ranked, concepts, suggestion, known: known / (known + unknown || 1) };
};
