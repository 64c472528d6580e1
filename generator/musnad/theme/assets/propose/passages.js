// A pasted text: its paragraphs and sentences as a record counts them, their digests, and the words that mark a sentence.
// The twin of text/digest.py. Nothing of the text is kept.

// What Python takes for white space, and for the end of a line.
const SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/
const LINE = /\r\n|[\n-\r\x1c-\x1e\x85\u2028\u2029]/
const NO_WORD = " -–—,،;؛:.…!؟?"
const FEWEST = 3
const MOST = 6

/** Whether this browser gives digests: it does so only for pages that came safely. */
export const canDigest = () => Boolean(globalThis.crypto?.subtle)

const fold = (text) => text.normalize("NFC").split(SPACE).filter(Boolean).join(" ")

/** Split a text, one paragraph a line, into sentences; `patterns` are those of form.json. */
export function splitText(text, patterns) {
  return text.split(LINE).map(fold).filter(Boolean).map((paragraph) => splitSentences(paragraph, patterns))
}

function splitSentences(paragraph, patterns) {
  const ends = [...paragraph.matchAll(new RegExp(patterns.sentenceEnd, "g"))]
    .filter((found) => !goesOn(paragraph.slice(0, found.index), found[1], paragraph.slice(found.index + found[0].length), patterns))
    .map((found) => found.index + found[0].length)
  return [0, ...ends].map((start, n) => paragraph.slice(start, n < ends.length ? ends[n] - 1 : undefined))
}

/** Whether a sentence goes on behind a mark, given what stands before it, the signs that close, and what follows. */
function goesOn(before, closed, after, patterns) {
  const first = [...after.replace(/^[“"‘'«(]+/, "")][0] ?? ""
  const isLower = /^\p{Lowercase}/u.test(first)
  if (isLower || before.endsWith("...") || (closed[0] === "»" && "!?؟".includes(before.at(-1)))) return isLower || !/^\p{Uppercase}/u.test(first)
  const word = [...before].slice(-12).join("")
  return new RegExp(patterns.abbreviated).test(word)
    || (/^\p{Nd}/u.test(first) && new RegExp(patterns.beforeNumber).test(word))
    || (new RegExp(patterns.mayEnd).test(word) && !new RegExp(patterns.begins).test(after))
}

/** Return the paragraphs of split text as a source's record has them: `[{digest, sentences: [{digest}]}]`. */
export const outline = (paragraphs) => Promise.all(paragraphs.map(async (sentences) => ({
  digest: await digestPassage(sentences.join(" ")),
  sentences: await Promise.all(sentences.map(async (sentence) => ({ digest: await digestPassage(sentence) }))),
})))

async function digestPassage(text) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)))
  return `sha256:${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`
}

/** Return the fewest words, `{starts, ends?, before?}`, that mark a sentence and stand once in the text. */
export function draftMarks(paragraphs, paragraph, sentence) {
  const all = paragraphs.map((sentences) => sentences.join(" ")).join("\n").toLowerCase()
  const tokens = paragraphs[paragraph - 1][sentence - 1].split(" ")
  const before = trim(paragraphs[paragraph - 1].slice(0, sentence - 1).join(" ").split(" ").slice(-2).join(" "), true)
  const tries = Array.from({ length: MOST - FEWEST + 1 }, (_, n) => cutMarks(tokens, FEWEST + n))
  const isAlone = ({ starts }) => all.split(starts.toLowerCase()).length === 2
  return tries.find(isAlone) ?? (before ? { ...tries[0], before } : tries[0])
}

function cutMarks(tokens, count) {
  if (tokens.length <= MOST) return { starts: trim(tokens.join(" ")) }
  const ends = trim(tokens.slice(count).slice(-FEWEST).join(" "))
  return { starts: trim(tokens.slice(0, count).join(" ")), ...(ends ? { ends } : {}) }
}

function trim(text, onlyBefore = false) {
  const letters = [...text]
  while (letters.length && NO_WORD.includes(letters[0])) letters.shift()
  while (!onlyBefore && letters.length && NO_WORD.includes(letters.at(-1))) letters.pop()
  return letters.join("")
}
