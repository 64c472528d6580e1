// The site's own search, asked by the form: the same worker, the same index.
let worker = null
let answer = () => {}
let asked = Promise.resolve()
let latest = 0

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

/** Return what is found: [{ref, title, note, isNear}], records alone, best first; nothing for what was typed over meanwhile. */
export async function searchSite(base, lang, text) {
  if (text.length < 2) return []
  worker ??= start(base)
  const made = await worker
  const mine = (latest += 1)
  // One at a time: an answer does not say what it answers.
  const found = asked.then(() => (mine === latest ? ask(made, text) : { items: [] }))
  asked = found.catch(() => {})
  return (await found).items.flat().map((item) => readItem(item, lang)).filter(Boolean)
}

function ask(made, text) {
  return new Promise((resolve) => {
    answer = resolve
    made.postMessage({ type: 2, data: text })
  })
}

function readItem(item, lang) {
  const ref = item.location?.match(/(?:^|\/)(?:ar|en)\/((?:claims\/[^/#]+\/[^/#.]+)|(?:(?:entities|sources)\/[^/#.]+))/)?.[1]
  if (!ref || item.location.includes("#")) return null
  const read = (html) => new DOMParser().parseFromString(html ?? "", "text/html").body
  const heading = read(item.title)
  const kind = heading.querySelector("small")
  kind?.remove()
  const title = heading.textContent.trim()
  const note = [kind?.textContent, read(item.text).textContent].map((text) => text?.trim()).filter(Boolean).join(" · ")
  return { ref, title, note: note.slice(0, 100), isNear: item.score > 0.75 }
}
