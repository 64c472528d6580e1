// What a claim takes over from its source where its own file does not say it: as musnad's records/inherit.py, whose twin this is.

const OUTLET = "outlet"

/** Return a claim with what its source says for it; `source` is that record, or nothing where it is not known. */
export function inherit(claim, id, source) {
  const made = {
    ...claim,
    status: claim.status ?? (["draft", "withheld"].includes(source?.status) ? "draft" : "published"),
    extracted: claim.extracted ?? source?.extracted ?? { date: "unknown", method: "by-hand" },
  }
  if (takesOutlet(claim, source)) made.attribution = [{ voice: OUTLET, entity: source.outlet }, ...(claim.attribution ?? [])]
  if (claim.locators) made.locators = claim.locators.map((locator) => ({ source: id.split("/")[0], ...locator }))
  return made
}

function takesOutlet(claim, source) {
  const [first] = claim.attribution ?? []
  return Boolean(source?.outlet) && !(first && (first.voice === OUTLET || first.entity === source.outlet))
}

/** Return where a value of a whole claim stands in the claim as it was written, or the nearest field above it. */
export function findNearest(claim, source, path) {
  const [name, index, ...rest] = path
  if (name === "attribution" && takesOutlet(claim, source)) return index ? [name, index - 1, ...rest] : [name]
  return path
}
