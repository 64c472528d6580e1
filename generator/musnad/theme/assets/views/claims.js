// The table of all claims: chosen by facets and by words, sorted, and taken along. Every state of it has an address.
import { el, mixed } from "../elements.js"
import { addressOf, choose, lang, loadClaims, loadRest, loadRow, N_, pause, t } from "./data.js"
import { findClaims } from "./find.js"

const EACH = 20
const FEW = 10
const MOST = 40
const SORTS = { record: N_("Order of the record"), title: N_("Title"), modality: N_("How it is said"), standing: N_("Who else says so") }

const root = document.getElementById("claims")
const tools = root.querySelector(".explore__tools")
const count = root.querySelector(".explore__count")
const table = root.querySelector("table")
const data = await loadClaims()
const needsRest = (chosen, sort) => !data.titles && (sort === "title" || chosen.some((facet) => !data.columns[facet]))
if (needsRest(data.facets.filter((facet) => new URLSearchParams(location.search).has(facet)), new URLSearchParams(location.search).get("sort"))) await loadRest(data)
const state = readAddress()
const picked = new Set()
let order = []
let shown = null
let turn = 0

// ---- the address

function readAddress() {
  const asked = new URLSearchParams(location.search)
  const chosen = Object.fromEntries(data.facets.map((facet) => [facet, new Set((asked.get(facet) ?? "").split(",").filter((id) => id in (data.labels[facet] ?? {})))]))
  return { chosen, text: asked.get("words") ?? "", sort: asked.get("sort") in SORTS ? asked.get("sort") : "record" }
}

function writeAddress() {
  const asked = new URLSearchParams()
  if (state.text) asked.set("words", state.text)
  for (const facet of data.facets) if (state.chosen[facet].size) asked.set(facet, [...state.chosen[facet]].join(","))
  if (state.sort !== "record") asked.set("sort", state.sort)
  // Ids and commas can be read as they are.
  const query = asked.toString().replaceAll("%2C", ",").replaceAll("%2F", "/")
  history.replaceState(null, "", query ? `?${query}` : location.pathname)
  const other = document.querySelector(".switch")
  if (other) other.search = query
}

// ---- what is found

async function update() {
  const mine = (turn += 1)
  writeAddress()
  const among = state.text ? await findClaims(data, state.text).catch(() => []) : null
  if (mine !== turn) return
  const { found, count } = choose(data, state.chosen, among)
  order = sort(found, Boolean(among))
  const left = new Set(order)
  for (const n of [...picked]) if (!left.has(n)) picked.delete(n)
  shown = count
  drawRows()
  drawChips()
  tell()
  // Rows come first.
  setTimeout(() => { if (mine === turn) for (const facet of data.facets) boxes[facet].draw() })
}

/** Sort anew, with the order of titles if it is asked for. */
async function resort() {
  if (needsRest([], state.sort)) await loadRest(data).catch(() => { said.textContent = t(N_("These choices could not be loaded. Try again")) })
  update()
}

function sort(found, isRanked) {
  if (state.sort === "title" && data.titles) {
    const rank = new Uint32Array(data.ids.length)
    data.titles.forEach((n, place) => { rank[n] = place })
    return [...found].sort((a, b) => rank[a] - rank[b])
  }
  if (state.sort === "record") return isRanked ? found : [...found].sort((a, b) => a - b)
  const column = data.columns[state.sort]
  const rank = new Map(Object.keys(data.labels[state.sort]).map((id, place) => [column.values.indexOf(id), place]))
  const of = (n) => rank.get(column.of[n][0]) ?? rank.size
  return [...found].sort((a, b) => of(a) - of(b) || a - b)
}

// ---- rows, made where they are looked at

const watcher = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) if (isIntersecting) fill(target); else if (target.isFilled) empty(target)
}, { rootMargin: "1200px 0px" })

function drawRows() {
  watcher.disconnect()
  table.querySelectorAll("tbody").forEach((body) => body.remove())
  table.setAttribute("aria-rowcount", order.length + 1)
  const bodies = Array.from({ length: Math.ceil(order.length / EACH) }, (_, chunk) => {
    const body = el("tbody", { role: "rowgroup" })
    body.chunk = chunk
    body.append(makeSpace(order.slice(chunk * EACH, chunk * EACH + EACH).length * 96))
    return body
  })
  table.append(...bodies)
  bodies.forEach((body) => watcher.observe(body))
}

const makeSpace = (height) => { const row = el("tr", { role: "presentation", "aria-hidden": "true" }, el("td", { colspan: 3 })); row.style.blockSize = `${height}px`; return row }

async function fill(body) {
  if (body.isFilled) return
  body.isFilled = true
  const numbers = order.slice(body.chunk * EACH, body.chunk * EACH + EACH)
  try {
    const rows = await Promise.all(numbers.map((n) => loadRow(data, n)))
    if (!body.isConnected || !body.isFilled) return
    body.replaceChildren(...rows.map((html, place) => makeRow(html, numbers[place], body.chunk * EACH + place)))
  } catch {
    body.isFilled = false
    body.replaceChildren(el("tr", { role: "row" }, el("td", { role: "cell", colspan: 3 }, el("button", { type: "button", class: "quiet-button", onclick: () => { body.replaceChildren(makeSpace(numbers.length * 96)); fill(body) } }, t(N_("These rows could not be loaded. Try again"))))))
  }
}

/** What is far away takes its room and nothing else. */
function empty(body) {
  if (body.contains(document.activeElement)) return
  body.isFilled = false
  body.replaceChildren(makeSpace(body.getBoundingClientRect().height))
}

const ROLES = { table: "table", "thead, tbody": "rowgroup", tr: "row", 'th[scope="col"]': "columnheader", 'th[scope="row"]': "rowheader", td: "cell" }

/** Where there is little room, rows are drawn as blocks, and older WebKit takes those for no table unless they say so. */
function tellRoles(part) {
  for (const [those, role] of Object.entries(ROLES)) for (const one of [part, ...part.querySelectorAll("*")]) if (one.matches(those)) one.setAttribute("role", role)
}

function makeRow(html, n, place) {
  const made = document.createElement("template")
  made.innerHTML = html
  const row = made.content.firstElementChild
  tellRoles(row)
  row.setAttribute("aria-rowindex", place + 2)
  const says = row.querySelector(".claims__says")
  const title = row.querySelector(".more")?.getAttribute("aria-label")?.split(": ").slice(1).join(": ") ?? data.ids[n]
  says.prepend(el("input", { type: "checkbox", class: "claims__pick", "aria-label": `${t(N_("Take along"))}: ${title}`, checked: picked.has(n), onchange: ({ target }) => { if (target.checked) picked.add(n); else picked.delete(n); tell() } }))
  return row
}

// ---- tools

const boxes = {}
const chips = el("p", { class: "chips" })
const said = el("p", { class: "explore__said", role: "status" })

function drawTools() {
  const canFind = Boolean(document.getElementById("__config") && JSON.parse(document.getElementById("__config").textContent).search && globalThis.Worker)
  const find = el("input", { type: "search", id: "claims-q", value: state.text, dir: "auto", autocomplete: "off", spellcheck: false, oninput: ({ target }) => { state.text = target.value.trim(); clearTimeout(find.timer); find.timer = setTimeout(update, 250) } })
  const sorts = el("select", { id: "claims-sort", onchange: ({ target }) => { state.sort = target.value; resort() } }, ...Object.entries(SORTS).map(([id, label]) => el("option", { value: id, selected: id === state.sort }, t(label))))
  const isWide = matchMedia("(min-width: 60em)").matches
  tools.append(
    el("div", { class: "explore__line" },
      canFind && el("label", {}, el("span", {}, t(N_("Words in it"))), find),
      el("label", {}, el("span", {}, t(N_("Sorted by"))), sorts)),
    el("details", { class: "filters", open: isWide }, el("summary", {}, t(N_("Filters"))), el("div", { class: "filters__all" }, ...data.facets.map(drawFacet))),
    chips,
  )
  count.after(el("p", { class: "explore__take" },
    el("button", { type: "button", class: "quiet-button", onclick: () => take(asText, (text) => copy(text)) }, t(N_("Copy as text"))), " ",
    el("button", { type: "button", class: "quiet-button", onclick: () => copy(location.href) }, t(N_("Copy the address of this view"))), " ",
    el("button", { type: "button", class: "quiet-button", onclick: () => take(asTable, (text) => save(text)) }, t(N_("Save as CSV")))), said)
  tools.hidden = false
  root.querySelector(".explore__rest")?.remove()
}

/** The choices of a facet are made when they are looked at; those of one with many values are fetched then. */
function drawFacet(facet) {
  const list = el("ul", { role: "list" })
  const narrow = el("input", { type: "text", class: "filters__narrow", hidden: true, dir: "auto", autocomplete: "off", "aria-label": `${data.names[facet]}: ${t(N_("look for"))}`, placeholder: t(N_("look for")), oninput: () => boxes[facet].draw() })
  const box = el("details", { class: "filter", ontoggle: () => open() }, el("summary", {}, data.names[facet]), narrow, list)
  const open = async () => {
    if (box.open && !data.columns[facet]) {
      try {
        await loadRest(data)
      } catch {
        box.open = false
        said.textContent = t(N_("These choices could not be loaded. Try again"))
        return
      }
      update()
    }
    boxes[facet].draw()
  }
  let labels = null
  boxes[facet] = { draw: () => {
    if (!box.open || !shown || !data.columns[facet]) return
    labels ??= new Map(Object.entries(data.labels[facet]).map(([id, label], rank) => [id, { label, rank, text: label.toLowerCase() }]))
    narrow.hidden = labels.size <= FEW
    const wanted = narrow.value.trim().toLowerCase()
    const counts = shown(facet)
    const all = data.columns[facet].values.map((id, place) => ({ id, ...labels.get(id), n: counts[place], isChosen: state.chosen[facet].has(id) }))
    const fitting = all.filter(({ text, n, isChosen }) => isChosen || (wanted ? text.includes(wanted) : n > 0))
    // Labels come in their alphabetical order.
    fitting.sort((a, b) => b.isChosen - a.isChosen || b.n - a.n || a.rank - b.rank)
    const left = fitting.length - MOST
    const focused = document.activeElement?.value
    list.replaceChildren(...fitting.slice(0, MOST).map(({ id, label, n, isChosen }) => el("li", {}, el("label", {}, el("input", { type: "checkbox", value: id, checked: isChosen, onchange: ({ target }) => { if (target.checked) state.chosen[facet].add(id); else state.chosen[facet].delete(id); update() } }), el("span", {}, mixed(label)), el("span", { class: "num quiet" }, String(n))))), ...(left > 0 ? [el("li", { class: "quiet" }, t(N_("and {n} more: type a part of the name"), { n: left }))] : []))
    if (focused && !document.contains(document.activeElement)) list.querySelector(`input[value="${CSS.escape(focused)}"]`)?.focus()
    else if (focused && document.activeElement === document.body) list.querySelector(`input[value="${CSS.escape(focused)}"]`)?.focus()
  } }
  return box
}

function drawChips() {
  const all = data.facets.flatMap((facet) => [...state.chosen[facet]].map((id) => [facet, id]))
  chips.replaceChildren(...all.map(([facet, id]) => el("button", { type: "button", class: "chip", onclick: () => { state.chosen[facet].delete(id); update() } }, el("span", { class: "unseen" }, `${t(N_("Take this filter away"))}: `), `${data.names[facet]}: `, mixed(data.labels[facet][id]), el("span", { "aria-hidden": "true" }, " ×"))), ...(all.length > 1 ? [el("button", { type: "button", class: "quiet-button", onclick: () => { for (const facet of data.facets) state.chosen[facet].clear(); update() } }, t(N_("Take all away")))] : []))
}

function tell() {
  const found = order.length === data.ids.length ? root.dataset.total : t(N_("Claims: {n} of {total}"), { n: order.length, total: data.ids.length })
  count.textContent = [order.length ? found : t(N_("No claim fits. Take a filter away.")), picked.size ? t(N_("To be taken along: {n}"), { n: picked.size }) : ""].filter(Boolean).join(" · ")
}

// ---- taken along

/** What is ticked, or else all that is found, each as its row says it. */
async function take(make, hand) {
  if (!data.titles && make === asTable) await loadRest(data).catch(() => {})
  const numbers = picked.size ? order.filter((n) => picked.has(n)) : order
  said.textContent = t(N_("Being gathered …"))
  try {
    const rows = []
    for (const n of numbers) {
      const made = document.createElement("template")
      made.innerHTML = await loadRow(data, n)
      made.content.querySelectorAll(".more, .answer .more").forEach((link) => link.remove())
      rows.push([n, made.content.querySelector(".claims__says").textContent.replace(/\s+/g, " ").trim()])
    }
    hand(make(rows))
  } catch {
    said.textContent = t(N_("These rows could not be loaded. Try again"))
  }
}

const asText = (rows) => rows.map(([n, says]) => `${says}\n${addressOf(data, data.ids[n])}`).join("\n\n")

/** A cell that no program takes for a formula. */
const cell = (text) => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`

function asTable(rows) {
  const head = [t(N_("Claim")), t(N_("As it is said")), ...data.facets.map((facet) => data.names[facet]), t(N_("Address"))]
  const lines = rows.map(([n, says]) => [data.ids[n], says, ...data.facets.map((facet) => data.columns[facet].of[n].map((value) => data.labels[facet][data.columns[facet].values[value]]).join("; ")), addressOf(data, data.ids[n])])
  return `\uFEFF${[head, ...lines].map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`
}

function copy(text) {
  const done = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error())
  done.then(() => { said.textContent = t(N_("Copied.")) }, () => { said.textContent = t(N_("The browser does not let the page copy.")) })
}

function save(text) {
  const link = el("a", { href: URL.createObjectURL(new Blob([text], { type: "text/csv" })), download: "claims.csv" })
  link.click()
  URL.revokeObjectURL(link.href)
  said.textContent = t(N_("Saved: {file}"), { file: "claims.csv" })
}

// ---- start

addEventListener("popstate", () => location.reload())
tellRoles(table)
drawTools()
await pause()
update()
