// The same work in the page and in a worker of it, to see how fast each runs: [milliseconds, milliseconds].
async () => {
  const spin = () => {
    const start = performance.now()
    let sum = 0
    for (let i = 0; i < 4e7; i++) sum += i % 7
    return sum && performance.now() - start
  }
  const worker = new Worker(URL.createObjectURL(new Blob([`onmessage = () => postMessage((${spin})())`])))
  const page = spin()
  const aside = await new Promise(resolve => {
    worker.onmessage = event => resolve(event.data)
    worker.postMessage(0)
  })
  worker.terminate()
  return [page, aside]
}
