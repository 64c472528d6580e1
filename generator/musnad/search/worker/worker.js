// Answer the theme's search box. It speaks four messages: 0 set up, 1 ready, 2 query, 3 result. Views ask for all texts: 4, and get 5.
// Only what a query needs is fetched: first the list of shelves, then the shelves its consonants begin with.
"use strict"

const [READY, QUERY, RESULT, ALL, LIST] = [1, 2, 3, 4, 5]
const LANG = self.location.hash.slice(1) || "en"
const BASE = new URL("./", self.location)
const PAUSE = 150       // ms without a key before texts are looked up, when names were found
const GUESS = 0.55      // with less of what was asked a result is only a guess
const MARKED = 0.68     // a word of a result this near is the one meant

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
  manifest.shelves ??= manifest.names.split(" ")
  return manifest
}

async function readPages(hits, manifest) {
  return Promise.all(hits.map(async hit => {
    if (hit.shown) return hit
    const pages = await load(`${LANG}/pages/${Math.floor(hit.n / manifest.inFile)}.json`)
    return {...hit, shown: pages[hit.n % manifest.inFile]}
  }))
}

// ---- results

const escapeHtml = text => text.replace(/[&<>"]/g, c => `&#${c.charCodeAt(0)};`)
const [WITHOUT, SPELLED, FOREIGN, MEANT] = [0, 1, 2, 3]

/** Return the words of a text that a query means, and why where that can't be seen: spelled otherwise, of another language, the same in meaning. */
function findWords(query, texts, text) {
  const words = new Map()
  for (const written of text.match(WRITTEN) ?? []) {
    const word = readPhrase(written).words[0]
    if (!word || words.has(written) || FUNCTION_WORDS.has(word.fold)) continue
    const forms = [word, ...otherForms(word)]
    let best = null
    query.forms.forEach((own, i) => {
      const asked = texts?.words[i]
      const isLast = i === query.words.length - 1
      for (const form of own) {
        for (const other of forms) {
          const likeness = isBegun(form, other, isLast) ? SAME : compareWords(form, other)
          if (likeness >= SAME || findRoot(form.fold) === findRoot(other.fold)) best = {why: null}
          else if (!best && (asked?.means.has(other.stem) || asked?.means.has(findRoot(other.stem)))) best = {why: isArabic(form.fold) === isArabic(other.fold) ? MEANT : FOREIGN}
          else if (!best && likeness >= MARKED && isTelling(own[0], likeness, asked?.isKnown)) best = {why: SPELLED}
        }
      }
    })
    if (best) words.set(written, best.why)
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

/** Return why a result is shown, where its marks don't say it, and what it does without. */
function tellWhy(query, hit, found, manifest) {
  const why = new Set(found.flatMap(words => [...words.values()]))
  // A name that nothing shown is like is another name of it, or the query's is misspelled.
  if (!why.size && hit.name && hit.score < SAME) why.add(SPELLED)
  const told = why.has(null) ? [] : [...why].map(n => escapeHtml(manifest.why[n]))
  const missing = hit.missing?.length ? hit.missing.map(i => query.written[query.places[i]] ?? query.words[i].fold) : []
  const without = missing.length ? `<span>${escapeHtml(manifest.why[WITHOUT])} ${missing.map(word => `<bdi>${escapeHtml(word)}</bdi>`).join(manifest.comma)}</span>` : ""
  const all = [...told, ...(without ? [without] : [])]
  const isGuess = without || (!why.has(null) && why.has(SPELLED))
  return all.length ? `<p class="why"${isGuess ? " data-guess" : ""}>${all.join(" · ")}</p>` : ""
}

/** Return one result: a document of the theme's, or, for a section, its page and below it the section. */
function makeItem(query, hit, texts, manifest, isGuess, told = "") {
  const [group, path, kind, title, context] = hit.shown
  const inTitle = findWords(query, texts, title)
  const inContext = findWords(query, texts, context)
  // What the page highlights: its own words that were meant, or the whole name where the query is in the other script.
  const meant = inTitle.size || inContext.size ? [...inTitle.keys(), ...inContext.keys()] : title.match(WRITTEN) ?? []
  const shared = {
    score: isGuess ? 0 : hit.score,
    terms: Object.fromEntries(meant.map(word => [word.replace(DROPPED, ""), true])),
  }
  const section = {
    ...shared,
    location: `${LANG}/${path}`,
    title: mark(title, inTitle),
    text: (context && `<p>${mark(context, inContext)}</p>`) + tellParts(query, hit, texts, manifest) + tellWhy(query, hit, [inTitle, inContext], manifest),
  }
  const [page, anchor] = path.split("#")
  const label = text => `<small class="found"${told} data-group="${escapeHtml(manifest.groups[group])}">${text}</small> `
  if (!anchor) return [{...section, title: label(kind && `<bdi>${escapeHtml(kind)}</bdi>`) + section.title}]
  return [{...shared, location: `${LANG}/${page}`, title: label("") + escapeHtml(kind), text: ""}, section]
}

/** Return the theme's result. Where none has most of what was asked, it says that these are guesses. `tellBeside` returns what is told beside a hit, as attributes. */
function makeResult(query, hits, shown, texts, manifest, tellBeside = () => "") {
  const isGuess = hits.every(hit => hit.share < GUESS)
  return {items: shown.map((hit, i) => makeItem(query, hit, texts, manifest, isGuess, tellBeside(hit, i)))}
}

async function answer(text, tell) {
  const query = readQuestion(text)
  query.written = (readWritten(text).replace(GROUPED, "$1").match(WRITTEN) ?? []).filter(word => !ARTICLE_WORDS.has(fold(word)))
  if (!query.words.length) {
    tell({items: [], isComplete: true})
    return
  }
  const manifest = await loadManifest()
  // Who is still typing gets names alone; an article and a letter are no word to look for mistakes in.
  const isBrief = query.words[query.words.length - 1].bare.replace(/^ال/, "").length < 3
  const tellNames = async hits => {
    const shown = hits.filter(hit => hit.shown?.length)
    if (shown.length) tell({...makeResult(query, shown, arrange(shown), null, manifest), isComplete: false})
    if (shown.length || isBrief) await pause()
    return waiting === null
  }
  const found = await find(query, manifest, tellNames)
  if (!found) return
  const hits = (await readPages(found.hits.slice(0, MOST_TEXTS), manifest)).filter(hit => hit.shown?.length)
  open({text, query, hits, texts: found.texts, manifest, claims: found.hits.filter(({n}) => n >= manifest.claims).length})
  tell(makeNarrowed())
}

/** Return the numbers of all documents that a query finds, best first, and how many documents there are. */
async function listTexts(text) {
  const query = readQuestion(text)
  const manifest = await loadManifest()
  const found = query.words.length ? await find(query, manifest, async () => true) : {hits: []}
  return {found: found.hits.map(hit => hit.n), total: manifest.total}
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

self.addEventListener("message", ({data: {type, data, isReady}}) => {
  if (type === QUERY) {
    waiting = data
    wake()
    work()
  } else if (type === ALL) {
    listTexts(data.text).catch(() => ({found: [], total: 0})).then(found => self.postMessage({type: LIST, data: {key: data.key, ...found}}))
  } else if (type === 0) {
    version = data.docs.version
    // Who started this worker may have said so.
    if (!isReady) self.postMessage({type: READY})
  }
})
