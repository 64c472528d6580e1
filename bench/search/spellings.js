// Run the worker of the search as it is, without a browser: node spellings.js FOLDER < {"ar": [queries], "en": [queries]} prints
// {"ar": [[ms of CPU, highest score, [locations, best first]], …], "en": …}. FOLDER holds an index and the worker's script.
"use strict"
const fs = require("fs")
const path = require("path")
const vm = require("vm")

const folder = process.argv[2]
const worker = fs.readdirSync(path.join(folder, "search")).find(name => name.startsWith("worker."))
const script = new vm.Script(fs.readFileSync(path.join(folder, "search", worker), "utf8"))
const read = address => fs.readFileSync(path.join(folder, address), "utf8")

/** Start the worker for readers of a language; return what puts a query to it and waits for the whole answer. */
function start(lang) {
  let speak = null, hear = () => {}
  const self = {
    location: new URL(`http://localhost/search/${worker}#${lang}`),
    addEventListener: (_, listener) => { speak = data => listener({data}) },
    postMessage: message => hear(message),
  }
  const fetch = async url => ({ok: true, json: async () => JSON.parse(read(decodeURIComponent(url.pathname)))})
  // Nobody types on: what waits for another key goes on at once.
  script.runInNewContext({self, fetch, setTimeout: go => setImmediate(go), URL, console})
  speak({type: 0, data: JSON.parse(read("search/search_index.json"))})
  return data => new Promise(resolve => {
    const from = process.cpuUsage()
    hear = ({type, data}) => {
      if (type !== 3 || !data.isComplete) return
      const hits = data.items.map(item => item[item.length - 1])
      const {user, system} = process.cpuUsage(from)
      resolve([(user + system) / 1000, Math.max(0, ...hits.map(hit => hit.score)), hits.map(hit => hit.location)])
    }
    speak({type: 2, data})
  })
}

async function main() {
  const answers = {}
  for (const [lang, texts] of Object.entries(JSON.parse(fs.readFileSync(0, "utf8")))) {
    const ask = start(lang)
    answers[lang] = []
    for (const text of texts) answers[lang].push(await ask(text))
  }
  process.stdout.write(JSON.stringify(answers))
}

main()
