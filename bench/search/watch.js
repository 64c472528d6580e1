// Runs before a page's own scripts. Notes the last key pressed, the results drawn since, and how many messages workers
// have still to answer: from these one can tell when the results of a query stand, and how long they took.
(() => {
  const seen = { key: 0, change: 0, shown: 0, pending: 0, drawn: [] }

  addEventListener("keydown", event => { seen.key = event.timeStamp; seen.drawn = [] }, true)

  window.Worker = class extends Worker {
    constructor(...options) {
      super(...options)
      // Our worker tells of an answer whether there is more to come, and leaves queries that were typed over.
      this.addEventListener("message", ({ data: { data } }) => {
        seen.pending = data?.isComplete === undefined ? seen.pending - 1 : data.isComplete ? 0 : seen.pending
      })
    }
    postMessage(...message) {
      seen.pending += 1
      super.postMessage(...message)
    }
  }

  const links = () => [...document.querySelectorAll(".md-search-result__link")].map(link => link.href)

  const note = () => {
    const change = (seen.change = performance.now())
    const drawn = { first: links()[0] }
    seen.drawn.push(drawn)
    // What was changed stands on the screen once the next frame has been made.
    requestAnimationFrame(() => setTimeout(() => {
      drawn.at = performance.now()
      if (seen.change === change) seen.shown = drawn.at
    }))
  }

  // When the first result was drawn that stayed the first.
  const stood = () => {
    const last = seen.drawn.at(-1)
    const other = seen.drawn.findLastIndex(drawn => drawn.first !== last?.first)
    return seen.drawn[other + 1]?.at ?? seen.shown
  }

  addEventListener("DOMContentLoaded", () => {
    const output = document.querySelector(".md-search__output")
    if (output) new MutationObserver(note).observe(output, { childList: true, characterData: true, subtree: true })
  })

  window.bench = {
    // Take what is in the box away, as a reader does who types another query over it.
    clear() {
      const box = document.querySelector("[data-md-component=search-query]")
      box.focus()
      box.select()
      seen.pending = 0
    },
    // Wait until the results stand: nothing has changed for `quiet` ms and no worker owes an answer. A worker may drop
    // queries that were typed over and never answer them; then nothing must have changed for `patience` ms.
    settle: (quiet, patience, needed) => new Promise(resolve => {
      const start = performance.now()
      const look = () => {
        const now = performance.now()
        const still = now - Math.max(seen.key, seen.change)
        const drawn = seen.change < seen.key || seen.shown > seen.change
        const enough = links().length >= needed || now - start > 300000
        if (enough && drawn && still > (seen.pending > 0 ? patience : quiet))
          resolve({ links: links(), found: Math.max(0, stood() - seen.key), took: Math.max(0, seen.shown - seen.key) })
        else setTimeout(look, 10)
      }
      look()
    }),
  }
})()
