// Parts of the form's page: lists to choose from, and a field that searches as one types.
import { el } from "../elements.js"

/** Fill a list with choices `{id: {ar, en}}`, and an empty one where nothing is chosen yet. */
export function fillSelect(select, choices, value, lang) {
  if (!value) select.append(el("option", { value: "" }, "…"))
  for (const [id, label] of Object.entries(choices)) {
    const option = el("option", { value: id }, label[lang])
    option.selected = id === value
    select.append(option)
  }
  return select
}

let count = 0

/**
 * A combobox as the ARIA pattern has it. `search(text)` gives [{id, label, note}], `choose(id)` hears of the choice, `show(id)`
 * is how it reads.
 */
export function makeCombobox({ attributes, value, show, search, choose, lang, none }) {
  const list = el("ul", { role: "listbox", id: `choices-${(count += 1)}`, class: "choices", hidden: true })
  const input = el("input", { type: "text", role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, autocomplete: "off", spellcheck: false, dir: "auto", lang, ...attributes, value: show(value) })
  const box = el("div", { class: "combobox" }, input, list)
  let chosen = value
  let active = -1
  let turn = 0

  const close = () => { list.hidden = true; active = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant") }
  const take = (item) => { chosen = item.dataset.id; close(); input.value = item.dataset.label; choose(chosen) }
  const mark = (index) => {
    const items = [...list.querySelectorAll("[role=option]")]
    if (!items.length) return
    active = (index + items.length) % items.length
    items.forEach((item, n) => item.setAttribute("aria-selected", String(n === active)))
    input.setAttribute("aria-activedescendant", items[active].id)
    items[active].scrollIntoView({ block: "nearest" })
  }
  const look = async () => {
    const mine = (turn += 1)
    const found = await search(input.value.trim())
    if (mine !== turn || document.activeElement !== input) return
    active = -1
    list.replaceChildren(...found.map((one, n) => el("li", { role: "option", id: `${list.id}-${n}`, "data-id": one.id, "data-label": one.label, "aria-selected": "false", onmousedown: (event) => { event.preventDefault(); take(event.currentTarget) } }, el("b", {}, one.label), one.note ? el("span", { class: "quiet" }, ` ${one.note}`) : "")), ...(found.length ? [] : [el("li", { class: "quiet" }, none)]))
    list.hidden = false
    input.setAttribute("aria-expanded", "true")
  }
  input.addEventListener("input", look)
  input.addEventListener("focus", () => { input.select(); if (!chosen) look() })
  input.addEventListener("click", look)
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault()
      if (list.hidden) look()
      else mark(active + (event.key === "ArrowDown" ? 1 : -1))
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault()
      take(list.querySelectorAll("[role=option]")[active])
    } else if (event.key === "Escape") close()
  })
  input.addEventListener("blur", () => {
    turn += 1
    close()
    // What was typed and not chosen is kept as an id, or taken back.
    const typed = input.value.trim()
    if (typed === "" && chosen) { chosen = undefined; choose(undefined) }
    else if (typed !== "" && typed !== show(chosen) && /^[a-z0-9/-]+$/.test(typed)) { chosen = typed; choose(typed) }
    else input.value = show(chosen)
  })
  box.update = (id) => { chosen = id; input.value = show(id) }
  box.renew = () => { if (document.activeElement !== input) input.value = show(chosen) }
  return box
}
