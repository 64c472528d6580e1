// Beside the results of the search: chips that narrow them, and the way to the table of all claims. It comes with the first results.
import { el, mixed } from "./elements.js"

const style = el("link", { rel: "stylesheet", href: new URL("found.css", import.meta.url).href })
document.head.append(style)

const base = new URL("../", import.meta.url)
const query = document.querySelector(".md-search__input")
const bar = el("div", { class: "narrow", role: "toolbar", hidden: true, onclick: choose, onkeydown: move, onfocusin: ({ target }) => stand(target) })
document.querySelector(".md-search-result__meta").after(bar)
// The theme closes the search at this key; here it leads to the chips.
query.addEventListener("keydown", (event) => { if (event.key === "Tab" && !event.shiftKey && !bar.hidden) go(event, buttons().find((button) => button.tabIndex === 0)) })

let channel = null
let told = ""

const buttons = () => [...bar.querySelectorAll("button")]

/** Draw what the worker tells of results: anew where it tells something else. */
export function draw(list) {
  const all = list.querySelector("[data-all]")
  if (all && !list.querySelector(".search-all")) {
    const link = el("a", { href: new URL(all.dataset.table, base).href, class: "search-all__link" }, all.dataset.all)
    all.closest("li").after(el("li", { class: "search-all" }, link))
  }
  const chips = list.querySelector("[data-chips]")?.dataset.chips
  // Names alone are told first, without chips: those of the query before stand until there are others.
  if (chips && chips !== told) drawChips(JSON.parse(chips))
  if (chips) told = chips
  if (chips || !list.children.length) bar.hidden = !chips || !bar.children.length
}

function drawChips({ channel: name, label, facets }) {
  if (channel?.name !== name) { channel?.close(); channel = new BroadcastChannel(name) }
  const focused = document.activeElement?.dataset.of
  bar.setAttribute("aria-label", label)
  bar.replaceChildren(...facets.map(([facet, of, values]) => el("div", { role: "group", "aria-label": of }, ...values.map(([value, n, isChosen]) => el("button", { type: "button", "aria-pressed": String(isChosen), "data-of": JSON.stringify([facet, value]) }, mixed(value), " ", el("span", { class: "num" }, String(n)))))))
  const at = focused ? buttons().find((button) => button.dataset.of === focused) ?? buttons()[0] : null
  stand(at ?? bar.querySelector("[aria-pressed=true]") ?? buttons()[0])
  at?.focus()
}

/** One chip is a stop of the Tab key; arrows lead to the others. */
function stand(chip) {
  for (const button of buttons()) button.tabIndex = button === chip ? 0 : -1
}

function choose({ target }) {
  const chip = target.closest("button")
  if (chip) channel.postMessage(JSON.parse(chip.dataset.of))
}

function go(event, target) {
  event.preventDefault()
  event.stopPropagation()
  target?.focus()
}

function move(event) {
  // The theme gives what is typed to the box, and closes the search at Escape.
  if (event.key === "Escape" || event.ctrlKey || event.metaKey || event.altKey) return
  const all = buttons()
  const at = all.indexOf(document.activeElement)
  const on = document.dir === "rtl" || document.documentElement.dir === "rtl" ? -1 : 1
  const steps = { ArrowRight: at + on, ArrowLeft: at - on, Home: 0, End: all.length - 1 }
  if (event.key in steps) go(event, all.at(steps[event.key] % all.length))
  else if (event.key === "ArrowUp" || (event.key === "Tab" && event.shiftKey)) go(event, query)
  else if (event.key === "ArrowDown" || event.key === "Tab") go(event, document.querySelector(".md-search-result__list [href]"))
  else if (event.key === "Enter" || event.key === " ") event.stopPropagation()
}
