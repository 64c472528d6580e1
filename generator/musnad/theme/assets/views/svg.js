// The picture of the explorer as SVG: its words are text, and below it stands every claim behind it with its voice.

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

/** Lines of text around a middle, each from its own height. */
function block(lines, x, y, size, attributes) {
  const high = size * LEADING
  return tag("text", { ...attributes, "text-anchor": "middle" }, ...lines.map((line, n) => tag("tspan", { x, y: y + (n - (lines.length - 1) / 2) * high + size * 0.35 }, escape(line))))
}

function arrow(end, from, colour) {
  const back = Math.sign(from.x - end.x) * ARROW
  return tag("path", { d: `M${round(end.x)} ${round(end.y)}l${back} ${-ARROW / 2}v${ARROW}z`, fill: colour, stroke: "none" })
}

/** One line of the picture, with its voices above and what it says below, a text for each relation. */
function drawLine(line, of) {
  const points = [line.from, ...line.bends, line.to]
  const side = Math.sign(line.bends.at(-1).x - line.to.x) || 1
  const middle = line.to.x + side * line.text
  const rows = line.says.flat()
  let row = 0
  return tag("g", { class: line.isLoose ? "edge edge--loose" : "edge" },
    tag("title", {}, escape([...line.voices, ...rows].join(" "))),
    tag("path", { d: points.map(({ x, y }, n) => `${n ? "L" : "M"}${round(x)} ${round(y)}`).join(""), fill: "none", stroke: of.edge, "stroke-width": line.isShown ? 3 : 1.5, "stroke-dasharray": line.isLoose && "5 4" }),
    line.isOut ? arrow(line.to, points.at(-2), of.edge) : "",
    line.isIn ? arrow(line.from, points[1], of.edge) : "",
    block(line.voices, middle, line.to.y + line.above, SMALL, { class: "voice", fill: of.rubric, "font-weight": 700, "font-size": SMALL }),
    ...line.says.map((says) => {
      const at = row + (says.length - 1) / 2 - (rows.length - 1) / 2
      row += says.length
      return block(says, middle, line.to.y + line.below + at * SMALL * LEADING, SMALL, { class: "says", fill: of.ink, "font-size": SMALL })
    }))
}

const drawNode = (node, of) => tag("g", { class: "node" },
  tag("rect", { x: node.x - node.width / 2, y: node.y - node.height / 2, width: node.width, height: node.height, fill: of.paper, stroke: node.isOpen ? of.ink : of.edge, "stroke-width": node.isOpen ? 2 : 1 }),
  block(node.lines, node.x, node.y, NAME, { fill: of.ink, "font-size": NAME, "font-weight": node.isOpen && 700 }))

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
    tag("g", { transform: `translate(${round(left)} ${round(PAD - box.y1)})` }, ...lines.map((line) => drawLine(line, of)), ...nodes.map((node) => drawNode(node, of))),
    tag("g", { class: "below", "text-anchor": "start" }, ...below))
}
