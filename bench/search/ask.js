// Put queries to the search's worker in Node, as the theme's box does; what the box then shows comes back.
// Read from standard input: {worker: its text, files: {address: text}, queries: [[lang, text], ...], isOneReader}.
// Written: for each query its items, milliseconds of CPU, and the bytes that its reader has fetched, in all and before
// the first result: who asks nothing else, or the one reader of each language who asks everything.
"use strict"

const vm = require("node:vm")
const zlib = require("node:zlib")

const BASE = "https://musnad.example/search/"

/** Return a worker of one reader, with nothing fetched yet. */
function start(script, files, lang) {
  const fetched = new Map()
  let hear = null
  const fetchFile = async address => {
    const path = new URL(address).pathname.slice(1)
    if (!(path in files)) return {ok: false, status: 404}
    fetched.set(path, files[path])
    return {ok: true, json: async () => JSON.parse(files[path])}
  }
  let listen = null
  const self = {
    location: new URL(`worker.js#${lang}`, BASE),
    addEventListener: (_, listener) => { listen = listener },
    postMessage: message => hear?.(message),
  }
  script.runInNewContext({self, fetch: fetchFile, URL, console, setTimeout: run => setImmediate(run)})
  listen({data: {type: 0, data: JSON.parse(files["search/search_index.json"])}})
  const ask = data => new Promise(resolve => {
    let first = null
    hear = message => {
      if (message.type !== 3) return
      first ??= [...fetched.keys()]
      if (message.data.isComplete) resolve({items: message.data.items, first})
    }
    listen({data: {type: 2, data}})
  })
  return {ask, fetched}
}

async function main() {
  const chunks = []
  for await (const chunk of process.stdin) chunks.push(chunk)
  const {worker, files, queries, isOneReader} = JSON.parse(Buffer.concat(chunks))
  const script = new vm.Script(worker)
  const readers = new Map()
  const sizes = new Map([["worker", zlib.gzipSync(worker).length]])
  const size = path => {
    if (!sizes.has(path)) sizes.set(path, zlib.gzipSync(files[path]).length)
    return sizes.get(path)
  }
  const answers = []
  for (const [lang, text] of queries) {
    if (!isOneReader || !readers.has(lang)) readers.set(lang, start(script, files, lang))
    const {ask, fetched} = readers.get(lang)
    const from = process.cpuUsage()
    const {items, first} = await ask(text)
    const {user, system} = process.cpuUsage(from)
    const sum = paths => ["worker", ...paths].reduce((sum, path) => sum + size(path), 0)
    answers.push({items, took: (user + system) / 1000, bytes: sum(fetched.keys()), first: sum(first)})
  }
  process.stdout.write(JSON.stringify(answers))
}

main()
