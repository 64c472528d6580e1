// Every page, parsed by the browser and not run: its texts with a mark, and whatever in it could act.
async (paths) => {
  const ACTIVE = /^(?:iframe|object|embed|base|applet|frame|frameset|plaintext|marquee|math|portal)$/
  const BLOCKS = "title, h1, h2, h3, p, li, dt, dd, td, th, summary, blockquote, figcaption, a, option"
  const found = []
  for (const path of paths) {
    const page = new DOMParser().parseFromString(await (await fetch(path)).text(), "text/html")
    const acts = []
    const texts = []
    for (const element of page.querySelectorAll("*")) {
      for (const { name, value } of element.attributes) {
        // The theme's own.
        if (value === "javascript:void(0)") continue
        const isAddress = /^(?:href|src|action|formaction|data|poster|xlink:href)$/.test(name)
        if (/^on/i.test(name) || (isAddress && /^\s*(?:javascript|data|vbscript):/i.test(value))) acts.push(`${name}=${value}`)
        if (isAddress && name !== "href" && /^(?:https?:)?\/\//.test(value)) acts.push(`${name}=${value}`)
        if (name !== "id" && !isAddress) texts.push(value)
      }
      if (ACTIVE.test(element.localName)) acts.push(element.localName)
      if (element.localName === "script" && element.type !== "application/ld+json" && /canary/.test(element.textContent)) acts.push("script")
    }
    for (const block of page.querySelectorAll(BLOCKS)) if (!block.querySelector("p, li, dd, dt, td, th, h1, h2, h3")) texts.push(block.textContent)
    found.push([path, acts, texts.filter((text) => text.includes("Qx"))])
  }
  return found
}
