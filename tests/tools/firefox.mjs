// Open an address in Firefox, do what is asked, and print what was found as JSON: firefox.mjs PROGRAM ADDRESS.
import puppeteer from "puppeteer-core"

const [program, address] = process.argv.slice(2)
const browser = await puppeteer.launch({ browser: "firefox", executablePath: program, headless: true })
const page = await browser.newPage()
const errors = []
page.on("pageerror", (error) => errors.push(String(error)))
const found = { errors, violations: [] }
page.on("console", (message) => { if (message.text().startsWith("policy: ")) found.violations.push(message.text()) })
await page.evaluateOnNewDocument(() => {
  addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.effectiveDirective} ${event.blockedURI}`))
})

await page.goto(`${address}ar/index.html`)
await page.click(".md-search__input")
await page.type(".md-search__input", "البادية")
await page.waitForSelector(".md-search-result__item a")
found.first = await page.$eval(".md-search-result__item a", (link) => link.href)
await page.goto(found.first)
found.title = await page.title()
await page.click(".switch")
await page.waitForFunction(() => document.documentElement.lang === "en")
found.switched = await page.evaluate(() => location.pathname)

await page.goto(`${address}en/claims/all.html`)
await page.waitForSelector("table.claims tbody [aria-rowindex]")
found.choices = await page.$$eval("input[type=checkbox]", (boxes) => boxes.length)

await page.goto(`${address}en/claims/relations.html`)
await page.waitForSelector(".web__picture svg")
found.hasPicture = true

console.log(JSON.stringify(found))
await browser.close()
