// What a query finds: search/find.py in the reader's browser, from the same files. Every query of bench/search is put to both.
// Only what a query needs is fetched: first the list of shelves, then the shelves its consonants begin with.
// The numbers and words of search/settings.py stand before it.
"use strict"

const isWeak = likeness => likeness < SAME

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

/** Return how near an entry is, and by which of its names. A name is compared with the query as it was typed too. */
function scoreEntry(query, entry) {
  let best = {score: 0, name: null, isOwn: true}
  const compare = (asked, name, factor) => {
    const score = factor * comparePhrases(asked, name)
    if (score > best.score) best = {score, name, isOwn: factor === 1}
  }
  for (const name of entry.own) {
    compare(query, name, 1)
    if (query.typed !== query) compare(query.typed, name, 1)
  }
  for (const name of entry.others) compare(query, name, SYNONYM)
  return best
}

/** Return the names on shelves that were looked at, by document number, and two ways to look at more of them. */
function openNames(query, manifest) {
  const found = new Map()
  const seen = new Set()
  let best = 0
  const look = async keys => {
    const shelves = [...new Set(keys.map(key => findShelf(manifest.shelves, key)))].filter(shelf => !seen.has(shelf))
    shelves.forEach(shelf => seen.add(shelf))
    for (const entries of await Promise.all(shelves.map(readNames))) {
      for (const entry of entries) {
        const known = found.get(entry[0])
        // Names with synonyms differ from shelf to shelf.
        if (known && !entry.others.length) continue
        const hit = {n: entry[0], weight: entry[1], shown: entry[2], isLed: !entry.own.length, ...scoreEntry(query, entry)}
        if (known && known.score >= hit.score) continue
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
    if (await look([whole, ...typed]) >= JOINED_NAME) return best
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

/** Return how near each word of a query is to the name that it was found by, worked out once. */
const matchHit = (query, hit) => hit.near ??= matchWords(query, hit.name)

/** Return how near each word of a query is to a name: 0 where the name has nothing like it. */
function matchWords(query, name) {
  const last = query.words.length - 1
  const likeness = query.forms.map((forms, i) => Math.max(0, ...forms.map((form, rank) => (rank ? ATTACHED_FACTOR : 1) * Math.max(
    ...name.words.map(word => compareBegun(form, word, i === last)),
    0, ...name.pairs.map(pair => compareWords(form, pair))))))
  // Words of the query may be one word of the name.
  query.pairs.forEach((pair, i) => {
    const joined = Math.max(...name.words.map(word => compareBegun(pair, word, i + 1 === last)))
    if (joined < LEAST_JOINED) return
    for (const j of [i, i + 1]) likeness[j] = Math.max(likeness[j], joined)
  })
  return likeness
}

/** Whether a word that is still being typed begins like another: it is completed, not guessed. */
const isBegun = (form, word, isLast) => isLast && form.bare.length > 1 && (word.bare.startsWith(form.bare) || word.fold.startsWith(form.fold))

const compareBegun = (form, word, isLast) => Math.max(isBegun(form, word, isLast) ? SAME : 0, compareWords(form, word))

/** Whether likeness short of the same word says something: the word is long enough, and nothing better is there. */
function isTelling(word, likeness, isKnown) {
  if (!isWeak(likeness)) return true
  const letters = word.bare.length + Math.min(word.skeleton.length, 3)
  return !isKnown && word.bare.length > 2 && likeness >= (letters >= LONG_ENOUGH ? LIKE : HEARD)
}

const isLong = word => word.skeleton.length > 1 || word.bare.length > 3

/** Whether a name is all there is to a query, and not much else than it: then even short words may be spelled otherwise. */
const isAlone = (query, hit, matched, isKnown) => hit.isOwn && hit.score >= ALONE &&
  matched.every((near, i) => !isWeak(near) || (near >= ALONE && !isKnown(i) && isLong(query.words[i])))

/** Return for each word of a query whether some name has it: that needs no likeness. */
function findKnown(query, hits) {
  const near = hits.map(hit => matchHit(query, hit))
  return query.words.map((_, i) => near.some(likeness => !isWeak(likeness[i])))
}

/** Return for each word of a query how near a name has it, 0 where that says nothing; of synonyms only the same words do. */
function readName(query, hit, isKnown) {
  if (!hit?.name) return null
  const matched = matchHit(query, hit)
  const isAll = isAlone(query, hit, matched, isKnown)
  const likeness = matched.map((near, i) => isAll || isTelling(query.words[i], near, isKnown(i) || !hit.isOwn) ? near : 0)
  return {likeness, isWhole: (hit.isOwn || hit.score >= WHOLE) && (likeness.every(Boolean) || isOneWord(query, hit.name))}
}

/** Whether all of a query, or of the rest of a name, is the other's letters written as one. */
function isOneWord(query, name) {
  const whole = query.tails[0]
  return name.tails.some((tail, start) => {
    if (query.words.length + name.words.length - start === 2) return false
    if (isBegun(whole, tail, true)) return true
    const likeness = compareWords(whole, tail)
    return likeness >= LEAST_JOINED && isTelling(whole, likeness, false)
  })
}

// ---- texts

/** Return the shelves of terms with these consonants; who looks for names alone does not need the list of them. */
async function findTermShelves(keys) {
  const shelves = (await load("terms.json")).split(" ")
  return new Set(keys.map(key => findShelf(shelves, key)))
}

/** Return what texts have of a word in any of its forms: the terms it is, or begins, and phrases it stands in. */
async function findTerms(query, i, forms) {
  const isLast = i === query.words.length - 1
  const roots = new Set(forms.map(form => findRoot(form.fold)))
  const keys = [...forms.flatMap(form => [form.skeleton, readWord(form.stem).skeleton]), ...[...roots].map(root => readWord(root).skeleton)]
  const shelves = await findTermShelves(keys)
  const asked = forms.map((form, rank) => [form, readWord(form.stem), rank ? ATTACHED_FACTOR : 1])
  const same = [], rooted = [], begun = [], phrases = []
  for (const terms of await Promise.all([...shelves].map(shelf => load(`terms/from-${shelf}.json`)))) {
    for (const [term, entry] of Object.entries(terms)) {
      if (term.startsWith("~")) {
        if (roots.has(term.slice(1))) rooted.push({likeness: ROOT, entry})
      } else if (term.includes(" ")) {
        const span = findPhrase(query.typed.words, term.split(" "), query.places[i])
        if (span) phrases.push({likeness: SAME, entry, span})
      } else if (!term.startsWith("?")) {
        const word = readWord(term)
        const likeness = Math.max(...asked.map(([form, stem, factor]) => factor * Math.max(compareSame(form, word), compareSame(stem, word))))
        if (!isWeak(likeness)) same.push({likeness, entry})
        else if (roots.has(term) && roots.has(findRoot(term))) rooted.push({likeness: ROOT, entry})
        else if (isLast && forms[0].bare.length >= 3 && isBegun(forms[0], word, true)) begun.push({likeness: BEGUN, entry})
      }
    }
  }
  const nearest = Math.max(0, ...same.map(term => term.likeness))
  const known = [...same.filter(term => term.likeness > nearest - AS_NEAR), ...rooted]
  return {isKnown: known.length > 0, terms: known.length ? known : begun, phrases}
}

/** Return how near two forms of one word are, 0 for other words: in texts no likeness less than that counts. */
const compareSame = (one, other) => one.fold === other.fold ? EXACT : one.bare === other.bare ? BARE : one.stem === other.stem ? STEM : 0

/** Return where a phrase, given by its stems, stands in what was typed around a place: [start, end], or null. */
function findPhrase(words, stems, place) {
  for (let start = Math.max(0, place - stems.length + 1); start <= place; start++) {
    if (stems.every((stem, n) => words[start + n]?.stem === stem)) return [start, start + stems.length]
  }
  return null
}

/** Return the documents of terms, with how near each is and how much it weighs; and the words the terms stand for. */
function gatherDocuments(terms) {
  const documents = new Map(), means = new Set()
  for (const {likeness, entry: [, ...lists]} of terms) {
    for (const [weight, ...steps] of lists) {
      if (typeof weight === "string") {
        for (const stem of [weight, ...steps]) means.add(stem)
        continue
      }
      let n = 0
      for (const step of steps) {
        n += step
        const value = likeness * (LIGHTEST + (1 - LIGHTEST) * weight / HIGHEST_WEIGHT)
        if (value > (documents.get(n)?.value ?? 0)) documents.set(n, {value, likeness})
      }
    }
  }
  return {documents, means}
}

/** Return for each word of a query what texts have of it, and the documents that its question words ask for. */
async function readTexts(query, found, names, manifest) {
  const rarity = n => Math.log(1 + manifest.total / Math.max(FEWEST, n))
  const read = ({isKnown, terms}) => {
    const {documents, means} = gatherDocuments(terms)
    return {isKnown, documents, means, rarity: documents.size ? rarity(documents.size) : UNKNOWN * rarity(1)}
  }
  const words = found.map(read)
  // A word that is known from names alone, spelled otherwise, is looked up as it is spelled there.
  await Promise.all(words.map(async (word, i) => {
    const meant = word.documents.size || words.length === 1 ? null : respell(query.words[i], names)
    if (meant) words[i] = {...read(await findTerms(query, i, [meant])), isKnown: false}
  }))
  // A phrase is one thing, and says more than its words: "death toll".
  for (const phrase of found.flatMap(word => word.phrases)) {
    const within = words.map((_, j) => j).filter(j => query.places[j] >= phrase.span[0] && query.places[j] < phrase.span[1])
    const {documents, means} = gatherDocuments([phrase])
    for (const j of within) words[j] = {isKnown: true, documents, means, rarity: rarity(documents.size) / within.length}
  }
  const steering = await Promise.all(query.steers.map(async steer => {
    const [shelf] = await findTermShelves([readWord(steer.replace("?", "")).skeleton])
    const terms = await load(`terms/from-${shelf}.json`)
    const documents = terms[steer] ? gatherDocuments([{likeness: 1, entry: terms[steer]}]).documents : new Map()
    return {documents, rarity: rarity(documents.size)}
  }))
  return {words, steering}
}

/** Return the word of a name that a word of a query is another spelling of, or null. */
function respell(asked, names) {
  let best = LIKE, meant = null
  for (const {name, isOwn} of [...names.values()].sort((a, b) => a.n - b.n)) {
    for (const word of isOwn && name?.words || []) {
      const likeness = compareWords(asked, word)
      if (likeness > best && isTelling(asked, likeness, false)) { best = likeness; meant = word }
    }
  }
  return meant
}

// ---- both

const ASKED = Object.entries(QUESTIONS).map(([steer, all]) => [steer, new RegExp(` (?:${all.join("|")}) `.replaceAll("* ", "(?:[^ ]+ )*"))])
// The verb after a question word, not the name.
const COPULA = /^( *(?:[Ww]h[a-z]+|[Hh]ow)(?: (?!d[io]|ha|can)[a-z]+)?) is(?= )/

/**
 * Return what was typed without the preposition that is folded as the name Ali, and with words apart that a line joins,
 * or that follow the letter that ends a word.
 */
const readWritten = text => text.replace(COPULA, "$1").replaceAll("_", " ").replace(/ة(?=[ء-ي])/g, "ة ").replace(/(^|\s)على(?=\s)/g, "$1")

/** Return a query with where its words stand in what was typed, and what its question words ask for. */
function readQuestion(text) {
  const query = readQuery(readWritten(text))
  query.places = []
  for (const word of query.words) query.places.push(query.typed.words.indexOf(word, (query.places.at(-1) ?? -1) + 1))
  const typed = ` ${query.typed.words.map(word => word.fold).join(" ")} `
  query.steers = ASKED.filter(([, asked]) => asked.test(typed)).map(([steer]) => steer)
  if (!query.steers.length && typed.startsWith(` ${WHO_FIRST} `)) query.steers = ["?party"]
  if (query.steers.includes("?voice")) query.steers = query.steers.filter(steer => steer !== "?party")
  query.isQuestion = query.steers.includes("?party") || query.typed.words.some(word => ASKING.has(word.fold))
  return query
}

/** Return hits of names and texts together, best first: each with its score and the places of words it does without. */
function combine(query, names, texts, manifest) {
  const hits = new Map(names.map(hit => [hit.n, hit]))
  const numbers = new Set([...hits.keys(), ...texts.words.flatMap(word => [...word.documents.keys()])])
  // One word may be a name spelled otherwise, though texts know it; a word that some name has is that one.
  const isNear = query.words.length === 1 && query.words[0].bare.length > 3
  const known = findKnown(query, names).map((isNamed, i) => isNamed || (texts.words[i].isKnown && !isNear))
  const whole = texts.words.reduce((sum, word) => sum + word.rarity, 0)
  const found = []
  for (const n of numbers) {
    const hit = hits.get(n)
    const named = readName(query, hit, i => known[i])
    let covered = 0, value = 0
    const missing = []
    texts.words.forEach((word, i) => {
      const inText = word.documents.get(n)
      const inName = named?.likeness[i] ?? 0
      if (!inText && !inName) missing.push(i)
      covered += word.rarity * Math.max(inText?.likeness ?? 0, inName)
      value += word.rarity * Math.max(inText?.value ?? 0, NAMED * inName)
    })
    const isNamed = named?.isWhole ?? false
    const steered = texts.steering.reduce((sum, {documents, rarity}) => sum + (documents.has(n) ? rarity : 0), 0)
    const share = covered / whole
    const inText = share >= COVERED ? TEXT * (query.isQuestion && n < manifest.claims ? ASIDE : 1) * value / whole + STEERED * steered : 0
    const score = round(Math.max(inText, isNamed && !query.isQuestion ? hit.score : 0))
    if (score > 0) found.push({n, weight: 0, ...hit, score, share, missing: isNamed ? [] : missing})
  }
  return found.sort(compareHits)
}

// Logarithms differ in the last digits from one machine to another.
const round = score => Math.round(score * 1e9) / 1e9
const compareHits = (a, b) => b.score - a.score || b.weight - a.weight || a.n - b.n

/** The lowest score that is worth showing beside the best one. */
const leastOf = best => best >= CERTAIN ? BESIDE_CERTAIN : BESIDE * best

/** Return what is worth showing of hits, best first; a page that words lead to stands after what is named so. */
function keepBest(hits, manifest) {
  const own = hits.filter(hit => !hit.isLed)
  const least = leastOf(own[0]?.score ?? 0)
  const kept = own.filter(hit => hit.score >= least)
  const at = kept[0]?.n < manifest.claims ? 1 : 0
  return [...kept.slice(0, at), ...hits.filter(hit => hit.isLed && hit.score >= WHOLE), ...kept.slice(at)]
}

/**
 * Return hits for a query, best first, each with its number, score, and the places of words it does without.
 * What is found by names alone is told before texts are looked at; null ends the search.
 */
async function find(query, manifest, tellNames) {
  const names = openNames(query, manifest)
  const best = await names.find()
  const list = () => [...names.found.values()].filter(hit => hit.score > NEAR_NAME)
  const known = findKnown(query, list())
  const sure = best < SURE ? [] : list().filter(hit => hit.score >= SURE && readName(query, hit, i => known[i]).isWhole)
  if (!await tellNames(keepBest(sure.sort(compareHits), manifest))) return null
  const found = await Promise.all(query.words.map((_, i) => findTerms(query, i, query.forms[i])))
  if (best < SURE && found.some(({terms}) => !terms.length)) await names.guess()
  const texts = await readTexts(query, found, names.found, manifest)
  return {hits: keepBest(combine(query, list(), texts, manifest), manifest), texts}
}

/** Return hits, best first, as they are shown: those of one group together, and no more of each than there is room for. */
function arrange(hits) {
  const groups = new Map()
  for (const hit of hits) {
    if (!groups.has(hit.shown[0])) groups.set(hit.shown[0], [])
    groups.get(hit.shown[0]).push(hit)
  }
  return [...groups].flatMap(([group, hits]) => hits.slice(0, GROUP_LIMITS[group]))
}
