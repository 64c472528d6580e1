// In the copy that is opened as files, where browsers fetch nothing and start neither modules nor workers from files: what pages
// want to read stands a second time as a script that hands it over as text. Text becomes an answer, a module or a worker here.
(() => {
  const base = new URL("../", document.currentScript.src)
  const asked = new Map()
  const made = new Map()
  const placeOf = (address) => {
    const { href } = new URL(address.url ?? address, location.href)
    return href.startsWith(base.href) ? href.slice(base.href.length).replace(/[?#].*/, "") : null
  }
  const blob = (...parts) => URL.createObjectURL(new Blob(parts, { type: "text/javascript" }))

  /** Called by the scripts that stand for files. */
  window.musnadFile = (place, text) => asked.get(place)?.resolve(text)

  function read(place) {
    if (!asked.has(place)) {
      const script = document.createElement("script")
      const promise = new Promise((resolve, reject) => {
        asked.set(place, { resolve })
        script.addEventListener("error", () => { asked.delete(place); reject(new TypeError(`no ${place}`)) })
      })
      asked.get(place).promise = promise
      script.src = new URL(`${place}.text.js`, base)
      document.head.append(script)
    }
    return asked.get(place).promise
  }

  const fetchFrom = window.fetch.bind(window)
  window.fetch = (address, options) => {
    const place = placeOf(address)
    return place === null ? fetchFrom(address, options) : read(place).then((text) => new Response(text))
  }

  /** Return the address of a module whose imports lead to others made so. */
  function makeModule(place) {
    if (!made.has(place)) made.set(place, link(place))
    return made.get(place)
  }

  async function link(place) {
    const here = new URL(place, base)
    let text = await read(place)
    for (const [whole, before, name] of [...text.matchAll(/(\bfrom\s*|\bimport\s*\(?\s*)"(\.{1,2}\/[^"]+)"/g)]) {
      text = text.replaceAll(whole, `${before}"${await makeModule(placeOf(new URL(name, here)))}"`)
    }
    return blob(text.replaceAll("import.meta.url", JSON.stringify(here.href)))
  }

  window.musnadImport = async (place) => import(await makeModule(place))
  const wanted = document.currentScript.dataset.module
  if (wanted) addEventListener("DOMContentLoaded", () => window.musnadImport(wanted))

  // A worker reads through the page.
  const prelude = (address) => `
    const answers = new Map()
    addEventListener("message", (event) => {
      if (!event.data?.musnad) return
      event.stopImmediatePropagation()
      const { musnad, text } = event.data
      if (text === null) answers.get(musnad).reject(new TypeError("no such file"))
      else answers.get(musnad).resolve(new Response(text))
    })
    const read = (address) => new Promise((resolve, reject) => {
      answers.set(answers.size + 1, { resolve, reject })
      postMessage({ musnad: answers.size, address: String(address) })
    })
    const here = {
      location: new URL(${JSON.stringify(address.href)}),
      addEventListener: (...given) => addEventListener(...given),
      postMessage: (...given) => postMessage(...given),
    };
    (function (self, fetch) {`

  const Worker = window.Worker
  window.Worker = class extends EventTarget {
    constructor(address) {
      super()
      const url = new URL(address, location.href)
      this.started = read(placeOf(url)).then((text) => this.start(new Worker(blob(prelude(url), text, "\n})(here, read)"))))
    }

    start(worker) {
      worker.addEventListener("message", ({ data }) => {
        if (!data?.musnad) this.dispatchEvent(new MessageEvent("message", { data }))
        else read(placeOf(data.address)).catch(() => null).then((text) => worker.postMessage({ musnad: data.musnad, text }))
      })
      return worker
    }

    postMessage(data) { this.started.then((worker) => worker.postMessage(data)) }

    terminate() { this.started.then((worker) => worker.terminate()) }
  }
})()
