// Records as YAML text, read and written in the browser. The style is that of musnad's editing/style.py, whose twin this
// is: order of fields as in the schema, layout, quotation marks; comments stay with what they stand at.
import { isMap, parseDocument } from "./vendor/yaml.js"
import { createTwoFilesPatch } from "./vendor/diff.js"

const WIDTH = 120
const ON_A_LINE = new Set(
  ("title subkind name names external_ids extracted reviews history " +
    "attribution parts place time per range change of of_whom of_which way read").split(" "),
)
const MODELINE = "# yaml-language-server:"
// What YAML takes for a number, a flag or nothing; what it would take for something else than the beginning of a text.
const TYPED = new RegExp(
  "^(?:" +
    "yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF" +
    "|[-+]?(?:[0-9][0-9_]*)\\.[0-9_]*(?:[eE][-+][0-9]+)?|\\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?" +
    "|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\\.[0-9_]*|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)" +
    "|[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+" +
    "|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+" +
    "|~|null|Null|NULL|)$",
)
const PLAIN = /^(?![-?:](?:\s|$))[^\s,[\]{}#&*!|>'"%@`](?:.*\S)?$/su
const SPECIAL = /:(?:\s|$)|\s#|[\n\r\t\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|^(?:---|\.\.\.)/u
const IN_BRACKETS = /[,[\]{}]|:$|^[?:-]/u
const ESCAPED = /[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]/gu
const SHARED = ["status", "extracted", "reviews", "history"]

/** Whether YAML takes a value without quotation marks for text. */
export const isText = (value) => !TYPED.test(value)

/** Return a text as YAML, without quotation marks where it can do without. */
export function writeScalar(text, inBrackets = false) {
  const isPlain = PLAIN.test(text) && !SPECIAL.test(text) && isText(text)
  if (isPlain && !(inBrackets && IN_BRACKETS.test(text))) return text
  if (!text.includes("'") && text.search(ESCAPED) < 0) return `'${text}'`
  const escaped = text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")
  return `"${escaped.replace(ESCAPED, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`)}"`
}

/** Return what a file says, every value as text: `{record}`, or `{error: {line, message}}` where it is no YAML. */
export function parse(text) {
  const document = readDocument(text)
  // A warning is of a tag, which records have none of.
  const [error] = [...document.errors, ...document.warnings]
  if (error) return { error: { line: error.linePos?.[0].line ?? 1, message: error.message } }
  if (!isMap(document.contents)) return { error: { line: 1, message: "" } }
  try {
    return { record: document.toJS() }
  } catch (problem) {
    return { error: { line: 1, message: problem.message } }
  }
}

function readDocument(text) {
  return parseDocument(text, { schema: "failsafe", version: "1.1", prettyErrors: true, maxAliasCount: 8 })
}

/** What a schema says of a field: references followed, one way taken where there are several. */
export function follow(root, schema) {
  let found = schema
  while (found?.$ref || (found?.allOf?.length === 1 && !found.properties)) {
    found = found.$ref ? root.definitions[found.$ref.split("/").at(-1)] : found.allOf[0]
  }
  const way = found?.anyOf?.map((one) => follow(root, one)).find((one) => one?.properties || one?.items)
  return way ?? found
}

/** The fields of a schema in the order they are written in. */
export function listFields(schema) {
  const names = Object.keys(schema?.properties ?? {})
  return [...names.filter((name) => !SHARED.includes(name)), ...names.filter((name) => SHARED.includes(name))]
}

const below = (root, schema, key) =>
  follow(root, key === null ? (follow(root, schema)?.items ?? schema) : follow(root, schema)?.properties?.[key])

/** Whether a field's values are numbers or flags, which stand without quotation marks. */
function isNumber(root, schema) {
  const types = [follow(root, schema)?.type ?? []].flat()
  return types.includes("integer") || (types.includes("number") && !types.includes("boolean")) || types.join() === "boolean"
}

class Entry {
  // A field of a mapping or an item of a list, with what stands above and beside it; key null for an item.
  constructor(key, name) {
    Object.assign(this, { key, name, kind: "text", text: "", isBare: false, isFlow: false, entries: [], before: [], beside: "" })
  }
}

class Reader {
  constructor(text) {
    this.text = text
    this.starts = [0]
    for (let n = text.indexOf("\n"); n >= 0; n = text.indexOf("\n", n + 1)) this.starts.push(n + 1)
    this.flat = []
    this.taken = []
    const root = readDocument(text).contents
    this.entries = this.list(root, "", false)
    const { head, foot } = this.placeComments()
    this.head = head
    this.foot = foot
  }

  lineOf(offset) {
    let low = 0
    let high = this.starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.starts[middle] <= offset) low = middle
      else high = middle - 1
    }
    return low
  }

  list(node, above, isInFlow) {
    const pairs = node?.items?.map((item) => ("key" in item ? [item.key, item.value] : [null, item])) ?? []
    return pairs.map(([key, value]) => {
      const entry = new Entry(key ? key.value : null, key ? key.value : above)
      const first = key ?? value
      entry.line = this.lineOf(first.range[0])
      entry.last = Math.max(entry.line, this.lineOf(Math.max(value.range[1] - 1, value.range[0])))
      for (const scalar of [key, value]) if (scalar && !scalar.items) this.take(scalar)
      if (!isInFlow) this.flat.push(entry)
      if (value.items) {
        entry.kind = isMap(value) ? "map" : "list"
        entry.isFlow = Boolean(value.flow)
        entry.entries = this.list(value, entry.name, isInFlow || entry.isFlow)
      } else {
        entry.text = value.value
        entry.isBare = value.type === "PLAIN" && !isText(value.value)
      }
      return entry
    })
  }

  take({ range }) {
    this.taken.push([range[0], range[1]])
  }

  comment(number, line) {
    const start = this.starts[number]
    for (const match of line.matchAll(/(?<=\s|^)#/g)) {
      const at = start + match.index
      if (!this.taken.some(([left, right]) => left <= at && at < right)) return line.slice(match.index).trimEnd()
    }
    return null
  }

  placeComments() {
    const first = this.flat[0]?.line ?? this.starts.length
    const head = []
    let waiting = []
    this.text.split("\n").forEach((line, number) => {
      const start = this.starts[number]
      const comment = this.comment(number, line)
      const isAlone = comment !== null && comment === line.trim()
      const isInText = this.taken.some(([left, right]) => left < start + line.length && start < right)
      const isBlank = !line.trim() && !this.taken.some(([left, right]) => left < start && start < right) && !isInText
      if (number < first) {
        if (isAlone) head.push(line.trim())
        return
      }
      const begun = this.flat.filter((entry) => entry.line <= number)
      const here = begun.find((entry) => entry.line === number)
      if (here && waiting.length) {
        here.before.push(...waiting)
        waiting = []
      }
      if (isBlank) {
        if (!(waiting.length && !waiting.at(-1))) waiting.push("")
      } else if (comment !== null) {
        const owner = begun.at(-1)
        const isOpen = owner.kind !== "text" && !owner.isFlow
        const isInside = owner.line < number && number <= owner.last && !isOpen
        if (isAlone && !isInside) waiting.push(comment)
        else if (isAlone || owner.beside) owner.before.push(comment)
        else owner.beside = comment
      }
    })
    return { head, foot: waiting }
  }
}

/** Put what a record says now into the entries of its file: what stays the same keeps its comments and its looks. */
function merge(entry, value, root, schema) {
  if (Array.isArray(value)) {
    const old = entry.kind === "list" ? entry.entries : []
    const rest = old.map((item) => [JSON.stringify(plain(item)), item])
    const same = value.map((item) => {
      const at = rest.findIndex(([text]) => text === JSON.stringify(item))
      return at < 0 ? null : rest.splice(at, 1)[0][1]
    })
    const items = value.map((item, n) => same[n] ?? merge(rest.shift()?.[1] ?? new Entry(null, entry.name), item, root, below(root, schema, null)))
    return Object.assign(entry, { kind: "list", entries: items })
  }
  if (value && typeof value === "object") {
    const old = new Map(entry.kind === "map" ? entry.entries.map((one) => [one.key, one]) : [])
    const fields = Object.entries(value).map(([key, inner]) =>
      merge(old.get(key) ?? new Entry(key, key), inner, root, below(root, schema, key)),
    )
    const order = [...old.keys()]
    const place = (one) => (order.includes(one.key) ? order.indexOf(one.key) : order.length)
    return Object.assign(entry, { kind: "map", entries: fields.sort((a, b) => place(a) - place(b)) })
  }
  const text = String(value)
  if (entry.kind === "text" && entry.text === text && entry.line !== undefined) return entry
  return Object.assign(entry, { kind: "text", entries: [], text, isBare: !isText(text) && isNumber(root, schema) })
}

function plain(entry) {
  if (entry.kind === "text") return entry.text
  if (entry.kind === "list") return entry.entries.map(plain)
  return Object.fromEntries(entry.entries.map((one) => [one.key, plain(one)]))
}

/**
 * Return a record's file: `place` such as "claims/x/y.yaml", `schema` that of its kind, `record` what it says (values as
 * text), `original` the text of the file as it was, or null.
 */
export function write(place, schema, record, original = null) {
  const reader = new Reader((original ?? "").replace(/^\ufeff/, "").replaceAll("\r\n", "\n"))
  const root = new Entry(null, "")
  Object.assign(root, { kind: "map", entries: reader.entries })
  merge(root, record, schema, schema)
  return format(place, schema, reader.head, root.entries, reader.foot)
}

/** Return the text of a record's file in the style, saying what it said. */
export function formatText(place, schema, text) {
  const reader = new Reader(text.replace(/^\ufeff/, "").replaceAll("\r\n", "\n"))
  return format(place, schema, reader.head, reader.entries, reader.foot)
}

function format(place, schema, head, entries, foot) {
  const parts = place.split("/")
  const name = { claims: "claim", entities: "entity", sources: "source" }[parts[0]]
  const modeline = `${MODELINE} $schema=${"../".repeat(parts.length - 1)}schemas/${name}.schema.json`
  // What stands above a field that comes first now stands above the file.
  const written = writeEntries(entries, schema, schema, 0)
  const first = written.findIndex((line) => line && !line.startsWith("#"))
  const above = [...head, ...written.slice(0, first)].filter((line) => line && !line.startsWith(MODELINE))
  const lines = [modeline, ...above, ...written.slice(first), ...foot]
  while (lines.length && !lines.at(-1)) lines.pop()
  return lines.map((line) => `${line.trimEnd()}\n`).join("")
}

function sorted(entries, schema) {
  if (!schema?.properties || entries.some((entry) => entry.key === null)) return entries
  const order = listFields(schema)
  const place = (entry) => (order.includes(entry.key) ? order.indexOf(entry.key) : order.length)
  return [...entries].sort((a, b) => place(a) - place(b))
}

function writeEntries(entries, root, schema, depth) {
  return sorted(entries, schema).flatMap((entry) => writeEntry(entry, root, below(root, schema, entry.key), depth))
}

function writeEntry(entry, root, schema, depth) {
  const indent = " ".repeat(depth)
  const beside = entry.beside ? `  ${entry.beside}` : ""
  const above = (lines) => lines.map((line) => (line ? indent + line : ""))
  const head = entry.key === null ? `${indent}-` : `${indent}${writeScalar(entry.key)}:`
  const line = writeOnALine(entry, root, schema, head.length + 1)
  if (line !== null) return [...above(entry.before), `${head} ${line}${beside}`]
  if (entry.key === null && entry.kind === "map") {
    const [first, ...rest] = sorted(entry.entries, schema)
    const moved = first.before
    first.before = []
    const inner = writeEntry(first, root, below(root, schema, first.key), depth + 2)
    const others = rest.flatMap((one) => writeEntry(one, root, below(root, schema, one.key), depth + 2))
    return [...above(entry.before), ...above(moved), `${head} ${inner[0].trimStart()}${beside}`, ...inner.slice(1), ...others]
  }
  return [...above(entry.before), `${head}${beside}`, ...writeEntries(entry.entries, root, schema, depth + 2)]
}

const length = (text) => [...text].length

function writeOnALine(entry, root, schema, width) {
  if (entry.kind === "text") return entry.isBare ? entry.text : writeScalar(entry.text)
  const line = writeInBrackets(entry, root, schema)
  if (line === null || !entry.entries.length) return line
  const mayBe = entry.kind === "list" || ON_A_LINE.has(entry.name)
  return mayBe && width + length(line) <= WIDTH ? line : null
}

function writeInBrackets(entry, root, schema) {
  const isList = entry.kind === "list"
  const parts = []
  for (const one of sorted(entry.entries, schema)) {
    if (one.before.length || one.beside) return null
    let text
    if (one.kind === "text") text = one.isBare ? one.text : writeScalar(one.text, true)
    else if (isList || one.kind !== "list" || one.entries.some((inner) => inner.kind !== "text")) return null
    else text = writeInBrackets(one, root, below(root, schema, one.key))
    if (text === null) return null
    parts.push(one.key === null ? text : `${writeScalar(one.key, true)}: ${text}`)
  }
  return isList ? `[${parts.join(", ")}]` : `{${parts.join(", ")}}`
}

/** Return one patch for several files, as `git apply` takes it: `[{file, old, text}]`, `old` null for a new file. */
export function makePatch(files) {
  return files.map(({ file, old, text }) => {
    const made = createTwoFilesPatch(old === null ? "/dev/null" : `a/${file}`, `b/${file}`, old ?? "", text, undefined, undefined, { context: 3 })
    const body = made.split("\n").filter((line) => !/^(={10,}|Index: )/.test(line)).map((line) => line.replace(/^((?:---|\+\+\+) \S+)\t.*$/, "$1"))
    const head = old === null ? [`diff --git a/${file} b/${file}`, "new file mode 100644"] : [`diff --git a/${file} b/${file}`]
    return [...head, ...body].join("\n")
  }).join("")
}
