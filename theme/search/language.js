// How text becomes words and stems, exactly as in helpcentre/search/language.py. LANGUAGE and stemOf
// come before this: see helpcentre/search/__init__.py.

const UNSPACED = `[${"Hani Hira Kana Thai Laoo Khmr Mymr".replace(/\w+/g, "\\p{scx=$&}")}]`;
const LETTER = "[\\p{L}\\p{M}]";
const RUNS = new RegExp(`(?:(?=${LETTER})${UNSPACED})+|(?:(?!${UNSPACED})${LETTER})+`, "gu");
const UNSPACED_RUN = new RegExp(`^${UNSPACED}`, "u");
const LONGEST_WORD = 40;

const STOP = new Set(LANGUAGE.stop.split(" "));
const LIGHT = new Set(LANGUAGE.light.split(" "));

// Text in lower case, without accents and apostrophes.
const plain = (text) => text
  .replace(/['\u2018\u2019\u02bc`\u00b4]/g, "")
  .normalize("NFKD").replace(/[\u0300-\u036f]/g, "").normalize("NFKC").toLowerCase();

// The words of plain text; in a script without spaces, every two neighbouring letters.
const wordsOf = (text) => (text.match(RUNS) ?? []).flatMap((run) => {
  const letters = [...run];
  if (!UNSPACED_RUN.test(run)) return letters.slice(0, LONGEST_WORD).join("");
  return letters.length === 1 ? run : letters.slice(1).map((letter, i) => letters[i] + letter);
});
