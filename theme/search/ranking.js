// Which pages answer a question, best first.
//
// A question is a list of concepts: words and compounds, each with its synonyms. A page's score is
// how much its text is about each concept, plus how well its best search phrases fit the question as
// a whole: the weight of the concepts that both have, times the share of the phrase that the question
// has too. All that is multiplied by the share of the question that the page has anywhere.

const RANKING = {
  minor: 0.6, // for a page that only explains words
  sure: 0.2, // below this share of the question's weight, it is doubtful that a page answers it
  hopeless: 0.08, // below this, it is unlikely
  light: 0.2, // weight of a light word
  synonym: 0.8, // weight of a synonym, relative to the word itself
  corrected: 0.9, // weight of a corrected word, for each change
  text: 0.5, // weight of the text, relative to the phrases
  phrases: [2, 1.2, 0.7], // weights of the best phrase, the second and the third
  lone: 0.5, // for a phrase that shares one concept only
  precision: 1.4, // exponent of the share of a phrase that the question has
  rarity: 0.6, // exponent of idf, which on few pages weakens their main words too much
  coverage: 0.25, // exponent of the share of the question that a page has
};
const MOST_LETTERS = 1000;
const MOST_WORDS = 40;
const MOST_CONCEPTS = 10; // on a large site
const MOST_PARTED = 30;

const SWAP = 0.9; // two swapped letters are the likeliest slip

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
  return row.at(-1);
};

// The likeliest meaning of a word that no page has: {name, word, changes}, or undefined.
const correct = async (word, index) => {
  const most = word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
  let best, least = Infinity;
  // A large site's words are fetched by their first letter, which may be swapped with the second.
  for (const letter of most ? new Set([...word].slice(0, index.whole ? 1 : 2)) : []) {
    if (best) break;
    for (const { name, words, pages } of await index.vocabulary(letter)) {
      for (const meant of words) {
        const changes = changesBetween(word, meant, most);
        const begins = word[0] === meant[0];
        const sure = meant.length > 3 && (begins || word[0] === meant[1] || (changes < 2 && word.length > 4));
        const cost = changes + (begins ? 0 : 0.3) - Math.min(pages, 90) / 100;
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

// The words that were run together, if all are known; the longest first.
const part = async (word, index) => {
  for (let at = Math.min(word.length, MOST_PARTED); at > 0; at--) {
    if (!await ownWord(word.slice(0, at), index)) continue;
    if (at === word.length) return [word];
    const rest = await part(word.slice(at), index);
    if (rest) return [word.slice(0, at), ...rest];
  }
  return null;
};

// The words of the index that begin with `start`, the most common first.
const completions = async (start, index) => [...(await index.near(start)).values()]
  .filter(({ name }) => !name.includes(" "))
  .map((term) => ({ term, word: term.words.find((word) => word.startsWith(start)) }))
  .filter(({ word }) => word)
  .sort((one, other) => other.term.pages - one.term.pages);

// The words to look up: on a large site only the rarest, which distinguish pages best.
const chosen = (words, index) => {
  if (!index.common) return words;
  const commonness = (word) => (index.common.indexOf(stemOf(word)) + 1) || Infinity;
  const kept = new Set([...new Set(words)]
    .sort((one, other) => commonness(other) - commonness(one)).slice(0, MOST_CONCEPTS));
  return words.filter((word) => kept.has(word));
};

// The concepts of a question: [{word, term, light, weight, used}]; unknown words have no term.
const conceptsOf = async (question, index) => {
  const text = plain(question.slice(0, MOST_LETTERS));
  const words = chosen(
    wordsOf(text).filter((word) => !STOP.has(word)).slice(0, MOST_WORDS), index);
  const concepts = new Map();
  let suggestion;
  const add = (word, term, weight = 1, used = "") => {
    const light = LIGHT.has(term?.name ?? word);
    const key = term?.group || term?.name || word;
    if (light) weight *= RANKING.light;
    if (!concepts.has(key)) concepts.set(key, { word, term, light, weight, used });
  };
  await Promise.all(words.map((word) => index.near(stemOf(word))));
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    let term, count = 4;
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
    const meant = await correct(word, index);
    const parts = meant?.changes <= 1 ? null : await part(word, index);
    if (parts) words.splice(at + 1, 0, ...parts.filter((known) => !STOP.has(known)));
    else if (meant) {
      add(word, await index.term(meant.name), RANKING.corrected ** meant.changes, meant.word);
    } else add(word);
  }
  return { concepts: [...concepts.values()], suggestion };
};

// Where a concept occurs: its terms, impacts by page, and shares by phrase; with synonyms.
const occurrences = async (term, index) => {
  const members = [term, ...term.group ? await index.group(term.group) : []];
  const impacts = new Map();
  const phrases = new Map();
  for (const member of members) {
    const share = member === term ? 1 : RANKING.synonym;
    const best = (map, key, value) => map.set(key, Math.max(map.get(key) ?? 0, value * share));
    for (const [page, impact] of member.impacts) best(impacts, page, impact);
    for (const phrase of member.phrases) best(phrases, phrase, 1);
  }
  for (const phrase of phrases.keys()) impacts.set(phrase >> 9, impacts.get(phrase >> 9) ?? 0);
  return { members, impacts, phrases };
};

const rank = async (question, index) => {
  const { concepts, suggestion } = await conceptsOf(question, index);
  const rarity = (pages) =>
    Math.log(1 + (index.pages - pages + 0.5) / (pages + 0.5)) ** RANKING.rarity;
  const found = new Map();
  let known = 0, unknown = 0;
  for (const concept of concepts) {
    if (!concept.term) {
      unknown += rarity(0);
      continue;
    }
    const { members, impacts, phrases } = await occurrences(concept.term, index);
    concept.members = members;
    const weight = concept.weight * rarity(impacts.size);
    known += weight;
    for (const [page, impact] of impacts) {
      if (!found.has(page)) found.set(page, { page, text: 0, has: 0, phrases: new Map() });
      const about = found.get(page);
      about.text += weight * impact;
      about.has += weight;
    }
    for (const [phrase, share] of phrases) {
      const fits = found.get(phrase >> 9).phrases;
      const fit = fits.get(phrase) ?? { weight: 0, size: 0, concepts: 0 };
      fit.weight += weight * share;
      fit.size += concept.light ? RANKING.light : 1;
      fit.concepts++;
      fits.set(phrase, fit);
    }
  }
  const ranked = [...found.values()];
  for (const about of ranked) {
    const fits = [...about.phrases].map(([phrase, fit]) => fit.weight
      * Math.min(1, fit.size / ((phrase >> 6) & 7)) ** RANKING.precision
      * (fit.concepts > 1 ? 1 : RANKING.lone));
    fits.sort((one, other) => other - one);
    const best = RANKING.phrases.reduce((sum, share, i) => sum + share * (fits[i] ?? 0), 0);
    about.score = (index.minor.includes(about.page) ? RANKING.minor : 1)
      * (about.has / known) ** RANKING.coverage * (RANKING.text * about.text + best);
  }
  ranked.sort((one, other) => other.score - one.score || one.page - other.page);
  const fit = ranked.length ? ranked[0].score / (known + unknown) : 0;
  return { ranked, concepts, suggestion, fit };
};
