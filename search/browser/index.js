// The index: reads what search/encoding.py wrote, part by part, as far as a question needs it.

const UTF8 = new TextDecoder();

// Bytes read from the front: numbers of seven bits a byte, and columns with their length before.
class Bytes {
  constructor(bytes) { this.bytes = bytes; this.at = 0; }
  number() {
    for (let value = 0, scale = 1; ; scale *= 128) {
      const byte = this.take(1)[0];
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }
  take(length = this.number()) {
    if (this.at + length > this.bytes.length) throw new Error("cut short");
    return this.bytes.subarray(this.at, this.at += length);
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
    words: words[i].split(",").map((coded) => {
      const [, cut, added] = /^(\d*)(.*)$/su.exec(coded);
      const letters = [...name];
      return letters.slice(0, letters.length - cut).join("") + added;
    }),
    group: groups.number(),
  }));
};

// To mend misspelt words: with the number of pages that have each.
const readVocabulary = (bytes) => {
  const from = new Bytes(bytes);
  const words = readWords(from);
  const pages = from.column();
  for (const word of words) word.pages = pages.number();
  return words;
};

// With impacts, from 0 to 1, by page, and the numbers of asks.
const readTerms = (bytes, numbers) => {
  const from = new Bytes(bytes);
  const terms = readWords(from);
  const [counts, steps, impacts, askCounts, askSteps] =
    Array.from({ length: 5 }, () => from.column());
  for (const term of terms) {
    term.impacts = new Map();
    for (let left = counts.number(), page = 0; left > 0; left--) {
      term.impacts.set(page += steps.number(), impacts.number() / 15);
    }
    term.asks = [];
    for (let left = askCounts.number(), ask = 0; left > 0; left--) {
      ask += askSteps.number();
      term.asks.push(numbers ? numbers[ask] : ask);
    }
    term.pages = term.impacts.size + term.asks.length;
  }
  return terms;
};

// The index; the page names it behind the # of the worker's address, once it has a name of its own.
const INDEX = self.location.hash.slice(1) || "index.bin";
// How files are asked for. After a failure the browser's own copies are not to be trusted.
let cache = "default";

// A file of the index, decompressed; a host may have done that already.
const load = async (file) => {
  const response = await fetch(new URL(file, self.location), { cache });
  if (!response.ok) throw new Error(file);
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes[0] !== 31 || bytes[1] !== 139) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
};

class Index {
  // Raises if the file cannot be had whole.
  static async open() {
    const from = new Bytes(await load(INDEX));
    const index = Object.assign(new Index(), JSON.parse(from.text()));
    index.read = new Map();
    if (index.sizes) {
      index.whole = {};
      for (const [name, size] of Object.entries(index.sizes)) index.whole[name] = from.take(size);
      index.numbers = index.asks.flatMap((count, size) =>
        Array.from({ length: count }, (_, place) => size * 64 + place));
    }
    return index;
  }

  // A part, read once; one that could not be had is tried again.
  part(name, reader) {
    if (!this.read.has(name)) {
      const bytes = this.whole ? Promise.resolve(this.whole[name]) : load(`${this.folder}/${name}.bin`);
      this.read.set(name, bytes.then(reader).catch((error) => {
        this.read.delete(name);
        throw error;
      }));
    }
    return this.read.get(name);
  }

  // The part of terms in which a name stands, if it stands anywhere.
  async near(name) {
    let low = 0;
    for (let high = this.first.length; high - low > 1;) {
      const middle = (low + high) >> 1;
      if (this.first[middle] <= name) low = middle; else high = middle;
    }
    return this.part(`terms-${low}`, (bytes) =>
      new Map(readTerms(bytes, this.numbers).map((term) => [term.name, term])));
  }

  async term(name) { return (await this.near(name)).get(name); }

  // The terms that a group of synonyms is made of; on a large site one that stands for them all.
  async group(number) {
    if (!this.whole) return [await this.term(`#${number}`)];
    return [...(await this.near("")).values()].filter((term) => term.group === number);
  }

  // All words that begin with a letter, to mend misspelt ones.
  async vocabulary(letter) {
    if (this.whole) return [...(await this.near("")).values()];
    const name = `words-${letter.codePointAt(0)}`;
    return this.words.includes(letter)
      ? this.part(name, readVocabulary) : [];
  }

  // What results show of a page: [address, title, answer, headings], each heading with its
  // anchor unless that is made of its words
  async page(number) {
    const chunk = await this.part(`pages-${Math.floor(number / this.chunk)}`, (bytes) =>
      JSON.parse(UTF8.decode(bytes)));
    return chunk[number % this.chunk];
  }
}
