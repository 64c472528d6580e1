// The worker that every page starts: what answers is read with the first question, as few readers search.
"use strict"
{
  const NONE = {items: [], isComplete: true}
  const tell = (type, data) => self.postMessage({type, data})
  let setUp = null

  // Where hosts send the policy of the pages as a header, a worker has one of its own.
  self.trustedTypes?.createPolicy("default", {createScriptURL: address => address})

  self.addEventListener("message", function hear({data: message}) {
    const {type, data} = message
    if (type === 0) {
      setUp = {...message, isReady: true}
      tell(1)
    } else if (type === 2 && !data.trim()) tell(3, NONE)
    else {
      try {
        importScripts(`answer.js?v=${self.location.pathname.split(".").at(-2)}`)
      } catch (error) {
        // Offline: the next question tries again.
        console.warn(`search: ${error.message}`)
        if (type === 2) tell(3, NONE)
        else tell(5, {key: data.key, found: [], total: 0})
        return
      }
      self.removeEventListener("message", hear)
      for (const data of [setUp, message]) self.dispatchEvent(new MessageEvent("message", {data}))
    }
  })
}
