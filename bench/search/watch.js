// Runs before a page's own scripts. Notes the last key pressed, the last change of the results, and how many messages
// workers have still to answer: from these one can tell when the results of a query stand, and how long they took.
(() => {
  const seen = { key: 0, change: 0, shown: 0, pending: 0 }

  addEventListener("keydown", event => { seen.key = event.timeStamp }, true)

  window.Worker = class extends Worker {
    constructor(...options) {
      super(...options)
      this.addEventListener("message", () => { seen.pending -= 1 })
    }
    postMessage(...message) {
      seen.pending += 1
      super.postMessage(...message)
    }
  }

  const note = () => {
    const change = (seen.change = performance.now())
    // What was changed stands on the screen once the next frame has been made.
    requestAnimationFrame(() => setTimeout(() => {
      if (seen.change === change) seen.shown = performance.now()
    }))
  }
  addEventListener("DOMContentLoaded", () => {
    const output = document.querySelector(".md-search__output")
    if (output) new MutationObserver(note).observe(output, { childList: true, characterData: true, subtree: true })
  })

  const links = () => [...document.querySelectorAll(".md-search-result__link")].map(link => link.href)

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
          resolve({ links: links(), took: Math.max(0, seen.shown - seen.key) })
        else setTimeout(look, 10)
      }
      look()
    }),
  }
})()
