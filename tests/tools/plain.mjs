// Print pages as Firefox would without scripts, as PDF files: plain.mjs PROGRAM ADDRESS FILE [ADDRESS FILE …].
import puppeteer from "puppeteer-core"

const [program, ...wanted] = process.argv.slice(2)
const extraPrefsFirefox = { "javascript.enabled": false }
const browser = await puppeteer.launch({ browser: "firefox", executablePath: program, headless: true, extraPrefsFirefox })
const page = await browser.newPage()
for (let n = 0; n < wanted.length; n += 2) {
  await page.goto(wanted[n])
  await page.pdf({ path: wanted[n + 1] })
}
await browser.close()
