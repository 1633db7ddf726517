// The index: reads what helpcentre/search/encoding.py wrote, part by part, as a question needs it.

const UTF8 = new TextDecoder();

// A reader of bytes: numbers of seven bits a byte, and columns that begin with their length.
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
    const start = this.at;
    this.at += length;
    return this.bytes.subarray(start, this.at);
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

// The words by which misspelt ones are corrected, with the number of pages that have each.
const readVocabulary = (bytes) => {
  const from = new Bytes(bytes);
  const words = readWords(from);
  const pages = from.column();
  for (const word of words) word.pages = pages.number();
  return words;
};

// Terms with their impacts, from 0 to 1, by page, and the numbers of their phrases.
const readTerms = (bytes, numbers) => {
  const from = new Bytes(bytes);
  const terms = readWords(from);
  const [counts, steps, impacts, phraseCounts, phraseSteps] =
    Array.from({ length: 5 }, () => from.column());
  for (const term of terms) {
    term.impacts = new Map();
    for (let left = counts.number(), page = 0; left > 0; left--) {
      page += steps.number();
      term.impacts.set(page, impacts.number() / 15);
    }
    term.phrases = [];
    for (let left = phraseCounts.number(), phrase = 0; left > 0; left--) {
      phrase += phraseSteps.number();
      term.phrases.push(numbers ? numbers[phrase] : phrase);
    }
    term.pages = term.impacts.size + term.phrases.length;
  }
  return terms;
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
    if (index.sizes) {
      index.whole = {};
      for (const [name, size] of Object.entries(index.sizes)) index.whole[name] = from.take(size);
      index.numbers = index.phrases.flatMap((count, size) =>
        Array.from({ length: count }, (_, place) => size * 64 + place));
    }
    return index;
  }

  // A part, read once; one that could not be fetched is tried again.
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

  // The part of terms that has a name, if any has it.
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

  // What results show of a page: [address, title, answer, headings], each heading with its
  // anchor unless that is made of its words
  async page(number) {
    const chunk = await this.part(`pages-${Math.floor(number / this.chunk)}`, (bytes) =>
      JSON.parse(UTF8.decode(bytes)));
    return chunk[number % this.chunk];
  }
}
