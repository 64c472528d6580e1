// What the site publishes for the form, and the files of its records.

let form
let base
const shards = new Map()

/** Load what is the same for every proposal; `address` is that of the site's root, with a slash at the end. */
export async function load(address) {
  base = address
  form ??= await fetchJson("propose/form.json")
  return form
}

/** Return {file, text} of a record by its address (`claims/x/y`), null where there is none that can be corrected. */
export async function getRecord(ref) {
  const number = findShard(ref, form.shards)
  if (!shards.has(number)) shards.set(number, fetchJson(`propose/records/${number}.json`))
  return (await shards.get(number))[ref] ?? null
}

/** FNV-1a of 32 bits, as the site was written by. */
export function findShard(ref, count) {
  let value = 0x811c9dc5
  for (const byte of new TextEncoder().encode(ref)) value = Math.imul(value ^ byte, 0x01000193) >>> 0
  return value % count
}

async function fetchJson(place) {
  const answer = await fetch(base + place)
  if (!answer.ok) throw new Error(`${place}: ${answer.status}`)
  return answer.json()
}

// The same as LETTERS of editing/create.py: tests/editing/ids.yaml is put to both.
const LETTERS = { ا: "a", ٱ: "a", ب: "b", ت: "t", ث: "th", ج: "j", ح: "h", خ: "kh", د: "d", ذ: "dh", ر: "r", ز: "z", س: "s", ش: "sh", ص: "s", ض: "d", ط: "t", ظ: "z", ع: "", غ: "gh", ف: "f", ق: "q", ك: "k", ل: "l", م: "m", ن: "n", ه: "h", ة: "a", و: "w", ي: "y", ى: "a", ء: "", پ: "p", چ: "ch", ژ: "zh", ک: "k", گ: "g", ڤ: "v", ی: "y", ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ł: "l", þ: "th", ı: "i" }
const SMALL = new Set(["a", "an", "the", "of", "in", "on", "at", "to", "and"])

/** Propose an id from a text in either script: lower-case letters, digits and hyphens, a few words. */
export function proposeId(text) {
  const plain = text.normalize("NFC").replaceAll("إ", "i").normalize("NFKD").toLowerCase().replace(/[\p{M}'’‘ʼʾʿـ]/gu, "")
  const latin = [...plain].map((letter) => LETTERS[letter] ?? letter).join("").replace(/[٠-٩۰-۹]/g, (digit) => digit.codePointAt() & 15)
  const words = latin.split(/[^a-z0-9]+/).filter(Boolean)
  const kept = words.filter((word) => !SMALL.has(word))
  return (kept.length ? kept : words).slice(0, 5).join("-").slice(0, 60).replace(/-$/, "")
}
