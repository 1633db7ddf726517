// English stems by the Snowball project's English algorithm ("Porter 2"), as version 3 of its
// published description has it; Python has the same in the package snowballstemmer.
// https://snowballstem.org/algorithms/english/stemmer.html

const stemmed = (() => {
  const pairs = (table) => table.split(" ").map((pair) => pair.split(":"));
  const IRREGULAR = new Map(pairs("skis:ski skies:sky idly:idl gently:gentl ugly:ugli early:earli"
    + " only:onli singly:singl andes:andes atlas:atlas bias:bias cosmos:cosmos howe:howe news:news"
    + " sky:sky"));
  // What steps 2 and 3 put in place of an ending, the longer endings first.
  const STEP_2 = pairs("ational:ate fulness:ful iveness:ive ization:ize ousness:ous biliti:ble"
    + " lessli:less tional:tion alism:al aliti:al ation:ate entli:ent fulli:ful iviti:ive ogist:og"
    + " ousli:ous abli:able alli:al anci:ance ator:ate enci:ence izer:ize bli:ble ogi:og li:");
  const STEP_3 = pairs("ational:ate tional:tion alize:al ative: icate:ic iciti:ic ical:ic ness:"
    + " ful:");
  const STEP_4 = /(?:ement|ance|ence|able|ible|ment|ant|ate|ent|ion|ism|iti|ive|ize|ous|al|er|ic)$/;
  const SHORT = /(?:[^aeiouy][aeiouy][^aeiouywxY]|^[aeiouy][^aeiouy]|past)$/;

  // Where the region after the first consonant that follows a vowel begins.
  const region = (word, from) => {
    const found = /[aeiouy][^aeiouy]/.exec(word.slice(from));
    return found ? from + found.index + 2 : word.length;
  };

  return (word) => {
    if (IRREGULAR.has(word)) return IRREGULAR.get(word);
    if (word.length < 3) return word;
    let w = word.replace(/^'/, "").replace(/^y/, "Y").replace(/([aeiouy])y/g, "$1Y");
    const prefix = /^(?:arsen|commun|emerg|gener|inter|later|organ|past|univers)/.exec(w);
    const r1 = prefix ? prefix[0].length : region(w, 0);
    const r2 = region(w, r1);

    // 1a: plurals and possessives
    w = w.replace(/'(?:s'?)?$/, "");
    if (w.endsWith("sses")) w = w.slice(0, -2);
    else if (/ie[ds]$/.test(w)) w = w.slice(0, w.length > 4 ? -2 : -1);
    else if (/[aeiouy].+s$/.test(w) && !/[us]s$/.test(w)) w = w.slice(0, -1);

    // 1b: -ed and -ing
    const past = /(?:eedly|ingly|edly|eed|ing|ed)$/.exec(w);
    if (past) {
      const before = w.slice(0, past.index);
      if (past[0].startsWith("eed")) {
        if (past.index >= r1 && !/^(?:succ|proc|exc)$/.test(before)) w = `${before}ee`;
      } else if (past[0] === "ing" && /^(?:even|cann|inn|earr|herr|out)$/.test(before)) {
        // stays
      } else if (past[0] === "ing" && /^[^aeiouy]y$/.test(before)) {
        w = `${before[0]}ie`;
      } else if (/[aeiouy]/.test(before)) {
        w = before;
        if (/(?:at|bl|iz)$/.test(w)) w += "e";
        else if (/(bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(w)) {
          if (!/^[aeo]..$/.test(w)) w = w.slice(0, -1);
        } else if (w.length === r1 && SHORT.test(w)) w += "e";
      }
    }

    // 1c: -y
    w = w.replace(/(.[^aeiouy])[yY]$/, "$1i");

    // 2 and 3: endings of endings
    const swap = (endings, allowed) => {
      const found = endings.find(([ending]) => w.endsWith(ending));
      if (!found) return;
      const start = w.length - found[0].length;
      if (start >= r1 && allowed(found[0], start)) w = w.slice(0, start) + found[1];
    };
    swap(STEP_2, (ending, start) =>
      ending === "ogi" ? w[start - 1] === "l"
      : ending === "li" ? /[cdeghkmnrt]/.test(w[start - 1] ?? "")
      : true);
    swap(STEP_3, (ending, start) => ending !== "ative" || start >= r2);

    // 4: what is left of them
    const left = STEP_4.exec(w);
    if (left && left.index >= r2 && (left[0] !== "ion" || /[st]$/.test(w.slice(0, left.index)))) {
      w = w.slice(0, left.index);
    }

    // 5: a last -e or -l
    const start = w.length - 1;
    if (w.endsWith("e")) {
      if (start >= r2 || (start >= r1 && !SHORT.test(w.slice(0, -1)))) w = w.slice(0, -1);
    } else if (w.endsWith("ll") && start >= r2) w = w.slice(0, -1);

    return w.toLowerCase();
  };
})();
