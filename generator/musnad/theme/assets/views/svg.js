// The picture of the explorer: what it is drawn of, as SVG in the page and in a file, or by a pen; its words are text. In a file, every claim behind it stands below with its voice.

const [SMALL, NAME, LARGE] = [11, 13, 15]
const LEADING = 1.25
const ARROW = 8
const PAD = 40
const LEAST = 760
// Who opens the file may have a wider face than the page has.
const WIDER = 1.15
const FACES = "'IBM Plex Sans', 'IBM Plex Sans Arabic', 'Noto Sans', 'Noto Sans Arabic', sans-serif"
const [OPEN, CLOSE] = ["\u2068", "\u2069"]

const escape = (text) => String(text).replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign])
const round = (value) => Math.round(value * 10) / 10
const tag = (name, attributes, ...inner) => `<${name}${Object.entries(attributes).map(([key, value]) => value === undefined || value === false ? "" : ` ${key}="${escape(typeof value === "number" ? round(value) : value)}"`).join("")}>${inner.join("")}</${name}>`

// ---- what is drawn: shapes, `{d, fill, stroke, width, dash}`, and words, `{lines, x, y, size, fill, isBold, name}`, lines around a middle

const trace = (points) => points.map(({ x, y }, n) => `${n ? "L" : "M"}${round(x)} ${round(y)}`).join("")

function shapeArrow(end, from, fill) {
  const back = Math.sign(from.x - end.x) * ARROW
  return { d: `M${round(end.x)} ${round(end.y)}l${back} ${-ARROW / 2}v${ARROW}z`, fill }
}

/** One line of the picture, with its voices above and what it says below, words for each relation. */
function shapeLine(line, of) {
  const { points } = line
  const ink = line.isShown ? of.ink : of.edge
  const rows = line.says.flat()
  let row = 0
  const around = (y, lines, more) => ({ lines, x: line.middle, y: points.at(-1).y + y, size: SMALL, ...more })
  return [
    { d: trace(points), stroke: ink, width: line.isShown ? 3 : 1.5, dash: line.isLoose ? [5, 4] : [] },
    line.isOut && shapeArrow(points.at(-1), points.at(-2), ink),
    line.isIn && shapeArrow(points[0], points[1], ink),
    around(-line.voices.length * 7 - 3, line.voices, { name: "voice", fill: of.rubric, isBold: true }),
    ...line.says.map((lines) => {
      const at = row + (lines.length - 1) / 2 - (rows.length - 1) / 2
      row += lines.length
      return around(rows.length * 7 + 3 + at * SMALL * LEADING, lines, { name: "says", fill: of.ink })
    }),
  ].filter(Boolean)
}

const shapeNode = ({ x, y, width, height, isOpen, lines }, of) => [
  { d: `M${round(x - width / 2)} ${round(y - height / 2)}h${round(width)}v${round(height)}h${-round(width)}z`, fill: of.paper, stroke: isOpen ? of.ink : of.edge, width: isOpen ? 2 : 1, dash: [] },
  { lines, x, y, size: NAME, fill: of.ink, isBold: isOpen },
]

const heightOf = ({ lines, y, size }, n) => y + (n - (lines.length - 1) / 2) * size * LEADING + size * 0.35

const write = (shape) => shape.lines
  ? tag("text", { class: shape.name, fill: shape.fill, "font-size": shape.size, "font-weight": shape.isBold && 700, "text-anchor": "middle" }, ...shape.lines.map((line, n) => tag("tspan", { x: shape.x, y: heightOf(shape, n) }, escape(line))))
  : tag("path", { d: shape.d, fill: shape.fill ?? "none", stroke: shape.stroke ?? "none", "stroke-width": shape.width, "stroke-dasharray": shape.dash?.length && shape.dash.join(" ") || undefined })

/** Return a line as SVG; `n` is what it is known by in the page, where it can be taken hold of beside it. */
export const writeLine = (line, of, n) => tag("g", { class: line.isLoose ? "edge edge--loose" : "edge", "data-line": n },
  n === undefined ? tag("title", {}, escape([...line.voices, ...line.says.flat()].join(" "))) : tag("path", { class: "edge__hold", d: trace(line.points) }),
  ...shapeLine(line, of).map(write))

/** Return a box with its name as SVG. */
export const writeNode = (node, of, n) => tag("g", { class: "node", "data-node": n }, ...shapeNode(node, of).map(write))

/** Draw the same with a pen that is set to the picture's place and size. */
export function paint(pen, { lines, nodes }, of) {
  const face = getComputedStyle(document.body).fontFamily
  pen.textAlign = "center"
  for (const shape of [...lines.flatMap((line) => shapeLine(line, of)), ...nodes.flatMap((node) => shapeNode(node, of))]) {
    pen.fillStyle = shape.fill ?? "transparent"
    if (shape.lines) {
      pen.font = `${shape.isBold ? 700 : 400} ${shape.size}px ${face}`
      shape.lines.forEach((line, n) => pen.fillText(line, shape.x, heightOf(shape, n)))
      continue
    }
    pen.fill(new Path2D(shape.d))
    if (!shape.stroke) continue
    Object.assign(pen, { strokeStyle: shape.stroke, lineWidth: shape.width })
    pen.setLineDash(shape.dash)
    pen.stroke(new Path2D(shape.d))
  }
}
// ---- the file

/** Break words into lines no wider than wanted; an address may be longer than a line. */
function fill(text, width, measure) {
  const lines = []
  let line = ""
  const parts = (word) => { const most = Math.floor((word.length * width) / measure(word)); return word.length > most ? word.match(new RegExp(`.{1,${most}}`, "gu")) : [word] }
  for (const word of text.split(/\s+/).filter(Boolean).flatMap(parts)) {
    if (line && measure(`${line} ${word}`) > width) { lines.push(line); line = word } else line += (line && " ") + word
  }
  return isolateEach([...lines, line])
}

/** Let what is isolated stay so on each of the lines that it was broken into. */
export function isolateEach(lines) {
  let isOpen = false
  return lines.map((each) => {
    const begun = (isOpen ? OPEN : "") + each
    isOpen = begun.lastIndexOf(OPEN) > begun.lastIndexOf(CLOSE)
    return begun + (isOpen ? CLOSE : "")
  })
}

/** A paragraph that opens with its voice, and how high it is. */
function paragraph({ lead = "", text }, x, y, width, size, of, isBack, measure) {
  const opening = lead.split(/\s+/).filter(Boolean).length
  let word = 0
  const lines = fill(`${lead} ${text}`, width, (line) => measure(line) * size * WIDER)
  const rows = lines.map((line, n) => {
    const words = line.split(" ")
    const red = Math.max(0, Math.min(words.length, opening - word))
    word += words.length
    const voice = red && tag("tspan", { class: "voice", fill: of.rubric, "font-weight": 700 }, escape(words.slice(0, red).join(" ")))
    return tag("tspan", { x, y: y + (n + 0.8) * size * 1.5 }, voice || "", voice && red < words.length ? " " : "", escape(words.slice(red).join(" ")))
  })
  return { drawn: tag("text", { fill: of.ink, "font-size": size, class: lead && "claim" }, ...rows), height: lines.length * size * 1.5 + size * 0.5 }
}

/**
 * Return the picture as a text. `lines` and `nodes` have places in one system of their own, `box` is what they take; `notes` and `claims` are
 * paragraphs below it, `{lead, text}`, none of them cut; `measure(text)` is how wide a text of size 1 is; `of` names the colours.
 */
export function makeSvg({ title, about, lang, isBack, of, box, lines, nodes, notes, claims, measure }) {
  const width = Math.max(LEAST, box.w + PAD * 2)
  const at = isBack ? width - PAD : PAD
  let y = box.h + PAD * 2
  const below = []
  for (const [all, size] of [[notes, NAME], [claims, LARGE]]) {
    for (const each of all) {
      const made = paragraph(each, at, y, width - PAD * 2, size, of, isBack, measure)
      below.push(made.drawn)
      y += made.height
    }
    y += NAME
  }
  // Where the picture is narrower than its words, it stands where reading begins.
  const left = isBack ? width - PAD - box.x1 - box.w : PAD - box.x1
  return tag("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${round(width)} ${round(y)}`, width, height: y, "xml:lang": lang, direction: isBack ? "rtl" : "ltr", "font-family": FACES, role: "img" },
    tag("title", {}, escape(title)), tag("desc", {}, escape(about)),
    tag("rect", { width, height: y, fill: of.paper }),
    tag("g", { transform: `translate(${round(left)} ${round(PAD - box.y1)})` }, ...lines.map((line) => writeLine(line, of)), ...nodes.map((node) => writeNode(node, of))),
    tag("g", { class: "below", "text-anchor": "start" }, ...below))
}
