// The button that clears what the pages keep on a reader's device. Its words stand in the page.
const box = document.getElementById("clear")
const said = box.querySelector("[role=status]")
const keys = [...document.querySelectorAll("[data-key]")].map(({ dataset }) => dataset.key)

/** Return where what these pages keep stands: by storage and name. */
function list() {
  // A device that keeps nothing may refuse to be asked.
  try {
    const isOurs = (name) => keys.includes(name) || name.startsWith(`${__md_scope.pathname}.__`)
    return [localStorage, sessionStorage].flatMap((storage) => Object.keys(storage).filter(isOurs).map((name) => [storage, name]))
  } catch {
    return []
  }
}

said.textContent = list().length ? box.dataset.some : box.dataset.none
box.querySelector("button").addEventListener("click", () => {
  for (const [storage, name] of list()) storage.removeItem(name)
  said.textContent = box.dataset.done
})
box.hidden = false
