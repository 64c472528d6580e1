// The site's own search, asked by the form: the same worker, the same index.
let worker = null
const waiting = []
let answer = () => {}

async function start(base) {
  const config = JSON.parse(document.getElementById("__config").textContent)
  const made = new Worker(new URL(config.search, location.href))
  const ready = new Promise((resolve) => made.addEventListener("message", ({ data }) => data.type === 1 && resolve()))
  const docs = await (await fetch(new URL("search/search_index.json", base))).json()
  made.postMessage({ type: 0, data: { docs } })
  made.addEventListener("message", ({ data }) => data.type === 3 && data.data.isComplete !== false && answer(data.data))
  await ready
  return made
}

/** Return what is found: [{ref, title, note, isNear}], records alone, best first. */
export async function searchSite(base, lang, text) {
  if (text.length < 2) return []
  worker ??= start(base)
  const made = await worker
  const found = waiting.length ? Promise.allSettled([waiting.at(-1)]) : Promise.resolve()
  const asked = found.then(() => new Promise((resolve) => {
    answer = resolve
    made.postMessage({ type: 2, data: text })
    setTimeout(() => resolve({ items: [] }), 8000)
  }))
  waiting.push(asked)
  const { items } = await asked
  return items.flat().map((item) => readItem(item, lang)).filter(Boolean)
}

function readItem(item, lang) {
  const ref = item.location?.match(/(?:^|\/)(?:ar|en)\/((?:claims\/[^/#]+\/[^/#.]+)|(?:(?:entities|sources)\/[^/#.]+))/)?.[1]
  if (!ref || item.location.includes("#")) return null
  const plain = (html) => new DOMParser().parseFromString(html ?? "", "text/html").body.textContent.trim()
  const title = plain(item.title)
  return { ref, title, note: plain(item.text).slice(0, 90), isNear: item.score > 0.75 }
}
