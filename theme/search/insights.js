// What of a question may leave the browser, on a site that counts what it could not answer: words of this
// help centre, and ordinary words of the language that are nobody's name. Everything else becomes "…",
// and so does whatever is a number or has a digit, or is an e-mail address or a link. NAMES and
// NUMBER_WORDS come before this.

const GAP = "…";
const MOST_COUNTED = 120; // characters
const MOST_BYTES = 1000; // of an address, which a host logs
const NO_WORD = /[\p{N}@/\\]|[.:_]\S/u;

const mayLeave = async (word, index) => !NUMBER_WORDS.includes(word) && (STOP.has(word)
  || Boolean((await index.term(stemOf(word)))?.words.includes(word))
  || Boolean(NAMES && index.known && await index.lists(stemOf(word), index.known, false)
    && !await index.lists(stemOf(word), NAMES, true)));

// A word; in a script without spaces, those of its letters that are in a pair of the index.
const countedRun = async (run, used, index) => {
  if (!UNSPACED_RUN.test(run)) {
    const word = used.get(run) ?? run;
    return await mayLeave(word, index) ? word : GAP;
  }
  const letters = [...run];
  const pairs = await Promise.all(letters.slice(1).map((letter, i) => index.term(letters[i] + letter)));
  const isKnown = (letter, i) => !NUMBER_WORDS.includes(letter) && (pairs[i - 1] || pairs[i]);
  return letters.map((letter, i) => isKnown(letter, i) ? letter : GAP).join("");
};

// A question as it may be counted, with misspelt words corrected and the last one completed.
const counted = async (question, { corrected, suggestion }, index) => {
  const used = new Map(corrected.map(({ typed, used }) => [typed, used]));
  const last = wordsOf(plain(question)).pop();
  if (suggestion) used.set(last, suggestion);
  let text = "";
  for (const token of question.split(/\s+/)) {
    const runs = NO_WORD.test(token) ? [GAP] : plain(token).match(RUNS) ?? [];
    for (const run of runs) {
      const next = run === GAP ? GAP : await countedRun(run, used, index);
      const longer = `${text} ${next}`.trim().replace(/…(?: ?…)+/g, GAP);
      const isLong = [...longer].length > MOST_COUNTED || encodeURIComponent(longer).length > MOST_BYTES;
      if (isLong) return text || GAP;
      text = longer;
    }
  }
  return text;
};
