// A citation in the forms that other programs read, with the reader's own day; and a word where an address names another
// version than the one shown. Everything is made from the page's own head; only the words are fetched.
import { el } from "../elements.js"

const lang = document.documentElement.lang === "ar" ? "ar" : "en"
let words = { messages: {}, locale: lang }

/** Mark a message for translation. */
const N_ = (message) => message

const t = (message, values = {}) => (words.messages[message] ?? message).replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole)

async function fetchWords() {
  const answer = await fetch(new URL(`../../data/${lang}/cite.json`, import.meta.url))
  if (answer.ok) words = await answer.json()
}

/** Return what the head of a page says of it: `{title, publisher, date, language, url, version}`. */
export function readHead(page = document) {
  const read = (name) => page.querySelector(`meta[name="citation_${name}"]`)?.content ?? ""
  const fields = Object.fromEntries(["title", "publisher", "date", "language"].map((name) => [name, read(name)]))
  return { ...fields, url: new URL(read("public_url"), new URL("../../", import.meta.url)).href, version: page.querySelector(".cite").dataset.version }
}

/** Return a day of the reader's calendar: 2026-11-28. */
export const tellDay = (now) => [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-")

const split = (day) => (day ? [day.split("-").map(Number)] : [])

/** A key of letters, digits and hyphens: what of the address tells the page, its version and language. */
function makeKey({ url, version, language }) {
  const place = new URL(url).pathname.split(/\/(?:ar|en)\//).at(-1).replace(/(?:index)?\.html$|\/$/, "")
  return [...place.split(/[^a-z0-9-]+/i), version, language].filter(Boolean).join("-")
}

/** Return the item as CSL-JSON, a list of one. */
export function asCsl(cited, day) {
  const item = {
    id: makeKey(cited), type: "webpage", title: cited.title, author: [{ literal: cited.publisher }], "container-title": cited.publisher,
    issued: { "date-parts": split(cited.date) }, accessed: { "date-parts": split(day) }, URL: cited.url,
    version: cited.version, language: cited.language,
  }
  const isGiven = (value) => value && value["date-parts"]?.length !== 0
  return `${JSON.stringify([Object.fromEntries(Object.entries(item).filter(([, value]) => isGiven(value)))], null, 2)}\n`
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
const SIGNS = { "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" }
const escape = (text) => text.replace(/[\\~^]|[{}$&%#_]/g, (sign) => SIGNS[sign] ?? `\\${sign}`)

/** Return the item for BibTeX and BibLaTeX. In second braces names and titles stay as they are. */
export function asBibtex(cited, day) {
  const [year, month] = cited.date.split("-")
  const name = `{{${escape(cited.publisher)}}}`
  const fields = {
    author: name, title: `{{${escape(cited.title)}}}`, organization: name, year: year && `{${year}}`, month: month && MONTHS[month - 1],
    date: cited.date && `{${cited.date}}`, url: `{${cited.url}}`, urldate: `{${day}}`, version: cited.version && `{${cited.version}}`,
    langid: cited.language === "ar" ? "{arabic}" : "{english}",
  }
  const lines = Object.entries(fields).filter(([, value]) => value).map(([key, value]) => `  ${key} = ${value}`)
  return `@online{${makeKey(cited)},\n${lines.join(",\n")}\n}\n`
}

/** Return the item as RIS. */
export function asRis(cited, day) {
  const slashes = (date) => `${date.replaceAll("-", "/")}${"/".repeat(Math.max(0, 3 - date.split("-").length))}`
  const fields = [
    ["TY", "ELEC"], ["ID", makeKey(cited)], ["AU", cited.publisher], ["TI", cited.title], ["T2", cited.publisher], ["PB", cited.publisher],
    ["PY", cited.date.slice(0, 4)], ["DA", cited.date && slashes(cited.date)], ["Y2", slashes(day)], ["LA", cited.language], ["UR", cited.url],
    ["N1", cited.version && t(N_("Version {version}"), { version: cited.version })],
  ]
  return `${fields.filter(([, value]) => value).map(([tag, value]) => `${tag}  - ${value.replace(/\s+/g, " ")}\r\n`).join("")}ER  - \r\n`
}

/** Put the reader's day into the citation, and the other forms below it. */
export async function open(box) {
  await fetchWords()
  const now = new Date()
  const cited = readHead()
  const day = tellDay(now)
  const text = box.querySelector("#cite")
  const said = el("span", { role: "status" })
  text.append(` ${t(N_("(read on {date})"), { date: now.toLocaleDateString(words.locale, { dateStyle: "long" }) })}`)
  const forms = [["BibTeX", "bib", asBibtex(cited, day)], ["RIS", "ris", asRis(cited, day)], ["CSL-JSON", "json", asCsl(cited, day)]]
  box.querySelector(".quiet > span").replaceWith(el("span", {}, makeCopy(text.textContent, said), " ", said))
  box.append(...forms.map(([name, ending, made]) => makeForm(name, `${makeKey(cited)}.${ending}`, made, said)))
}

function makeForm(name, file, text, said) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }))
  return el("details", { class: "fold" }, el("summary", {}, name), el("pre", { dir: "ltr", tabindex: "0" }, el("code", {}, text)),
    el("p", {}, makeCopy(text, said), " ", el("a", { href: address, download: file }, t(N_("Save as a file")))))
}

function makeCopy(text, said) {
  const copy = () => {
    const done = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error())
    done.then(() => { said.textContent = t(N_("Copied.")) }, () => { said.textContent = t(N_("The browser does not let the page copy.")) })
  }
  return el("button", { type: "button", onclick: copy }, t(N_("Copy")))
}

/** Say that the address names another version. Nothing of the address is repeated: anybody can write one. */
export async function tellOther(box) {
  await fetchWords()
  const other = document.querySelector(".switch")
  if (other) other.search = location.search
  const history = document.getElementById("history")
  const told = t(N_("The address names another version of this record than the one you see, which is {version}. Anybody can write an address: whether there was such a version, this page does not know."), { version: box.dataset.version })
  const where = history ? el("a", { href: "#history" }, t(N_("What was changed, and when"))) : t(N_("No change of this record is known."))
  document.querySelector("article").prepend(el("div", { class: "notice", role: "status" }, el("p", {}, told, " ", where)))
}
