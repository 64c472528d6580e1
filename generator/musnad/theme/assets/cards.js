// Cards: what the page of a claim, a source or an entity begins with, beside a link to it. Loaded by page.js when one is wanted.
import { el } from "./elements.js"

/** Milliseconds that the pointer rests before a card opens, and is away before it closes. */
const REST = 300
const GAP = 6
/** What is taken of a page: the statement with all that stands by it, and its passages; or what an entity or a source begins with. */
const PARTS = [".lead > .claim--lead", ".lead:not(:has(> .claim--lead))", ".entity", ".passages"].map((part) => `.md-content__inner > ${part}`).join()

const words = document.querySelector("script[data-close]").dataset
const icons = new Set(Array.from(document.querySelectorAll("symbol"), ({ id }) => id))
const pages = new Map()
const style = el("link", { rel: "stylesheet", href: new URL("cards.css", import.meta.url).href })
const styled = new Promise((done) => { style.onload = style.onerror = done })
const body = el("div")
const lead = el("a", {}, words.record)
const card = el("div", { class: "card md-typeset", popover: "auto", role: "dialog", tabindex: -1, "aria-labelledby": "card-title", onkeydown: leave, onbeforetoggle: forget },
  body, el("p", { class: "card__foot" }, lead, el("button", { type: "button", onclick: () => card.hidePopover() }, words.close)))
document.head.append(style)
document.body.append(card)

const isOpen = () => card.matches(":popover-open")
let opener = null
let pressed = null
let timer

// A second tap on a link closes its card, as any tap beside it does, before it is heard as a click.
addEventListener("pointerdown", () => { pressed = opener; clearTimeout(timer) }, true)

/** Hear of a pointer over a link or over anything else, of a tap on a link, of the key on a link; `to` is where it leads. */
export function hear(event, link, to) {
  if (event.type === "click") return link === pressed ? location.assign(to) : open(link, to, "tap")
  if (event.type === "keydown") return open(link, to, "key")
  // What the reader is in stays.
  if (event.buttons || (isOpen() && card.contains(document.activeElement))) return
  clearTimeout(timer)
  if (card.contains(event.target) || (link && link === opener)) return
  timer = setTimeout(() => (link ? open(link, to, "rest", event.clientY) : close()), REST)
}

async function open(link, to, how, y) {
  clearTimeout(timer)
  opener = link
  await styled
  if (opener !== link) return
  lead.href = to
  // On a bad line, a tap is answered at once, and there is a way on.
  if (how === "tap") show(link, how, y, ["…"])
  try {
    const parts = await load(to.split("#")[0])
    if (opener !== link || !link.isConnected) return
    show(link, how, y, parts.map((part) => part.cloneNode(true)))
    if (how !== "rest") card.focus({ preventScroll: true })
  } catch {
    if (opener !== link) return
    close()
    if (how === "tap") location.assign(to)
  }
}

function close() {
  opener = null
  if (isOpen()) card.hidePopover()
}

/** Ask for a page once; return what is taken of it. */
function load(address) {
  if (!pages.has(address)) {
    const taken = new Promise((done, fail) => {
      // It makes a document with its own address, to which its links are relative, and never hands over markup as text.
      const request = new XMLHttpRequest()
      request.responseType = "document"
      request.onload = () => done(request.response)
      request.onerror = fail
      request.open("GET", address)
      request.send()
    }).then(take)
    taken.catch(() => pages.delete(address))
    pages.set(address, taken)
  }
  return pages.get(address)
}

function take(page) {
  const { lang, dir } = page.documentElement
  const found = [...page.querySelectorAll(PARTS)]
  if (!found.length) throw new Error("no record")
  const drawn = new Set(found.flatMap((part) => Array.from(part.querySelectorAll("use"), (use) => use.getAttribute("href").slice(1))))
  for (const part of found) {
    for (const link of part.querySelectorAll("a[href]")) link.setAttribute("href", link.href)
    for (const one of [part, ...part.querySelectorAll("[id]")]) one.removeAttribute("id")
    for (const heading of part.querySelectorAll("h1, h2")) {
      heading.setAttribute("role", "heading")
      heading.setAttribute("aria-level", Number(heading.tagName[1]) + 1)
    }
    part.querySelector("h1")?.setAttribute("id", "card-title")
  }
  const missing = [...drawn].filter((id) => !icons.has(id)).map((id) => page.getElementById(id))
  const symbols = document.createElementNS("http://www.w3.org/2000/svg", "svg")
  symbols.setAttribute("class", "symbols")
  symbols.append(...missing.map((symbol) => document.importNode(symbol, true)))
  return [symbols, el("article", { lang, dir }, ...found.map((part) => document.importNode(part, true)))]
}

function show(link, how, y, parts) {
  body.replaceChildren(...parts)
  card.classList.toggle("card--sheet", how !== "rest" && matchMedia("(max-width: 36em)").matches)
  if (!isOpen()) card.showPopover()
  card.scrollTop = 0
  place(link, y)
}

/** Put the card below or above the line of the link where there is more room, in the direction of reading, on the screen. */
function place(link, y) {
  card.removeAttribute("style")
  if (card.matches(".card--sheet")) return
  const lines = [...link.getClientRects()]
  const line = lines.find(({ top, bottom }) => top <= y && y <= bottom) ?? lines[0]
  const below = innerHeight - line.bottom - 2 * GAP
  const above = line.top - 2 * GAP
  const isBelow = card.offsetHeight <= below || below >= above
  card.style.maxBlockSize = `${isBelow ? below : above}px`
  const left = getComputedStyle(card).direction === "rtl" ? line.right - card.offsetWidth : line.left
  const most = document.documentElement.clientWidth - card.offsetWidth - GAP
  card.style.left = `${scrollX + Math.max(GAP, Math.min(left, most))}px`
  card.style.top = `${scrollY + (isBelow ? line.bottom + GAP : line.top - GAP - card.offsetHeight)}px`
}

/** From either end of the card, the tabulator leads on from the link. */
function leave(event) {
  if (event.key !== "Tab") return
  const stops = [card, ...card.querySelectorAll("a[href], button")]
  if (document.activeElement !== (event.shiftKey ? stops[0] : stops.at(-1))) return
  if (event.shiftKey) event.preventDefault()
  card.hidePopover()
}

function forget({ newState }) {
  if (newState !== "closed") return
  if (card.contains(document.activeElement)) opener?.focus({ preventScroll: true })
  opener = null
  body.replaceChildren()
}
