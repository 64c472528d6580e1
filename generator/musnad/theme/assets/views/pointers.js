// What pointers do to a picture: one moves it, two bring it nearer, and so does the wheel with a key.

/**
 * Tell `on` of it: `move(right, down)` in pixels, `zoom(factor, x, y)` about a spot of the window, `end()` once nothing holds the picture any more.
 * Where there is `on.canMove()`, it is moved only while that holds. What is held is marked; what was dragged was not clicked.
 */
export function follow(picture, on) {
  const pointers = new Map()
  let dragged = 0
  picture.addEventListener("pointerdown", (event) => {
    if (event.button) return
    pointers.set(event.pointerId, event)
    if (pointers.size === 1) dragged = 0
  })
  picture.addEventListener("pointermove", (event) => {
    const before = pointers.get(event.pointerId)
    if (!before) return
    const other = [...pointers.values()].find(({ pointerId }) => pointerId !== event.pointerId)
    if (other) {
      const apart = (one) => Math.max(20, Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY))
      dragged = 99
      on.zoom(apart(event) / apart(before), (event.clientX + other.clientX) / 2, (event.clientY + other.clientY) / 2)
    } else if ((on.canMove?.() ?? true)) {
      dragged += Math.hypot(event.clientX - before.clientX, event.clientY - before.clientY)
      if (dragged < 4) return
      if (!picture.hasPointerCapture(event.pointerId)) picture.setPointerCapture(event.pointerId)
      picture.classList.add("is-dragged")
      on.move(event.clientX - before.clientX, event.clientY - before.clientY)
    }
    pointers.set(event.pointerId, event)
  })
  const end = (event) => {
    if (!pointers.delete(event.pointerId) || pointers.size) return
    picture.classList.remove("is-dragged")
    on.end?.()
  }
  for (const name of ["pointerup", "pointercancel"]) picture.addEventListener(name, end)
  // The page is scrolled by the wheel; with a key, or by two fingers on a pad, the picture comes nearer.
  picture.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return
    event.preventDefault()
    on.zoom(Math.exp(-Math.max(-60, Math.min(60, event.deltaY)) / 150), event.clientX, event.clientY)
  }, { passive: false })
  picture.addEventListener("dragstart", (event) => event.preventDefault())
  picture.addEventListener("click", (event) => { if (dragged >= 4) { event.preventDefault(); event.stopPropagation() } }, true)
}
