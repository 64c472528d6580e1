// Compare words and names: text/likeness.py in the reader's browser.
"use strict"

const EXACT = 1, BARE = 0.98, STEM = 0.94, SKELETON = 0.7, PREFIX = 0.66, FUZZY = 0.55, FAR = 0.45
const LEAST = 0.45, LEAST_JOINED = 0.755
const ATTACHED_FACTOR = 0.97
const isVowel = letter => letter === "a" || letter === "e" || letter === "i" || letter === "u"
const letterCost = letter => isVowel(letter) ? 0.25 : 1

function changeCost(x, y) {
  if (x === y) return 0
  if (!isVowel(x) || !isVowel(y)) return 1
  return (x === "e" && (y === "a" || y === "i")) || (y === "e" && (x === "a" || x === "i")) ? 0.1 : 0.3
}

// Hundreds of words are compared at each key: rows are made once, and grow with the longest word.
let rows = []
function takeRows(length) {
  if (!(rows[0]?.length >= length)) rows = [0, 1, 2].map(() => new Float64Array(2 * length))
  return rows
}

function soundDistance(a, b) {
  let [last, row] = takeRows(b.length + 1)
  last[0] = 0
  for (let j = 1; j <= b.length; j++) last[j] = last[j - 1] + letterCost(b[j - 1])
  for (const x of a) {
    const drop = letterCost(x)
    row[0] = last[0] + drop
    for (let j = 1; j <= b.length; j++) {
      const y = b[j - 1]
      row[j] = Math.min(last[j] + drop, row[j - 1] + letterCost(y), last[j - 1] + changeCost(x, y))
    }
    [last, row] = [row, last]
  }
  return last[b.length]
}

/** Return how many letters were dropped, added, changed or swapped; more than limit counts as one more. */
function countEdits(a, b, limit) {
  if (Math.abs(a.length - b.length) > limit || limit === 0) return a === b ? 0 : limit + 1
  let start = 0, endA = a.length, endB = b.length
  while (start < endA && start < endB && a[start] === b[start]) start++
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) { endA--; endB-- }
  const width = endB - start
  let [before, last, row] = takeRows(width + 1)
  for (let j = 0; j <= width; j++) last[j] = j
  for (let i = 1; start + i <= endA; i++) {
    const x = a[start + i - 1]
    let least = row[0] = i
    for (let j = 1; j <= width; j++) {
      const y = b[start + j - 1]
      let cost = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x === y ? 0 : 1))
      if (i > 1 && j > 1 && x === b[start + j - 2] && a[start + i - 2] === y) cost = Math.min(cost, before[j - 2] + 1)
      row[j] = cost
      if (cost < least) least = cost
    }
    // No later row has less: not even a swap, which costs what a change in the row between does.
    if (least > limit) return limit + 1
    ;[before, last, row] = [last, row, before]
  }
  return Math.min(last[width], limit + 1)
}

const soundAway = (a, b) => soundDistance(a.sound, b.sound) / Math.max(a.sound.length, b.sound.length)
const hasDigit = word => /\p{Nd}/u.test(word)

function allowedEdits(word) {
  // Another figure is another number.
  const length = hasDigit(word) ? 0 : word.length
  return length < 4 ? 0 : length < 8 ? 1 : 2
}

const consonants = word => word.bare.replace(/[اويع]|ه$/g, "")

function comparePrefix(query, word) {
  if (word.bare.startsWith(query.bare)) return PREFIX + 0.27 * query.bare.length / word.bare.length
  if (word.fold.startsWith(query.fold)) return PREFIX + 0.27 * query.fold.length / word.fold.length
  if (query.skeleton.length > 1 && word.skeleton.startsWith(query.skeleton)) {
    return FUZZY + 0.2 * query.skeleton.length / word.skeleton.length
  }
  return 0
}

function compareFuzzy(query, word) {
  if (isArabic(query.fold) === isArabic(word.fold)) {
    const allowed = query.allowed ??= allowedEdits(query.bare)
    const edits = countEdits(query.bare, word.bare, allowed)
    if (edits <= allowed) return FUZZY + 0.25 * (1 - edits / query.bare.length)
  }
  if (Math.min(query.skeleton.length, word.skeleton.length) > 2 && !hasDigit(query.skeleton) && countEdits(query.skeleton, word.skeleton, 1) === 1) {
    return FAR + 0.25 * (1 - Math.min(1, 3 * soundAway(query, word)))
  }
  return 0
}

/** Return how near a word of a query is to another, from 0 to 1; the last one may still be being typed. */
function compareWords(query, word, isLast = false) {
  // Names share their words, and the next key leaves all words but one as they are.
  const known = isLast ? (query.begun ??= new Map()) : (query.whole ??= new Map())
  if (!known.has(word)) known.set(word, likeness(query, word, isLast))
  return known.get(word)
}

function likeness(query, word, isLast) {
  if (query.fold === word.fold) return EXACT
  if (query.bare === word.bare) return BARE
  if (query.stem === word.stem && isArabic(query.fold) === isArabic(word.fold)) return STEM
  let best = 0
  if (query.skeleton && query.skeleton === word.skeleton) {
    const away = soundAway(query, word)
    if (query.skeleton.length > 1 || away < 0.2) {
      const isSame = !(isArabic(query.fold) && isArabic(word.fold)) || consonants(query) === consonants(word)
      best = (isSame ? SKELETON : FUZZY) + 0.2 * (1 - Math.min(1, 3 * away))
    }
  }
  if (isLast) best = Math.max(best, comparePrefix(query, word))
  return best < STEM - 0.1 ? Math.max(best, compareFuzzy(query, word)) : best
}

const weigh = cover => 0.75 + 0.25 * cover

function align(query, name) {
  const free = new Set(name.words.keys())
  let sum = 0, letters = 0, understood = 0, matched = 0
  const last = query.words.length - 1
  query.forms.forEach((forms, i) => {
    let best = 0, taken = []
    forms.forEach((form, rank) => {
      const factor = rank ? ATTACHED_FACTOR : 1
      for (const j of free) {
        const likeness = factor * compareWords(form, name.words[j], i === last)
        if (likeness > best) { best = likeness; taken = [j] }
      }
      name.pairs.forEach((pair, j) => {
        if (!free.has(j) || !free.has(j + 1)) return
        const likeness = factor * compareWords(form, pair)
        if (likeness > best) { best = likeness; taken = [j, j + 1] }
      })
    })
    const weight = forms[0].bare.length
    letters += weight
    if (best < LEAST) return
    sum += weight * best
    understood += weight
    for (const j of taken) { matched += name.words[j].bare.length; free.delete(j) }
  })
  // A word too many in the query says more than one too many in the name.
  return sum / letters * Math.sqrt(understood / letters) * weigh(matched / name.length)
}

/** Return how near a query is to a name: word by word in any order, or both written as one word. */
function comparePhrases(query, name) {
  if (!query.words.length || !name.words.length) return 0
  let best = align(query, name)
  if (query.words.length + name.words.length === 2) return best
  name.tails.forEach((tail, start) => {
    const likeness = compareWords(query.tails[0], tail, true)
    if (likeness < LEAST_JOINED) return
    best = Math.max(best, likeness * 0.99 * weigh(start ? tail.bare.length / name.length : 1))
  })
  return best
}
