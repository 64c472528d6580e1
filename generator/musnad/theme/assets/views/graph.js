// Which entities and lines are drawn, and where: no library, no page.

export const EACH = 12
export const MOST = 60
export const PATHS = 5
const [WIDE, GAP, LANE, TRUNK, LINE, SPACE] = [190, 300, 230, 24, 15, 14]

/** Return the edges with their ids in words, and those of each entity, most claimed first. */
export function readEdges(data, edges) {
  const name = (n) => edges.entities[n][0]
  const all = edges.edges.map(([one, other, way, claims]) => {
    const [predicate, part, role, isMutual] = edges.ways[way]
    const between = part === "object" ? "" : role ? `as-${role}.` : `${part}.`
    return { one, other, way, claims, isMutual, key: `${name(one)}.${predicate}.${between}${name(other)}` }
  })
  const of = edges.entities.map(() => [])
  for (const edge of all) { of[edge.one].push(edge); of[edge.other].push(edge) }
  return { all, of, loose: new Set(edges.loose) }
}

/** Return the edges of an entity that have claims among those wanted and lead to a kind that is wanted; with those claims alone. */
export function listLive(web, n, wanted, isShown) {
  return web.of[n].map((edge) => ({ ...edge, claims: wanted ? edge.claims.filter((claim) => wanted.has(claim)) : edge.claims, end: edge.one === n ? edge.other : edge.one }))
    .filter((edge) => edge.claims.length && isShown(edge.end))
    .sort((a, b) => b.claims.length - a.claims.length)
}

/** Return the shortest ways from one entity to another, each a list of entities: at most five. */
export function findPaths(live, from, to) {
  const before = new Map([[from, []]])
  let ring = [from]
  while (ring.length && !before.has(to)) {
    const next = new Map()
    for (const n of ring) {
      for (const { end } of live(n)) {
        if (before.has(end)) continue
        if (!next.has(end)) next.set(end, new Set())
        next.get(end).add(n)
      }
    }
    for (const [n, those] of next) before.set(n, [...those])
    ring = [...next.keys()]
  }
  const paths = []
  const walk = (n, rest) => {
    if (paths.length === PATHS) return
    if (n === from) paths.push([n, ...rest])
    else for (const back of before.get(n) ?? []) walk(back, [n, ...rest])
  }
  walk(to, [])
  return paths
}

/** Return what is drawn around open entities, `{nodes, lines, left}`: each shows its most claimed neighbours, and how many it leaves out. */
export function gather(live, open, each, also) {
  const nodes = new Set(open)
  const left = new Map()
  for (const n of open) {
    const ends = [...new Set(live(n).map(({ end }) => end))]
    const few = ends.filter((end, place) => place < each || also.has(end))
    let drawn = 0
    for (const end of few) {
      if (!nodes.has(end) && nodes.size >= MOST) continue
      nodes.add(end)
      drawn += 1
    }
    left.set(n, ends.length - drawn)
  }
  const lines = new Map()
  for (const n of open) for (const edge of live(n)) if (nodes.has(edge.end)) addTo(lines, edge)
  return { nodes, lines: [...lines.values()], left }
}

/** Return the same along paths. */
export function gatherPaths(live, paths) {
  const lines = new Map()
  for (const path of paths) path.forEach((n, place) => { for (const edge of place ? live(n) : []) if (edge.end === path[place - 1]) addTo(lines, edge) })
  return { nodes: new Set(paths.flat()), lines: [...lines.values()], left: new Map() }
}

/** Two entities have one line, however many edges lie in it. */
function addTo(lines, edge) {
  const pair = Math.min(edge.one, edge.other) * 1e6 + Math.max(edge.one, edge.other)
  if (!lines.has(pair)) lines.set(pair, { ends: [edge.one, edge.other], edges: [] })
  const line = lines.get(pair)
  if (!line.edges.some(({ key }) => key === edge.key)) line.edges.push(edge)
}

/**
 * Set the place of every node and line: columns by steps from the first, in the direction of reading. Each line comes into the box of
 * its outer end at a height of its own, so that nothing lies on anything; those within a column run beside it, in a lane. `size(line)` is how many lines of text it has above and below.
 */
export function arrange({ nodes, lines }, start, isBack, size, rows) {
  const around = new Map([...nodes].map((n) => [n, []]))
  for (const line of lines) for (const n of line.ends) around.get(n).push(line)
  const layer = new Map()
  const boxes = new Map()
  const trunks = new Map()
  let top = 0
  for (const first of [start, ...nodes]) {
    if (layer.has(first)) continue
    const columns = listColumns(first, around, layer)
    for (const line of new Set(columns.flat().flatMap((n) => around.get(n)))) {
      if (layer.get(line.ends[0]) > layer.get(line.ends[1])) line.ends.reverse()
      line.isFlat = layer.get(line.ends[0]) === layer.get(line.ends[1])
    }
    let x = 0
    const heights = columns.map((column) => {
      const lane = column.some((n) => around.get(n).some((line) => line.isFlat)) ? LANE : 0
      const height = stack(column, x, lane)
      x += WIDE + GAP + lane
      return height
    })
    const tall = Math.max(...heights)
    columns.forEach((column, c) => {
      const down = top + (tall - heights[c]) / 2
      for (const n of column) {
        boxes.get(n).y += down
        for (const line of around.get(n)) if (line.ends[1] === n) line.at += down
      }
      // Those of one column that lines go out from have a trunk each.
      column.filter((n) => around.get(n).some((line) => line.ends[0] === n)).forEach((n, place) => trunks.set(n, TRUNK + (place % 8) * 7))
    })
    top += tall + SPACE * 2
  }
  return { boxes, bend: (line) => bendLine(line, boxes, isBack, trunks.get(line.ends[0])) }

  function stack(column, x, lane) {
    let y = 0
    for (const n of column) {
      const into = around.get(n).filter((line) => line.ends[1] === n)
      const heights = into.map((line) => size(line).map((count) => count * LINE + 5))
      const all = heights.reduce((sum, [above, below]) => sum + above + below, 0)
      const height = Math.max(all + (lane && 16), rows(n) * 20 + 14)
      let at = y + (height - all + (lane && 16)) / 2
      into.forEach((line, place) => { line.at = at + heights[place][0]; at += heights[place][0] + heights[place][1] })
      // Where a lane is, lines go out at the top, above the words beside the box.
      boxes.set(n, { x: (isBack ? -1 : 1) * x, y: y + height / 2, width: WIDE, height, lane, out: lane ? 6 - height / 2 : 0 })
      y += height + SPACE
    }
    return y - SPACE
  }
}

/** Return what hangs together, by steps from the first; `layer` is told of each. */
function listColumns(first, around, layer) {
  const columns = []
  layer.set(first, 0)
  for (let queue = [first]; queue.length;) {
    const n = queue.shift()
    ;(columns[layer.get(n)] ??= []).push(n)
    for (const { ends } of around.get(n)) for (const end of ends) if (!layer.has(end)) { layer.set(end, layer.get(n) + 1); queue.push(end) }
  }
  return columns
}

/** Return the points of a line, from its inner end by two bends to its outer one, and where the middle of its words is. */
function bendLine(line, boxes, isBack, trunk) {
  const [inner, outer] = line.ends.map((n) => boxes.get(n))
  const side = isBack ? -1 : 1
  const into = line.isFlat ? side : -side
  const from = { x: inner.x + side * WIDE / 2, y: inner.y + inner.out }
  const to = { x: outer.x + into * WIDE / 2, y: line.at }
  const bend = from.x + side * (line.isFlat ? LANE - trunk / 2 : inner.lane + trunk)
  const words = (line.isFlat ? LANE - 20 : GAP - TRUNK - 42) / 2
  return { points: [from, { x: bend, y: from.y }, { x: bend, y: to.y }, to], middle: to.x + into * words }
}
