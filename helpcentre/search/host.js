// Runs a search worker in Node.js, as a browser would: node host.js WORKER INDEX
//
// Each line of input is a message to the worker in JSON, each line of output its answer: see
// theme/search/worker.js. To {rank: question}, which no page sends, the answer is {scores: [[page, score], ...],
// concepts: [[name of the term, number of its group or 0, weight], ...]}, the best page first.

const { readFile } = require("node:fs/promises");
const { createInterface } = require("node:readline");
const { runInThisContext } = require("node:vm");
const { pathToFileURL } = require("node:url");

const [worker, index] = process.argv.slice(2);
const answer = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);

const RANK = `async (question) => {
  index ??= Index.open();
  const { ranked, concepts } = await rank(question, await index);
  return {
    scores: ranked.map(({ page, score }) => [page, score]),
    concepts: concepts.filter(({ term }) => term).map(({ term, weight }) => [term.name, term.group, weight]),
  };
}`;

const main = async () => {
  let receive;
  globalThis.self = {
    location: Object.assign(pathToFileURL(worker), { hash: index }),
    addEventListener: (_type, listener) => { receive = listener; },
    postMessage: answer,
  };
  globalThis.fetch = async (file) => new Response(await readFile(new URL(file)));
  runInThisContext(await readFile(worker, "utf-8"), { filename: worker });
  for await (const line of createInterface({ input: process.stdin })) {
    const message = JSON.parse(line);
    if ("rank" in message) answer(await runInThisContext(RANK)(message.rank));
    else await receive({ data: message });
  }
};

main();
