// What pages do beside the theme's script. Without scripts they can be read all the same.

// The language switch leads to the same place of the page.
(() => {
  const other = document.querySelector(".switch")
  const follow = () => { if (other.hash !== location.hash) other.hash = location.hash }
  if (!other) return
  follow()
  addEventListener("hashchange", follow)
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
  query.addEventListener("input", () => query.dispatchEvent(new KeyboardEvent("keyup")))
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
        heading.innerHTML = "<h2></h2>"
        heading.firstChild.textContent = group
        item.before(heading)
      }
      // The theme's headings of results begin with the first level, which is the page's.
      item.querySelectorAll("h1, h2").forEach(found => found.setAttribute("aria-level", found.tagName === "H1" ? 3 : 4))
      last = group
    }
    if (items.length && guesses === items.length) meta.textContent = meta.dataset.guess
  }).observe(list, {childList: true})
})()
