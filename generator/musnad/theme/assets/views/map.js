// The map: nearer and farther, places found in picture and list alike, claims filtered. Every state of it has an address.
import { el, mixed } from "../elements.js"
import { choose, loadClaims, loadRest, N_, pause, t } from "./data.js"
import { follow } from "./pointers.js"

const FACETS = ["source", "modality", "named"]
const NEAREST = 16
const FEW = 40
const STEP = 1.6
const SIZE = 14
const RADII = [[20, 10], [5, 7.5], [2, 5.5], [0, 4]]
const LENGTHS = [0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000]

const root = document.getElementById("map")
const svg = root.querySelector(".map__svg")
const status = root.querySelector(".explore__count")
const isRtl = document.documentElement.dir === "rtl"
const rows = new Map([...root.querySelectorAll(".map__list > [data-id]")].map((row) => [row.dataset.id, row]))
const asked = new URLSearchParams(location.search)
const chosen = Object.fromEntries(FACETS.map((facet) => [facet, new Set((asked.get(facet) ?? "").split(",").filter(Boolean))]))
let place = asked.get("place") ?? ""
let data = null

function writeAddress() {
  const query = new URLSearchParams()
  for (const facet of FACETS) if (chosen[facet].size) query.set(facet, [...chosen[facet]].join(","))
  if (place) query.set("place", place)
  const at = svg ? tellView() : ""
  if (at) query.set("at", at)
  const written = query.toString().replaceAll("%2C", ",")
  history.replaceState(null, "", (written ? `?${written}` : location.pathname) + location.hash)
  const other = document.querySelector(".switch")
  if (other) other.search = written
}

// ---- what is seen of the picture

const places = svg ? [...svg.querySelectorAll(".place")].reverse() : []
const marks = new Map()
const names = []
const [, , WIDTH, HEIGHT] = svg?.getAttribute("viewBox").split(" ").map(Number) ?? []
const view = { x: 0, y: 0, w: WIDTH }
// What was seen when the picture was last drawn; while it is dragged, its layer alone is moved.
let shown = view
const layer = svg && document.createElementNS(svg.namespaceURI, "g")
const degrees = svg && Object.fromEntries(["west", "north", "east", "south", "km"].map((name) => [name, Number(svg.dataset[name])]))

function setUpPicture() {
  // What is asked of the page is asked before it is changed, or it would be laid out twice.
  room = [svg.clientWidth, svg.clientHeight]
  const pen = makePen()
  for (const text of svg.querySelectorAll(".ground__name")) {
    const [x, y] = text.parentElement.getAttribute("transform").match(/-?[\d.]+/g).map(Number)
    names.push({ text, x, y, width: pen.measureText(text.textContent).width })
  }
  layer.append(...[...svg.children].filter((part) => part.localName !== "title" && part !== layer))
  const bar = layer.querySelector(".scale")
  svg.append(layer, bar)
  for (const link of places) {
    const [text, ...others] = link.querySelectorAll(".place__text")
    for (const other of others) other.remove()
    const label = text ?? link.querySelector(".place__in").appendChild(document.createElementNS(svg.namespaceURI, "text"))
    label.setAttribute("class", "place__text")
    label.setAttribute("direction", "ltr")
    const { id, name, n } = link.dataset
    const widths = [name, n].map((words) => pen.measureText(words).width)
    const halo = link.querySelector(".halo")
    for (const other of [...link.querySelectorAll(".halo-at")].slice(1)) other.remove()
    link.querySelector(".halo-at")?.setAttribute("class", "halo-at")
    marks.set(id, { link, label, halo, name, n, widths, x: Number(link.dataset.x), y: Number(link.dataset.y), radius: Number(link.dataset.radius), isOff: false })
    for (const event of ["pointerenter", "focus"]) link.addEventListener(event, () => rows.get(id)?.classList.add("is-near"))
    for (const event of ["pointerleave", "blur"]) link.addEventListener(event, () => rows.get(id)?.classList.remove("is-near"))
    const row = rows.get(id)
    for (const event of ["pointerenter", "focusin"]) row?.addEventListener(event, () => link.classList.add("is-on"))
    for (const event of ["pointerleave", "focusout"]) row?.addEventListener(event, () => link.classList.toggle("is-on", id === place))
    link.addEventListener("focus", () => { if (!isSeen(marks.get(id))) look(marks.get(id).x, marks.get(id).y, view.w) })
  }
  svg.classList.add("is-live")
  svg.setAttribute("tabindex", "0")
  svg.addEventListener("keydown", onKey)
  svg.addEventListener("dblclick", (event) => { event.preventDefault(); zoom(1 / STEP, ...spotOf(event.clientX, event.clientY)) })
  follow(svg, { canMove: () => view.w < WIDTH, move: (right, down) => move(-right * unit(), -down * unit()), zoom: (factor, x, y) => zoom(1 / factor, ...spotOf(x, y)), end: draw })
  const buttons = root.querySelector(".map__buttons")
  buttons.hidden = false
  buttons.addEventListener("click", ({ target }) => act(target.closest("button")?.dataset.do))
  new ResizeObserver(() => { room = [svg.clientWidth, svg.clientHeight]; draw() }).observe(svg)
  document.fonts?.ready.then(() => {
    const pen = makePen()
    for (const mark of marks.values()) mark.widths = [mark.name, mark.n].map((words) => pen.measureText(words).width)
    for (const name of names) name.width = pen.measureText(name.text.textContent).width
    draw()
  })
  const at = (asked.get("at") ?? "").split(",").map(Number)
  if (at.length === 3 && at.every(Number.isFinite) && at[2] >= 1) look(((at[0] - degrees.west) / (degrees.east - degrees.west)) * WIDTH, ((degrees.north - at[1]) / (degrees.north - degrees.south)) * HEIGHT, WIDTH / at[2])
  else if (marks.has(place)) look(marks.get(place).x, marks.get(place).y, WIDTH / 2.5)
  else draw()
  placeLabels()
}

/** Return what measures labels: a pen beside the page, which would be laid out anew for each of them. */
function makePen() {
  const pen = document.createElement("canvas").getContext("2d")
  pen.font = `700 ${SIZE}px ${getComputedStyle(svg).fontFamily}`
  return pen
}

/** Centre longitude, latitude and how many times nearer; nothing where all is seen. */
function tellView() {
  if (view.w >= WIDTH) return ""
  const x = view.x + view.w / 2, y = view.y + (view.w * HEIGHT) / WIDTH / 2
  const spot = [degrees.west + (x / WIDTH) * (degrees.east - degrees.west), degrees.north - (y / HEIGHT) * (degrees.north - degrees.south)]
  return [...spot.map((value) => value.toFixed(2)), (WIDTH / view.w).toFixed(1)].join(",")
}

let room = [0, 0]
const unit = () => view.w / (room[0] || WIDTH)
const isSeen = ({ x, y }) => x >= view.x && x <= view.x + view.w && y >= view.y && y <= view.y + (view.w * HEIGHT) / WIDTH

/** Look at a spot of the picture, so many units wide. */
function look(x, y, w) {
  view.w = Math.min(WIDTH, Math.max(WIDTH / NEAREST, w))
  const h = (view.w * HEIGHT) / WIDTH
  view.x = Math.min(WIDTH - view.w, Math.max(0, x - view.w / 2))
  view.y = Math.min(HEIGHT - h, Math.max(0, y - h / 2))
  draw()
  clearTimeout(look.timer)
  look.timer = setTimeout(writeAddress, 200)
}

/** Look nearer or farther, with one spot kept where it is. */
function zoom(factor, x = view.x + view.w / 2, y = view.y + (view.w * HEIGHT) / WIDTH / 2) {
  const w = Math.min(WIDTH, Math.max(WIDTH / NEAREST, view.w * factor)), kept = w / view.w
  const h = (w * HEIGHT) / WIDTH
  look(x - (x - view.x) * kept + w / 2, y - (y - view.y) * kept + h / 2, w)
}

const move = (right, down) => look(view.x + view.w / 2 + right, view.y + (view.w * HEIGHT) / WIDTH / 2 + down, view.w)

// For those who can't drag: by a sixth of what is seen, as the keys do.
const MOVES = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] }
const step = (right, down) => move((right * view.w) / 6, (down * view.w) / 6)

function act(what) {
  if (what === "in") zoom(1 / STEP)
  else if (what === "out") zoom(STEP)
  else if (MOVES[what]) step(...MOVES[what])
  else if (what === "all") { if (place) choosePlace(""); look(WIDTH / 2, HEIGHT / 2, WIDTH) }
}

function onKey(event) {
  const isNear = view.w < WIDTH
  const keys = { "+": () => zoom(1 / STEP), "=": () => zoom(1 / STEP), "-": () => zoom(STEP), 0: () => act("all"), ...(isNear && { ArrowLeft: () => act("left"), ArrowRight: () => act("right"), ArrowUp: () => act("up"), ArrowDown: () => act("down") }) }
  if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return
  event.preventDefault()
  keys[event.key]()
}

const spotOf = (x, y) => { const box = svg.getBoundingClientRect(); return [view.x + ((x - box.left) / box.width) * view.w, view.y + ((y - box.top) / box.width) * view.w] }

// ---- labels, so that none lies over another

/** Show what is looked at; labels find their places when it has come to rest. */
function draw() {
  clearTimeout(draw.timer)
  if (svg.classList.contains("is-dragged") && shown.w === view.w) {
    layer.style.transform = `translate(${shown.x - view.x}px, ${shown.y - view.y}px)`
    return
  }
  const u = unit()
  shown = { ...view }
  layer.style.transform = ""
  svg.setAttribute("viewBox", `${view.x} ${view.y} ${view.w} ${(view.w * HEIGHT) / WIDTH}`)
  svg.style.setProperty("--u", u)
  svg.classList.toggle("is-close", view.w < WIDTH)
  for (const name of Object.keys(MOVES)) root.querySelector(`[data-do=${name}]`).disabled = view.w >= WIDTH
  drawScale(u)
  draw.timer = setTimeout(placeLabels, 80)
}

function placeLabels() {
  const u = unit()
  const taken = []
  const seen = new Set([...marks.values()].filter((mark) => !mark.isOff && isSeen(mark)))
  const at = (mark) => [(mark.x - view.x) / u, (mark.y - view.y) / u]
  for (const mark of seen) if (!mark.halo) { const [x, y] = at(mark); taken.push({ mark, box: [x - mark.radius, y - mark.radius, x + mark.radius, y + mark.radius] }) }
  for (const mark of marks.values()) if (!seen.has(mark)) say(mark.label, "")
  for (const mark of seen) {
    const [x, y] = at(mark)
    const found = candidates(mark).find(({ dx, dy, anchor, width }) => {
      const left = x + dx - { start: 0, middle: width / 2, end: width }[anchor]
      const pad = mark.halo ? SIZE / 2 : 1
      const box = [left - pad, y + dy - SIZE, left + width + pad, y + dy + SIZE * 0.4]
      if (box[0] < 0 || box[1] < 0 || box[2] > room[0] || box[3] > room[1] || taken.some((other) => other.mark !== mark && meets(box, other.box))) return false
      taken.push({ mark: null, box })
      return true
    })
    say(mark.label, found?.text ?? "")
    if (!found) { mark.halo?.setAttribute("visibility", "hidden"); continue }
    for (const [name, value] of Object.entries({ x: found.dx, y: found.dy, "text-anchor": found.anchor })) mark.label.setAttribute(name, value)
    if (mark.halo) {
      const wide = found.width + SIZE * 1.4
      for (const [name, value] of Object.entries({ visibility: "visible", x: found.dx - wide / 2, y: found.dy - SIZE * 0.35 - 12, width: wide })) mark.halo.setAttribute(name, value)
    }
  }
  for (const { text, x, y, width } of names) {
    const [left, level] = [(x - view.x) / u - width / 2, (y - view.y) / u]
    text.classList.toggle("is-covered", taken.some((other) => meets([left, level - SIZE, left + width, level + SIZE * 0.4], other.box)))
  }
}

/** What says the same already is not laid out again. */
const say = (label, text) => { if (label.textContent !== text) label.textContent = text }

const meets = (one, other) => one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3]

function candidates({ name, n, widths, radius, halo }) {
  return [name, n].flatMap((text, index) => {
    const width = widths[index], beside = radius + 4, level = SIZE * 0.35
    if (halo) return [0, -1, 1, -2, 2, -3, 3].map((lines) => ({ text, width, dx: 0, dy: level + lines * 24, anchor: "middle" }))
    const right = { text, width, dx: beside, dy: level, anchor: "start" }, left = { text, width, dx: -beside, dy: level, anchor: "end" }
    return [...(isRtl ? [left, right] : [right, left]), { text, width, dx: 0, dy: -beside, anchor: "middle" }, { text, width, dx: 0, dy: beside + SIZE * 0.8, anchor: "middle" }]
  })
}

function drawScale(u) {
  const bar = svg.querySelector(".scale"), km = degrees.km * u
  const length = LENGTHS.filter((one) => one / km <= room[0] / 4).at(-1) ?? LENGTHS[0]
  bar.setAttribute("transform", `translate(${view.x + view.w - 14 * u} ${view.y + 16 * u})`)
  bar.querySelector("path").setAttribute("d", `M0 ${-5 * u}v${5 * u}h${-length / degrees.km}v${-5 * u}`)
  bar.querySelector("text").setAttribute("y", 16)
  const told = String(length).replace(/\d/g, (digit) => svg.dataset.digits[digit])
  bar.querySelector("text").textContent = svg.dataset.length.replace("{n}", told)
}

// ---- one place

function choosePlace(id) {
  place = id
  for (const [own, { link }] of marks) link.classList.toggle("is-on", own === id)
  for (const [own, row] of rows) row.classList.toggle("is-on", own === id)
}

// ---- filters

const filters = root.querySelector(".filters")
filters.hidden = false
root.querySelector(".explore__tools").hidden = false
let started = null
filters.addEventListener("toggle", () => { if (filters.open) started ??= startFilters() })

async function startFilters() {
  try {
    const found = await loadClaims()
    await loadRest(found)
    data = found
  } catch {
    started = null
    filters.open = false
    return
  }
  for (const facet of FACETS) for (const id of chosen[facet]) if (!(id in data.labels[facet])) chosen[facet].delete(id)
  const all = filters.querySelector(".filters__all")
  const drawChoice = (facet, id) => el("li", {}, el("label", {}, el("input", { type: "checkbox", value: id, "data-facet": facet, checked: chosen[facet].has(id), onchange: ({ target }) => { if (target.checked) chosen[facet].add(id); else chosen[facet].delete(id); update(); writeAddress() } }), el("span", {}, mixed(data.labels[facet][id])), el("span", { class: "num quiet" })))
  for (const facet of FACETS) {
    await pause()
    all.append(el("details", { class: "filter", open: true }, el("summary", {}, data.names[facet]), el("ul", { role: "list" }, ...data.columns[facet].values.map((id) => drawChoice(facet, id)))))
  }
  update()
}

let turn = 0

/** Show what is chosen: the numbers and the picture at once, the list some rows at a time. What is chosen last is what is shown. */
async function update() {
  const mine = (turn += 1)
  const { found, count } = choose(data, chosen)
  const isAll = found.length === data.ids.length
  const counts = Object.fromEntries(["place", ...FACETS].map((facet) => [facet, new Map(data.columns[facet].values.map((id, n) => [id, count(facet)[n]]))]))
  const of = (id) => counts.place.get(id) ?? 0
  status.textContent = isAll ? root.dataset.total : t(N_("Claims: {n} of {total}"), { n: found.length, total: data.ids.length })
  for (const box of filters.querySelectorAll("input")) box.closest("label").querySelector(".num").textContent = counts[box.dataset.facet].get(box.value)
  for (const [id, mark] of marks) {
    mark.isOff = !isAll && !of(id)
    mark.link.toggleAttribute("hidden", mark.isOff)
    mark.link.classList.toggle("is-off", mark.isOff)
    mark.link.querySelector(".dot")?.setAttribute("r", RADII.find(([least]) => of(id) >= least)[1])
  }
  if (svg) placeLabels()
  const lists = root.querySelector(".map__lists")
  lists.setAttribute("aria-busy", "true")
  let n = 0
  for (const [id, row] of rows) {
    if (n++ % FEW === 0) await pause()
    if (mine !== turn) return
    row.hidden = !isAll && !of(id)
    tellCount(row.querySelector(".map__count"), of(id), isAll)
  }
  for (const group of root.querySelectorAll(".map__groups > li")) group.hidden = !group.querySelector(".map__list > :not([hidden])")
  root.querySelector("#drawn")?.toggleAttribute("hidden", !root.querySelector("ol.map__list > :not([hidden])"))
  tellCount(root.querySelector(".map__nowhere"), of("-"), isAll)
  lists.removeAttribute("aria-busy")
}

/** Say how many claims are left, and lead to these. */
function tellCount(box, count, isAll) {
  const link = box?.querySelector("a")
  if (!link) return
  link.dataset.whole ??= link.textContent
  link.textContent = isAll ? link.dataset.whole : t(N_("Claims: {n} of {total}"), { n: count, total: box.dataset.count })
  const address = new URL(link.href)
  for (const facet of FACETS) if (chosen[facet].size) address.searchParams.set(facet, [...chosen[facet]].join(",")); else address.searchParams.delete(facet)
  link.href = address.href.replaceAll("%2C", ",")
}

// ---- start

// The page is laid out first: it is asked for sizes.
await pause()
if (svg) setUpPicture()
if (place) choosePlace(place)
if (FACETS.some((facet) => chosen[facet].size)) filters.open = true
addEventListener("popstate", () => location.reload())
