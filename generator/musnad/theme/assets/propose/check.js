// What musnad check asks of one record, asked as one types: the shape by its schema, and the rules that need no more than
// the record, the vocabulary and the records it names. The messages are those of the command. What is left to the command:
export const UNCHECKED = [
  "unused-entity", "covered-sentence", "same-article", "copied-claim", "hidden-reference", "redirect", "file-name", "file-place", "duplicate-id",
  "sensitive-place", "sensitive-name", "living-name", "bare-statement",
]
import { findNearest, inherit } from "./inherit.js"
import { Validator } from "./vendor/json-schema.js"
import { N_, tell } from "./words.js"
import { follow } from "./yamlio.js"

const LANGS = ["ar", "en"]
const QUOTED = ["starts", "ends", "before", "wording"]
const isGiven = (value) => value !== undefined && value !== null
const latinDigits = (text) => String(text ?? "").replace(/[٠-٩۰-۹]/g, (digit) => "٠١٢٣٤٥٦٧٨٩".indexOf(digit) >= 0 ? "٠١٢٣٤٥٦٧٨٩".indexOf(digit) : "۰۱۲۳۴۵۶۷۸۹".indexOf(digit)).replace("٫", ".")
const number = (value) => (isGiven(value) ? Number(latinDigits(value).replaceAll("_", "")) : null)
const isHidden = (record) => ["draft", "withheld"].includes(record?.status)

/**
 * Return what is wrong with a record: [{path, rule, message}]. `type` is "claim", "entity" or "source"; `id` its id; `context`
 * is {form, lang, today, kind (of an entity), find(ref)}: find returns {record, kind} or null where there is no such record.
 */
export function check(type, id, record, context) {
  const found = [...checkShape(type, record, context)]
  let whole = null
  // Rules count on the shape, as those of the command do.
  if (!found.length) {
    found.push(...checkTexts(record, context))
    const rules = { claim: CLAIM, entity: ENTITY, source: SOURCE }[type]
    const find = (ref) => makeWhole(ref, context.find)
    const source = type === "claim" ? context.find(`sources/${id.split("/")[0]}`)?.record : null
    whole = type === "claim" ? inherit(record, id, source) : record
    for (const [rule, ask] of Object.entries({ ...RECORD, ...rules })) {
      for (const [path, message, values = {}] of ask(whole, { ...context, find, id, type })) {
        found.push({ path: type === "claim" ? findNearest(record, source, path) : path, rule, message, values })
      }
    }
  }
  const isOpen = (path) => whole?.status === "draft" && ["…", "https://…"].includes(at(record, path))
  return found.filter(({ path }) => !isOpen(path)).map(({ path, rule, message, values }) => ({ path, rule, field: values?.field, message: tell(context.form, message, context.lang, values) }))
}

/** Return what `find` does; a claim with what its source says for it. */
function makeWhole(ref, find) {
  const found = find(ref)
  const [folder, source, name] = ref.split("/")
  return found && folder === "claims" ? { ...found, record: inherit(found.record, `${source}/${name}`, find(`sources/${source}`)?.record) } : found
}

// The shape

const PATTERNS = [
  [/^\^\(\?:unknown/, N_("{value} is not a date in EDTF, such as 2024, 2024-06~ or 2024-06-01/2024-06-30")],
  [/^\^\[a-z\]\{2,3\}/, N_("{value} is not a language tag such as ar, fr, ku-Latn or ar-SY")],
  [/^\^\[a-z\]\+\/\[a-z0-9\]/, N_("{value} is not a media type such as application/pdf")],
  [/^\^sha256/, N_("{value} is not a digest (sha256: and 64 hexadecimal digits)")],
  [/entities/, N_("{value} is not an address such as entities/ID, claims/SOURCE/ID or sources/ID")],
  [/\/\[?a?-?z?0?-?9?\]?\+?.*\/|\)\*\/\[a-z0-9\]/, N_("{value} is not a claim id such as source-id/claim-id")],
  [/^\^\[a-z0-9\]\+/, N_("{value} is not an id: use lower-case letters a to z, digits and single hyphens")],
]
const OWN_PATTERNS = {
  "not a decimal number such as 250 or 2.5": N_("{value} is not a decimal number such as 250 or 2.5"),
  "not a fraction such as 1/3": N_("{value} is not a fraction such as 1/3"),
  "not a Hijri date such as 1445, 1445-09 or 1445-09-17": N_("{value} is not a Hijri date such as 1445, 1445-09 or 1445-09-17"),
  "not a time such as 2:05 or 1:02:05": N_("{field} must be a time such as 2:05 or 1:02:05"),
  "not a date in EDTF, such as 2024, 2024-06~ or 2024-06-01/2024-06-30": N_("{value} is not a date in EDTF, such as 2024, 2024-06~ or 2024-06-01/2024-06-30"),
}
const SHORTEN = 60
const STRANGE_SPACE = /[\u00a0\u00ad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2069\u3000\ufeff]/

function* checkShape(type, record, { form }) {
  const schema = form.schemas[type]
  const told = new Set()
  const emptied = []
  const noText = new RegExp(form.patterns.noText, "u")
  for (const [path, value] of walk(record)) {
    if (typeof value !== "string") continue
    const strange = value.match(noText)?.[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0")
    if (!value.trim() || strange) emptied.push(path.join("/"))
    if (strange) {
      yield { path, rule: "hidden-character", message: N_("a code that is no letter or sign, or a pile of marks, stands here ({name}): delete it, and type the text again"), values: { name: `U+${strange}` } }
    } else if (!value.trim()) {
      yield { path, rule: "empty-value", message: N_("{field} is empty; fill it in or remove the line"), values: { field: nameOf(path) } }
    }
  }
  const { errors } = new Validator(schema, "7", false).validate(withFlags(schema, schema, record))
  for (const error of errors) {
    if (/\/anyOf\/[1-9]/.test(error.keywordLocation)) continue
    const path = error.instanceLocation.split("/").slice(1).map((step) => (/^\d+$/.test(step) ? Number(step) : step.replaceAll("~1", "/")))
    const problem = explain(error, path, at(record, path), schema, form.addresses)
    const key = problem && `${problem.path.join("/")} ${problem.message} ${JSON.stringify(problem.values)}`
    if (problem && !told.has(key) && !emptied.includes(path.join("/"))) {
      told.add(key)
      yield problem
    }
  }
}

function explain({ keyword, error }, path, value, root, addresses) {
  const field = nameOf(path)
  const quoted = String(value).length > SHORTEN ? `${String(value).slice(0, SHORTEN)}…` : String(value)
  const schema = () => schemaAt(root, path)
  const named = error.match(/"([^"]*)"/)?.[1]
  if (typeof value === "string") {
    if (/^[“”„‟‘’‚‛]/.test(value)) return { path, rule: "wrong-value", message: N_("typographic quotation marks are none to YAML: type straight ones") }
    if (STRANGE_SPACE.test(value)) return { path, rule: "wrong-value", message: N_("an invisible or unusual space stands here: delete it, or type a plain one") }
  }
  switch (keyword) {
    case "required":
      if (LANGS.includes(named)) return { path, rule: "missing-translation", message: N_("the text in {language} is missing"), values: { language: named } }
      return { path, rule: "missing-field", message: N_("the field {field} is missing"), values: { field: named } }
    case "additionalProperties":
      return { path: [...path, named], rule: "unknown-field", message: N_("there is no field {field} here"), values: { field: named } }
    case "enum":
      return { path, rule: "wrong-value", message: N_("{value} is not possible here; use one of: {options}"), values: { value: quoted, options: schema()?.enum?.filter((one) => typeof one === "string").join(", ") } }
    case "pattern": {
      const own = OWN_PATTERNS[schema()?.patternErrorMessage]
      const pattern = schema()?.pattern ?? ""
      const isWhole = [schema()?.type].flat().includes("integer")
      const address = pattern.startsWith("^https") ? addresses.find(([fault]) => new RegExp(fault, "iu").test(value))?.[1] : undefined
      const message = own ?? address ?? (isWhole ? N_("{field} must be a whole number from 1 up") : undefined) ?? PATTERNS.find(([known]) => known.test(pattern))?.[1] ?? N_("{value} must not contain spaces")
      return { path, rule: "wrong-value", message, values: { value: quoted, field } }
    }
    case "not":
      return { path, rule: "wrong-value", message: N_("{value} is not a date in EDTF, such as 2024, 2024-06~ or 2024-06-01/2024-06-30"), values: { value: quoted } }
    case "maxLength":
      return { path, rule: "wrong-value", message: N_("the text is longer than {limit} characters"), values: { limit: schema()?.maxLength } }
    case "minItems":
      return { path, rule: "wrong-shape", message: N_("{field} has too few entries"), values: { field } }
    case "minimum": case "maximum": case "exclusiveMinimum": case "exclusiveMaximum":
      return { path, rule: "wrong-value", message: N_("{field} must be a whole number from 1 up"), values: { field } }
    case "type": {
      const types = [schema()?.type].flat()
      if (types.includes("array")) return { path, rule: "wrong-shape", message: N_("{field} must be a list (lines starting with -)"), values: { field } }
      if (types.includes("object")) return { path, rule: "wrong-shape", message: N_("{field} must hold fields (name: value)"), values: { field } }
      if (types.join() === "boolean") return { path, rule: "wrong-value", message: N_("{field} must be true or false"), values: { field } }
      return { path, rule: "wrong-shape", message: N_("{field} must be one piece of text"), values: { field } }
    }
  }
  return null
}

/** Values are text here; flags are flags to a schema. */
function withFlags(root, schema, value) {
  const known = follow(root, schema)
  if (Array.isArray(value)) return value.map((item) => withFlags(root, known?.items, item))
  if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withFlags(root, known?.properties?.[key], inner)]))
  if (known?.type === "boolean" && /^(?:true|yes|on|false|no|off)$/i.test(value)) return /^(?:true|yes|on)$/i.test(value)
  return value
}

function schemaAt(root, path) {
  let schema = root
  for (const step of path) schema = follow(root, typeof step === "number" ? follow(root, schema)?.items : follow(root, schema)?.properties?.[step])
  const found = follow(root, schema)
  return found?.anyOf && !found.pattern && !found.enum ? follow(root, found.anyOf[0]) : found
}

const at = (record, path) => path.reduce((value, step) => value?.[step], record)
const nameOf = (path) => [...path].reverse().find((step) => typeof step === "string") ?? ""

export function* walk(value, path = []) {
  yield [path, value]
  if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* walk(item, [...path, index])
  else if (value && typeof value === "object") for (const [key, inner] of Object.entries(value)) yield* walk(inner, [...path, key])
}

// Texts, wherever they stand

function scriptOf(text, { arabic, latin }) {
  const count = (pattern) => text.match(new RegExp(pattern, "gu"))?.length ?? 0
  const [inArabic, inLatin] = [count(arabic), count(latin)]
  return inArabic || inLatin ? (inArabic >= inLatin ? "ar" : "en") : null
}

function* checkTexts(record, { form: { patterns } }) {
  for (const [path, value] of walk(record)) {
    const last = path.at(-1)
    if (value && typeof value === "object" && !Array.isArray(value) && LANGS.every((lang) => typeof value[lang] === "string")) {
      for (const lang of LANGS) {
        const text = value[lang].replace(/\{[^}]*\}?/g, "")
        if (![lang, null].includes(scriptOf(text, patterns))) {
          yield { path: [...path, lang], rule: "wrong-script", message: N_("this text is not written in the script of {language}"), values: { language: lang } }
        }
        const left = value[lang].match(/\b(?:TODO|FIXME|TBD|XXX+)\b|\?\?\?|؟؟؟/u)
        if (left && /[\p{L}\p{N}]/u.test(value[lang])) yield { path: [...path, lang], rule: "left-over", message: N_("{value} was left over: finish the text"), values: { value: left[0] } }
      }
    }
    if (typeof value !== "string") continue
    if (!/[\p{L}\p{N}]/u.test(value)) yield { path, rule: "left-over", message: N_("{value} says nothing: write the text, or remove the field"), values: { value } }
    if (!QUOTED.includes(last)) {
      for (const [name, word] of findUnseen(value, patterns)) {
        yield { path, rule: "hidden-character", message: N_("an invisible character, {name}, stands in or beside {word}: delete it, or type the word again"), values: { name, word } }
      }
    }
    for (const word of findMixed(value, patterns)) {
      yield { path, rule: "mixed-letters", message: N_("{word} has Greek or Cyrillic letters among Latin ones: type it again"), values: { word } }
    }
    if (isMadeUp(value, patterns.ofNothing)) {
      yield { path, rule: "placeholder-digest", message: N_("this digest was made up: musnad suggest writes those of every sentence of a text (musnad suggest SOURCE.txt --output DIR)"), values: {} }
    }
    if (["date", "edtf", "published", "retrieved"].includes(last) && value !== "unknown") {
      const message = faultOfDate(latinDigits(value), last === "edtf")
      if (message) yield { path, rule: "invalid-edtf", message, values: { value } }
    }
    if (last === "hijri" && !isHijri(latinDigits(value))) {
      yield { path, rule: "invalid-hijri", message: N_("{value} is no year, month or day of the calendar of Umm al-Qura, from 1343 to 1500"), values: { value } }
    }
  }
}

function* findUnseen(text, { unseen, persian }) {
  const all = new RegExp(unseen, "gu")
  if (!text.match(all)) return
  const whole = text.replace(all, "").trim().slice(0, 20)
  for (const part of text.split(" ")) {
    const word = part.replace(all, ""), isPersian = new RegExp(persian, "u").test(word)
    for (const { 0: found, index } of part.matchAll(all)) {
      const before = part.slice(Math.max(0, index - 2), index), after = part.slice(index + found.length, index + found.length + 2)
      const isJoiner = found === "\u200c" && isPersian && /\p{L}$/u.test(before) && /^\p{L}/u.test(after)
      if (!isJoiner) yield [`U+${found.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`, word || whole]
    }
  }
}

function* findMixed(text, { otherLetter, latinLetter, looksLatin }) {
  const [other, latin, looks] = [otherLetter, latinLetter, `^(?:${looksLatin})$`].map((pattern) => new RegExp(pattern, "u"))
  if (!other.test(text) || !latin.test(text)) return
  for (const [word] of text.matchAll(/\p{L}+/gu)) if (other.test(word) && (latin.test(word) || looks.test(word))) yield word
}

function isMadeUp(text, ofNothing) {
  const digits = text.match(/^sha256:(.{64})$/)?.[1]
  if (!digits) return false
  const isRepeated = [1, 2, 4, 8, 16, 32].some((length) => digits === digits.slice(0, length).repeat(64 / length))
  return isRepeated || new Set(digits).size < 8 || /(.)\1{11}|0123456789abcdef|fedcba9876543210/.test(digits) || ofNothing.includes(text)
}

const DAY = /^(\d{4})-(\d\d)-(\d\d)$/
const isDay = (text) => {
  const [, year, month, day] = text.match(DAY) ?? []
  const made = new Date(Date.UTC(2000, month - 1, day))
  made.setUTCFullYear(Number(year), month - 1, day)
  return made.getUTCMonth() === month - 1 && made.getUTCDate() === Number(day) && Number(year) > 0
}
// Levels 0 and 1; what only level 2 has is left to the command.
const PART = /^(?:-?[\dX]{4}|Y-?\d{5,}|-?\d{4}-(?:(?:0[1-9]|1[0-2]|XX)(?:-(?:0[1-9]|[12]\d|3[01]|XX))?|2[1-4]))[?~%]?$/
const SECOND = /[{}[\],SE^]|[?~%]-?[\dX]|-[?~%]|X\d|Y.*[-?~%]|-(?:2[5-9]|3\d|4[01])/

function faultOfDate(text, isTime) {
  if (text.includes("Y")) return N_("{value} has a year of more than four digits: write one such as 2024, or -0500 before our era")
  if (!isDate(text)) return N_("{value} is not a date in EDTF, such as 2024, 2024-06~ or 2024-06-01/2024-06-30")
  if (!isTime && listYears(text).some((year) => year < 1)) return N_("{value} lies before our era: nothing was published or written down for this record then")
  return null
}

// The years of four digits in a date, the earliest that each can be.
function listYears(text) {
  const found = text.matchAll(/(?:^|[/,\[{]|\.\.)[?~%]*(-?\d[\dX]{3})/g)
  return [...found].map(([, year]) => Number(year.replaceAll("X", year.startsWith("-") ? "9" : "0")))
}

function isDate(text) {
  if ([...text.matchAll(/\d{4}-\d{2}-\d{2}/g)].some(([day]) => !isDay(day))) return false
  const [start, end, ...rest] = text.split("/")
  if (rest.length) return false
  if (end !== undefined && ["", ".."].includes(start) && ["", ".."].includes(end)) return false
  const plain = /^\d{4}(?:-\d{2}){0,2}$/
  if (end !== undefined && plain.test(start) && plain.test(end) && end < start.slice(0, end.length)) return false
  const isPart = (part) => PART.test(part) || SECOND.test(part)
  return end === undefined ? isPart(text.replace(/T.*$/, "")) : [start, end].every((part) => ["", ".."].includes(part) || isPart(part))
}

function isHijri(text) {
  const [year, month = "1", day = "1"] = text.split("-").map(Number)
  return year >= 1343 && year <= 1500 && month >= 1 && month <= 12 && day >= 1 && day <= 30
}

// A day either side is possible, as the moon was seen.
function canMeet(hijri, start, end) {
  const teller = new Intl.DateTimeFormat("en-u-ca-islamic-umalqura-nu-latn", { timeZone: "UTC", year: "numeric", month: "2-digit", day: "2-digit" })
  const last = Date.parse(`${end}${"-12-31".slice(end.length - 4)}`.replace(/(-02|-04|-06|-09|-11)-31$/, (all, month) => `${month}-${month === "-02" ? 28 : 30}`))
  for (let day = Date.parse(`${start}${"-01-01".slice(start.length - 4)}`) - 864e5; day <= last + 864e5; day += 864e5) {
    const part = Object.fromEntries(teller.formatToParts(day).map(({ type, value }) => [type, value]))
    if (`${part.year}-${part.month}-${part.day}`.startsWith(hijri)) return true
  }
  return false
}

const FLAT = /^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-\d\d)?)?$/
function isBefore(given, compared) {
  const [date, other] = [latinDigits(given), latinDigits(compared)]
  if (!FLAT.test(date) || !FLAT.test(other)) return false
  return date + "-12-31".slice(date.length - 4) < other + "-01-01".slice(other.length - 4)
}

function isAfter(date, today) {
  return isBefore(today, date) || listYears(latinDigits(date)).some((year) => year > Number(today.slice(0, 4)))
}

// Rules of every record: (record, context) → [path, message, values]

const SAME = {
  names: (one) => [one.lang, one.text, one.source],
  external_ids: (one) => [one.scheme, one.id],
  distinct_from: (one) => [one.entity, one.name],
  inferred: (one) => [one.entity],
  quantities: ({ wording, ...rest }) => rest,
  locators: (one) => [one.source, one.paragraph, one.sentence, one.starts],
  links: (one) => [one.type, one.claim],
}
const REPEATABLE = ["sentences", "paragraphs", "attribution", "history", "way"]
const sorted = (value) => (value && typeof value === "object" && !Array.isArray(value) ? Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])])) : Array.isArray(value) ? value.map(sorted) : value)

const RECORD = {
  *"dangling-reference"(record, { find, type, id }) {
    for (const [path, folder, name] of references(record, type)) {
      if (find(`${folder}/${name}`) === null) yield [path, N_("there is no record {target}"), { target: `${folder}/${name}` }]
    }
    const source = id.split("/")[0]
    if (type === "claim" && find(`sources/${source}`) === null) yield [[], N_("the folder is named after the source {id}, which has no record"), { id: source }]
  },
  *twice(record) {
    for (const [path, list] of walk(record)) {
      const name = nameOf(path)
      if (!Array.isArray(list) || list.length < 2 || REPEATABLE.includes(name)) continue
      const seen = new Map()
      for (const [index, item] of list.entries()) {
        const key = JSON.stringify(sorted((SAME[name] ?? ((one) => one))(item)))
        if (seen.has(key)) yield [[...path, index], N_("this is the same as number {number} of the list"), { number: String(seen.get(key) + 1) }]
        else seen.set(key, index)
      }
    }
  },
  *"date-order"(record, { today, type }) {
    const dates = new Map([["extracted/date", record.extracted.date]])
    const after = []
    for (const name of ["reviews", "history"]) {
      for (const [index, entry] of (record[name] ?? []).entries()) {
        dates.set(`${name}/${index}/date`, entry.date)
        after.push([`${name}/${index}/date`, "extracted/date"])
        if (name === "history" && index) after.push([`${name}/${index}/date`, `${name}/${index - 1}/date`])
      }
    }
    if (type === "source") {
      dates.set("published", record.published ?? "unknown").set("retrieved", record.retrieved ?? "unknown")
      after.push(["retrieved", "published"], ["extracted/date", "published"])
    }
    const steps = (key) => key.split("/").map((step) => (/^\d+$/.test(step) ? Number(step) : step))
    for (const [key, date] of dates) if (isAfter(date, today)) yield [steps(key), N_("{date} is in the future"), { date }]
    for (const [later, earlier] of after) {
      const [date, other] = [dates.get(later), dates.get(earlier)]
      if (isBefore(date, other)) yield [steps(later), N_("{date} is before {other}, which stands in {field}"), { date, other, field: earlier.split("/")[0] }]
    }
  },
  *status(record, { type }) {
    const told = (record.history ?? []).filter((change) => change.note).map((change) => change.change)
    if (["corrected", "superseded", "retracted"].includes(record.status) && !told.includes(record.status)) {
      yield [["status"], N_("a {status} record needs a line in its history with that change and a note"), { status: record.status }]
    }
    if (type === "claim" && (record.status === "superseded") !== isGiven(record.superseded_by)) yield [["status"], N_("the status superseded and the field superseded_by go together")]
  },
  *withheld(record) {
    if (record.status === "withheld") {
      yield [["status"], N_("what is withheld has no words here: musnad withhold takes them into a folder of your own (what is only unfinished is a draft)")]
    }
  },
  *itself(record, { id, type, find }) {
    const message = N_("{id} can't stand here in its own record")
    if (type === "claim" && record.superseded_by === id) yield [["superseded_by"], message, { id }]
    if (type !== "entity") return
    for (const [index, other] of (record.distinct_from ?? []).entries()) if (other.entity === id) yield [["distinct_from", index, "entity"], message, { id }]
    const within = record.location?.within
    if (within === id) yield [["location", "within"], message, { id }]
    else if (within && find(`entities/${within}`)?.record.location?.within === id) yield [["location", "within"], N_("{id} lies in this place itself"), { id: within }]
  },
  *"reserved-name"(record, { id }) {
    const name = id.split("/").at(-1)
    if (/^(?:con|prn|aux|nul|(?:com|lpt)\d)$/.test(name)) yield [[], N_("Windows can't hold a file called {name}: choose another id"), { name }]
    else if (name === "index") yield [[], N_("{name} is the name of a folder's own page: choose another id"), { name }]
  },
}

function* references(record, type) {
  if (type === "source") {
    yield [["outlet"], "entities", record.outlet]
    if (record.origin) yield [["origin"], "sources", record.origin]
    if (record.agency) yield [["agency"], "entities", record.agency]
    return
  }
  const many = (name, field, folder) => (record[name] ?? []).flatMap((one, index) => (one[field] ? [[[name, index, field], folder, one[field]]] : []))
  if (type === "entity") {
    if (record.location?.within) yield [["location", "within"], "entities", record.location.within]
    yield* many("distinct_from", "entity", "entities")
    yield* many("names", "source", "sources")
    yield* many("same_as", "source", "sources")
    return
  }
  for (const field of ["subject", "object"]) if (record[field]) yield [[field], "entities", record[field]]
  yield* many("parts", "entity", "entities")
  for (const field of ["entity", "affiliation", "close_to"]) yield* many("attribution", field, "entities")
  for (const [index, id] of (record.place?.entities ?? []).entries()) yield [["place", "entities", index], "entities", id]
  yield* many("way", "entity", "entities")
  for (const [index, quantity] of (record.quantities ?? []).entries()) if (quantity.of?.entity) yield [["quantities", index, "of", "entity"], "entities", quantity.of.entity]
  yield* many("inferred", "entity", "entities")
  yield* many("locators", "source", "sources")
  yield* many("links", "claim", "claims")
  if (record.superseded_by) yield [["superseded_by"], "claims", record.superseded_by]
}

/** The addresses of all records that a record names. */
export const listReferences = (record, type) => [...references(record, type)].map(([, folder, id]) => `${folder}/${id}`)

const wrongKind = (path, id, kind, wanted) => [path, N_("{id} is of the kind {kind}; this field takes: {wanted}"), { id, kind, wanted }]
function* checkTrait(path, id, trait, { find, form }) {
  const entity = find(`entities/${id}`)
  const { kinds } = form.terms
  if (entity && kinds[entity.kind] && kinds[entity.kind].trait !== trait) yield wrongKind(path, id, entity.kind, Object.keys(kinds).filter((name) => kinds[name].trait === trait).join(", "))
}
const unknownTerm = (path, term, file) => [path, N_("{term} is not in vocabulary/{file}.yaml, nor in the base vocabulary"), { term, file }]

const TAKES = {
  entity: [[["object"]], N_("{predicate} takes an object, the id of an entity, and no literal")],
  literal: [[["literal"]], N_("{predicate} takes a literal, words in both languages, and no object")],
  either: [[["object"], ["literal"]], N_("{predicate} takes one of the two: an object (the id of an entity) or a literal (words in both languages)")],
  nothing: [[[]], N_("{predicate} takes neither object nor literal: leave them out")],
}
const EITHER = N_("give either entity or text")
const NO_COMPARATOR = N_("the quantity has no comparator: exact, about, nearly, up-to, at-least, more-than, less-than, not-more-than or vague?")
const VAGUE = N_("the comparator vague goes with vague or phrase, and only with them")
const LEGS = ["from", "through", "to"]
const PLACED = ["paragraph", "page", "time", "row"]

const CLAIM = {
  *"unknown-term"(claim, { form: { terms, units } }) {
    const asked = [[["predicate"], claim.predicate, "predicates"], [["modality"], claim.modality, "modalities"]]
    for (const [index, part] of (claim.parts ?? []).entries()) asked.push([["parts", index, "role"], part.role, "roles"])
    for (const [index, voice] of (claim.attribution ?? []).entries()) asked.push([["attribution", index, "voice"], voice.voice, "voices"])
    if (claim.place) asked.push([["place", "precision"], claim.place.precision, "precisions"])
    for (const [index, quantity] of (claim.quantities ?? []).entries()) {
      const at = ["quantities", index]
      asked.push([[...at, "measures"], quantity.measures, "measures"], [[...at, "vague"], quantity.vague, "amounts"], [[...at, "unit"], quantity.unit, "units"])
      asked.push([[...at, "change", "by_unit"], quantity.change?.by_unit, "units"], [[...at, "per", "unit"], quantity.per?.unit, "units"], [[...at, "per", "container"], quantity.per?.container, "containers"])
      for (const name of ["of_whom", "of_which"]) for (const [n, portion] of (quantity[name] ?? []).entries()) asked.push([[...at, name, n, "vague"], portion.vague, "amounts"])
    }
    for (const [path, term, file] of asked) if (isGiven(term) && !Object.hasOwn(file === "units" ? units : terms[file], term)) yield unknownTerm(path, term, file)
  },
  *"wrong-kind"(claim, context) {
    for (const [index, id] of (claim.place?.entities ?? []).entries()) yield* checkTrait(["place", "entities", index], id, "place", context)
    for (const [index, stop] of (claim.way ?? []).entries()) if (stop.entity) yield* checkTrait(["way", index, "entity"], stop.entity, "place", context)
    for (const [index, part] of (claim.parts ?? []).entries()) {
      const kinds = context.form.terms.roles[part.role]?.kinds
      const named = part.entity && context.find(`entities/${part.entity}`)
      if (kinds && named && !kinds.includes(named.kind)) yield wrongKind(["parts", index, "entity"], part.entity, named.kind, kinds.join(", "))
    }
  },
  *"missing-attribution"(claim, { id, find, form }) {
    const outlet = find(`sources/${id.split("/")[0]}`)?.record.outlet
    if (outlet && claim.attribution[0].entity !== outlet && !(form.terms.voices[claim.attribution[0].voice]?.named && !claim.attribution[0].entity)) yield [["attribution", 0], N_("the chain must begin with the outlet that published the source, {id}"), { id: outlet }]
  },
  *"incomplete-voice"(claim, { form }) {
    for (const [index, voice] of (claim.attribution ?? []).entries()) {
      const kind = form.terms.voices[voice.voice]
      const fault = kind && faultOfVoice(voice, kind)
      if (fault) yield [["attribution", index], fault, { voice: voice.voice }]
      else if (kind) for (const [field, message] of faultsOfDescription(voice, kind)) yield [["attribution", index, field], message, { voice: voice.voice }]
    }
  },
  *"missing-locator"(claim) {
    if (!claim.locators?.length) yield [[], N_("the claim has no locator: where in the source does it stand?")]
  },
  *"wrong-locator"(claim, { id, find }) {
    for (const [index, locator] of (claim.locators ?? []).entries()) {
      const source = find(`sources/${locator.source}`)?.record
      const at = ["locators", index]
      if (!source) continue
      const [p, s] = [number(locator.paragraph), number(locator.sentence)]
      const paragraphs = source.paragraphs ?? []
      if (locator.source !== id.split("/")[0]) yield [[...at, "source"], N_("a claim stands in the source it is filed under")]
      else if (!(p && s && paragraphs.length)) continue
      else if (p > paragraphs.length) yield [[...at, "paragraph"], N_("the source has {count} paragraphs"), { count: paragraphs.length }]
      else if (s > paragraphs[p - 1].sentences.length) yield [[...at, "sentence"], N_("the paragraph has {count} sentences"), { count: paragraphs[p - 1].sentences.length }]
      else if (locator.digest && locator.digest !== paragraphs[p - 1].sentences[s - 1].digest) yield [[...at, "digest"], N_("the digest is not that of the sentence")]
    }
  },
  *"locator-form"(claim, { find, form }) {
    for (const [index, locator] of (claim.locators ?? []).entries()) {
      const source = find(`sources/${locator.source}`)?.record
      if (!source) continue
      const kind = source.kind ?? "article"
      for (const [field, message] of faultsOfLocator(locator, source, form.places[kind])) {
        yield [["locators", index, ...(field ? [field] : [])], message, { field, kind, id: locator.source, fields: form.places[kind].join(", ") }]
      }
    }
  },
  *"predicate-fit"(claim, { form, find }) {
    const predicate = form.terms.predicates[claim.predicate]
    if (!predicate) return
    for (const [field, kinds] of [["subject", predicate.subjects], ["object", predicate.objects]]) {
      const entity = claim[field] && find(`entities/${claim[field]}`)
      if (entity && kinds && !kinds.includes(entity.kind)) {
        yield [[field], N_("{predicate} does not fit {id}, which is of the kind {kind}; it fits: {kinds}"), { predicate: claim.predicate, id: claim[field], kind: entity.kind, kinds: kinds.join(", ") }]
      }
    }
    const [forms, message] = TAKES[predicate.takes ?? "entity"]
    const given = ["object", "literal"].filter((field) => isGiven(claim[field]))
    if (!forms.some((form) => form.join() === given.join())) {
      const wrong = given.filter((field) => !forms.some((form) => form.join() === field))
      yield [[wrong[0] ?? "predicate"], message, { predicate: claim.predicate }]
    }
    if (claim.object === claim.subject) yield [["object"], N_("subject and object are the same entity")]
  },
  *quantity(claim, { form }) {
    for (const [index, quantity] of (claim.quantities ?? []).entries()) {
      const at = ["quantities", index]
      const fault = faultOfQuantity(quantity)
      if (fault) {
        yield [at, fault]
        continue
      }
      const faults = [...faultsInside(quantity)]
      for (const [path, message] of faults) yield [[...at, ...path], message]
      if (!faults.length) {
        const message = N_("the unit {unit} needs the field {field} in vocabulary/units.yaml to be used here")
        const [counted, per] = [form.units[quantity.unit], form.units[quantity.per?.unit]]
        if (isGiven(quantity.vague) && counted && !counted.plural && !counted.cldr) yield [[...at, "unit"], message, { unit: quantity.unit, field: "plural" }]
        if (per && !per.cldr && !(per.single || (per.rate && number(quantity.per.value ?? 1) === 1))) yield [[...at, "per", "unit"], message, { unit: quantity.per.unit, field: "single" }]
      }
    }
  },
  *"measure-fit"(claim, { form }) {
    for (const [index, quantity] of (claim.quantities ?? []).entries()) {
      const measure = form.terms.measures[quantity.measures]
      if (!measure) continue
      const isOfWhole = quantity.of && form.units[quantity.unit]?.dimension === "share"
      const asked = isOfWhole ? [] : [[["unit"], quantity.unit, measure.of, N_("{measure} can't be given in {unit}, a unit of {dimension}; it takes units of: {wanted}")]]
      if (quantity.per) asked.push([["per", "unit"], quantity.per.unit, measure.per, N_("{measure} can't be counted by {unit}, a unit of {dimension}; it takes units of: {wanted}")])
      for (const [path, id, wanted, message] of asked) {
        const dimension = form.units[id]?.dimension
        if (dimension && wanted?.length && !wanted.includes(dimension)) yield [["quantities", index, ...path], message, { measure: quantity.measures, unit: id, dimension, wanted: wanted.join(", ") }]
      }
    }
  },
  *part(claim) {
    for (const [index, part] of (claim.parts ?? []).entries()) if (isGiven(part.entity) === isGiven(part.text)) yield [["parts", index], EITHER]
  },
  *way(claim) {
    const way = claim.way ?? []
    if (way.length === 1) yield [["way"], N_("a way has at least two stops")]
    for (const [index, stop] of way.entries()) {
      const before = way[index - 1]
      if (isGiven(stop.entity) === isGiven(stop.text)) yield [["way", index], EITHER]
      if (!before) continue
      if (LEGS.indexOf(stop.at) < LEGS.indexOf(before.at)) yield [["way", index, "at"], N_("a way goes from one place, through others, to the last")]
      else if (stop.at === before.at && stop.at !== "through") yield [["way", index, "at"], N_("a way has one stop of {at}: those between are through"), { at: stop.at }]
      if (JSON.stringify([stop.entity, stop.text]) === JSON.stringify([before.entity, before.text])) yield [["way", index], N_("the way stops here already")]
    }
  },
  *inference(claim) {
    const named = [claim.subject, claim.object, ...(claim.parts ?? []).map((part) => part.entity), ...(claim.place?.entities ?? []), ...(claim.way ?? []).map((stop) => stop.entity), ...(claim.quantities ?? []).map((quantity) => quantity.of?.entity)]
    for (const [index, { entity }] of (claim.inferred ?? []).entries()) {
      if (!named.includes(entity)) yield [["inferred", index, "entity"], N_("{id} is neither subject, object, part nor place of the claim: what is inferred?"), { id: entity }]
    }
  },
  *"typed-attribution"(claim) {
    for (const lang of LANGS) {
      const text = claim.statement[lang].trim()
      if (!/[\p{L}\p{N}]/u.test(text)) continue
      if (/^(?:according to|بحسب|وفقا?|حسب)(?![\p{L}\p{N}_])/iu.test(text)) yield [["statement", lang], N_("leave out who says it: the opening words are composed from the attribution")]
      else if (!/[.؟?»”]$/u.test(text)) yield [["statement", lang], N_("the statement must end with a full stop")]
      else if (/[.؟?…]\s*[.؟?]$/u.test(text)) yield [["statement", lang], N_("the statement ends twice: one full stop is enough")]
    }
  },
  *"long-quote"(claim) {
    const quoted = []
    for (const [index, locator] of (claim.locators ?? []).entries()) for (const field of ["starts", "ends", "before"]) quoted.push([["locators", index, field], locator[field]])
    for (const [index, quantity] of (claim.quantities ?? []).entries()) quoted.push([["quantities", index, "wording"], quantity.wording])
    quoted.push([["time", "wording"], claim.time?.wording])
    for (const [path, words] of quoted) if ((words ?? "").trim().split(/\s+/).length > 6) yield [path, N_("quote at most {limit} words of the source"), { limit: 6 }]
  },
  *"claim-link"(claim, { id, find }) {
    for (const [index, link] of (claim.links ?? []).entries()) {
      const at = ["links", index]
      if (link.claim === id) {
        yield [[...at, "claim"], N_("a claim can't be linked to itself")]
        continue
      }
      const other = find(`claims/${link.claim}`)?.record
      if (!other) continue
      const [own, others] = [id.split("/")[0], link.claim.split("/")[0]]
      const isWaiting = isHidden(claim) && !isHidden(other)
      const back = (other.links ?? []).some((one) => one.claim === id && one.type === link.type)
      if (["corroborates", "contradicts", "in-tension-with", "see-also"].includes(link.type) && !isWaiting && !back) yield [at, N_("{id} has no link {type} back to this claim"), { id: link.claim, type: link.type }]
      if (["cause", "means", "circumstance"].includes(link.type) && own !== others) yield [[...at, "type"], N_("a link of {type} keeps a word of one source; the other claim is of another source"), { type: link.type }]
      if (["denies", "declines-to-comment", "answers"].includes(link.type)) {
        const isSame = (...fields) => fields.every((field) => JSON.stringify(sorted(claim[field])) === JSON.stringify(sorted(other[field])))
        if (link.type !== "declines-to-comment" && isSame("attribution")) yield [[...at, "type"], N_("the same voices say {id}: an answer is another voice's"), { id: link.claim }]
        else if (link.type === "denies" && isSame("subject", "predicate", "object") && (claim.polarity ?? "affirmed") === (other.polarity ?? "affirmed")) {
          yield [[...at, "type"], N_("this says of the same parties what {id} says: a denial has the other polarity"), { id: link.claim }]
        }
      }
      if (link.independence === "independent") {
        const [one, two] = [find(`sources/${own}`)?.record, find(`sources/${others}`)?.record]
        const roots = [one?.origin ?? own, two?.origin ?? others]
        const isSupplied = [[one, two], [two, one]].some(([here, there]) => here?.agency && [there?.agency, there?.outlet].includes(here.agency))
        if (own === others) yield [[...at, "independence"], N_("two claims of one source are not independent")]
        else if (one && two && (roots[0] === roots[1] || isSupplied)) yield [[...at, "independence"], N_("{one} and {other} carry the text of one origin: their claims are not independent"), { one: own, other: others }]
      }
    }
  },
  *time(claim, { id, find }) {
    const { time } = claim
    if (!isGiven(time?.edtf)) return
    const source = find(`sources/${id.split("/")[0]}`)?.record
    if (time.basis === "relative-to-publication" && source && (source.published ?? "unknown") === "unknown") yield [["time", "edtf"], N_("the date of publication is unknown, so that no date follows from it: give a phrase instead")]
    else if (time.basis !== "stated" && !time.worked_out) yield [["time", "edtf"], N_("the source does not state this date: say in worked_out how it was found")]
    const [start, end = start] = latinDigits(time.edtf).split("/")
    if (time.hijri && FLAT.test(start) && FLAT.test(end) && !canMeet(latinDigits(time.hijri), start, end)) yield [["time", "edtf"], N_("{date} and {hijri} are different days"), { date: time.edtf, hijri: time.hijri }]
  },
  *"living-person"(claim, { find }) {
    const people = living([...parties(claim), ...(claim.attribution ?? []).flatMap((voice) => [voice.entity, voice.affiliation, voice.close_to])], find)
    if (people.length && !(claim.sensitivity ?? []).includes("living-person")) {
      yield [["sensitivity"], N_("{id} is or may be alive (living: {living} in that record), so that the claim needs the line sensitivity: [living-person]"), { id: people[0][0], living: people[0][1].living }]
    }
    for (const [, person] of people) {
      for (const name of person.names) {
        if (` ${fold(claim.title[name.lang])} `.includes(` ${fold(name.text)} `)) yield [["title", name.lang], N_("the title names {name}, who is or may be alive: leave the name to the statement"), { name: name.text }]
      }
    }
  },
  *"private-person"(claim, { form, find }) {
    for (const [index, part] of (claim.parts ?? []).entries()) {
      if (form.terms.roles[part.role]?.private && living([part.entity], find).length) {
        yield [["parts", index, "entity"], N_("who is or may be alive has the part {role} by description, never by name: write text"), { role: part.role }]
      }
    }
  },
  *"unattributed-accusation"(claim, { form, find }) {
    const modality = form.terms.modalities[claim.modality]
    if (!form.terms.predicates[claim.predicate]?.accusing || !living(parties(claim), find).length) return
    if (modality?.aside) yield [["modality"], N_("an accusation against a living person is never made in passing: who says it, and how firmly?")]
    else if (modality && claim.attribution?.length === 1 && !modality.accusation) {
      const options = Object.keys(form.terms.modalities).filter((name) => form.terms.modalities[name].accusation).join(", ")
      yield [["modality"], N_("the outlet itself accuses a living person: mark the claim as an accusation, with one of: {options}"), { options }]
    }
    const accused = new Set(living(parties(claim), find).map(([id]) => id))
    for (const [index, { entity }] of (claim.inferred ?? []).entries()) {
      if (accused.has(entity)) yield [["inferred", index, "entity"], N_("{id} is or may be alive, and nobody accuses them by name: an accusation is never inferred"), { id: entity }]
    }
  },
}

const parties = (claim) => [claim.subject, claim.object, ...(claim.parts ?? []).map((part) => part.entity), ...(claim.quantities ?? []).map((quantity) => quantity.of?.entity)]
const living = (ids, find) =>
  [...new Set(ids)].filter(Boolean).map((id) => [id, find(`entities/${id}`)?.record]).filter(([, record]) => ["yes", "unknown"].includes(record?.living))
const fold = (text) =>
  text.normalize("NFC").trim().replace(/^ال(?=\S{2})/, "").replace(/[أإآٱ]/g, "ا").replace(/ؤ/g, "و").replace(/[ئى]/g, "ي").replace(/ة/g, "ه").normalize("NFD").replace(/[\p{Mn}ـ]/gu, "").toLowerCase().replace(/^(?:the|an?)\s+|^a[dlnrstz]h?[-\s](?=\S)|^e[lzs][-\s](?=\S)/, "").replace(/[^\p{L}\p{N}_\s]/gu, "").split(/\s+/).join(" ")

function faultOfVoice(voice, kind) {
  if (kind.named) return voice.entity ? null : N_("{voice} is a named voice: give its entity")
  if (voice.entity) return N_("{voice} is an unnamed voice: describe it, an entity can't speak for it")
  if (!kind.thing && !(voice.number && voice.identity)) return N_("{voice} is an unnamed voice: give its number and identity")
  const isDescribed = [kind.phrase, kind.short].some((text) => LANGS.some((lang) => text[lang].includes("{described}")))
  return !voice.described && isDescribed ? N_("{voice} needs the field described") : null
}

function* faultsOfDescription(voice, kind) {
  const isPseudonym = voice.identity === "pseudonym"
  if (isPseudonym !== isGiven(voice.called)) yield [isPseudonym ? "identity" : "called", N_("a name that is a pseudonym needs both: identity: pseudonym, and the name as called")]
  if (voice.called && voice.number !== "one") yield ["number", N_("a pseudonym is one person's: number is one")]
  const place = voice.entity ? "{name}" : "{described}"
  for (const field of ["called", "close_to"]) if (voice[field] && !LANGS.every((lang) => kind.phrase[lang].includes(place))) yield [field, N_("the phrase of {voice} has no place for this: use a voice that is described")]
  if (voice.close_to && voice.close_to === voice.entity) yield ["close_to", N_("a voice is not close to itself")]
}

function* faultsOfLocator(locator, source, places) {
  const given = PLACED.filter((form) => isGiven(locator[form]))
  const misfit = given.filter((form) => !places.includes(form))
  if (misfit.length) yield [misfit[0], N_("a source of the kind {kind} has no {field}; lead to a place in it by: {fields}")]
  else if (!given.length) yield ["", N_("the locator leads to no place; in a source of the kind {kind} one of: {fields}")]
  else if (given.length > 1 && given.join() !== "paragraph,page") yield [given.at(-1), N_("one place a locator: beside a paragraph only its page is given")]
  else if (locator.paragraph && !source.paragraphs?.length) yield ["paragraph", N_("no paragraphs are recorded of the source {id}")]
  const parts = [locator.paragraph, locator.sentence, locator.digest]
  if (parts.some(Boolean) && !parts.every(Boolean)) yield ["", N_("a sentence needs paragraph, sentence and digest")]
  if (isGiven(locator.until) && (!isGiven(locator.time) || seconds(locator.until) <= seconds(locator.time))) yield ["until", N_("until goes with time, and is later")]
  if (locator.starts && isGiven(locator.row)) yield ["starts", N_("no browser looks for words in a row of data: leave them out")]
}
const seconds = (text) => latinDigits(text).split(":").reduce((sum, part) => sum * 60 + Number(part), 0)

function figures(quantity) {
  if (isGiven(quantity.value)) return [{ path: ["value"], number: number(quantity.value), comparator: quantity.comparator }]
  const name = quantity.range ? "range" : "change"
  const held = quantity[name] ?? {}
  return ["from", "to", "by"].filter((end) => isGiven(held[end])).map((end) => ({ path: [name, end], number: number(held[end]), comparator: held[`${end}_comparator`] ?? quantity.comparator }))
}

function faultOfQuantity(quantity) {
  const isVague = isGiven(quantity.vague) || isGiven(quantity.phrase)
  if (["value", "vague", "phrase", "range", "change", "fraction"].filter((field) => isGiven(quantity[field])).length !== 1) return N_("give exactly one of value, vague, phrase, range, change and fraction")
  if (!isGiven(quantity.comparator)) return NO_COMPARATOR
  if ((quantity.comparator === "vague") !== isVague) return VAGUE
  if (!isGiven(quantity.phrase) && !isGiven(quantity.fraction) && !isGiven(quantity.unit)) return N_("the quantity has no unit")
  const per = quantity.per ? number(quantity.per.value ?? 1) : 1
  if (per <= 0 || (per !== 1 && !figures(quantity).length)) return N_("per needs a value on both sides, and its own must be more than zero")
  return null
}

function* faultsInside(quantity) {
  const found = figures(quantity)
  const ends = ["from", "to"].map((end) => found.find((figure) => figure.path[1] === end))
  if (quantity.range && ends.every(Boolean) && ends[0].number >= ends[1].number) yield [["range"], N_("a range goes from the lower to the higher figure")]
  const fault = quantity.change && faultOfChange(quantity, found, ends.every(Boolean) ? ends : null)
  if (fault) yield [["change"], fault]
  for (const figure of found) if (figure.comparator === "vague") yield [[figure.path[0], `${figure.path.at(-1)}_comparator`], N_("a figure can't be vague")]
  const [over, under] = latinDigits(quantity.fraction ?? "0/1").split("/").map(Number)
  if (quantity.fraction && over >= under) yield [["fraction"], N_("a fraction is less than one: give a value")]
  if (quantity.fraction && quantity.unit) yield [["unit"], N_("a fraction has no unit: say in of what it is taken of, or give a value such as 0.5")]
  if (quantity.of && isGiven(quantity.of.entity) === isGiven(quantity.of.text)) yield [["of"], EITHER]
  yield* faultsOfPortions(quantity)
}

function faultOfChange(quantity, found, ends) {
  const by = found.find((figure) => figure.path[1] === "by")
  if (!by && !ends) return N_("a change needs from and to, or by")
  if (quantity.change.by_unit && !by) return N_("by_unit is the unit of by, which is not given")
  if (quantity.of) return N_("a change has no of: say it in before, after or the statement")
  if (by?.number === 0) return N_("nothing changes: give a value")
  if (!ends) return null
  const difference = ends[1].number - ends[0].number
  if (difference === 0) return N_("nothing changes: give a value")
  const isExact = by && [...ends, by].every((figure) => figure.comparator === "exact") && !quantity.change.by_unit
  if (by && (by.number > 0 !== difference > 0 || (isExact && Math.abs(by.number - difference) > 1e-9 * Math.abs(difference)))) return N_("by does not fit from and to: what falls has a by below zero")
  return null
}

function* faultsOfPortions(quantity) {
  const name = quantity.of_whom?.length ? "of_whom" : "of_which"
  const portions = quantity[name] ?? []
  if (!portions.length) return
  if (quantity.of_whom?.length && quantity.of_which?.length) yield [["of_which"], N_("give either of_whom, for people, or of_which, for things")]
  for (const [index, portion] of portions.entries()) {
    const fault = faultOfPortion(portion)
    if (fault) yield [[name, index], fault]
  }
  const exact = portions.filter((one) => isGiven(one.value) && ["exact", "at-least", "more-than"].includes(one.comparator)).reduce((sum, one) => sum + number(one.value), 0)
  if (isGiven(quantity.value) && ["exact", "up-to", "not-more-than", "less-than"].includes(quantity.comparator) && exact > number(quantity.value)) yield [[name], N_("the parts are more than the whole")]
}

function faultOfPortion(portion) {
  if (["value", "vague", "phrase"].filter((field) => isGiven(portion[field])).length !== 1) return N_("give exactly one of value, vague and phrase")
  if (!isGiven(portion.comparator)) return NO_COMPARATOR
  if ((portion.comparator === "vague") !== !isGiven(portion.value)) return VAGUE
  if (!isGiven(portion.phrase) && !isGiven(portion.who)) return N_("say who or what is counted: who")
  return isGiven(portion.value) && number(portion.value) <= 0 ? N_("a part of a count is more than zero") : null
}

const IDENTIFIERS = { wikidata: [/^Q[1-9]\d*$/, "Q42"], geonames: [/^[1-9]\d*$/, "169577"] }

const ENTITY = {
  *"unknown-term"(entity, { form, kind }) {
    if (!Object.hasOwn(form.terms.kinds, kind)) yield [[], N_("the folder {term} is not a kind in vocabulary/kinds.yaml, nor in the base vocabulary"), { term: kind }]
    if (entity.location && !Object.hasOwn(form.terms.precisions, entity.location.precision)) yield unknownTerm(["location", "precision"], entity.location.precision, "precisions")
  },
  *"wrong-kind"(entity, context) {
    if (entity.location?.within) yield* checkTrait(["location", "within"], entity.location.within, "place", context)
  },
  *names(entity) {
    const counts = LANGS.map((lang) => [lang, entity.names.filter((name) => name.role === "primary" && name.lang === lang).length])
    const wrong = counts.filter(([, count]) => count !== 1)
    // A name under the wrong language makes both numbers wrong.
    const isOne = wrong.length === 2 && wrong.every(([, count]) => count === 0 || count === 2) && wrong[0][1] !== wrong[1][1]
    for (const [language, count] of isOne ? wrong.slice(0, 1) : wrong) yield [["names"], N_("there must be exactly one primary name in {language}; there are {count}"), { language, count }]
    for (const [index, name] of entity.names.entries()) if (["found-in-source", "misprint"].includes(name.role) && !name.source) yield [["names", index], N_("a spelling found in a source needs its source")]
  },
  *distinction(entity, { id, find }) {
    for (const [index, one] of (entity.distinct_from ?? []).entries()) {
      const other = one.entity && find(`entities/${one.entity}`)?.record
      const isWaiting = other && isHidden(entity) && !isHidden(other)
      if (isGiven(one.entity) === isGiven(one.name)) yield [["distinct_from", index], N_("give either entity or name")]
      else if (other && !isWaiting && !(other.distinct_from ?? []).some((back) => back.entity === id)) yield [["distinct_from", index], N_("{id} must warn of this entity too"), { id: one.entity }]
    }
  },
  *identity(entity, { id, kind, form }) {
    const trait = form.terms.kinds[kind]?.trait
    if (!Object.hasOwn(form.terms.kinds, kind)) return
    if ((trait === "person") !== isGiven(entity.living)) {
      yield entity.living ? [["living"], N_("{id} is of the kind {kind}: only persons have the field living"), { id, kind }] : [[], N_("a person needs the line living: yes, no or unknown")]
    }
    if (trait === "place" && !entity.location) yield [[], N_("a place needs a location, at least its precision")]
  },
  *identifier(entity) {
    for (const [index, external] of (entity.external_ids ?? []).entries()) {
      const [pattern, example] = IDENTIFIERS[external.scheme]
      if (!pattern.test(latinDigits(external.id))) yield [["external_ids", index, "id"], N_("{value} is no identifier of {scheme}, such as {example}"), { value: external.id, scheme: external.scheme, example }]
    }
  },
  *coordinates(entity, { form }) {
    const { location } = entity
    if (!location) return
    const given = ["latitude", "longitude", "coordinates_from"].filter((field) => isGiven(location[field]))
    if (given.length && given.length < 3) yield [["location"], N_("latitude, longitude and coordinates_from go together")]
    const decimals = form.terms.precisions[location.precision]?.decimals ?? 5
    for (const [field, limit] of [["latitude", 90], ["longitude", 180]]) {
      const degrees = isGiven(location[field]) ? latinDigits(location[field]) : ""
      if (degrees && Math.abs(Number(degrees)) > limit) yield [["location", field], N_("{value} is not on Earth"), { value: degrees }]
      else if ((degrees.split(".")[1] ?? "").length > decimals) yield [["location", field], N_("{value} is more exact than this place is known; decimal places it can have: {count}"), { value: degrees, count: decimals }]
    }
  },
}

const SOURCE = {
  *"wrong-kind"(source, context) {
    yield* checkTrait(["outlet"], source.outlet, "outlet", context)
  },
  *language(source) {
    const part = source.language.split("-")[0]
    if (!isLanguage(source.language)) yield [["language"], N_("there is no language {tag} in CLDR, such as ar, fr, ku-Latn or ar-SY"), { tag: source.language }]
    else if (source.headline && LANGS.includes(part)) yield [["headline"], N_("the published title of a source in Arabic or English stands in title, with origin: published")]
  },
  *paragraphs(source) {
    const kind = source.kind ?? "article"
    if (["article", "post"].includes(kind) && !source.paragraphs?.length) yield [[], N_("a source of the kind {kind} needs paragraphs, with the digests of its sentences"), { kind }]
  },
  *origin(source, { id, find }) {
    const origin = source.origin && find(`sources/${source.origin}`)?.record
    if (source.origin === id) yield [["origin"], N_("a source that carries its own text has no origin to be named")]
    else if (origin?.origin) yield [["origin"], N_("{id} itself carries the text of {origin}: name that one"), { id: source.origin, origin: origin.origin }]
    else if (source.origin && source.agency) yield [["agency"], N_("the agency is told by the record of the origin: leave it out here")]
    if (isGiven(source.agency) && source.agency === source.outlet) yield [["agency"], N_("the outlet itself is no agency that supplied its text")]
  },
  *address(source) {
    if (source.archive && findPage(source.archive) === findPage(source.address)) yield [["archive"], N_("this is the address of the article itself")]
  },
}

function isLanguage(tag) {
  const names = (type) => new Intl.DisplayNames(["en"], { type, fallback: "none" })
  const [language, ...rest] = tag.split("-")
  return Boolean(names("language").of(language)) && rest.every((part) => names(part.length === 4 ? "script" : "region").of(part))
}

function findPage(address) {
  if (!URL.canParse(address)) return address
  const url = new URL(address)
  const query = [...url.searchParams].filter(([name]) => !/^(?:utm_\w+|fbclid|gclid|igshid|mc_[ce]id|ref_src|share|amp)$/i.test(name)).map((pair) => pair.join("=")).sort()
  return `${url.hostname.replace(/^www\./, "")}${url.port && !["80", "443"].includes(url.port) ? `:${url.port}` : ""}${decodeURI(url.pathname).replace(/\/+$/, "")}?${query}`
}
