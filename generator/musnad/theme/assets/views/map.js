// The map: nearer and farther, places found in picture and list alike, claims filtered. Every state of it has an address.
import { el, mixed } from "../elements.js"
import { choose, loadClaims, loadRest, N_, t } from "./data.js"

const FACETS = ["source", "modality", "named"]
const NEAREST = 16
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
const [, , WIDTH, HEIGHT] = svg?.getAttribute("viewBox").split(" ").map(Number) ?? []
const view = { x: 0, y: 0, w: WIDTH }
const degrees = svg && Object.fromEntries(["west", "north", "east", "south", "km"].map((name) => [name, Number(svg.dataset[name])]))

function setUpPicture() {
  for (const link of places) {
    const [text, ...others] = link.querySelectorAll(".place__text")
    for (const other of others) other.remove()
    const label = text ?? link.querySelector(".place__in").appendChild(document.createElementNS(svg.namespaceURI, "text"))
    label.setAttribute("class", "place__text")
    label.setAttribute("direction", "ltr")
    const { id, name, n } = link.dataset
    const halo = link.querySelector(".halo")
    for (const other of [...link.querySelectorAll(".halo-at")].slice(1)) other.remove()
    link.querySelector(".halo-at")?.setAttribute("class", "halo-at")
    marks.set(id, { link, label, halo, name, n, widths: [], x: Number(link.dataset.x), y: Number(link.dataset.y), radius: Number(link.dataset.radius), isOff: false })
    for (const event of ["pointerenter", "focus"]) link.addEventListener(event, () => rows.get(id)?.classList.add("is-near"))
    for (const event of ["pointerleave", "blur"]) link.addEventListener(event, () => rows.get(id)?.classList.remove("is-near"))
    const row = rows.get(id)
    for (const event of ["pointerenter", "focusin"]) row?.addEventListener(event, () => link.classList.add("is-on"))
    for (const event of ["pointerleave", "focusout"]) row?.addEventListener(event, () => link.classList.toggle("is-on", id === place))
    link.addEventListener("focus", () => { if (!isSeen(marks.get(id))) look(marks.get(id).x, marks.get(id).y, view.w) })
  }
  svg.classList.add("is-live")
  measureLabels()
  svg.setAttribute("tabindex", "0")
  svg.addEventListener("keydown", onKey)
  svg.addEventListener("wheel", onWheel, { passive: false })
  svg.addEventListener("dblclick", (event) => { event.preventDefault(); zoom(1 / STEP, ...spotOf(event)) })
  svg.addEventListener("dragstart", (event) => event.preventDefault())
  svg.addEventListener("pointerdown", onDown)
  svg.addEventListener("pointermove", onMove)
  for (const event of ["pointerup", "pointercancel"]) svg.addEventListener(event, onUp)
  const buttons = root.querySelector(".map__buttons")
  buttons.hidden = false
  buttons.addEventListener("click", ({ target }) => act(target.closest("button")?.dataset.do))
  new ResizeObserver(draw).observe(svg)
  document.fonts?.ready.then(() => {
    measureLabels()
    draw()
  })
  const at = (asked.get("at") ?? "").split(",").map(Number)
  if (at.length === 3 && at.every(Number.isFinite) && at[2] >= 1) look(((at[0] - degrees.west) / (degrees.east - degrees.west)) * WIDTH, ((degrees.north - at[1]) / (degrees.north - degrees.south)) * HEIGHT, WIDTH / at[2])
  else if (marks.has(place)) look(marks.get(place).x, marks.get(place).y, WIDTH / 2.5)
  else draw()
  placeLabels()
}

/** Measure what labels may say: with a pen beside the page, which would be laid out anew for each of them. */
function measureLabels() {
  const pen = document.createElement("canvas").getContext("2d")
  const [first] = marks.values()
  if (!first) return
  const { fontWeight, fontFamily } = getComputedStyle(first.label)
  pen.font = `${fontWeight} ${SIZE}px ${fontFamily}`
  for (const mark of marks.values()) mark.widths = [mark.name, mark.n].map((words) => pen.measureText(words).width)
}

/** Centre longitude, latitude and how many times nearer; nothing where all is seen. */
function tellView() {
  if (view.w >= WIDTH) return ""
  const x = view.x + view.w / 2, y = view.y + (view.w * HEIGHT) / WIDTH / 2
  const spot = [degrees.west + (x / WIDTH) * (degrees.east - degrees.west), degrees.north - (y / HEIGHT) * (degrees.north - degrees.south)]
  return [...spot.map((value) => value.toFixed(2)), (WIDTH / view.w).toFixed(1)].join(",")
}

const unit = () => view.w / (svg.clientWidth || WIDTH)
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

function act(what) {
  if (what === "in") zoom(1 / STEP)
  else if (what === "out") zoom(STEP)
  else if (what === "all") { if (place) choosePlace(""); look(WIDTH / 2, HEIGHT / 2, WIDTH) }
}

function onKey(event) {
  const far = view.w / 6, isNear = view.w < WIDTH
  const keys = { "+": () => zoom(1 / STEP), "=": () => zoom(1 / STEP), "-": () => zoom(STEP), 0: () => act("all"), ...(isNear && { ArrowLeft: () => move(-far, 0), ArrowRight: () => move(far, 0), ArrowUp: () => move(0, -far), ArrowDown: () => move(0, far) }) }
  if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return
  event.preventDefault()
  keys[event.key]()
}

const spotOf = (event) => { const box = svg.getBoundingClientRect(); return [view.x + ((event.clientX - box.left) / box.width) * view.w, view.y + ((event.clientY - box.top) / box.width) * view.w] }

/** The page is scrolled by the wheel; with a key, or by two fingers on a pad, the map comes nearer. */
function onWheel(event) {
  if (!event.ctrlKey && !event.metaKey) return
  event.preventDefault()
  zoom(Math.exp(Math.max(-60, Math.min(60, event.deltaY)) / 150), ...spotOf(event))
}

const pointers = new Map()
let dragged = 0

function onDown(event) {
  if (event.button) return
  pointers.set(event.pointerId, event)
  if (pointers.size === 1) dragged = 0
}

function onMove(event) {
  const before = pointers.get(event.pointerId)
  if (!before) return
  const others = [...pointers.values()].filter(({ pointerId }) => pointerId !== event.pointerId)
  if (others.length) {
    const apart = (one, other) => Math.max(20, Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY))
    dragged = 99
    zoom(apart(before, others[0]) / apart(event, others[0]), ...spotOf({ clientX: (event.clientX + others[0].clientX) / 2, clientY: (event.clientY + others[0].clientY) / 2 }))
  } else if (view.w < WIDTH) {
    dragged += Math.hypot(event.clientX - before.clientX, event.clientY - before.clientY)
    if (dragged < 4) return
    if (!svg.hasPointerCapture(event.pointerId)) svg.setPointerCapture(event.pointerId)
    svg.classList.add("is-dragged")
    move((before.clientX - event.clientX) * unit(), (before.clientY - event.clientY) * unit())
  }
  pointers.set(event.pointerId, event)
}

function onUp(event) {
  pointers.delete(event.pointerId)
  svg.classList.remove("is-dragged")
}

// What was dragged was not clicked.
svg?.addEventListener("click", (event) => { if (dragged >= 4) event.preventDefault() }, true)

// ---- labels, so that none lies over another

/** Show what is looked at; labels find their places when it has come to rest. */
function draw() {
  const u = unit()
  svg.setAttribute("viewBox", `${view.x} ${view.y} ${view.w} ${(view.w * HEIGHT) / WIDTH}`)
  svg.style.setProperty("--u", u)
  svg.classList.toggle("is-close", view.w < WIDTH)
  drawScale(u)
  clearTimeout(draw.timer)
  draw.timer = setTimeout(placeLabels, 80)
}

function placeLabels() {
  const u = unit()
  const taken = []
  const room = [svg.clientWidth, svg.clientHeight]
  const seen = [...marks.values()].filter((mark) => !mark.isOff && isSeen(mark))
  const at = (mark) => [(mark.x - view.x) / u, (mark.y - view.y) / u]
  for (const mark of seen) if (!mark.halo) { const [x, y] = at(mark); taken.push({ mark, box: [x - mark.radius, y - mark.radius, x + mark.radius, y + mark.radius] }) }
  for (const mark of marks.values()) if (!seen.includes(mark)) mark.label.textContent = ""
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
    mark.label.textContent = found?.text ?? ""
    if (!found) { mark.halo?.setAttribute("visibility", "hidden"); continue }
    for (const [name, value] of Object.entries({ x: found.dx, y: found.dy, "text-anchor": found.anchor })) mark.label.setAttribute(name, value)
    if (mark.halo) {
      const wide = found.width + SIZE * 1.4
      for (const [name, value] of Object.entries({ visibility: "visible", x: found.dx - wide / 2, y: found.dy - SIZE * 0.35 - 12, width: wide })) mark.halo.setAttribute(name, value)
    }
  }
  const all = svg.getBoundingClientRect()
  const names = [...svg.querySelectorAll(".ground__name")].map((text) => [text, text.getBoundingClientRect()])
  for (const [text, box] of names) {
    const own = [box.left - all.left, box.top - all.top, box.right - all.left, box.bottom - all.top]
    text.classList.toggle("is-covered", taken.some((other) => meets(own, other.box)))
  }
}

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
  const length = LENGTHS.filter((one) => one / km <= svg.clientWidth / 4).at(-1) ?? LENGTHS[0]
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
filters.addEventListener("toggle", () => { if (filters.open && !data) startFilters() })

async function startFilters() {
  try {
    const found = await loadClaims()
    await loadRest(found)
    data = found
  } catch {
    filters.open = false
    return
  }
  for (const facet of FACETS) for (const id of chosen[facet]) if (!(id in data.labels[facet])) chosen[facet].delete(id)
  filters.querySelector(".filters__all").replaceChildren(...FACETS.map((facet) => el("details", { class: "filter", open: true }, el("summary", {}, data.names[facet]), el("ul", { role: "list" }, ...data.columns[facet].values.map((id) => el("li", {}, el("label", {}, el("input", { type: "checkbox", value: id, "data-facet": facet, checked: chosen[facet].has(id), onchange: ({ target }) => { if (target.checked) chosen[facet].add(id); else chosen[facet].delete(id); update(); writeAddress() } }), el("span", {}, mixed(data.labels[facet][id])), el("span", { class: "num quiet" }))))))))
  update()
}

function update() {
  const { found, counts } = choose(data, chosen)
  const isAll = found.length === data.ids.length
  const values = data.columns.place.values
  const of = (id) => (values.includes(id) ? counts.place[values.indexOf(id)] : 0)
  for (const box of filters.querySelectorAll("input")) box.closest("label").querySelector(".num").textContent = counts[box.dataset.facet][data.columns[box.dataset.facet].values.indexOf(box.value)]
  for (const [id, row] of rows) {
    row.hidden = !isAll && !of(id)
    tellCount(row.querySelector(".map__count"), of(id), isAll)
  }
  for (const group of root.querySelectorAll(".map__groups > li")) group.hidden = !group.querySelector(".map__list > :not([hidden])")
  root.querySelector("#drawn")?.toggleAttribute("hidden", !root.querySelector("ol.map__list > :not([hidden])"))
  tellCount(root.querySelector(".map__nowhere"), of("-"), isAll)
  for (const [id, mark] of marks) {
    mark.isOff = !isAll && !of(id)
    mark.link.toggleAttribute("hidden", mark.isOff)
    mark.link.classList.toggle("is-off", mark.isOff)
    mark.link.querySelector(".dot")?.setAttribute("r", RADII.find(([least]) => of(id) >= least)[1])
  }
  status.textContent = isAll ? root.dataset.total : t(N_("Claims: {n} of {total}"), { n: found.length, total: data.ids.length })
  if (svg) placeLabels()
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

if (svg) setUpPicture()
if (place) choosePlace(place)
if (FACETS.some((facet) => chosen[facet].size)) filters.open = true
addEventListener("popstate", () => location.reload())
