// What pages do beside the theme's script. Without scripts they can be read all the same.

// The language switch leads to the same place of the page.
(() => {
  const other = document.querySelector(".switch")
  const follow = () => { if (other.hash !== location.hash) other.hash = location.hash }
  if (!other) return
  follow()
  addEventListener("hashchange", follow)
})();

// WebKit takes lists without marks for no lists, unless they say what they are.
document.querySelectorAll(".md-typeset :is(ul, ol)[class]").forEach(list => list.setAttribute("role", "list"));

// Tabs of hand-written pages: the one that an address names, or those chosen before.
(() => {
  const target = document.getElementById(location.hash.slice(1))
  if (target?.name?.startsWith("__tabbed_")) target.checked = true
  const labels = [...document.querySelectorAll(".tabbed-labels > label")]
  for (const name of (labels.length && __md_get("__tabs")) || []) {
    for (const label of labels) if (label.innerText.trim() === name) document.getElementById(label.htmlFor).checked = true
  }
})();

// What few want is fetched when it is wanted: citations in other forms, and a word where the address names another version.
(() => {
  const box = document.querySelector(".cite")
  if (!box) return
  const place = new URL("cite/cite.js", document.currentScript.src)
  const run = (name) => import(place).then((cite) => cite[name](box)).catch(() => {})
  const asked = new URLSearchParams(location.search).get("v")
  if (box.dataset.version && asked !== null && asked !== box.dataset.version) run("tellOther")
  // An address with #cite has opened it already.
  let isMade = false
  const open = () => { if (box.open && !isMade) { isMade = true; run("open") } }
  box.addEventListener("toggle", open)
  open()
})();

// Where the search can't run, as in pages opened as files, its box gives way to a word.
(() => {
  const search = document.querySelector(".md-search[data-off]")
  if (!search || (search.dataset.mdComponent && !search.hidden)) return
  document.documentElement.classList.add("no-search")
  const note = document.createElement("p")
  note.className = "no-search__note md-grid"
  note.textContent = search.dataset.off
  document.querySelector(".sections")?.after(note)
})();

// Beside the theme's search box: text that was not typed, headings for results and groups of them, a word for mere guesses.
(() => {
  const list = document.querySelector(".md-search-result__list")
  const meta = document.querySelector(".md-search-result__meta")
  const query = document.querySelector(".md-search__input")
  if (!list || !query || !meta?.dataset.guess) return
  // The theme waits for a key to go up; words that are pasted, spoken or chosen from a list have none.
  let beside
  query.addEventListener("input", () => query.dispatchEvent(new KeyboardEvent("keyup")))
  // What answers is read with the first question; who goes to the box has it sooner.
  query.addEventListener("focus", () => {
    const worker = new URL(JSON.parse(document.getElementById("__config").textContent).search, location)
    const version = worker.pathname.match(/worker\.(\w+)\.js$/)?.[1]
    if (version) fetch(new URL(`answer.js?v=${version}`, worker)).then(answer => answer.text()).catch(() => {})
  }, {once: true})
  new MutationObserver(() => {
    let last = ""
    let guesses = 0
    const items = list.querySelectorAll(".md-search-result__item")
    for (const item of items) {
      const group = item.querySelector("[data-group]")?.dataset.group ?? ""
      guesses += item.querySelector("[data-md-score]")?.dataset.mdScore === "0.00"
      if (group && group !== last && !item.previousElementSibling?.classList.contains("search-group")) {
        const heading = document.createElement("li")
        heading.className = "search-group"
        heading.append(Object.assign(document.createElement("h2"), {textContent: group}))
        item.before(heading)
      }
      // The theme's headings of results begin with the first level, which is the page's.
      item.querySelectorAll("h1, h2").forEach(found => found.setAttribute("aria-level", found.tagName === "H1" ? 3 : 4))
      last = group
    }
    if (items.length && guesses === items.length) meta.textContent = meta.dataset.guess
    // Chips and the way to the table come with the first results.
    if (beside || (location.protocol.startsWith("http") && list.querySelector("[data-chips], [data-all]"))) {
      beside ??= import("./found.js")
      beside.then(({draw}) => draw(list), () => { beside = undefined })
    }
  }).observe(list, {childList: true})
})();

// A claim, source or entity that is mentioned opens as a card: cards.js makes it, and comes with the first sign that one is wanted.
(() => {
  // Copies opened as files, and old browsers, have plain links.
  if (!location.protocol.startsWith("http") || !HTMLElement.prototype.showPopover) return
  const RECORD = /\/(ar|en)\/(claims\/[^/]+|entities|sources)\/[^/]+(\/(index\.html)?|\.html)$/
  // What is there to lead on does so at the first tap.
  const LEADS = ".goods__name a, .ways a, .enter"
  let cards
  let pointer = ""
  const addressOf = link => new URL(link.getAttribute("href"), location)
  const find = target => {
    const link = target.closest?.(".md-content__inner a[href]")
    if (!link || !navigator.onLine || navigator.connection?.saveData) return null
    const {origin, pathname} = addressOf(link)
    return origin === location.origin && pathname !== location.pathname && RECORD.test(pathname) ? link : null
  }
  const isWanted = (event, link) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return false
    if (event.type === "keydown") return event.altKey && event.key === "ArrowDown"
    // A click made by a key or by an aid has no pointer.
    return pointer === "touch" && event.detail > 0 && !event.altKey && !link.hasAttribute("target") && !link.matches(LEADS)
  }
  const hear = event => {
    const link = find(event.target)
    if (event.type === "pointerover") {
      if (event.pointerType === "touch" || !(link || cards)) return
    } else if (link && isWanted(event, link)) event.preventDefault()
    else return
    cards ??= import("./cards.js")
    const to = link && addressOf(link).href
    cards.then(made => made.hear(event, link, to), () => { if (event.type === "click") location.assign(to) })
  }
  for (const type of ["pointerover", "keydown", "click"]) addEventListener(type, hear)
  addEventListener("pointerdown", event => { pointer = event.pointerType }, true)
  // The key is told of where it works.
  addEventListener("focusin", ({target}) => { if (find(target) === target) target.setAttribute("aria-keyshortcuts", "Alt+ArrowDown") })
})()
