// What has to happen before a page is painted. It stands in a file, as the policy of the pages runs no script that stands in them.
(() => {
  const { src, dataset } = document.currentScript
  const { pathname, search, hash } = location

  // Some hosts answer /x and /x/ alike, and links are relative. (At the root of a host this file is found from both.)
  if ("folder" in dataset && /\/(?!index$)[^/.]+$/.test(pathname)) history.replaceState(null, "", `${pathname}/${search}${hash}`)

  // A record that has moved: its page leads on by itself, and takes version and anchor along.
  const moved = document.querySelector("meta[http-equiv=refresh]")
  if (moved && (search || hash)) location.replace(moved.content.split("url=")[1] + search + hash)

  // What the theme's script calls. Left alone it would keep a scheme that nobody has chosen.
  let isChosen = false
  addEventListener("change", ({ target }) => { isChosen ||= target.name === "__palette" }, true)
  const nameOf = (key, scope) => `${scope.pathname}.${key}`
  window.__md_scope = dataset.scope ? new URL(dataset.scope, location) : new URL("..", src)
  window.__md_hash = (text) => [...text].reduce((sum, letter) => (sum << 5) - sum + letter.charCodeAt(0), 0)
  window.__md_get = (key, storage = localStorage, scope = __md_scope) => JSON.parse(storage.getItem(nameOf(key, scope)))
  window.__md_set = (key, value, storage = localStorage, scope = __md_scope) => {
    try {
      if (key !== "__palette" || isChosen) storage.setItem(nameOf(key, scope), JSON.stringify(value))
    } catch {
      // A device that keeps nothing shows the page all the same.
    }
  }

  // Scripts that write HTML write what shows words; nothing that would load, send, lead away or run.
  const RUNS = /<\/?(?:base|embed|form|frame|iframe|link|meta|object|script|style)\b|\son\w+\s*=|javascript:|srcdoc/i
  window.trustedTypes?.createPolicy("default", {
    createHTML: (html) => RUNS.test(html) ? null : html,
    createScriptURL: (address) => address,
  })

  const when = (find, act) => new MutationObserver((_, observer) => {
    const found = find()
    if (!found) return
    observer.disconnect()
    act(found)
  }).observe(document.documentElement, { childList: true, subtree: true })

  // The scheme that was chosen, or that of the device.
  const chosen = __md_get("__palette")?.color
  const isOfDevice = chosen ? chosen.media === "(prefers-color-scheme)" : "follow" in dataset
  const scheme = isOfDevice ? matchMedia("(prefers-color-scheme: dark)").matches ? "slate" : "default" : chosen?.scheme
  if (scheme) when(() => document.body, (body) => { body.dataset.mdColorScheme = scheme })

  // Browsers start no worker for a page opened as a file: the theme must not try.
  if (location.protocol !== "file:" || "offline" in dataset) return
  when(() => document.querySelector(".md-search__output"), (output) => {
    output.closest(".md-search").removeAttribute("data-md-component")
    document.forms.search.removeAttribute("name")
  })
})()
