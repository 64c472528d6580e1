// Answer the theme's search box. It speaks four messages: 0 set up, 1 ready, 2 query, 3 result. Views ask for all texts: 4, and get 5.
// Only what a query needs is fetched: first the list of shelves, then the shelves its consonants begin with.
"use strict"

const [READY, QUERY, RESULT, ALL, LIST] = [1, 2, 3, 4, 5]
const LANG = self.location.hash.slice(1) || "en"
const BASE = new URL("./", self.location)
const NAME_SHELVES = 6, GUESSED_SHELVES = 3
const SURE = 0.72       // a name this near needs no search for mistakes
const FOUND = 0.62      // what is further away is only a guess
const SYNONYM = 0.9
const MOST_TEXTS = 8
const PAUSE = 150       // ms without a key before texts are looked up, when names were found
const ATTESTED = 0.84   // a word of a text this near is the one meant
const GROUP_LIMITS = [8, 8, 4, 5]

let version = ""
const fetched = new Map()

function load(path) {
  if (!fetched.has(path)) {
    const promise = fetch(new URL(`${path}?v=${version}`, BASE)).then(answer => {
      if (!answer.ok) throw new Error(`${answer.status} ${path}`)
      return answer.json()
    })
    promise.catch(() => fetched.delete(path))
    fetched.set(path, promise)
  }
  return fetched.get(path)
}

async function loadManifest() {
  const manifest = await load(`${LANG}.json`)
  manifest.shelves ??= {names: manifest.names.split(" "), terms: manifest.terms.split(" ")}
  return manifest
}

/** Return the last shelf whose name is not after a key; the first stands before all keys. */
function findShelf(shelves, key) {
  let low = 0, high = shelves.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (shelves[middle] <= key) low = middle
    else high = middle - 1
  }
  return shelves[low]
}

// ---- names

async function readNames(shelf) {
  const entries = await load(`${LANG}/names/from-${shelf}.json`)
  for (const entry of entries) {
    entry.own ??= entry[3].map(readSpelled)
    entry.others ??= entry[4].map(readSpelled)
  }
  return entries
}

/** A name is compared with the query as it was typed too: it may have words that a query can do without. */
function scoreEntry(query, entry) {
  let best = 0
  for (const name of entry.own) {
    best = Math.max(best, comparePhrases(query, name))
    if (query.typed !== query) best = Math.max(best, comparePhrases(query.typed, name))
  }
  for (const name of entry.others) best = Math.max(best, SYNONYM * comparePhrases(query, name))
  return best
}

/** Return the names on shelves that were looked at, by document number, and two ways to look at more of them. */
function openNames(query, manifest) {
  const found = new Map()
  const seen = new Set()
  let best = 0
  const look = async keys => {
    const shelves = [...new Set(keys.map(key => findShelf(manifest.shelves.names, key)))].filter(shelf => !seen.has(shelf))
    shelves.forEach(shelf => seen.add(shelf))
    for (const entries of await Promise.all(shelves.map(readNames))) {
      for (const entry of entries) {
        if (found.has(entry[0])) continue
        const hit = {n: entry[0], weight: entry[1], shown: entry[2], score: scoreEntry(query, entry)}
        found.set(hit.n, hit)
        best = Math.max(best, hit.score)
      }
    }
    return best
  }
  const find = async () => {
    const whole = query.typed.tails[0].skeleton
    // h at the end is dropped from consonants, but may be the middle of a word that is being typed.
    const typed = query.words[query.words.length - 1].sound.endsWith("h") ? [`${whole}h`] : []
    if (await look([whole, ...typed]) >= 0.95) return best
    const keys = [...query.tails, ...query.forms.flat()].map(word => word.skeleton)
    return look([...new Set([...keys, ...query.words.map(word => readWord(word.stem).skeleton)])].slice(0, NAME_SHELVES))
  }
  /** Look for mistakes. */
  const guess = async () => look(await guessKeys(query, manifest))
  return {found, find, guess}
}

/** Return consonants of names that differ by one from those of a query's words, the nearest first. */
async function guessKeys(query, manifest) {
  const words = [...new Set([...query.forms.flat(), query.tails[0]].map(word => word.skeleton))].filter(key => key.length > 1)
  const lengths = manifest.words.filter(n => words.some(word => Math.abs(word.length - n) < 2))
  const lists = await Promise.all(lengths.map(n => load(`words/${n}.json`)))
  const near = []
  const longest = Math.max(0, ...words.map(word => word.length))
  for (const list of lists) {
    for (const key of list.split(" ")) {
      const away = Math.min(...words.map(word => consonantDistance(word, key)))
      // A long word with one mistake is likelier meant than a short one.
      if (away > 0 && away < Infinity) near.push({key, away: away + Math.abs(key.length - longest)})
    }
  }
  return near.sort((a, b) => a.away - b.away).slice(0, GUESSED_SHELVES).map(({key}) => key)
}

// ---- text

/** Return the terms that a word of a query means, with their postings: the nearest, and what is about as near. */
async function findNearest(forms, isLast, manifest) {
  const keys = forms.flatMap(form => [form.skeleton, readWord(form.stem).skeleton])
  const shelves = new Set(keys.map(key => findShelf(manifest.shelves.terms, key)))
  const near = []
  for (const terms of await Promise.all([...shelves].map(shelf => load(`terms/from-${shelf}.json`)))) {
    for (const [term, postings] of Object.entries(terms)) {
      const word = readWord(term)
      const likeness = Math.max(...forms.map((form, rank) => (rank ? ATTACHED_FACTOR : 1) *
        Math.max(compareWords(form, word, isLast), compareWords(readWord(form.stem), word))))
      if (likeness >= ATTESTED) near.push({likeness, postings})
    }
  }
  const nearest = Math.max(...near.map(term => term.likeness))
  return near.filter(term => term.likeness > nearest - 0.07)
}

/** Return the documents whose text has most of a query's words, the rarer the better. */
async function findText(query, manifest, most = MOST_TEXTS) {
  const nearest = await Promise.all(query.forms.map((forms, i) =>
    findNearest(forms, i === query.words.length - 1, manifest)))
  const scores = new Map()
  let full = 0
  for (const terms of nearest) {
    const best = new Map()
    let rarest = 0
    for (const {likeness, postings: [count, ...lists]} of terms) {
      const rarity = Math.log(1 + manifest.total / count) * likeness
      rarest = Math.max(rarest, rarity)
      for (const [weight, ...steps] of lists) {
        let n = 0
        for (const step of steps) {
          n += step
          const weighed = rarity * weight / 9
          if (weighed > (best.get(n)?.weight ?? 0)) best.set(n, {rarity, weight: weighed})
        }
      }
    }
    full += rarest || Math.log(1 + manifest.total)
    for (const [n, {rarity, weight}] of best) {
      const sum = scores.get(n) ?? {rarity: 0, weight: 0}
      scores.set(n, {rarity: sum.rarity + rarity, weight: sum.weight + weight})
    }
  }
  // A text that has every word is more than a name that has some of them, and less than one that has them all.
  const hits = [...scores].map(([n, {rarity, weight}]) => ({n, score: rarity / full * (0.62 + 0.1 * weight / rarity)}))
  return hits.sort((a, b) => b.score - a.score || a.n - b.n).slice(0, most)
}

async function readPages(hits, manifest) {
  return Promise.all(hits.map(async hit => {
    const pages = await load(`${LANG}/pages/${Math.floor(hit.n / manifest.inFile)}.json`)
    return {...hit, shown: pages[hit.n % manifest.inFile]}
  }))
}

// ---- results

const escapeHtml = text => text.replace(/[&<>"]/g, c => `&#${c.charCodeAt(0)};`)

/** Return the words of a text that a query means. */
function findWords(query, text) {
  const words = new Set()
  for (const written of text.match(WRITTEN) ?? []) {
    const word = readPhrase(written).words[0]
    if (!word) continue
    const forms = [word, ...otherForms(word)]
    const isMeant = query.forms.some((own, i) => own.some(form => forms.some(other =>
      compareWords(form, other, i === query.words.length - 1) >= 0.68)))
    if (isMeant) words.add(written)
  }
  return words
}

function mark(text, words) {
  let html = "", end = 0
  for (const match of text.matchAll(WRITTEN)) {
    if (!words.has(match[0])) continue
    html += `${escapeHtml(text.slice(end, match.index))}<mark data-md-highlight>${escapeHtml(match[0])}</mark>`
    end = match.index + match[0].length
  }
  return html + escapeHtml(text.slice(end))
}

/** Return one result: a document of the theme's, or, for a section, its page and below it the section. */
function makeItem(query, hit, manifest, isGuess) {
  const [group, path, kind, title, context] = hit.shown
  const inTitle = findWords(query, title)
  const inContext = findWords(query, context)
  // What the page highlights: its own words that were meant, or the whole name where the query is in the other script.
  const meant = inTitle.size || inContext.size ? [...inTitle, ...inContext] : title.match(WRITTEN) ?? []
  const shared = {
    score: isGuess ? 0 : hit.score,
    terms: Object.fromEntries(meant.map(word => [word.replace(DROPPED, ""), true])),
  }
  const section = {
    ...shared,
    location: `${LANG}/${path}`,
    title: mark(title, inTitle),
    text: context && `<p>${mark(context, inContext)}</p>`,
  }
  const [page, anchor] = path.split("#")
  const label = text => `<small class="found" data-group="${escapeHtml(manifest.groups[group])}">${text}</small> `
  if (!anchor) return [{...section, title: label(kind && `<bdi>${escapeHtml(kind)}</bdi>`) + section.title}]
  return [{...shared, location: `${LANG}/${page}`, title: label("") + escapeHtml(kind), text: ""}, section]
}

/** The lowest score that is worth showing beside the best one. */
const leastOf = best => best < FOUND ? best - 0.1 : best >= 0.9 ? 0.58 : 0.5

/** Return the theme's result: names and texts, best first, those of one group together. */
function makeResult(query, hits, manifest) {
  const best = Math.max(0, ...hits.map(hit => hit.score))
  const isGuess = best < FOUND
  const least = leastOf(best)
  const groups = new Map()
  for (const hit of hits.filter(hit => hit.shown?.length && hit.score >= least && hit.score > 0)) {
    if (!groups.has(hit.shown[0])) groups.set(hit.shown[0], [])
    groups.get(hit.shown[0]).push(hit)
  }
  const order = hits => hits.sort((a, b) => b.score - a.score || b.weight - a.weight || a.n - b.n)
  const sorted = [...groups].map(([group, hits]) => order(hits).slice(0, isGuess ? 3 : GROUP_LIMITS[group]))
  sorted.sort((a, b) => b[0].score - a[0].score)
  return {items: sorted.flat().map(hit => makeItem(query, hit, manifest, isGuess))}
}

async function answer(text, tell) {
  const query = readQuery(text)
  if (!query.words.length) {
    tell({items: [], isComplete: true})
    return
  }
  const manifest = await loadManifest()
  const names = openNames(query, manifest)
  const best = await names.find()
  const list = () => [...names.found.values()].filter(hit => hit.score > 0.4)
  // Who is still typing gets names alone; an article and a letter are no word to look for mistakes in.
  if (best >= FOUND) tell({...makeResult(query, list(), manifest), isComplete: false})
  if (best >= FOUND || query.words[query.words.length - 1].bare.replace(/^ال/, "").length < 3) {
    await pause()
    if (waiting !== null) return
  }
  if (best < SURE) await names.guess()
  const hits = new Map(list().map(hit => [hit.n, hit]))
  if (query.tails[0].fold.length >= 3 || /\p{Nd}/u.test(text)) {
    for (const hit of await readPages(await findText(query, manifest), manifest)) {
      if (!(hits.get(hit.n)?.score >= hit.score)) hits.set(hit.n, {weight: 0, ...hits.get(hit.n), ...hit})
    }
  }
  tell({...makeResult(query, [...hits.values()], manifest), isComplete: true})
}

/** Return the numbers of all texts that a query means, best first, and how many documents there are. */
async function listTexts(text) {
  const query = readQuery(text)
  const manifest = await loadManifest()
  const hits = query.words.length ? await findText(query, manifest, Infinity) : []
  const least = leastOf(hits[0]?.score ?? 0)
  return {found: hits.filter(hit => hit.score >= least).map(hit => hit.n), total: manifest.total}
}

// ---- the theme's messages

let waiting = null
let isBusy = false
let wake = () => {}

/** Wait for the reader to stop typing; a key ends it at once. */
function pause() {
  return new Promise(resolve => {
    wake = resolve
    setTimeout(resolve, PAUSE)
  })
}

/** Answer the latest query; those typed over meanwhile are never looked up. */
async function work() {
  if (isBusy) return
  isBusy = true
  while (waiting !== null) {
    const text = waiting
    waiting = null
    try {
      await answer(text, data => waiting === null && self.postMessage({type: RESULT, data}))
    } catch (error) {
      // Offline or changed under our feet: nothing is shown rather than a wrong thing; the next key tries again.
      console.warn(`search: ${error.message}`)
      if (waiting === null) self.postMessage({type: RESULT, data: {items: [], isComplete: true}})
    }
  }
  isBusy = false
}

self.addEventListener("message", ({data: {type, data}}) => {
  if (type === QUERY) {
    waiting = data
    wake()
    work()
  } else if (type === ALL) {
    listTexts(data.text).catch(() => ({found: [], total: 0})).then(found => self.postMessage({type: LIST, data: {key: data.key, ...found}}))
  } else if (type === 0) {
    version = data.docs.version
    self.postMessage({type: READY})
  }
})
