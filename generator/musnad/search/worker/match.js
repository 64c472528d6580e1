// Compare words and names: text/likeness.py in the reader's browser; its numbers stand before it.
"use strict"

const CHANGES = new Float64Array(1 << 14).fill(1)
const DROPS = new Float64Array(1 << 7).fill(1)
const at = (x, y) => x.charCodeAt(0) << 7 | y.charCodeAt(0)
for (const [cost, pairs] of Object.entries(ALIKE)) for (const [x, y] of pairs.split(" ")) CHANGES[at(x, y)] = CHANGES[at(y, x)] = cost
for (const [letter, cost] of Object.entries(SILENT)) DROPS[letter.charCodeAt(0)] = cost
// Hundreds of words are compared at each key: rows are made once, and grow with the longest word.
let rows = []
function takeRows(length) {
  if (!(rows[0]?.length >= length)) rows = [0, 1, 2].map(() => new Float64Array(2 * length))
  return rows
}

const isVowel = code => code === 97 || code === 101 || code === 105 || code === 117
const costOf = (code, vowel) => isVowel(code) ? vowel : DROPS[code]

/** Return what it costs to make one row of sounds of another, Infinity above a limit; vowelA, vowelB: for a vowel of each. */
function soundDistance(a, b, vowelA, vowelB, limit) {
  const width = b.length
  let [last, row] = takeRows(width + 1)
  last[0] = 0
  for (let j = 1; j <= width; j++) last[j] = last[j - 1] + costOf(b.charCodeAt(j - 1), vowelB)
  for (let i = 0; i < a.length; i++) {
    const x = a.charCodeAt(i), drop = costOf(x, vowelA)
    let least = row[0] = last[0] + drop
    for (let j = 1; j <= width; j++) {
      const y = b.charCodeAt(j - 1)
      let cost = last[j - 1] + (x === y ? 0 : CHANGES[x << 7 | y])
      if (last[j] + drop < cost) cost = last[j] + drop
      if (cost > row[j - 1] && row[j - 1] + costOf(y, vowelB) < cost) cost = row[j - 1] + costOf(y, vowelB)
      row[j] = cost
      if (cost < least) least = cost
    }
    if (least > limit) return Infinity
    const swap = last
    last = row
    row = swap
  }
  return last[width] > limit ? Infinity : last[width]
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

// h at the end is no sound.
const hear = word => word.sound.replace(/([aeiu])h$/, "$1")

/** Return how far two words sound from each other, from 0 to 1. */
function soundAway(a, b) {
  const one = a.heard ??= hear(a), other = b.heard ??= hear(b)
  const isA = isArabic(a.fold), isB = isArabic(b.fold)
  const vowels = isA === isB ? [VOWEL, VOWEL] : isA ? [VOWEL, LATIN_VOWEL] : [LATIN_VOWEL, VOWEL]
  return soundDistance(one, other, ...vowels, Infinity) / Math.max(one.length, other.length)
}
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

/** Return how far consonants are apart: 1 for a mistake, less for what is taken for others, Infinity if further. */
function consonantDistance(a, b) {
  const shortest = Math.min(a.length, b.length)
  if (shortest < 2 || Math.abs(a.length - b.length) > 1 || hasDigit(a) || hasDigit(b)) return Infinity
  return soundDistance(a, b, 1, 1, shortest > 2 ? 1 : 0.5)
}

function compareFuzzy(query, word) {
  if (isArabic(query.fold) === isArabic(word.fold)) {
    const allowed = query.allowed ??= allowedEdits(query.bare)
    const edits = countEdits(query.bare, word.bare, allowed)
    if (edits <= allowed) return FUZZY + 0.25 * (1 - edits / query.bare.length)
  }
  const away = consonantDistance(query.skeleton, word.skeleton)
  if (away === 0 || away === Infinity) return 0
  const near = 1 - 3 * soundAway(query, word)
  // Families are of those who write in Latin letters.
  const isFamily = away < 1 && !(isArabic(query.fold) && isArabic(word.fold))
  const least = away === 1 ? 0 : Math.min(query.skeleton.length, word.skeleton.length) > 2 ? 0.3 : 0.55
  return near > least ? (isFamily ? FAMILY : FAR) + 0.25 * near : 0
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
      best = (isSame ? SKELETON : FUZZY) + 0.2 * (1 - Math.min(2, 3 * away))
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
