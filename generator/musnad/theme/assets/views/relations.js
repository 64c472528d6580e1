// The explorer of relations. The list is whole without the picture, which comes after it; every view of both has an address.
import { el, mixed } from "../elements.js"
import { base, choose, lang, load, loadClaims, loadRow, N_, pause, t } from "./data.js"
import { findNames } from "./find.js"
import { arrange, EACH, findPaths, gather, gatherPaths, listLive, MOST, PATHS, readEdges } from "./graph.js"

const FACETS = ["predicate", "source", "named", "modality"]
const VOICES = 2
const FOUND = 8
const ROWS = 50
const FEW = 8

const root = document.getElementById("relations")
const [tools, count, place] = [".explore__tools", ".explore__count", ".web"].map((name) => root.querySelector(name))
const [data, edges, words] = await Promise.all([loadClaims(), load("data/edges.json"), load(`data/${lang}/edges.json`)])
const web = readEdges(data, edges)
const numbers = new Map(edges.entities.map(([id], n) => [id, n]))
const isBack = lang === "ar"
let state = readAddress()
let wanted = null
let drawn = null
let picture = null
let counts = null
let drawing = 0

const idOf = (n) => edges.entities[n][0]
const nameOf = (n) => words.names[n]
const pageOf = (n) => new URL(words.address.replace("{id}", idOf(n)), base).href
const tell = (edge, from) => words.ways[edge.way][edge.one === from ? 0 : 1]
const isFirm = (list) => list.some((edge) => edge.claims.some((n) => !web.loose.has(n)))
const directionOf = (edge, from) => edge.isMutual ? "both" : edge.one === from ? "out" : "in"

/** Return the word that must stand with a relation that all its claims deny, or that somebody has denied or answered; or nothing. */
function markOf({ claims }) {
  const has = (n, mark) => data.columns.mark.of[n].includes(data.columns.mark.values.indexOf(mark))
  if (claims.every((n) => has(n, "denied"))) return data.labels.mark.denied
  return claims.some((n) => has(n, "answered")) ? data.labels.mark.answered : ""
}

/** Return the opening words of claims, each once; what is left out is counted. */
function leadsOf(claims) {
  const all = [...new Set(claims.map((n) => words.leads[words.lead_of[n]]))]
  return all.length > VOICES ? [...all.slice(0, VOICES), t(N_("and voices besides: {n}"), { n: all.length - VOICES })] : all
}

// ---- the address

function readAddress() {
  const asked = new URLSearchParams(location.search)
  const list = (name) => (asked.get(name) ?? "").split(",").filter(Boolean)
  const known = (name) => [...new Set(list(name).map((id) => numbers.get(id)).filter((n) => n !== undefined))]
  const chosen = Object.fromEntries(FACETS.map((facet) => [facet, new Set(list(facet).filter((id) => id in data.labels[facet]))]))
  const ends = known("path")
  const edge = web.all.find(({ key }) => key === asked.get("edge"))
  const pair = (asked.get("edge") ?? "").split(".").map((id) => numbers.get(id))
  const at = known("at")
  if (!at.length && edge) at.push(edge.one)
  if (!at.length && numbers.has(root.dataset.start)) at.push(numbers.get(root.dataset.start))
  return {
    at, chosen,
    path: ends.length === 2 ? ends : null,
    along: 0,
    more: Math.max(1, Math.min(9, Number.parseInt(asked.get("more"), 10) || 1)),
    isUnknown: ["at", "path"].some((name) => list(name).length > known(name).length),
    isFirm: asked.get("firm") === "1",
    kinds: new Set(list("kind").filter((id) => edges.kinds.includes(id))),
    shown: edge ? edge.key : pair.length === 2 && !pair.includes(undefined) ? asked.get("edge") : "",
  }
}

function writeAddress(isStep) {
  const asked = new URLSearchParams()
  if (state.path) asked.set("path", state.path.map(idOf).join(","))
  else if (state.at.length) asked.set("at", state.at.map(idOf).join(","))
  if (state.more > 1) asked.set("more", state.more)
  if (state.shown) asked.set("edge", state.shown)
  for (const facet of FACETS) if (state.chosen[facet].size) asked.set(facet, [...state.chosen[facet]].join(","))
  if (state.kinds.size) asked.set("kind", [...state.kinds].join(","))
  if (state.isFirm) asked.set("firm", "1")
  const query = asked.toString().replaceAll("%2C", ",").replaceAll("%2F", "/")
  const address = query ? `?${query}` : location.pathname
  if (isStep && address !== location.search) history.pushState(null, "", address)
  else history.replaceState(null, "", address)
  const other = document.querySelector(".switch")
  if (other) other.search = query
}

// ---- what is shown

const live = (n) => {
  if (!live.known.has(n)) live.known.set(n, listLive(web, n, wanted, (end) => !state.kinds.size || state.kinds.has(edges.kinds[edges.entities[end][1]]) || state.at.includes(end) || state.path?.includes(end)))
  return live.known.get(n)
}
live.known = new Map()

/** Show what is asked for: how much it is at once, the list and the picture as there is time for them. What is asked for last is what is shown. */
async function update(isStep = true) {
  const mine = (drawing += 1)
  writeAddress(isStep)
  const chosen = choose(data, state.chosen)
  const { found } = chosen
  wanted = state.isFirm || FACETS.some((facet) => state.chosen[facet].size) ? new Set(state.isFirm ? found.filter((n) => !web.loose.has(n)) : found) : null
  live.known.clear()
  const paths = state.path ? findPaths(live, ...state.path) : []
  const also = new Set(web.all.filter(({ key }) => key === state.shown).flatMap(({ one, other }) => [one, other]))
  drawn = state.path ? gatherPaths(live, paths) : gather(live, state.at, EACH * state.more, also)
  counts = chosen.count
  for (const draw of Object.values(boxes)) draw()
  firm.checked = state.isFirm
  const filters = FACETS.reduce((sum, facet) => sum + state.chosen[facet].size, state.kinds.size + state.isFirm)
  summary.textContent = t(N_("Filters")) + (filters ? ` (${filters})` : "")
  drawClaims(paths)
  tellCount(paths)
  place.setAttribute("aria-busy", "true")
  await Promise.all([drawList(paths, () => mine === drawing), picture?.draw()])
  if (mine === drawing) place.removeAttribute("aria-busy")
}

/** Change what is shown; the focus stays on the button that did it, or on the one that took its place. */
async function change(made) {
  const focused = document.activeElement?.dataset?.act
  made()
  await update()
  if (focused && document.activeElement === document.body) root.querySelector(`[data-act="${CSS.escape(focused)}"]`)?.focus()
}

function toggle(n) {
  change(() => {
    if (state.path) Object.assign(state, { path: null, at: [n], shown: "" })
    else state.at = state.at.includes(n) && state.at.length > 1 ? state.at.filter((each) => each !== n) : [...new Set([...state.at, n])]
  })
}

function show(key, isFocused = true) {
  change(() => { state.shown = key })
  if (!isFocused) return
  claims.scrollIntoView({ block: "nearest" })
  claims.querySelector("h2")?.focus()
}

function tellCount(paths) {
  const lines = drawn.lines.reduce((sum, line) => sum + line.edges.length, 0)
  const left = [...drawn.left.values()].reduce((sum, n) => sum + n, 0)
  count.textContent = [
    state.path ? t(N_("Shortest paths: {n}; steps: {steps}"), { n: paths.length, steps: (paths[0]?.length ?? 1) - 1 }) : "",
    paths.length === PATHS ? t(N_("more paths than {n} are not looked for"), { n: PATHS }) : "",
    t(N_("Entities: {n}; relations: {m}"), { n: drawn.nodes.size, m: lines }),
    left ? t(N_("neighbours left out: {n}; at most {most} entities are drawn"), { n: left, most: MOST }) : "",
  ].filter(Boolean).join(" · ")
}

// ---- the list, in which everything can be done

const list = el("div", { class: "web__list" })
const claims = el("section", { class: "web__claims", hidden: true, "aria-labelledby": "web-claims" })

/** Make the list, some rows at a time; what stood there before stays until all are made. */
async function drawList(paths, isLast) {
  const waiting = []
  const fill = (rows, makers) => { waiting.push(...makers.map((make) => [rows, make])); return rows }
  const sections = state.path ? drawPaths(paths, fill) : state.at.map((n) => drawOpen(n, fill))
  if (!list.hasChildNodes()) list.append(...sections)
  for (let n = 0; n < waiting.length; n += FEW) {
    if (n) await pause()
    if (!isLast()) return
    for (const [rows, make] of waiting.slice(n, n + FEW)) rows.append(make())
  }
  if (sections[0]?.parentElement !== list) list.replaceChildren(...sections)
}

function drawOpen(n, fill) {
  const rows = live(n).filter((edge) => drawn.nodes.has(edge.end))
  const left = drawn.left.get(n)
  return el("section", { class: "hood", "aria-labelledby": `web-${n}` },
    el("h2", { class: "hood__own", id: `web-${n}` }, el("a", { href: pageOf(n) }, mixed(nameOf(n))), " ", state.at.length > 1 && button(N_("Take away"), n, () => toggle(n))),
    fill(el("ul", { class: "hood__rows", role: "list" }, !rows.length && el("li", {}, t(N_("No claim that fits ties it to another.")))), rows.map((edge) => () => drawRow(edge, n))),
    left > 0 && el("p", { class: "hood__more" }, t(N_("Neighbours left out: {n}"), { n: left }), " ", drawn.nodes.size < MOST && el("button", { type: "button", class: "quiet-button", "data-act": `more-${n}`, onclick: () => change(() => { state.more += 1 }) }, t(N_("Show more")))))
}

const button = (label, n, onclick) => el("button", { type: "button", class: "quiet-button", "data-act": `${label}-${n}`, "aria-label": `${t(label)}: ${nameOf(n)}`, onclick }, t(label))

function drawRow(edge, from) {
  const end = edge.one === from ? edge.other : edge.one
  const isOpen = state.at.includes(end) && !state.path
  return el("li", { class: `hood__row ${directionOf(edge, from)}${isFirm([edge]) ? "" : " loose"}` },
    el("span", { class: "rubric" }, ...leadsOf(edge.claims).flatMap((lead) => [mixed(lead), " "])),
    el("i"),
    el("span", { class: "hood__says" }, mixed(tell(edge, from)), " ", el("button", { type: "button", class: "quiet-button", "data-act": `edge-${from}-${edge.key}`, "aria-pressed": String(state.shown === edge.key), onclick: () => show(edge.key) }, t(N_("Claims: {n}"), { n: edge.claims.length })), markOf(edge) && el("b", {}, " ", markOf(edge))),
    el("span", { class: "hood__other" }, el("a", { href: pageOf(end) }, mixed(nameOf(end))), " ", isOpen ? "" : button(N_("Its neighbours"), end, () => toggle(end))))
}

function drawPaths(paths, fill) {
  if (!paths.length) return [el("p", {}, t(N_("No path leads from one to the other by claims that fit.")))]
  return paths.map((path, nth) => el("section", { class: "hood", "aria-labelledby": `web-path-${nth}` },
    el("h2", { class: "hood__own", id: `web-path-${nth}` }, el("a", { href: pageOf(path[0]) }, mixed(nameOf(path[0]))), " ", el("button", { type: "button", class: "quiet-button", "data-act": `path-${nth}`, "aria-pressed": String(state.along === nth), onclick: () => { change(() => { state.along = nth; state.shown = "" }); claims.querySelector("h2")?.focus() } }, t(N_("Claims along path {n}"), { n: nth + 1 }))),
    fill(el("ol", { class: "hood__rows", role: "list" }), path.slice(1).flatMap((n, step) => live(path[step]).filter(({ end }) => end === n).map((edge) => () => drawRow(edge, path[step]))))))
}

// ---- the claims behind what is chosen

let turn = 0

function listShown(paths) {
  const [one, other] = state.shown.split(".").map((id) => numbers.get(id))
  if (state.shown) return live(one).filter((edge) => edge.key === state.shown || (state.shown.split(".").length === 2 && edge.end === other))
  return (paths[state.along] ?? []).flatMap((n, step, path) => step ? live(path[step - 1]).filter(({ end }) => end === n) : [])
}

async function drawClaims(paths) {
  const mine = (turn += 1)
  const found = listShown(paths)
  claims.hidden = !found.length
  const all = [...new Set(found.flatMap((edge) => edge.claims))]
  const names = found.length ? [found[0].one, found.at(-1).end].map(nameOf) : []
  if (found.length && state.shown) names[1] = nameOf(found[0].other)
  const heads = [N_("Claim"), N_("Source"), N_("Marks")].map((label) => el("th", { role: "columnheader", scope: "col" }, t(label)))
  const table = el("table", { class: "claims", role: "table", "aria-labelledby": "web-claims" }, el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, ...heads)), el("tbody", { role: "rowgroup" }))
  claims.replaceChildren(...[
    el("h2", { id: "web-claims", tabindex: -1 }, t(N_("Claims: {n}"), { n: all.length }), ": ", ...(state.path && !state.shown ? [t(N_("path {n}"), { n: state.along + 1 })] : names.flatMap((name, n) => [n ? " – " : "", mixed(name)]))),
    state.shown && el("p", {}, el("button", { type: "button", class: "quiet-button", onclick: close }, t(N_("Close")))),
    table,
    all.length > ROWS && el("p", { class: "quiet" }, t(N_("claims left out: {n}"), { n: all.length - ROWS })),
  ].filter(Boolean))
  try {
    const rows = await Promise.all(all.slice(0, ROWS).map((n) => loadRow(data, n)))
    if (mine !== turn) return
    table.tBodies[0].innerHTML = rows.join("")
  } catch {
    if (mine === turn) table.replaceWith(el("p", {}, t(N_("These rows could not be loaded. Try again")), " ", el("button", { type: "button", class: "quiet-button", onclick: () => drawClaims(paths) }, "↻")))
  }
}

async function close() {
  const key = state.shown
  await change(() => { state.shown = "" })
  root.querySelector(`[data-act$="-${CSS.escape(key)}"]`)?.focus()
}

claims.addEventListener("keydown", (event) => { if (event.key === "Escape" && state.shown) close() })

// ---- tools

const boxes = {}
const firm = el("input", { type: "checkbox", onchange: () => change(() => { state.isFirm = firm.checked }) })
const summary = el("summary", {})
const said = el("p", { class: "explore__said", role: "status" })

function drawTools() {
  tools.append(
    el("div", { class: "explore__line" }, makeFinder("at", N_("Begin with"), (n) => Object.assign(state, { at: [n], path: null, shown: "", more: 1 })), makeFinder("to", N_("Find a path to"), (n) => Object.assign(state, { path: [state.path?.[0] ?? state.at[0], n], along: 0, shown: "" }))),
    el("details", { class: "filters" }, summary, el("div", { class: "filters__all" },
      ...FACETS.map((facet) => makeFilter(facet, data.names[facet])), makeFilter("kind", t(N_("Kind of entity"))),
      el("label", { class: "web__firm" }, firm, el("span", {}, t(N_("Only what is firm (drawn whole)")))))),
  )
  place.append(
    el("p", { class: "explore__take" },
      ...[[N_("Larger"), "+", 1.25], [N_("Smaller"), "−", 0.8]].map(([label, sign, by]) => el("button", { type: "button", class: "quiet-button web__tool", "aria-label": t(label), onclick: () => picture?.zoom(by) }, sign)),
      el("button", { type: "button", class: "quiet-button web__tool", onclick: () => picture?.fit() }, t(N_("All of it"))),
      ...[[N_("To the left"), "←", -1, 0], [N_("Upwards"), "↑", 0, -1], [N_("Downwards"), "↓", 0, 1], [N_("To the right"), "→", 1, 0]].map(([label, sign, right, down]) => el("button", { type: "button", class: "quiet-button web__tool", "aria-label": t(label), onclick: () => picture?.move(right, down) }, sign)),
      el("button", { type: "button", class: "quiet-button", onclick: () => copy(location.href) }, t(N_("Copy the address of this view"))),
      ...[[N_("Save as a picture (PNG)"), "save", "png"], [N_("Save as a picture with its claims (SVG)"), "saveVector", "svg"]].map(([label, make, kind]) => el("button", { type: "button", class: "quiet-button web__tool", onclick: () => savePicture(make, kind) }, t(label)))),
    said, el("div", { class: "web__frame" }, el("div", { class: "web__picture", role: "img", "aria-label": t(N_("Picture of the relations; the list below says and does the same")) })), claims, list)
  for (const hidden of [tools, count, place]) hidden.hidden = false
  root.querySelector(".explore__else")?.remove()
}

/** A field that looks for an entity: by its name as it stands here at once, by the site's search in both languages and scripts. */
function makeFinder(id, label, choice) {
  const results = el("ul", { class: "web__found", role: "list" })
  const canFind = Boolean(JSON.parse(document.getElementById("__config")?.textContent ?? "{}").search && globalThis.Worker)
  const ofPage = (location) => numbers.get(location.replace(/#.*/, "").replace(words.address.split("{id}")[0], "").replace(words.address.split("{id}")[1], ""))
  const draw = (found) => results.replaceChildren(...(found.length ? [] : [el("li", { class: "quiet" }, t(N_("No entity with ties is called so.")))]), ...found.slice(0, FOUND).map((n) => el("li", {}, el("button", { type: "button", class: "quiet-button", onclick: () => { results.replaceChildren(); input.value = ""; change(() => choice(n)); input.focus() } }, mixed(nameOf(n)), el("span", { class: "quiet" }, ` ${words.kinds[edges.entities[n][1]]}`)))))
  const input = el("input", { type: "search", id: `web-${id}`, dir: "auto", autocomplete: "off", spellcheck: false, oninput: () => {
    const text = input.value.trim()
    if (!text) { results.replaceChildren(); return }
    const near = words.names.flatMap((name, n) => name.toLowerCase().includes(text.toLowerCase()) ? [n] : []).sort((a, b) => nameOf(a).length - nameOf(b).length)
    // That nothing is called so is said when the search has answered.
    if (near.length || !canFind) draw(near)
    else results.replaceChildren()
    if (canFind) findNames(text, (found) => { if (input.value.trim() === text) draw([...new Set([...found.map(ofPage).filter((n) => n !== undefined), ...near])]) }).catch(() => draw(near))
  } })
  return el("div", { class: "web__finder" }, el("label", {}, el("span", {}, t(label)), input), results)
}

/** The choices of a filter are made, and counted, when they are looked at. */
function makeFilter(facet, label) {
  const items = el("ul", { role: "list" })
  const chosen = () => facet === "kind" ? state.kinds : state.chosen[facet]
  const count = () => facet === "kind" ? edges.kinds.map((id, n) => ({ id, label: words.kinds[n], n: edges.entities.filter(([, kind]) => kind === n).length })) : data.columns[facet].values.map((id, n) => ({ id, label: data.labels[facet][id], n: counts(facet)[n] }))
  const box = el("details", { class: "filter", ontoggle: () => boxes[facet]() }, el("summary", {}, label), items)
  boxes[facet] = () => {
    if (!box.open) return
    const focused = items.contains(document.activeElement) ? document.activeElement.value : ""
    items.replaceChildren(...count().filter(({ id, n }) => n || chosen().has(id)).sort((a, b) => chosen().has(b.id) - chosen().has(a.id) || b.n - a.n).map(({ id, label, n }) => el("li", {}, el("label", {}, el("input", { type: "checkbox", value: id, checked: chosen().has(id), onchange: ({ target }) => change(() => { if (target.checked) chosen().add(id); else chosen().delete(id) }) }), el("span", {}, mixed(label)), el("span", { class: "num quiet" }, String(n))))))
    if (focused) items.querySelector(`input[value="${CSS.escape(focused)}"]`)?.focus()
  }
  return box
}

function copy(text) {
  const done = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error())
  done.then(() => { said.textContent = t(N_("Copied.")) }, () => { said.textContent = t(N_("The browser does not let the page copy.")) })
}

async function savePicture(make, kind) {
  const file = `relations.${kind}`
  said.textContent = t(N_("Being gathered …"))
  const blob = await picture?.[make]().catch(() => null)
  if (!blob) { said.textContent = t(N_("The picture could not be made.")); return }
  const link = el("a", { href: URL.createObjectURL(blob), download: file })
  link.click()
  URL.revokeObjectURL(link.href)
  said.textContent = t(N_("Saved: {file}"), { file })
}

/** All claims behind what is drawn, `{lead, text}`, as the table says them: runs of the other direction are kept apart by signs, as there are no elements. */
async function listSentences() {
  const numbers = [...new Set(drawn.lines.flatMap((line) => line.edges.flatMap((edge) => edge.claims)))].sort((a, b) => a - b)
  const rows = await Promise.all(numbers.map((n) => loadRow(data, n)))
  return rows.flatMap((html) => {
    const made = document.createElement("template")
    made.innerHTML = html
    const says = made.content.querySelector(".claims__says")
    says.querySelectorAll(".more").forEach((link) => link.remove())
    says.querySelectorAll("bdi").forEach((run) => run.replaceWith(`\u2068${run.textContent}\u2069`))
    const answers = [...says.querySelectorAll(".answer")].map((answer) => { answer.remove(); return { text: answer.textContent } })
    const lead = says.querySelector(".rubric")
    lead.remove()
    return [{ lead: lead.textContent, text: says.textContent }, ...answers]
  })
}

// ---- start

if (edges.entities.length) {
  await pause()
  start()
}

function start() {
  addEventListener("popstate", () => { state = readAddress(); update(false) })
  drawTools()
  const shown = update(false)
  if (state.isUnknown) said.textContent = t(N_("No claim ties an entity that the address names to another."))
  if (state.shown) claims.scrollIntoView({ block: "nearest" })
  import("./picture.js").then(async ({ makePicture }) => {
    picture = makePicture(root.querySelector(".web__picture"), {
      isBack, nameOf, leadsOf, isFirm, markOf, directionOf,
      get drawn() { return drawn },
      get start() { return state.path ? state.path[0] : state.at[0] },
      isOpen: (n) => state.path ? state.path.includes(n) : state.at.includes(n),
      isShown: ({ edges: all, ends }) => all.some(({ key }) => key === state.shown) || state.shown === ends.map(idOf).join(".") || state.shown === [...ends].reverse().map(idOf).join("."),
      tell, arrange,
      openNode: toggle,
      openLine: ({ ends, edges: all }) => show(all.length === 1 ? all[0].key : ends.map(idOf).join("."), false),
      caption: () => ({
        title: t(N_("Relations: {names}"), { names: (state.path ?? state.at).map(nameOf).join(isBack ? "، " : ", ") }),
        about: [location.href, words.rights].filter(Boolean).join(" "),
        lines: [document.querySelector(".brand")?.textContent.trim() ?? "", location.href, words.rights].filter(Boolean),
      }),
      legend: () => [t(N_("Whole line: at least one claim behind it is firm. Broken line: none is.")), t(N_("The number in brackets is that of the claims; each stands below with its voice."))],
      listClaims: listSentences,
    })
    await Promise.all([shown, picture.draw()])
    root.dataset.ready = "picture"
  }).catch(() => { place.querySelector(".web__frame").replaceChildren(el("p", {}, t(N_("The picture could not be loaded; the list says the same.")))); place.querySelectorAll(".web__tool").forEach((tool) => tool.remove()) })
}
