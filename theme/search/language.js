// How text becomes words, numbers and stems, exactly as in helpcentre/search/language.py. LANGUAGE and
// stemmed, which gives the stem of a word as it is spelt, come before this: see helpcentre/search/__init__.py.

const UNSPACED = `[${"Hani Hira Kana Thai Laoo Khmr Mymr".replace(/\w+/g, "\\p{scx=$&}")}]`;
const LETTER = "[\\p{L}\\p{M}]";
const RUNS = new RegExp(`(?:(?=${LETTER})${UNSPACED})+|(?:(?!${UNSPACED})${LETTER})+`, "gu");
const UNSPACED_RUN = new RegExp(UNSPACED, "u");
const LONGEST_WORD = 40;

const STOP = new Set(LANGUAGE.stop.split(" "));
const LIGHT = new Set(LANGUAGE.light.split(" "));

// Text in lower case, without what many people do not type: accents, and optional marks of Arabic.
const folded = (text) => text.normalize("NFKD")
  .replace(/(?<=[A-Za-z\u0370-\u03ff\u0415\u0435])[\u0300-\u036f]+|[\u0640\u064b-\u0655\u0670]/g, "")
  .replace(/\u0649/g, "\u064a").replace(/\u0629/g, "\u0647").normalize("NFKC").toLowerCase();

// Text without characters that nobody sees, and without apostrophes, which may end a word.
const seen = (text) => text.replace(/['\u2018\u2019\u02bc`\u00b4]/g, LANGUAGE.elides ? " " : "")
  .replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, "");
const plain = (text) => folded(seen(text));

// The words of plain text; in a script without spaces, each letter and every two neighbouring ones.
const wordsOf = (text) => (text.match(RUNS) ?? []).flatMap((run) => {
  const letters = [...run];
  if (!UNSPACED_RUN.test(run)) return letters.slice(0, LONGEST_WORD).join("");
  return letters.flatMap((letter, i) => i + 1 < letters.length ? [letter, letter + letters[i + 1]] : letter);
});

// How the question spells its plain words that it spells with accents, and the stems of the index's
// words that people type without them: stems are made of words as they are spelt.
let spelt = new Map();
let stems = {};
const hear = (question) => {
  const text = seen(question);
  const [own, words] = [wordsOf(text.normalize("NFC").toLowerCase()), wordsOf(folded(text))];
  spelt = new Map(own.length === words.length ? words.map((word, i) => [word, own[i]]) : []);
};
const ASCII = /^[a-z]*$/;
const stemOf = (word) => {
  if (typeof stems[word] === "string") return stems[word]; // and no method of objects
  const stem = stemmed(spelt.get(word) ?? word);
  return ASCII.test(stem) ? stem : folded(stem);
};

// The numbers, dates and codes in plain text: [[the text, how the index may name it, the likeliest name
// first], ...]
const AMOUNTS = new RegExp(LANGUAGE.amounts, "gu");
const dateOf = (m, d) => m > 0 && m < 13 && d > 0 && d < 32 ? [`=${+m}-${+d}`] : [];
const monthOf = (name) => LANGUAGE.months.findIndex((words) => words.split("|").includes(name)) + 1;
const namesOf = ([whole, isoMonth, isoDay, one, other, before, named, name, after, count, unit]) => {
  if (isoMonth) return dateOf(isoMonth, isoDay);
  if (one) return [...dateOf(other, one), ...dateOf(one, other)];
  if (before) return dateOf(monthOf(named), before);
  if (name) return dateOf(monthOf(name), after);
  if (count) {
    const isOf = ([, words]) => words.split("|").includes(unit);
    const [scale, kind] = Object.entries(LANGUAGE.units).find(isOf)[0].split(" ");
    return [`=${count * scale}${kind}`, `=${+count}`];
  }
  return [whole.length < 8 ? `=${+whole}` : "=code"];
};
const amountsOf = (text) => [...text.matchAll(AMOUNTS)].map((found) => [found[0], namesOf(found)]);
