// The index: reads what helpcentre/search/encoding.py wrote, part by part, as a question needs it. LEVELS,
// COUNTS and REMAINDER come before this, as helpcentre/search/ has them.

const UTF8 = new TextDecoder();

// A reader of bytes: numbers of seven bits a byte, and columns that begin with their length.
class Bytes {
  constructor(bytes) { this.bytes = bytes; this.position = 0; }
  number() {
    for (let value = 0, scale = 1; ; scale *= 128) {
      const byte = this.take(1)[0];
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }
  take(length = this.number()) {
    if (this.position + length > this.bytes.length) throw new Error("cut short");
    const start = this.position;
    this.position += length;
    return this.bytes.subarray(start, this.position);
  }
  text() { return UTF8.decode(this.take()); }
  column() { return new Bytes(this.take()); }
}

// [{name, words, group: 0 if it has no synonyms}, ...]
const readWords = (from) => {
  let last = "";
  const names = from.text().split("\n").map((line) =>
    last = [...last].slice(0, line.charCodeAt(0) - 48).join("") + line.slice(1));
  const words = from.text().split("\n");
  const groups = from.column();
  return names.map((name, i) => ({
    name,
    words: words[i] === "-" ? [] : words[i].split(",").map((coded) => {
      const [, cut, added] = /^(\d*)(.*)$/su.exec(coded);
      const letters = [...name];
      return letters.slice(0, letters.length - cut).join("") + added;
    }),
    group: groups.number(),
  }));
};

// The words by which misspelt ones are corrected, and how often each is used.
const readVocabulary = (bytes) => {
  const from = new Bytes(bytes);
  const words = readWords(from);
  const uses = from.column();
  for (const word of words) word.uses = uses.number();
  return words;
};

// Terms with, by page, their impacts, up to LEVELS, and the numbers of phrases that have them.
const readTerms = (bytes) => {
  const from = new Bytes(bytes);
  const terms = readWords(from);
  const [impactPages, steps, impacts, countPages, counts] =
    Array.from({ length: 5 }, () => from.column());
  for (const term of terms) {
    term.impacts = new Map();
    for (let left = impactPages.number(), page = 0; left > 0; left--) {
      page += steps.number();
      term.impacts.set(page, impacts.number());
    }
    term.counts = new Map();
    for (let left = countPages.number(), page = 0; left > 0; left--) {
      const coded = counts.number();
      page += Math.floor(coded / COUNTS);
      term.counts.set(page, 2 ** (coded % COUNTS));
    }
    term.uses = [...term.counts.values()].reduce((sum, count) => sum + count, term.impacts.size);
  }
  return terms;
};

// The hash of a stem, as helpcentre/search/known_words.py makes it, if `size` stems are known.
const hashOf = (stem, size) => {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(stem)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return Math.floor(hash / 2 ** 32 * (size * 2 ** REMAINDER));
};

// What says whether a stem is a known word of the language: steps between hashes, in Rice's coding.
const readKnown = (bytes) => {
  const size = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  const hashes = new Set();
  let hash = 0, remainder = 0, left = 0;
  for (let at = 32; at < bytes.length * 8; at++) {
    const bit = (bytes[at >> 3] >> (7 - at % 8)) & 1;
    if (left) {
      remainder = remainder * 2 + bit;
      left -= 1;
      if (!left) {
        hash += remainder;
        hashes.add(hash);
      }
    } else if (bit) hash += 2 ** REMAINDER;
    else [remainder, left] = [0, REMAINDER];
  }
  return (stem) => hashes.has(hashOf(stem, size));
};

// The index, which pages name after the # of the worker's address.
const INDEX = self.location.hash.slice(1) || "index.bin";
// How files are fetched. After a failure the browser's own copies are not trusted.
let cache = "default";

// A file of the index, decompressed, which a host may have done already.
const load = async (file) => {
  const response = await fetch(new URL(file, self.location), { cache });
  if (!response.ok) throw new Error(file);
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes[0] !== 31 || bytes[1] !== 139) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
};

class Index {
  // Throws if the file cannot be fetched or is incomplete.
  static async open() {
    const from = new Bytes(await load(INDEX));
    const index = Object.assign(new Index(), JSON.parse(from.text()));
    index.read = new Map();
    stems = index.stems;
    if (index.sizes) {
      index.whole = {};
      for (const [name, size] of Object.entries(index.sizes)) index.whole[name] = from.take(size);
    }
    return index;
  }

  // A part, read once; one that could not be fetched is tried again.
  part(name, reader) {
    if (!this.read.has(name)) {
      const own = this.whole?.[name];
      const bytes = own ? Promise.resolve(own)
        : load(/\.bin$|\.json$/.test(name) ? name : `${this.folder}/${name}.bin`);
      this.read.set(name, bytes.then(reader).catch((error) => {
        this.read.delete(name);
        throw error;
      }));
    }
    return this.read.get(name);
  }

  // The part of terms that has a name, if any has it.
  async near(name) {
    const place = Math.max(0, this.first.filter((first) => first <= name).length - 1);
    return this.part(`terms-${place}`, (bytes) =>
      new Map(readTerms(bytes).map((term) => [term.name, term])));
  }

  async term(name) { return (await this.near(name)).get(name); }

  // The terms of a group of synonyms; on a large site one term represents them all.
  async group(number) {
    if (!this.whole) return [await this.term(`#${number}`)];
    return [...(await this.near("")).values()].filter((term) => term.group === number);
  }

  // All words that begin with a letter, by which misspelt ones are corrected.
  async vocabulary(letter) {
    if (this.whole) return [...(await this.near("")).values()];
    const name = `words-${letter.codePointAt(0)}`;
    return this.words.includes(letter)
      ? this.part(name, readVocabulary) : [];
  }

  // Whether a file lists a stem; `otherwise` if it cannot be fetched.
  async lists(stem, file, otherwise) {
    const has = await this.part(file, readKnown).catch(() => () => otherwise);
    return has(stem);
  }

  // Whether a stem is a known word of the language, though no page has it.
  // Where that cannot be fetched, no word is corrected.
  async knows(stem) { return Boolean(this.known) && this.lists(stem, this.known, true); }

  // The site's other languages: {tag: {script: its letters, if it has its own, common: words, text: what leads there}}.
  async otherLanguages() {
    if (!this.languages) return {};
    return this.part(this.languages, (bytes) => JSON.parse(UTF8.decode(bytes))).catch(() => ({}));
  }

  // What results show of a page: [address, title, answer, headings], each heading with its
  // anchor unless that is made of its words
  async page(number) {
    const chunk = await this.part(`pages-${Math.floor(number / this.chunk)}`, (bytes) =>
      JSON.parse(UTF8.decode(bytes)));
    return chunk[number % this.chunk];
  }
}
