// Words of the page and of checks, in both languages, as the site's catalogue has them.

/** Mark a message for translation. */
export const N_ = (message) => message

/** Return a message in a language, its places filled in. */
export function tell(form, message, lang, values = {}) {
  const found = form.messages[message]?.[lang] ?? message
  return found.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole)
}
