// The picture of the explorer: what the list says, drawn as SVG whose layer alone is moved.
import { pause } from "./data.js"
import { follow } from "./pointers.js"
import { isolateEach, makeSvg, paint, writeLine, writeNode } from "./svg.js"

const [NAME, SAID] = [22, 32]
const TOKENS = ["paper", "ink", "edge", "rubric"]
const [LEAST, NEAREST, FARTHEST] = [0.7, 3, 0.2]
const MARGIN = 12
// So many lines or boxes are drawn in one go.
const FEW = 8
const SCALE = 2
const LARGEST = 8000
const INK = Object.fromEntries(TOKENS.map((name) => [name, `var(--${name})`]))
// By direction of reading: away from the inner end, towards it, both ways.
const ARROWS = { ltr: { out: "→", in: "←", both: "↔" }, rtl: { out: "←", in: "→", both: "↔" } }

/** Break a text into lines. */
function wrap(text, most) {
  const lines = [""]
  for (const word of text.split(" ")) {
    const last = lines.length - 1
    if (lines[last] && lines[last].length + word.length >= most) lines.push(word)
    else lines[last] += (lines[last] && " ") + word
  }
  return isolateEach(lines)
}

/** The colours as they are seen, for what is drawn outside the page. */
function readColours() {
  const probe = document.body.appendChild(document.createElement("i"))
  const found = TOKENS.map((name) => { probe.style.color = `var(--${name})`; return [name, getComputedStyle(probe).color] })
  probe.remove()
  return Object.fromEntries(found)
}

/** Make the picture; `view` says what is drawn and what is done with it. */
export function makePicture(frame, view) {
  const at = { x: 0, y: 0, zoom: 1 }
  let scene = { nodes: [], lines: [], box: { x1: 0, y1: 0, w: 0, h: 0 } }
  let layer = null
  let settled = ""
  let turn = 0

  /** Return what is drawn: boxes and lines with their places and words, and what room they take. */
  function compose() {
    const { drawn } = view
    const names = new Map([...drawn.nodes].map((n) => [n, wrap(view.nameOf(n), NAME)]))
    const words = new Map(drawn.lines.map((line) => {
      // A line that is drawn whole may hold something that is not firm.
      const isMixed = view.isFirm(line.edges)
      const claims = [...new Set(line.edges.flatMap((edge) => edge.claims))]
      const tell = (edge) => `${ARROWS[view.isBack ? "rtl" : "ltr"][view.directionOf(edge, line.ends[0])]} ${isMixed && !view.isFirm([edge]) ? "┄ " : ""}${view.tell(edge, line.ends[0])} (${edge.claims.length}) ${view.markOf(edge)}`.trim()
      return [line, { voices: view.leadsOf(claims).flatMap((lead) => wrap(lead, SAID)), of: (edge) => wrap(tell(edge), SAID) }]
    }))
    const { boxes, bend } = view.arrange(drawn, view.start, view.isBack, (line) => [words.get(line).voices.length, line.edges.flatMap(words.get(line).of).length], (n) => names.get(n).length)
    const nodes = [...drawn.nodes].map((n) => ({ ...boxes.get(n), n, lines: names.get(n), isOpen: view.isOpen(n) }))
    const lines = drawn.lines.map((line) => {
      const directions = line.edges.map((edge) => view.directionOf(edge, line.ends[0]))
      return { line, ...bend(line), voices: words.get(line).voices, says: line.edges.map(words.get(line).of), isLoose: !view.isFirm(line.edges), isShown: view.isShown(line), isOut: directions.some((each) => each !== "in"), isIn: directions.some((each) => each !== "out") }
    })
    const spots = [...lines.flatMap(({ points }) => points), ...nodes.flatMap(({ x, y, width, height }) => [{ x: x - width / 2, y: y - height / 2 }, { x: x + width / 2, y: y + height / 2 }])]
    const [xs, ys] = ["x", "y"].map((axis) => spots.map((spot) => spot[axis]))
    const [x1, y1] = [Math.min(...xs, 0), Math.min(...ys, 0)]
    return { nodes, lines, box: { x1, y1, w: Math.max(...xs, 0) - x1, h: Math.max(...ys, 0) - y1 } }
  }

  /** Show another spot, or the same one nearer; some of the picture always stays. */
  function look({ x, y, zoom }) {
    const { box } = scene
    at.zoom = Math.min(NEAREST, Math.max(FARTHEST, zoom))
    const keep = (value, from, long, room) => Math.min(room / 2 - from * at.zoom, Math.max(room / 2 - (from + long) * at.zoom, value))
    at.x = keep(x, box.x1, box.w, frame.clientWidth)
    at.y = keep(y, box.y1, box.h, frame.clientHeight)
    layer.style.transform = `translate(${at.x}px, ${at.y}px) scale(${at.zoom})`
  }

  function zoom(by, x = frame.clientWidth / 2, y = frame.clientHeight / 2) {
    const kept = Math.min(NEAREST, Math.max(FARTHEST, at.zoom * by)) / at.zoom
    look({ x: x - (x - at.x) * kept, y: y - (y - at.y) * kept, zoom: at.zoom * kept })
  }

  /** Show the start at a size that can be read, and as much of the rest as fits. */
  function settle() {
    const { box, nodes } = scene
    const scale = Math.max(LEAST, Math.min(1, (frame.clientWidth - MARGIN * 2) / box.w))
    const most = Math.min(innerHeight * (innerWidth < 700 ? 0.55 : 0.75), 900)
    frame.style.blockSize = `${Math.max(160, Math.min(box.h * scale + 32, most))}px`
    const first = nodes.find(({ n }) => n === view.start) ?? { x: 0, y: 0 }
    const middle = (from, long, room) => (room - (from * 2 + long) * scale) / 2
    const x = box.w * scale <= frame.clientWidth ? middle(box.x1, box.w, frame.clientWidth) : view.isBack ? frame.clientWidth - MARGIN - (box.x1 + box.w) * scale : MARGIN - box.x1 * scale
    const y = box.h * scale + 16 <= frame.clientHeight ? middle(box.y1, box.h, frame.clientHeight) : frame.clientHeight / 2 - first.y * scale
    look({ x, y, zoom: scale })
  }

  /** What is drawn as it stands, for a file or for paper. */
  function drawSvg({ of, notes = [], claims = [] }) {
    const pen = document.createElement("canvas").getContext("2d")
    pen.font = `100px ${getComputedStyle(document.body).fontFamily}`
    const { title, about } = view.caption()
    return makeSvg({ ...scene, title, about, notes, claims, of, isBack: view.isBack, lang: document.documentElement.lang, measure: (text) => pen.measureText(text).width / 100 })
  }

  // Paper gets all of it.
  const paper = frame.parentElement.appendChild(Object.assign(document.createElement("div"), { className: "web__paper" }))
  addEventListener("beforeprint", () => { paper.innerHTML = drawSvg({ of: INK }) })
  addEventListener("afterprint", () => paper.replaceChildren())

  follow(frame, {
    move: (right, down) => look({ ...at, x: at.x + right, y: at.y + down }),
    zoom: (factor, x, y) => { const box = frame.getBoundingClientRect(); zoom(factor, x - box.left, y - box.top) },
  })
  frame.addEventListener("click", ({ target }) => {
    const { node, line } = target.closest("[data-node], [data-line]")?.dataset ?? {}
    if (node) view.openNode(Number(node))
    else if (line) view.openLine(scene.lines[line].line)
  })

  return {
    /** Draw anew, some of it at a time; what was drawn before stays until all is there. Tells whether it was not overtaken. */
    async draw() {
      const mine = (turn += 1)
      scene = compose()
      const before = layer
      const nodes = scene.nodes.map(({ n }) => n).join()
      const made = document.createElementNS("http://www.w3.org/2000/svg", "svg")
      made.setAttribute("class", "web__drawn")
      made.setAttribute("direction", view.isBack ? "rtl" : "ltr")
      const [below, above] = ["g", "g"].map((name) => made.appendChild(document.createElementNS(made.namespaceURI, name)))
      const pieces = [...scene.nodes.map((node) => [above, () => writeNode(node, INK, node.n)]), ...scene.lines.map((line, n) => [below, () => writeLine(line, INK, n)])]
      layer = made
      // What is only chosen leaves the picture where it is.
      if (nodes === settled) look(at)
      else { frame.replaceChildren(); settle() }
      settled = nodes
      made.classList.toggle("is-coming", Boolean(before?.isConnected))
      frame.append(made)
      for (let n = 0; n < pieces.length; n += FEW) {
        if (n) await pause()
        if (mine !== turn) return false
        for (const [group, write] of pieces.slice(n, n + FEW)) group.insertAdjacentHTML("beforeend", write())
      }
      made.classList.remove("is-coming")
      frame.replaceChildren(made)
      return true
    },
    zoom,
    /** For those who can't drag: look a quarter of the frame further to a side. */
    move(right, down) { look({ ...at, x: at.x - (right * frame.clientWidth) / 4, y: at.y - (down * frame.clientHeight) / 4 }) },
    fit() {
      const { box } = scene
      const scale = Math.min(NEAREST, (frame.clientWidth - MARGIN * 2) / box.w, (frame.clientHeight - MARGIN * 2) / box.h)
      look({ x: (frame.clientWidth - (box.x1 * 2 + box.w) * scale) / 2, y: (frame.clientHeight - (box.y1 * 2 + box.h) * scale) / 2, zoom: scale })
    },
    /** The same as a file: words stay words, and every claim behind it stands below. */
    async saveVector() {
      const { lines: caption } = view.caption()
      const claims = await view.listClaims()
      return new Blob([drawSvg({ of: readColours(), notes: [...caption, ...view.legend()].map((text) => ({ text })), claims })], { type: "image/svg+xml" })
    },
    /** The whole picture, with what it is from and where it is found below it. */
    async save() {
      const of = readColours()
      const { box } = scene
      const scale = Math.min(SCALE, LARGEST / box.w, LARGEST / box.h)
      const canvas = document.createElement("canvas")
      const caption = view.caption().lines
      canvas.width = Math.max(box.w * scale + 80, 1200)
      canvas.height = box.h * scale + 100 + caption.length * 40
      const pen = canvas.getContext("2d")
      pen.fillStyle = of.paper
      pen.fillRect(0, 0, canvas.width, canvas.height)
      pen.direction = view.isBack ? "rtl" : "ltr"
      pen.save()
      pen.translate(40, 40)
      pen.scale(scale, scale)
      pen.translate(-box.x1, -box.y1)
      paint(pen, scene, of)
      pen.restore()
      pen.fillStyle = of.ink
      pen.font = `24px ${getComputedStyle(document.body).fontFamily}`
      pen.textAlign = "start"
      caption.forEach((text, n) => pen.fillText(text, view.isBack ? canvas.width - 40 : 40, box.h * scale + 90 + n * 40, canvas.width - 80))
      return new Promise((resolve) => { canvas.toBlob(resolve, "image/png") })
    },
  }
}
