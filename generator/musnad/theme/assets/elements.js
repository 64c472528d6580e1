// Parts of the pages that scripts make.

/** Make an element; `on…` are listeners, what is false or missing is left out. */
export function el(name, attributes = {}, ...children) {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value)
    else if (key === "value" || key === "checked" || key === "selected") made[key] = value
    else if (value !== false && value !== undefined && value !== null) made.setAttribute(key, value === true ? "" : value)
  }
  made.append(...children.flat().filter((child) => child !== "" && child !== undefined && child !== null && child !== false))
  return made
}

/** A text of the page's language in which runs of the other are isolated: each gets its language and its direction. */
export function mixed(text) {
  const [lang, dir, letters] = document.documentElement.lang === "ar" ? ["en", "ltr", /[A-Za-z\u00c0-\u024f]/] : ["ar", "rtl", /[\u0620-\u06d3]/]
  return el("bdi", {}, ...String(text).split(/\u2068([^\u2069]*)\u2069/).map((part, n) => (n % 2 ? el("bdi", { lang: letters.test(part) && lang, dir }, part) : part)))
}
