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

const PLAIN = { أ: "a", إ: "i", آ: "a", ا: "a", ب: "b", ت: "t", ث: "th", ج: "j", ح: "h", خ: "kh", د: "d", ذ: "dh", ر: "r", ز: "z", س: "s", ش: "sh", ص: "s", ض: "d", ط: "t", ظ: "z", غ: "gh", ف: "f", ق: "q", ك: "k", ل: "l", م: "m", ن: "n", ه: "h", ة: "a", و: "w", ي: "y", ى: "a" }
const SMALL = new Set(["a", "an", "the", "of", "in", "on", "at", "to", "and"])

/** Propose an id from a text in either script: lower-case letters, digits and hyphens, a few words. */
export function proposeId(text) {
  const latin = [...text].map((letter) => PLAIN[letter] ?? letter).join("").normalize("NFD").replace(/[\u0300-\u036f\u064b-\u065f'’ʿʾ]/g, "")
  const words = latin.toLowerCase().split(/[^a-z0-9]+/).filter(Boolean)
  const kept = words.filter((word) => !SMALL.has(word))
  return (kept.length ? kept : words).slice(0, 5).join("-").slice(0, 60)
}
