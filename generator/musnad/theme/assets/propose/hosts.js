// Where a repository host takes a file. GitHub fills in a new file from its address, up to some length; what it does not,
// and whatever is edited, goes through the clipboard. GitLab fills in the name alone.
const LONGEST = 7500

/** `host` is {kind, repo, branch, folder}; `file` is below the folder. Returns {url, mustPaste}. */
export function addressNew(host, file, text) {
  const [, folder, name] = `${host.folder}${file}`.match(/^(?:(.*)\/)?([^/]+)$/)
  const place = [encodeURIComponent(host.branch), ...(folder ?? "").split("/").map(encodeURIComponent)].join("/")
  if (host.kind === "gitlab") return { url: `${host.repo}/-/new/${place}?file_name=${encodeURIComponent(name)}`, mustPaste: true }
  const empty = `${host.repo}/new/${place}?filename=${encodeURIComponent(name)}`
  const filled = `${empty}&value=${encodeURIComponent(text)}`
  return filled.length > LONGEST ? { url: empty, mustPaste: true } : { url: filled, mustPaste: false }
}

/** Where a file that is there is edited; its new text is pasted. */
export function addressEdit(host, file) {
  const place = [host.branch, ...`${host.folder}${file}`.split("/")].map(encodeURIComponent).join("/")
  return { url: `${host.repo}${host.kind === "gitlab" ? "/-/edit/" : "/edit/"}${place}`, mustPaste: true }
}
