// Free text through the site's own search: which claims a query means, best first.
import { base } from "./data.js"

let worker = null
let count = 0
const waiting = new Map()

async function start() {
  const config = JSON.parse(document.getElementById("__config").textContent)
  const made = new Worker(new URL(config.search, location.href))
  const ready = new Promise((resolve) => made.addEventListener("message", ({ data }) => data.type === 1 && resolve()))
  const docs = await (await fetch(new URL("search/search_index.json", base))).json()
  made.postMessage({ type: 0, data: { docs } })
  made.addEventListener("message", ({ data }) => { if (data.type === 5) { waiting.get(data.data.key)?.(data.data); waiting.delete(data.data.key) } })
  await ready
  return made
}

/** Return the numbers of the claims whose texts have the words of a query, the nearest first. */
export async function findClaims(data, text) {
  worker ??= start()
  const made = await worker
  const key = (count += 1)
  const { found, total } = await new Promise((resolve) => { waiting.set(key, resolve); made.postMessage({ type: 4, data: { key, text } }) })
  // Claims stand last among all that can be found.
  return found.map((n) => n - (total - data.ids.length)).filter((n) => n >= 0)
}

let tellNames = () => {}

/** Tell the addresses below the site of what a query names, best first, each time that more is known; the last query alone is answered. */
export async function findNames(text, tell) {
  worker ??= start().then((made) => { made.addEventListener("message", ({ data }) => { if (data.type === 3) tellNames(data.data.items.map(([item]) => item.location)) }); return made })
  const made = await worker
  tellNames = tell
  made.postMessage({ type: 2, data: text })
}
