// The picture of the explorer: what the list says, drawn by Cytoscape.js, which is loaded here alone.
import cytoscape from "./vendor/cytoscape.js"
import { isolateEach, makeSvg } from "./svg.js"

const [NAME, SAID] = [22, 32]
const [RIGHT, LEFT, END] = ["\u2067", "\u2066", "\u2069"]
const TOKENS = ["paper", "ink", "edge", "rubric"]
const LEAST = 0.7
// By direction of reading: away from the inner end, towards it, both ways.
const ARROWS = { ltr: { out: "→", in: "←", both: "↔" }, rtl: { out: "←", in: "→", both: "↔" } }

/** Break a text into lines that read in the direction of the page wherever they are drawn. */
function wrap(text, most, isBack) {
  const lines = [""]
  for (const word of text.split(" ")) {
    const last = lines.length - 1
    if (lines[last] && lines[last].length + word.length >= most) lines.push(word)
    else lines[last] += (lines[last] && " ") + word
  }
  return lines.map((line) => `${isBack ? RIGHT : LEFT}${line}${END}`)
}

/** The colours as they are seen: under forced colours the tokens are names that the library does not know. */
function readColours() {
  const probe = document.body.appendChild(document.createElement("i"))
  const found = TOKENS.map((name) => { probe.style.color = `var(--${name})`; return [name, getComputedStyle(probe).color] })
  probe.remove()
  return Object.fromEntries(found)
}

function makeStyle() {
  const of = readColours()
  const family = getComputedStyle(document.body).getPropertyValue("--face").trim()
  const text = { "font-family": family, "text-wrap": "wrap", "text-max-width": 1000, "line-height": 1.25, "min-zoomed-font-size": 0 }
  const line = { "edge-distances": "endpoints", width: 1.5, events: "yes" }
  return [
    { selector: "node", style: { ...text, shape: "rectangle", width: "data(width)", height: "data(height)", label: "data(label)", "font-size": 13, color: of.ink, "text-valign": "center", "text-halign": "center", "background-color": of.paper, "border-width": 1, "border-color": of.edge } },
    { selector: "node.open", style: { "border-width": 2, "border-color": of.ink, "font-weight": 700 } },
    { selector: "edge", style: { ...text, ...line, "font-size": 11, color: of.ink, "line-color": of.edge, "target-arrow-color": of.edge, "source-arrow-color": of.edge, "arrow-scale": 0.9, "target-label": "data(says)", "target-text-offset": "data(text)", "target-text-margin-y": "data(below)", "curve-style": "segments", "segment-weights": "data(weights)", "segment-distances": "data(distances)", "source-endpoint": "data(from)", "target-endpoint": "data(to)" } },
    { selector: "edge[?out]", style: { "target-arrow-shape": "triangle" } },
    { selector: "edge[?in]", style: { "source-arrow-shape": "triangle" } },
    { selector: "edge[?loose]", style: { "line-style": "dashed", "line-dash-pattern": [5, 4] } },
    { selector: "edge.shown", style: { width: 3, "line-color": of.ink, "target-arrow-color": of.ink, "source-arrow-color": of.ink } },
    // The voice has a line of its own that is not seen, as one line has words of one colour.
    { selector: "edge[?voice]", style: { "line-opacity": 0, color: of.rubric, "font-weight": 700, events: "no", "target-text-margin-y": "data(above)" } },
  ]
}

/** Make the picture; `view` says what is drawn and what is done with it. */
export function makePicture(frame, view) {
  // The library would put its one rule of style into the page, which a strict policy refuses; the stylesheet has it.
  if (!document.getElementById("__________cytoscape_stylesheet")) document.head.append(Object.assign(document.createElement("meta"), { id: "__________cytoscape_stylesheet" }))
  const cy = cytoscape({ container: frame, style: makeStyle(), autoungrabify: true, boxSelectionEnabled: false, selectionType: "single", minZoom: 0.2, maxZoom: 3 })
  const lines = new Map()
  let told = new Map()
  let settled = ""

  function makeElements() {
    const { drawn } = view
    told = new Map()
    const names = new Map([...drawn.nodes].map((n) => [n, wrap(view.nameOf(n), NAME, view.isBack)]))
    const texts = (line) => {
      if (!told.has(line)) {
        // A line that is drawn whole may hold something that is not firm.
        const isMixed = view.isFirm(line.edges)
        const claims = [...new Set(line.edges.flatMap((edge) => edge.claims))]
        told.set(line, {
          above: view.leadsOf(claims).flatMap((lead) => wrap(lead, SAID, view.isBack)),
          below: line.edges.map((edge) => wrap(`${ARROWS[view.isBack ? "rtl" : "ltr"][view.directionOf(edge, line.ends[0])]} ${isMixed && !view.isFirm([edge]) ? "┄ " : ""}${view.tell(edge, line.ends[0])} (${edge.claims.length}) ${view.markOf(edge)}`.trim(), SAID, view.isBack)),
        })
      }
      return told.get(line)
    }
    const { boxes, bend } = view.arrange(drawn, view.start, view.isBack, (line) => [texts(line).above.length, texts(line).below.flat().length], (n) => names.get(n).length)
    lines.clear()
    return [
      ...[...drawn.nodes].map((n) => ({ group: "nodes", data: { id: `n${n}`, label: names.get(n).join("\n"), width: boxes.get(n).width, height: boxes.get(n).height }, position: { x: boxes.get(n).x, y: boxes.get(n).y }, classes: view.isOpen(n) ? "open" : "" })),
      ...drawn.lines.flatMap((line, n) => {
        const { above, below: all } = texts(line)
        const below = all.flat()
        const directions = line.edges.map((edge) => view.directionOf(edge, line.ends[0]))
        const shared = { source: `n${line.ends[0]}`, target: `n${line.ends[1]}`, above: -above.length * 7 - 3, below: below.length * 7 + 3, ...bend(line) }
        lines.set(`e${n}`, line)
        return [
          { group: "edges", data: { ...shared, id: `e${n}`, says: below.join("\n"), out: directions.some((each) => each !== "in"), in: directions.some((each) => each !== "out"), loose: !view.isFirm(line.edges) }, classes: view.isShown(line) ? "shown" : "" },
          { group: "edges", data: { ...shared, id: `v${n}`, says: above.join("\n"), voice: true } },
        ]
      }),
    ]
  }

  /** Show the start at a size that can be read, and as much of the rest as fits. */
  function settle() {
    const box = cy.elements().boundingBox()
    const zoom = Math.max(LEAST, Math.min(1, (frame.clientWidth - 24) / box.w))
    const most = Math.min(innerHeight * (innerWidth < 700 ? 0.55 : 0.75), 900)
    frame.style.blockSize = `${Math.max(160, Math.min(box.h * zoom + 32, most))}px`
    cy.resize()
    cy.zoom(zoom)
    const first = cy.getElementById(`n${view.start}`).position() ?? { x: 0, y: 0 }
    const fits = box.w * zoom <= frame.clientWidth
    const x = fits ? (frame.clientWidth - (box.x1 + box.x2) * zoom) / 2 : view.isBack ? frame.clientWidth - 12 - box.x2 * zoom : 12 - box.x1 * zoom
    const y = box.h * zoom + 16 <= frame.clientHeight ? (frame.clientHeight - (box.y1 + box.y2) * zoom) / 2 : frame.clientHeight / 2 - first.y * zoom
    cy.pan({ x, y })
  }

  /** What is drawn as it stands, for a file or for paper. */
  function drawSvg({ of, notes = [], claims = [] }) {
    // The file says its direction; what turns each line for the canvas goes.
    const bare = (lines) => isolateEach(lines.map((line) => line.slice(1, -1)))
    const pen = document.createElement("canvas").getContext("2d")
    pen.font = `100px ${getComputedStyle(document.body).fontFamily}`
    const { x1, y1, w, h } = cy.elements().boundingBox()
    const { title, about } = view.caption()
    return makeSvg({
      title, about, notes, claims, of, isBack: view.isBack, lang: document.documentElement.lang, box: { x1, y1, w, h },
      measure: (text) => pen.measureText(text).width / 100,
      nodes: cy.nodes().map((node) => ({ ...node.position(), width: node.data("width"), height: node.data("height"), isOpen: node.hasClass("open"), lines: bare(node.data("label").split("\n")) })),
      lines: cy.edges("[!voice]").map((edge) => {
        const { above, below } = told.get(lines.get(edge.id()))
        const { text, loose: isLoose, out: isOut, in: isIn, below: down } = edge.data()
        return { from: edge.sourceEndpoint(), bends: edge.segmentPoints(), to: edge.targetEndpoint(), text, isLoose, isOut, isIn, isShown: edge.hasClass("shown"), below: down, above: cy.getElementById(`v${edge.id().slice(1)}`).data("above"), voices: bare(above), says: below.map(bare) }
      }),
    })
  }

  // A canvas is cut off on paper and has the colours of the screen; the same as SVG is neither.
  const paper = frame.parentElement.appendChild(Object.assign(document.createElement("div"), { className: "web__paper" }))
  addEventListener("beforeprint", () => { paper.innerHTML = drawSvg({ of: Object.fromEntries(TOKENS.map((name) => [name, `var(--${name})`])) }) })
  addEventListener("afterprint", () => paper.replaceChildren())

  cy.on("tap", "node", ({ target }) => view.openNode(Number(target.id().slice(1))))
  cy.on("tap", "edge", ({ target }) => view.openLine(lines.get(target.id())))
  // A wheel scrolls the page; with Ctrl, and with two fingers, it is the picture that grows.
  frame.parentElement.addEventListener("wheel", (event) => { if (!event.ctrlKey) event.stopPropagation() }, { capture: true })
  new MutationObserver(() => cy.style(makeStyle())).observe(document.body, { attributeFilter: ["data-md-color-scheme"] })
  document.fonts?.ready.then(() => cy.style(makeStyle()))

  return {
    cy,
    draw() {
      const nodes = [...view.drawn.nodes].join()
      cy.batch(() => { cy.elements().remove(); cy.add(makeElements()) })
      // What is only chosen leaves the picture where it is.
      if (nodes !== settled) settle()
      settled = nodes
    },
    zoom: (by) => cy.zoom({ level: cy.zoom() * by, renderedPosition: { x: frame.clientWidth / 2, y: frame.clientHeight / 2 } }),
    fit: () => cy.fit(undefined, 12),
    /** The same as SVG: words stay words, and every claim behind it stands below. */
    async saveVector() {
      const { lines: caption } = view.caption()
      const claims = await view.listClaims()
      return new Blob([drawSvg({ of: readColours(), notes: [...caption, ...view.legend()].map((text) => ({ text })), claims })], { type: "image/svg+xml" })
    },
    /** The whole picture, with what it is from and where it is found below it. */
    async save() {
      const of = readColours()
      const drawing = await createImageBitmap(await cy.png({ output: "blob-promise", full: true, scale: 2, maxWidth: 8000, maxHeight: 8000, bg: of.paper }))
      const canvas = document.createElement("canvas")
      const caption = view.caption().lines
      canvas.width = Math.max(drawing.width + 80, 1200)
      canvas.height = drawing.height + 100 + caption.length * 40
      const pen = canvas.getContext("2d")
      pen.fillStyle = of.paper
      pen.fillRect(0, 0, canvas.width, canvas.height)
      pen.drawImage(drawing, 40, 40)
      pen.fillStyle = of.ink
      pen.font = `24px ${getComputedStyle(document.body).fontFamily}`
      pen.direction = view.isBack ? "rtl" : "ltr"
      pen.textAlign = "start"
      caption.forEach((text, n) => pen.fillText(text, view.isBack ? canvas.width - 40 : 40, drawing.height + 90 + n * 40, canvas.width - 80))
      return new Promise((resolve) => { canvas.toBlob(resolve, "image/png") })
    },
  }
}
