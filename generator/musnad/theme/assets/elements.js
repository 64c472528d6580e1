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
