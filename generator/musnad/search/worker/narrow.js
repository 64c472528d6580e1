// How results are narrowed without a fetch, the way to the table of all claims, and the part of a claim that answers.
// The page hears of it in attributes of results, and says what is chosen through a channel of this worker's own.
"use strict"

const CLAIM = 1
const FEW = 3           // results that need no narrowing

let opened = null
const chosen = new Map()
// Every open page has a worker of its own; none hears of another's.
const channel = self.BroadcastChannel ? new self.BroadcastChannel(`search-${Math.random().toString(36).slice(2)}`) : null

/** Take up what was found for a query, with nothing chosen. */
function open(found) {
  opened = found
  chosen.clear()
}

/** Return what a hit is by each facet: its kind, and of a claim the source, whether its voices are named, how it is said. */
function listValues({shown: [group, , kind, , , marks = []]}, manifest) {
  return [group ? manifest.groups[group] : kind, group === CLAIM ? kind : "", ...marks]
}

/** Return the hits that have all that is chosen, but for one facet. */
function fit(hits, manifest, but) {
  return hits.filter(hit => {
    const values = listValues(hit, manifest)
    return [...chosen].every(([facet, value]) => facet === but || values[facet] === value)
  })
}

/** Return by facet its label and what narrows by it: `[value, count, whether it is chosen]`, the most frequent first. */
function listChips({hits, manifest}) {
  return hits.length <= FEW ? [] : manifest.facets.map((label, facet) => {
    const others = fit(hits, manifest, facet)
    const counts = new Map()
    for (const hit of others) {
      const value = listValues(hit, manifest)[facet]
      if (value) counts.set(value, (counts.get(value) ?? 0) + 1)
    }
    const all = [...counts].map(([value, n]) => [value, n, chosen.get(facet) === value])
    return [facet, label, all.filter(([, n, isChosen]) => isChosen || n < others.length).sort((a, b) => b[1] - a[1])]
  }).filter(([, , values]) => values.length)
}

/** Return the theme's result for what was found and chosen; with something chosen, all that has it, those of a kind together. */
function makeNarrowed() {
  const {text, query, hits, texts, manifest, claims} = opened
  const rest = fit(hits, manifest)
  const groups = [...new Set(rest.map(hit => hit.shown[0]))]
  const shown = chosen.size ? groups.flatMap(group => rest.filter(hit => hit.shown[0] === group)) : arrange(rest)
  const last = shown.findLast(({n}) => n >= manifest.claims)
  const attribute = (name, value) => ` data-${name}="${escapeHtml(value)}"`
  const tellBeside = (hit, i) => {
    const chips = !i && channel ? attribute("chips", JSON.stringify({channel: channel.name, label: manifest.narrow, facets: listChips(opened)})) : ""
    const all = hit === last && claims > 1 ? attribute("all", manifest.all.replace("{n}", claims)) + attribute("table", `${LANG}/${manifest.table}?words=${encodeURIComponent(text.trim())}`) : ""
    return chips + all
  }
  return {...makeResult(query, hits, shown, texts, manifest, tellBeside), isComplete: true}
}

/** Return what a claim tells of what is asked for, each part under its name; what the question names is no answer. */
function tellParts(query, hit, texts, manifest) {
  const parts = hit.shown[6] ?? []
  const wanted = new Set(query.steers.map(steer => steer === "belong" ? "party" : steer.replace("?", "")))
  // Those at a checkpoint are not named by whoever asks of checkpoints: every word of a name must be asked.
  const isNamed = text => {
    const found = findWords(query, texts, text)
    return (text.match(WRITTEN) ?? []).every(written => found.has(written) || FUNCTION_WORDS.has(readPhrase(written).words[0]?.fold))
  }
  const told = parts.filter(([part, text]) => wanted.has(part) && !(["party", "voice", "place"].includes(part) && isNamed(text)))
  const labels = [...new Set(told.map(([part]) => manifest.parts[part]))]
  const list = label => told.filter(([part]) => manifest.parts[part] === label).map(([, text]) => `<b><bdi>${escapeHtml(text)}</bdi></b>`).join(manifest.comma)
  return labels.map(label => `<p class="part">${escapeHtml(label)}: ${list(label)}</p>`).join("")
}

channel?.addEventListener("message", ({data: [facet, value]}) => {
  // While a query is answered, what was chosen is of other results.
  if (!opened || isBusy) return
  const before = chosen.get(facet)
  if (before === value) chosen.delete(facet)
  else chosen.set(facet, value)
  if (fit(opened.hits, opened.manifest).length) self.postMessage({type: RESULT, data: makeNarrowed()})
  else if (before === undefined) chosen.delete(facet)
  else chosen.set(facet, before)
})
