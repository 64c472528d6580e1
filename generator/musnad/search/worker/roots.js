// What is left of a word without its inflection: text/roots.py in the reader's browser.
"use strict"

const ROOT_ARTICLES = /^[وف]?(?:عال|هال|بال|كال|لل|ال)(?=.{3})/
const OBJECTS = /^(.{3,}?)(?:هما|ها|هم|هن|كم|نا)$/
const ENDINGS = /^(.{3,}?)(?:تين|تان|يات|وا|ون|ين|ان|ات|يه|يا|ه|ي|ت|ا)$/
const TENSES = /^(?:مست|است|يست|تست|سي|بي|بت|ي)(?=.{3})/
const PATTERNS = /^[متنا](?=.{3})/
const LONG = /^(.+)[اوي](?=.)/
const PLURALS = [[/^(..+)ies$/, "$1y"], [/^(.*(?:ss|sh|ch|x))es$/, "$1"], [/^(..+[^siu])s$/, "$1"]]
const DERIVED = /^(.{4,}?)(?:ization|isation|ations?|ition|ments?|ness|ings?|edly|ed|ers?|ors?|ion|able|ible|ive|al|ly|ity|ance|ence)$/
const INFLECTED = /^(.*[aeiouy]..?)(?:ing|ed)$/
const DOUBLE = /([^aeiou0-9])\1$/

function findArabicRoot(word) {
  word = word.replace(ROOT_ARTICLES, "").replace(OBJECTS, "$1").replace(ENDINGS, "$1").replace(TENSES, "")
  // A long vowel within four letters is the word's pattern (تاجر, تجار), of five the first letter may be too (مقاتل).
  const at = [1, 2].find(n => word[n] === "ا")
  if (word.length === 4) word = at ? word.slice(0, at) + word.slice(at + 1) : word.replace(PATTERNS, "")
  else if (word.length > 4) word = word.replace(PATTERNS, "")
  while (word.length > 3 && LONG.test(word)) word = word.replace(LONG, "$1")
  return word
}

function findLatinRoot(word) {
  if (/\p{Nd}/u.test(word) || word.length <= 3) return word
  const plural = PLURALS.find(([ending]) => ending.test(word))
  if (plural) word = word.replace(...plural)
  const shorter = word.replace(DERIVED, "$1")
  word = (shorter === word ? word.replace(INFLECTED, "$1") : shorter).replace(DOUBLE, "$1")
  if (word.length > 3 && word.endsWith("e")) word = word.slice(0, -1)
  return word.endsWith("y") ? `${word.slice(0, -1)}i` : word
}

/** Return the root of a folded word, or what comes nearest to it. */
const findRoot = word => isArabic(word) ? findArabicRoot(word) : findLatinRoot(word)
