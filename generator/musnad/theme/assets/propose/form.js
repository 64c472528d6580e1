// The page on which changes are proposed: fields made from the schemas, what readers will see, and the ways out. Nothing
// is sent anywhere, and nothing kept unless asked for.
import { check, listReferences } from "./check.js"
import { el } from "../elements.js"
import { makeCombobox, fillSelect } from "./controls.js"
import { inherit } from "./inherit.js"
import { addressEdit, addressNew } from "./hosts.js"
import { chain, opening } from "./opening.js"
import { canDigest, draftMarks, outline, splitText } from "./passages.js"
import { getRecord, load, proposeId } from "./records.js"
import { searchSite } from "./search.js"
import { N_, tell } from "./words.js"
import { follow, listFields, makePatch, parse, write } from "./yamlio.js"

const LANGS = ["ar", "en"]
const DIRECTIONS = { ar: "rtl", en: "ltr" }
const lang = document.documentElement.lang === "ar" ? "ar" : "en"
const KEPT = "musnad-proposal"
const FOLDERS = { claim: "claims", entity: "entities", source: "sources" }
const MADE = ["extracted", "history", "reviews", "status", "digest"]
const root = document.getElementById("propose")
const base = new URL("../../", import.meta.url).href
const form = await load(base)
const t = (message, values) => tell(form, message, lang, values)
const today = new Date().toISOString().slice(0, 10)

const known = new Map()
const left = new Set()
const proposal = []
// Texts of sources that were pasted, by source: they are gone with the page.
const pasted = new WeakMap()
let now = null

// ---- records that are named

async function know(refs) {
  const missing = [...new Set(refs)].filter((ref) => ref && !known.has(ref) && !ref.endsWith("/undefined"))
  await Promise.all(missing.map(async (ref) => {
    const found = await getRecord(ref).catch(() => undefined)
    if (found !== undefined) known.set(ref, found && { ...parse(found.text), kind: found.file.split("/")[1], file: found.file, text: found.text })
  }))
  return missing.length > 0
}
// What could not be fetched is not said to be missing.
const find = (ref) => proposal.find((one) => one.ref === ref) ?? (known.has(ref) ? known.get(ref) : undefined)
const primary = (record, code) => record.names?.find((name) => name.role === "primary" && name.lang === code)?.text
const nameOf = (id, code) => primary(find(`entities/${id}`)?.record ?? {}, code) ?? id
const titleOf = (ref) => {
  const record = find(ref)?.record
  return record?.title?.[lang] ?? (record && primary(record, lang)) ?? ref.split("/").slice(1).join("/")
}

// ---- one record in work

/** What is in work with what its source says for it. */
function whole() {
  const id = now.id.split("/")[0]
  return now.type === "claim" ? inherit(now.record, now.id, find(`sources/${id}`)?.record ?? form.sources[id]) : now.record
}

const schemaOf = () => form.schemas[now.type]
const at = (path) => path.reduce((value, step) => value?.[step], now.record)

function put(path, value) {
  let target = now.record
  for (const [n, step] of path.slice(0, -1).entries()) target = target[step] ??= typeof path[n + 1] === "number" ? [] : {}
  const last = path.at(-1)
  if (value === undefined || value === "") delete target[last]
  else target[last] = value
  // What holds nothing any more is not there.
  for (let n = path.length - 1; n > 0; n -= 1) {
    const inner = at(path.slice(0, n))
    if (inner && typeof inner === "object" && !Array.isArray(inner) && !Object.keys(inner).length && typeof path[n - 1] !== "number") delete at(path.slice(0, n - 1))[path[n - 1]]
  }
  if (path[0] === "locators") findDigest(path[1])
  refresh()
}

function findDigest(index) {
  const locator = now.record.locators?.[index]
  if (!locator) return
  locator.source ??= now.id.split("/")[0]
  const digest = digestsOf(locator.source)[locator.paragraph - 1]?.[locator.sentence - 1]
  if (digest) locator.digest = digest
  else delete locator.digest
}

/** The digests of a source's sentences, by paragraph; of a source of this proposal as it is now. */
function digestsOf(id) {
  const own = proposal.find((one) => one.ref === `sources/${id}`)
  return own ? (own.record.paragraphs ?? []).map(({ sentences }) => sentences.map(({ digest }) => digest)) : (form.sources[id]?.paragraphs ?? [])
}

function begin(one) {
  now = one
  if (!proposal.includes(one)) proposal.push(one)
  left.clear()
  draw()
}

async function correct(ref) {
  await know([ref])
  const found = known.get(ref)
  if (!found?.record) return false
  const type = Object.keys(FOLDERS).find((name) => ref.startsWith(FOLDERS[name]))
  begin({ ref, type, id: ref.split("/").slice(1).join("/"), kind: found.kind, place: found.file, original: found.text, before: structuredClone(found.record), record: structuredClone(found.record) })
  return true
}

function add(type, { source, kind } = {}) {
  const fresh = { status: "published", extracted: { date: today, method: "by-hand" }, history: [{ date: today, change: "created" }] }
  const records = {
    claim: () => ({ title: {}, statement: {}, attribution: [{ voice: "outlet", entity: form.sources[source]?.outlet ?? find(`sources/${source}`)?.record.outlet }], locators: [{ source }], ...fresh }),
    entity: () => ({ names: LANGS.map((code) => ({ lang: code, role: "primary" })), description: {}, ...fresh }),
    source: () => ({ kind: "article", title: { origin: "published" }, retrieved: today, rights: {}, ...fresh }),
  }
  const record = records[type]()
  begin({ ref: null, type, id: type === "claim" ? `${source}/` : "", kind, place: "", original: null, before: null, empty: JSON.stringify(record), record })
}

/** Give a new record its id and its place, from what it is called. */
function locate() {
  if (now.original !== null) return
  const called = { claim: () => now.record.title?.en, entity: () => primary(now.record, "en"), source: () => now.record.title?.en }[now.type]()
  // No id names who is or may be alive.
  now.neutral ??= crypto.getRandomValues(new Uint32Array(1))[0].toString(16).padStart(8, "0")
  const isLiving = now.type === "entity" && ["yes", "unknown"].includes(now.record.living)
  const own = now.ownId || (isLiving ? `${now.kind}-${now.neutral}` : proposeId(called ?? ""))
  now.id = now.type === "claim" ? `${now.id.split("/")[0]}/${own}` : own
  now.ref = `${FOLDERS[now.type]}/${now.id}`
  now.place = `${FOLDERS[now.type]}/${now.type === "entity" ? `${now.kind}/` : ""}${now.id}.yaml`
}

// ---- fields

const wordsOf = (schema) => ({ label: schema["x-label"]?.[lang] ?? "", help: schema["x-help"]?.[lang] ?? "" })
const idOf = (path) => `f-${path.join("-")}`

function drawField(path, schema, { isRequired = false } = {}) {
  const shape = follow(schemaOf(), schema)
  const { label, help } = wordsOf(schema["x-label"] ? schema : shape)
  const pick = schema["x-pick"]
  const box = el("div", { class: "field", "data-path": path.join("/"), hidden: path.length === 1 && isUseless(path[0]) })
  const name = typeof path.at(-1) === "number" ? String(path.at(-1) + 1) : label
  const note = help && el("p", { class: "field__help", id: `${idOf(path)}-help` }, help)
  const fault = el("p", { class: "field__fault", id: `${idOf(path)}-fault`, hidden: true })
  const describe = [note && `${idOf(path)}-help`, `${idOf(path)}-fault`].filter(Boolean).join(" ")
  const title = (node, target) => box.append(el(node, target ? { for: target, class: "field__name" } : { class: "field__name" }, name, isRequired ? el("span", { class: "quiet" }, ` ${t(N_("(needed)"))}`) : ""))
  if (now.type === "source" && path[0] === "paragraphs") return drawPassages(box, name, note, fault)
  if (shape?.type === "array") return drawList(box, path, shape, name, note, fault)
  if (shape?.properties?.ar && shape.properties.en) return drawTexts(box, path, shape, name, note, fault)
  if (shape?.properties) return drawGroup(box, path, shape, name, note, fault)
  title("label", idOf(path))
  if (note) box.append(note)
  const value = at(path)
  const attributes = { id: idOf(path), "aria-describedby": describe }
  const told = (change) => (event) => { left.add(path.join("/")); change(event) }
  if (pick) box.append(drawPick(path, pick, attributes))
  else if (shape?.type === "boolean") box.append(el("input", { type: "checkbox", ...attributes, checked: /^(true|yes|on)$/i.test(value ?? ""), onchange: told(({ target }) => put(path, target.checked ? "true" : undefined)) }))
  else if (choicesOf(schema, shape)) box.append(fillSelect(el("select", { ...attributes, onchange: told(({ target }) => put(path, target.value)) }), choicesOf(schema, shape), value, lang))
  else {
    const isForeign = ["wording", "starts", "ends", "before", "headline"].includes(path.at(-1))
    box.append(el("input", { type: "text", ...attributes, value: value ?? "", dir: isForeign || path.at(-1) === "text" ? "auto" : "ltr", readonly: path.at(-1) === "digest", autocomplete: "off", spellcheck: false, oninput: ({ target }) => put(path, target.value.trim()), onblur: told(refresh) }))
  }
  box.append(fault)
  return box
}

function choicesOf(schema, shape) {
  for (const one of [schema, shape, ...(schema.anyOf ?? []), ...(shape?.anyOf ?? [])]) if (one?.["x-choices"] && !one.pattern && one.enum.length > 1) return one["x-choices"]
  return null
}

function drawTexts(box, path, shape, name, note, fault) {
  const group = el("fieldset", { class: "texts" }, el("legend", { class: "field__name" }, name))
  if (note) group.append(note)
  for (const code of LANGS) {
    const inner = [...path, code]
    const area = el("textarea", { id: idOf(inner), lang: code, dir: DIRECTIONS[code], rows: path[0] === "statement" ? 3 : 1, value: at(inner) ?? "", "aria-describedby": `${idOf(inner)}-fault`, oninput: ({ target }) => { put(inner, target.value.trim()); grow(target) }, onblur: () => { left.add(inner.join("/")); refresh() } })
    group.append(el("div", { class: "field", "data-path": inner.join("/") }, el("label", { for: idOf(inner) }, wordsOf(shape.properties[code]).label), area, el("p", { class: "field__fault", id: `${idOf(inner)}-fault`, hidden: true })))
    requestAnimationFrame(() => grow(area))
  }
  for (const other of Object.keys(shape.properties).filter((key) => !LANGS.includes(key))) group.append(drawField([...path, other], shape.properties[other]))
  box.append(group, fault)
  return box
}

const grow = (area) => { area.style.blockSize = "auto"; area.style.blockSize = `${area.scrollHeight + 2}px` }

function drawGroup(box, path, shape, name, note, fault) {
  if (at(path) === undefined && typeof path.at(-1) !== "number") {
    box.append(el("button", { type: "button", class: "quiet-button", onclick: () => { put(path, {}); at(path) ?? putEmpty(path); redraw(path) } }, `+ ${name}`))
    if (note) box.append(note)
    box.append(fault)
    return box
  }
  const group = el("fieldset", { class: "group" }, el("legend", { class: "field__name" }, name))
  if (note) group.append(note)
  const fields = listFields(shape).filter((field) => !FILLED_IN.includes(`${path[0]}/${field}`))
  const given = fields.filter((field) => shape.required?.includes(field) || at([...path, field]) !== undefined || isUsual(path, field))
  const more = fields.filter((field) => !given.includes(field))
  for (const field of given) group.append(drawField([...path, field], shape.properties[field], { isRequired: shape.required?.includes(field) }))
  if (more.length) group.append(el("details", { class: "more-fields" }, el("summary", {}, t(N_("More fields"))), ...more.map((field) => drawField([...path, field], shape.properties[field]))))
  if (typeof path.at(-1) !== "number") group.append(el("button", { type: "button", class: "quiet-button", onclick: () => { put(path, undefined); redraw(path) } }, t(N_("Remove"))))
  else if (path[0] === "locators" && digestsOf(at(path).source).length) group.append(drawSentencePicker(path))
  box.append(group, fault)
  return box
}

const countPassages = (found) => t(N_("Counted: paragraphs {paragraphs}, sentences {sentences}."), { paragraphs: found.length, sentences: found.flatMap(({ sentences }) => sentences).length })

/** A source's sentences, counted in its pasted text: digests alone go into the record. */
function drawPassages(box, name, note, fault) {
  const count = el("p", { class: "field__help", role: "status" })
  const tell = () => { count.textContent = now.record.paragraphs ? countPassages(now.record.paragraphs) : "" }
  const area = drawPaste(now, async (paragraphs) => {
    const before = new Map((now.record.paragraphs ?? []).flatMap(({ sentences }) => sentences).map((sentence) => [sentence.digest, sentence]))
    const found = await outline(paragraphs)
    // What a sentence's line says besides, such as why it has no claim, stays with it.
    put(["paragraphs"], found.length ? found.map((one) => ({ ...one, sentences: one.sentences.map((sentence) => before.get(sentence.digest) ?? sentence) })) : undefined)
    tell()
  })
  tell()
  box.append(el("label", { for: area.id, class: "field__name" }, name), ...(note ? [note] : []), el("p", { class: "field__help" }, canDigest() ? t(N_("Paste the text, one paragraph a line, without title and captions. It stays on this page and goes nowhere: what is written down is how many sentences there are, and a digest of each.")) : NO_DIGESTS()), area, count, fault)
  return box
}

const NO_DIGESTS = () => t(N_("This page did not come over a safe connection (https), so that the browser counts no sentences; the command musnad suggest does."))

/** A field for a source's text; `hear` is told its paragraphs, at once if it was pasted before. */
function drawPaste(source, hear) {
  const area = el("textarea", { id: `f-text-${now.ref ?? now.type}-${(pastes += 1)}`, rows: 5, dir: "auto", class: "paste", autocomplete: "off", spellcheck: false, disabled: !canDigest(), value: pasted.get(source) ?? "", oninput: ({ target }) => { pasted.set(source, target.value); hear(splitText(target.value, form.patterns)) } })
  return area
}
let pastes = 0

/** Choose the sentence that a locator names in the source's pasted text, and mark it. */
function drawSentencePicker(path) {
  const { source } = at(path)
  const digests = digestsOf(source).map((all, p) => all.map((digest, s) => [digest, [p + 1, s + 1]])).flat()
  const list = el("ol", { class: "passages", role: "list" })
  const key = find(`sources/${source}`) ?? form.sources[source]
  const show = async (paragraphs) => {
    const found = await outline(paragraphs)
    const items = paragraphs.flatMap((sentences, p) => sentences.map((sentence, s) => {
      const [, place] = digests.find(([digest]) => digest === found[p].sentences[s].digest) ?? []
      const take = () => {
        const { starts, ends, before } = draftMarks(paragraphs, p + 1, s + 1)
        const locator = at(path)
        for (const [field, value] of Object.entries({ paragraph: place[0], sentence: place[1], starts, ends, before })) if (value === undefined) delete locator[field]; else locator[field] = value
        left.add(path.join("/"))
        findDigest(path[1])
        redraw(path)
      }
      return el("li", {}, place ? el("button", { type: "button", class: "passages__one", dir: "auto", onclick: take }, el("bdi", { class: "quiet" }, place.join(".")), " ", sentence) : el("span", { class: "quiet", dir: "auto" }, sentence))
    }))
    const isAny = digests.some(([digest]) => found.some(({ sentences }) => sentences.some((one) => one.digest === digest)))
    list.replaceChildren(...(items.length && !isAny ? [el("li", {}, t(N_("None of these sentences is in the record of the source: is it the same text, one paragraph a line?")))] : items))
  }
  const area = drawPaste(key, show)
  const box = el("details", { class: "more-fields" }, el("summary", {}, t(N_("Pick the sentence from the text"))), el("label", { for: area.id, class: "field__help" }, canDigest() ? t(N_("Paste the text of the source. It stays on this page and goes nowhere; choose the sentence, and its place and marks are filled in.")) : NO_DIGESTS()), area, list)
  if (area.value) show(splitText(area.value, form.patterns))
  return box
}

function putEmpty(path) {
  at(path.slice(0, -1))[path.at(-1)] = {}
}

// What follows from what else is given.
const FILLED_IN = ["locators/digest", "locators/source"]
const USUAL = { quantities: ["value", "comparator", "unit"], locators: ["paragraph", "sentence", "starts", "ends"], parts: ["role", "entity"], names: ["text", "lang", "role"], location: ["precision", "within"], per: ["value", "unit"], time: ["edtf", "basis", "phrase"], place: ["entities", "precision"], range: ["from", "to"], change: ["from", "to", "by"], links: ["type", "claim"] }

function isUsual(path, field) {
  const name = path.filter((step) => typeof step === "string").at(-1)
  if (name === "attribution") return voiceFields(form.terms.voices[at(path)?.voice]).includes(field)
  return USUAL[name]?.includes(field)
}

function voiceFields(kind) {
  if (!kind) return ["voice"]
  if (kind.named) return ["voice", "entity"]
  const isDescribed = LANGS.some((code) => `${kind.phrase[code]}${kind.short[code]}`.includes("{described}"))
  return ["voice", ...(kind.thing ? [] : ["number", "identity"]), ...(isDescribed ? ["described"] : [])]
}

/** Which of the fields that a newcomer needs this kind of entity, or the relation, has no use for. */
function isUseless(name) {
  if (now.record[name] !== undefined) return false
  const trait = form.terms.kinds[now.kind]?.trait
  if (now.type === "entity" && name === "living") return trait !== "person"
  if (now.type === "entity" && name === "location") return trait !== "place"
  const takes = form.terms.predicates[now.record.predicate]?.takes ?? "entity"
  const wanted = { entity: ["object"], literal: ["literal"], either: ["object", "literal"], nothing: [] }[takes]
  return ["object", "literal"].includes(name) && !wanted.includes(name)
}

function drawList(box, path, shape, name, note, fault) {
  const group = el("fieldset", { class: "list" }, el("legend", { class: "field__name" }, name))
  if (note) group.append(note)
  const items = at(path) ?? []
  const change = (make) => { const made = make([...items]); put(path, made.length ? made : undefined); redraw(path) }
  items.forEach((_, index) => {
    const item = el("div", { class: "item" }, drawField([...path, index], shape.items))
    const tools = el("div", { class: "item__tools" })
    const label = (message) => `${t(message)}: ${name} ${index + 1}`
    if (index) tools.append(el("button", { type: "button", class: "quiet-button", "aria-label": label(N_("Move up")), onclick: () => change((list) => { list.splice(index - 1, 0, ...list.splice(index, 1)); return list }) }, "↑"))
    tools.append(el("button", { type: "button", class: "quiet-button", "aria-label": label(N_("Remove")), onclick: () => change((list) => { list.splice(index, 1); return list }) }, t(N_("Remove"))))
    item.append(tools)
    group.append(item)
  })
  const isObject = Boolean(follow(schemaOf(), shape.items)?.properties)
  group.append(el("button", { type: "button", class: "quiet-button", onclick: () => {
    const list = [...items, isObject ? startOf(path) : ""]
    now.record = structuredClone(now.record)
    let target = now.record
    for (const step of path.slice(0, -1)) target = target[step]
    target[path.at(-1)] = list
    if (path[0] === "locators") findDigest(list.length - 1)
    redraw(path)
    refresh()
    document.getElementById(idOf([...path, list.length - 1]))?.focus() ?? root.querySelector(`[data-path="${[...path, list.length - 1].join("/")}"] :is(input, select, textarea)`)?.focus()
  } }, `+ ${t(N_("Add"))}: ${name}`))
  box.append(group, fault)
  return box
}

function startOf(path) {
  if (path[0] === "locators") return { source: now.id.split("/")[0] }
  return {}
}

function drawPick(path, pick, attributes) {
  const value = at(path)
  const set = (chosen) => {
    left.add(path.join("/"))
    put(path, chosen)
    if (pick === "voices") redraw(path.slice(0, -1))
    else if (pick === "predicates") ["object", "literal"].forEach((name) => redraw([name]))
    else know([`${pick}/${chosen}`]).then(refresh)
  }
  if (["entities", "claims", "sources"].includes(pick)) {
    const show = (id) => (id ? titleOf(`${pick}/${id}`) : "")
    const box = makeCombobox({ attributes, value, show, lang, none: t(N_("nothing found")), search: async (text) => [...searchProposal(pick, text), ...(await searchSite(base, lang, text)).filter((hit) => hit.ref.startsWith(`${pick}/`)).map((hit) => ({ id: hit.ref.split("/").slice(1).join("/"), label: hit.title, note: hit.note }))], choose: set })
    if (value) know([`${pick}/${value}`]).then(() => box.update(value))
    return box
  }
  const terms = pick === "units" ? form.units : form.terms[pick]
  const label = (id) => terms[id]?.label?.[lang] ?? terms[id]?.plural?.[lang] ?? terms[id]?.pattern?.[lang]?.replace(/\{\w+\}/g, "…").trim() ?? id
  const fits = (id, text) => `${id} ${terms[id]?.label?.ar ?? ""} ${terms[id]?.label?.en ?? ""} ${label(id)}`.toLowerCase().includes(text.toLowerCase())
  return makeCombobox({ attributes, value, show: (id) => (id ? label(id) : ""), lang, none: t(N_("nothing found")), search: async (text) => Object.keys(terms).filter((id) => !text || fits(id, text)).slice(0, 60).map((id) => ({ id, label: label(id), note: (terms[id].meaning ?? terms[id].note)?.[lang]?.replace(/\{\w+\}/g, "…") ?? (label(id) === id ? "" : id) })), choose: set })
}

/** New records of this proposal, which the site's search can't know. */
function searchProposal(pick, text) {
  const mine = proposal.filter((one) => one !== now && one.original === null && one.ref?.startsWith(`${pick}/`))
  const words = (one) => [one.id, ...LANGS.flatMap((code) => [primary(one.record, code), one.record.title?.[code]])].join(" ").toLowerCase()
  return mine.filter((one) => words(one).includes(text.toLowerCase())).map((one) => ({ id: one.id, label: titleOf(one.ref), note: t(N_("in this proposal")) }))
}

function redraw(path) {
  const old = root.querySelector(`[data-path="${path.join("/")}"]`)
  let schema = schemaOf()
  for (const step of path) schema = typeof step === "number" ? follow(schemaOf(), schema).items : follow(schemaOf(), schema).properties[step]
  old?.replaceWith(drawField(path, schema))
  refresh()
}

// ---- the page

const parts = {}

function draw() {
  // What is said to those for whom the form does not come.
  document.getElementById("propose-else")?.remove()
  root.replaceChildren()
  root.hidden = false
  parts.outcome = el("section", { class: "outcome", "aria-live": "off" })
  if (!now) {
    root.append(drawStart())
    return
  }
  const schema = schemaOf()
  const first = listFields(schema).filter((name) => schema.properties[name]["x-first"] && !MADE.includes(name))
  const rest = listFields(schema).filter((name) => !first.includes(name) && !MADE.includes(name))
  const required = (name) => schema.required?.includes(name)
  parts.faults = el("div", { class: "faults", role: "status" })
  parts.preview = el("section", { class: "preview", "aria-label": t(N_("As readers will see it")) })
  root.append(
    el("h2", {}, heading()),
    ...(now.original === null ? [drawId()] : []),
    ...first.map((name) => drawField([name], schema.properties[name], { isRequired: required(name) })),
    el("details", { class: "more-fields" }, el("summary", {}, t(N_("More fields"))), ...rest.map((name) => drawField([name], schema.properties[name]))),
    ...(now.original === null ? [] : [drawHistory()]),
    parts.preview,
    parts.faults,
    parts.outcome,
  )
  refresh()
}

function heading() {
  if (now.original !== null) return t(N_("Correct: {title}"), { title: titleOf(now.ref) })
  return { claim: t(N_("A new claim")), entity: t(N_("A new entity")), source: t(N_("A new source")) }[now.type]
}

function drawStart() {
  const box = el("section", { class: "start" }, el("h2", {}, t(N_("What would you like to do?"))))
  const find = makeCombobox({ attributes: { id: "f-start" }, show: () => "", lang, none: t(N_("nothing found")), search: async (text) => (await searchSite(base, lang, text)).map((hit) => ({ id: hit.ref, label: hit.title, note: hit.note })), choose: correct })
  const begun = proposal.filter((one) => one.type === "source" && one.original === null && one.id)
  const sources = el("select", { id: "f-source" }, ...Object.entries(form.sources).map(([id, { title }]) => el("option", { value: id }, title[lang])), ...begun.map((one) => el("option", { value: one.id }, `${titleOf(one.ref)} (${t(N_("in this proposal"))})`)))
  const beginClaim = () => {
    const source = sources.value
    const own = begun.find((one) => one.id === source)
    // Its claims lie below its id, which stays as it is from now on.
    if (own) own.ownId = source
    add("claim", { source })
    know([`sources/${source}`, `entities/${now.record.attribution[0].entity}`]).then(draw)
  }
  const kinds = fillSelect(el("select", { id: "f-kind" }), Object.fromEntries(Object.entries(form.terms.kinds).map(([id, kind]) => [id, kind.label])), Object.keys(form.terms.kinds)[0], lang)
  const way = (title, label, control, ...button) => el("div", { class: "field" }, el("h3", {}, title), label && el("label", { for: control.id || "f-start" }, label), control, ...button)
  box.append(
    way(t(N_("Correct a record")), t(N_("Look for a claim, an entity or a source")), find),
    way(t(N_("Add a claim")), t(N_("What one source says in one place. The source")), sources, el("button", { type: "button", class: "md-button", onclick: beginClaim }, t(N_("Begin")))),
    way(t(N_("Add an entity")), t(N_("Kind")), kinds, el("button", { type: "button", class: "md-button", onclick: () => add("entity", { kind: kinds.value }) }, t(N_("Begin")))),
    way(t(N_("Add a source")), "", el("p", { class: "field__help" }, t(N_("An article, a report, a post, a recording: who published it, where it stands, and how many sentences it has."))), el("button", { type: "button", class: "md-button", onclick: () => add("source") }, t(N_("Begin")))),
    ...drawKept(),
  )
  return box
}

function drawId() {
  parts.id = el("input", { type: "text", id: "f-id", dir: "ltr", autocomplete: "off", spellcheck: false, oninput: ({ target }) => { now.ownId = target.value.trim(); refresh() } })
  parts.alike = el("div", { class: "alike", role: "status" })
  return el("div", { class: "field" }, el("label", { for: "f-id", class: "field__name" }, t(N_("Id"))), el("p", { class: "field__help" }, t(N_("Made from the English name; it becomes the address, and never changes."))), parts.id, parts.alike)
}

function drawHistory() {
  const changes = ["corrected", "reworded", "reclassified"]
  const { Change, LocalizedText } = form.schemas.claim.definitions
  const choices = Change.properties.change["x-choices"]
  now.change ??= "corrected"
  now.note ??= {}
  const select = fillSelect(el("select", { id: "f-change", onchange: ({ target }) => { now.change = target.value; refresh() } }), Object.fromEntries(changes.map((id) => [id, choices[id]])), now.change, lang)
  const area = (code) => el("div", { class: "field" }, el("label", { for: `f-note-${code}` }, wordsOf(LocalizedText.properties[code]).label), el("textarea", { id: `f-note-${code}`, lang: code, dir: DIRECTIONS[code], rows: 1, value: now.note[code] ?? "", oninput: ({ target }) => { now.note[code] = target.value.trim(); refresh() } }))
  return el("fieldset", { class: "texts" }, el("legend", { class: "field__name" }, t(N_("What changed, and why"))), el("p", { class: "field__help" }, t(N_("For readers; it stands in the record’s history with today’s date. Say what the source says."))), select, ...LANGS.map(area))
}

// ---- what comes of it

/** The record as it will be, with its line of history. */
function finished(one) {
  if (one.original === null) return one.record
  const isSame = JSON.stringify(one.record) === JSON.stringify(one.before)
  if (isSame) return one.record
  const line = { date: today, change: one.change ?? "corrected", ...(LANGS.every((code) => one.note?.[code]) ? { note: { ar: one.note.ar, en: one.note.en } } : {}) }
  return { ...one.record, history: [...(one.record.history ?? []), line] }
}

let timer = null
function refresh() {
  clearTimeout(timer)
  timer = setTimeout(show, 120)
}

async function show() {
  if (!now) return
  locate()
  if (parts.id && document.activeElement !== parts.id) parts.id.value = now.id.split("/").at(-1)
  const references = shapeIsThere() ? listReferences(whole(), now.type) : []
  if (await know([...references, ...(now.type === "claim" ? [`sources/${now.id.split("/")[0]}`] : [])])) root.querySelectorAll(".combobox").forEach((box) => box.renew?.())
  showPreview()
  showFaults()
  if (now.original === null && now.type !== "claim") showAlike()
  showOutcome()
  keep()
}

function shapeIsThere() {
  return now.type !== "entity" || Array.isArray(now.record.names)
}

function problemsOf(one) {
  const context = { form, lang, today, kind: one.kind, find: (ref) => (find(ref) === undefined ? UNKNOWN : find(ref)) }
  const found = check(one.type, one.id, finished(one), context)
  const taken = one.original === null && known.get(one.ref)
  return taken ? [{ path: [], message: t(N_("the id {id} is taken: choose another one"), { id: one.id }) }, ...found] : found
}
// Stands for a record that could not be fetched: nothing is known of it.
const UNKNOWN = { record: {}, kind: undefined }

function showFaults() {
  const problems = problemsOf(now).map(explain)
  root.querySelectorAll(".field__fault").forEach((one) => { one.hidden = true; one.textContent = "" })
  root.querySelectorAll("[aria-invalid]").forEach((one) => one.removeAttribute("aria-invalid"))
  const lines = problems.map(({ path, message }) => {
    let steps = [...path]
    let box = null
    while (steps.length && !(box = root.querySelector(`[data-path="${CSS.escape(steps.join("/"))}"]`) ?? root.querySelector(`[data-path="${steps.join("/")}"]`))) steps.pop()
    const fault = box?.querySelector(":scope > .field__fault")
    const control = box?.querySelector("input, select, textarea")
    const wasLeft = [...left].some((one) => one === path.join("/") || one.startsWith(`${path.join("/")}/`)) || now.isAsked
    if (fault && wasLeft) {
      fault.hidden = false
      fault.textContent = message
      control?.setAttribute("aria-invalid", "true")
    }
    return control ? el("li", {}, el("a", { href: `#${control.id}`, onclick: (event) => { event.preventDefault(); control.closest("details:not([open])")?.setAttribute("open", ""); control.focus() } }, message)) : el("li", {}, message)
  })
  parts.faults.replaceChildren(...(lines.length ? [el("h3", {}, t(N_("Still to do"))), el("ul", {}, ...lines)] : []))
}

/** A problem as the form has it: at the field that is missing, with what that is called. */
function explain({ path, rule, field, message }) {
  const steps = rule === "missing-field" ? [...path, field] : path
  const label = labelOf(steps)
  if (rule === "missing-field") return { path: steps, message: t(N_("{field}: still missing"), { field: label }) }
  return { path: steps, message: label ? `${label}: ${message}` : message }
}

function schemaAtPath(path) {
  return path.reduce((schema, step) => (typeof step === "number" ? follow(schemaOf(), schema)?.items : follow(schemaOf(), schema)?.properties?.[step]), schemaOf())
}

function labelOf(path) {
  return path.map((step, n) => (typeof step === "number" ? String(step + 1) : wordsOf(schemaAtPath(path.slice(0, n + 1)) ?? {}).label)).filter(Boolean).join(" › ")
}

function showPreview() {
  parts.preview.replaceChildren()
  if (now.type !== "claim") return
  const context = { form, lang, nameOf }
  parts.preview.append(el("h3", {}, t(N_("As readers will see it"))))
  const list = el("ol", { class: "isnad", role: "list" })
  for (const voice of chain(whole(), context, lang)) {
    list.append(el("li", { class: voice.isAnonymous ? "voice voice--anon" : "voice" }, el("span", { class: "voice__node" }), el("span", { class: "voice__who" }, voice.via && el("span", { class: "voice__via" }, `${voice.via} `), el("b", {}, voice.name)), voice.note && el("span", { class: "voice__note" }, voice.note)))
  }
  parts.preview.append(list)
  for (const code of LANGS) {
    parts.preview.append(el("p", { class: "preview__text", lang: code, dir: DIRECTIONS[code] }, el("span", { class: "lead" }, `${opening(whole(), context, code)} `), now.record.statement?.[code] || "…"))
  }
}

async function showAlike() {
  const called = now.type === "entity" ? LANGS.map((code) => primary(now.record, code)) : [now.record.title?.[lang]]
  const wanted = called.filter(Boolean).join(" ").trim()
  if (!wanted || wanted === parts.alike.dataset.asked) return
  parts.alike.dataset.asked = wanted
  const hits = []
  for (const name of called.filter(Boolean)) hits.push(...(await searchSite(base, lang, name)))
  const near = [...new Map(hits.filter((hit) => hit.ref.startsWith(`${FOLDERS[now.type]}/`) && hit.isNear).map((hit) => [hit.ref, hit])).values()].slice(0, 4)
  parts.alike.replaceChildren(...(near.length ? [el("p", {}, t(N_("Is it one of these? Then correct that record instead."))), el("ul", {}, ...near.map((hit) => el("li", {}, el("button", { type: "button", class: "quiet-button", onclick: () => { proposal.splice(proposal.indexOf(now), 1); correct(hit.ref) } }, hit.title), hit.note ? ` ${hit.note}` : "")))] : []))
}

const folder = () => form.host?.folder ?? "entries/"

function files() {
  const begun = proposal.filter((one) => JSON.stringify(one.record) !== one.empty)
  return begun.map((one) => ({ one, file: `${folder()}${one.place}`, old: one.original, text: write(one.place, form.schemas[one.type], finished(one), one.original) })).filter(({ old, text }) => old !== text)
}

function showOutcome() {
  const made = files()
  const box = parts.outcome
  box.replaceChildren()
  if (!made.length) return
  const open = problemsOf(now).length
  box.append(el("h2", {}, t(N_("Your proposal"))))
  for (const { one, file, text, old } of made) box.append(drawDifference(one), ...(made.length > 1 ? [drawTurn(one)] : []), el("details", {}, el("summary", {}, t(N_("The file"))), el("pre", { dir: "ltr", tabindex: "0" }, el("code", {}, text))))
  if (open) box.append(el("p", { class: "warn" }, t(N_("Something is still to do, see above. You can hand it over as it is; whoever takes it completes it."))))
  box.append(el("p", {}, el("button", { type: "button", class: "quiet-button", onclick: () => { now = null; draw() } }, `+ ${t(N_("Add another record to this proposal"))}`)))
  box.append(el("h3", {}, t(N_("Hand it over"))), drawWays(made), ...drawKept())
}

/** Ways back to another record of the proposal, and out of it. */
function drawTurn(one) {
  const called = one.ref ? titleOf(one.ref) : ""
  const leave = () => { proposal.splice(proposal.indexOf(one), 1); if (one === now) now = proposal.at(-1); draw() }
  return el("p", {}, ...(one === now ? [] : [el("button", { type: "button", class: "quiet-button", "aria-label": `${t(N_("Go on with this record"))}: ${called}`, onclick: () => begin(one) }, t(N_("Go on with this record"))), " "]), el("button", { type: "button", class: "quiet-button", "aria-label": `${t(N_("Leave it out"))}: ${called}`, onclick: leave }, t(N_("Leave it out"))))
}

function drawDifference(one) {
  const rows = []
  const before = one.before ?? {}
  const after = finished(one)
  const schema = form.schemas[one.type]
  const walk = (path, here, old, value) => {
    if (JSON.stringify(old) === JSON.stringify(value)) return
    const isOpen = (inner) => inner && typeof inner === "object" && here !== schema.properties.paragraphs
    if (isOpen(old) || isOpen(value)) {
      for (const key of new Set([...Object.keys(old ?? {}), ...Object.keys(value ?? {})])) {
        const step = Array.isArray(value ?? old) ? Number(key) : key
        const inner = typeof step === "number" ? follow(schema, here)?.items : follow(schema, here)?.properties?.[key]
        const label = typeof step === "number" ? String(step + 1) : wordsOf(inner ?? {}).label || key
        walk([...path, label], inner ?? {}, old?.[key], value?.[key])
      }
      return
    }
    if (here === schema.definitions?.Locator?.properties.digest) return
    const told = (given) => (here === schema.properties.paragraphs ? countPassages(given) : readValue(schema, here, given))
    rows.push(el("li", {}, el("b", {}, path.join(" › ")), " ", old === undefined ? "" : el("del", { dir: "auto" }, told(old)), old === undefined || value === undefined ? "" : " ", value === undefined ? "" : el("ins", { dir: "auto" }, told(value))))
  }
  walk([], schema, one.original === null ? {} : before, one.original === null ? Object.fromEntries(Object.entries(after).filter(([name]) => !MADE.includes(name))) : after)
  return el("div", { class: "difference" }, el("h3", {}, one.original === null ? [`${t(N_("New"))}: `, el("bdi", { dir: "ltr" }, one.place)] : titleOf(one.ref)), el("ul", {}, ...rows))
}

/** A value as a reader has it: a choice, a term or a record by its name. */
function readValue(schema, field, value) {
  const pick = field["x-pick"]
  const choice = choicesOf(field, follow(schema, field))?.[value]
  if (choice) return choice[lang]
  if (["entities", "claims", "sources"].includes(pick)) return titleOf(`${pick}/${value}`)
  return (pick && pick !== "units" && form.terms[pick]?.[value]?.label?.[lang]) || String(value)
}

function drawWays(made) {
  const box = el("div", { class: "ways" })
  const said = el("p", { role: "status", class: "field__help" })
  const ask = () => { now.isAsked = true; showFaults() }
  if (form.host) {
    box.append(el("p", { class: "warn" }, t(N_("A proposal on the repository host is public and stays so; it carries the name of your account and the time. If that is a risk to you, use the file or the text below."))))
    for (const { one, text, file } of made) {
      const place = one.place
      const { url, mustPaste } = one.original === null ? addressNew(form.host, place, text) : addressEdit(form.host, place)
      const link = el("a", { class: "md-button", href: url, target: "_blank", rel: "noreferrer", onclick: () => { ask(); if (mustPaste) copy(text).then((isDone) => { said.textContent = isDone ? t(N_("The text is in your clipboard: on the host’s page, select all, paste, and propose the change.")) : t(N_("Copy the text of the file above, and paste it on the host’s page.")) }) } }, t(N_("On the repository host")), ...(made.length > 1 ? [": ", el("bdi", { dir: "ltr" }, place)] : []))
      box.append(link)
    }
  }
  const isOne = made.length === 1
  const name = isOne ? made[0].file.split("/").at(-1) : "proposal.patch"
  const content = () => (isOne ? made[0].text : makePatch(made))
  const save = (text, called) => { const link = el("a", { href: URL.createObjectURL(new Blob([text], { type: "text/plain" })), download: called }); link.click(); URL.revokeObjectURL(link.href) }
  box.append(
    el("button", { type: "button", class: "md-button", onclick: () => { ask(); save(content(), name) } }, isOne ? t(N_("Download the file")) : t(N_("Download as one patch"))),
    ...(isOne ? [el("button", { type: "button", class: "md-button", onclick: () => { ask(); save(makePatch(made), "proposal.patch") } }, t(N_("Download as one patch")))] : []),
    el("button", { type: "button", class: "md-button", onclick: () => { ask(); copy(made.map(({ file, text }) => `${file}\n\n${text}`).join("\n\n")).then((isDone) => { said.textContent = isDone ? t(N_("Copied: paste it into a mail.")) : t(N_("Copy the text of the file above.")) }) } }, t(N_("Copy as text for a mail"))),
    said,
  )
  return box
}

const copy = (text) => navigator.clipboard?.writeText(text).then(() => true, () => false) ?? Promise.resolve(false)

// ---- drafts, only if asked for

let isKept = false
function drawKept() {
  const box = el("div", { class: "kept" })
  box.append(
    el("label", {}, el("input", { type: "checkbox", checked: isKept, onchange: ({ target }) => { isKept = target.checked; if (isKept) keep(); else localStorage.removeItem(KEPT) } }), " ", t(N_("Keep this draft on this device. Whoever uses the device can read it."))),
    el("button", { type: "button", class: "quiet-button", onclick: forget }, t(N_("Forget everything"))),
  )
  return [box]
}

function keep() {
  if (isKept) localStorage.setItem(KEPT, JSON.stringify(proposal))
}

function forget() {
  localStorage.removeItem(KEPT)
  isKept = false
  proposal.length = 0
  now = null
  history.replaceState(null, "", location.pathname)
  draw()
  root.querySelector("h2")?.scrollIntoView()
}

// ---- start

try {
  const kept = JSON.parse(localStorage.getItem(KEPT) ?? "null")
  if (kept?.length) {
    isKept = true
    proposal.push(...kept)
    now = proposal.at(-1)
    for (const one of kept) if (one.original !== null) known.set(one.ref, { record: one.before, kind: one.kind, file: one.place, text: one.original })
  }
} catch {
  // A device that keeps nothing has nothing to go on from.
}
const asked = location.search.slice(1).replaceAll("%2F", "/")
if (!(asked && (await correct(asked)))) draw()
