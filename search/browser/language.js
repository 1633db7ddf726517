// How words are told apart and brought to their stems: as search/language.py does, word for word.
// LANGUAGE and stemOf come before this: see search/worker.py.

const SEPARATORS = "\\u0000-\\u002f\\u003a-\\u0040\\u005b-\\u0060\\u007b-\\u00a9\\u00ab-\\u00b4"
  + "\\u00b6-\\u00b9\\u00bb-\\u00bf\\u00d7\\u00f7\\u2000-\\u203e\\u2041-\\u2053\\u2055-\\u206f"
  + "\\u20a0-\\u20cf\\u2190-\\u2bff\\u2e00-\\u2e7f\\u3000-\\u3004\\u3007-\\u3020\\u3030"
  + "\\u303d-\\u303f\\ufe10-\\ufe1f\\ufe30-\\ufe6f\\uff00-\\uff0f\\uff1a-\\uff20\\uff3b-\\uff40"
  + "\\uff5b-\\uff65\\ufff0-\\uffff\\u{1f000}-\\u{1faff}";
const UNSPACED = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3040-\\u30ff\\u3400-\\u9fff"
  + "\\u{20000}-\\u{3ffff}";
const RUNS = new RegExp(`[${UNSPACED}]+|[^${SEPARATORS}${UNSPACED}0-9]+`, "gu");
const UNSPACED_RUN = new RegExp(`^[${UNSPACED}]`, "u");
const LONGEST_WORD = 40;

const STOP = new Set(LANGUAGE.stop);
const LIGHT = new Set(LANGUAGE.light);

// In small letters, without accents and apostrophes.
const plain = (text) => text
  .replace(/['\u2018\u2019\u02bc`\u00b4]/g, "")
  .normalize("NFKD").replace(/[\u0300-\u036f]/g, "").normalize("NFKC").toLowerCase();

// The words of plain text; of a script without spaces, every two neighbouring letters.
const wordsOf = (text) => (text.match(RUNS) ?? []).flatMap((run) => {
  const letters = [...run];
  if (!UNSPACED_RUN.test(run)) return letters.slice(0, LONGEST_WORD).join("");
  return letters.length === 1 ? run : letters.slice(1).map((letter, i) => letters[i] + letter);
});
