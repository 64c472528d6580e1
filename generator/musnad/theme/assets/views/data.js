// What the site publishes of all claims, and how some of them are chosen: shared by the views over many claims.

export const lang = document.documentElement.lang === "ar" ? "ar" : "en"
export const base = new URL("../../", import.meta.url)
const fetched = new Map()
let words = { messages: {} }

/** Mark a message for translation. */
export const N_ = (message) => message

/** Return a message in the page's language, its places filled in. */
export const t = (message, values = {}) => (words.messages[message] ?? message).replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole)

/** Fetch a file of the site once; one that failed is asked for again. */
export function load(place) {
  if (!fetched.has(place)) {
    const promise = fetch(new URL(place, base), { cache: "no-cache" }).then((answer) => {
      if (!answer.ok) throw new Error(`${place}: ${answer.status}`)
      return answer.json()
    })
    promise.catch(() => fetched.delete(place))
    fetched.set(place, promise)
  }
  return fetched.get(place)
}

/** Return all claims: `ids`, and by facet `values` and `of`; with the labels of the page's language. What has many values is not there yet. */
export async function loadClaims() {
  const [claims, labels] = await Promise.all([load("data/claims.json"), load(`data/${lang}/labels.json`)])
  words = labels
  return { ...claims, ...labels, columns: { ...claims.facets }, labels: { ...labels.labels }, facets: Object.keys(labels.facets), names: labels.facets }
}

/** Add what has many values, goods, places and parties, and the order of titles. */
export async function loadRest(data) {
  const [parties, names] = await Promise.all([load("data/parties.json"), load(`data/${lang}/names.json`)])
  Object.assign(data.columns, parties.facets)
  Object.assign(data.labels, names.labels)
  data.titles = names.titles
}

/** The address of a claim. */
export const addressOf = (data, id) => new URL(data.address.replace("{id}", id), base).href

/** Return the row of a claim, `[id, html]`, from the file that has it. */
export async function loadRow(data, n) {
  const rows = await load(`data/${lang}/claims/${Math.floor(n / data.each)}.json`)
  const row = rows[n % data.each]
  // The site has changed since the page was opened.
  if (row?.[0] !== data.ids[n]) throw new Error("changed")
  return row[1]
}

/**
 * Return `{found, count}`: the numbers of the claims that have one of the chosen values of every facet, and how many would be found
 * by each value of a facet, counted when it is asked for, whatever else is chosen in that facet. `among` narrows them down, in its own order.
 */
export function choose(data, chosen, among) {
  const all = among ?? data.ids.map((_, n) => n)
  const wanted = data.facets.filter((facet) => data.columns[facet] && chosen[facet]?.size).map((facet) => [facet, new Set([...chosen[facet]].map((id) => data.columns[facet].values.indexOf(id)))])
  const find = (wanted) => (wanted.length ? all.filter((n) => wanted.every(([facet, values]) => data.columns[facet].of[n].some((value) => values.has(value)))) : all)
  const found = find(wanted)
  const known = {}
  const count = (facet) => {
    const { values, of } = data.columns[facet]
    const counts = new Uint32Array(values.length)
    const others = wanted.filter(([other]) => other !== facet)
    for (const n of others.length < wanted.length ? find(others) : found) for (const value of of[n]) counts[value] += 1
    return counts
  }
  return { found, count: (facet) => (known[facet] ??= count(facet)) }
}

/** Wait until the page has shown what was done so far, and has answered whoever uses it. */
export const pause = () => new Promise((resolve) => { if (document.hidden) setTimeout(resolve); else requestAnimationFrame(() => setTimeout(resolve)) })
