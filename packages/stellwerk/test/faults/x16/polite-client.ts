// Asks for something small again and again, from a thread of its own, until it is told to stop; then says how long each answer took, ms.
import { parentPort, workerData } from 'node:worker_threads'

const { url } = workerData as { readonly url: string }
const took: number[] = []
let isStopped = false
parentPort?.once('message', () => {
  isStopped = true
})
while (!isStopped) {
  const startedMs = performance.now()
  const response = await fetch(`${url}/health/live`)
  await response.text()
  took.push(response.status === 200 ? performance.now() - startedMs : Number.POSITIVE_INFINITY)
  await new Promise((resolve) => setTimeout(resolve, 20))
}
parentPort?.postMessage(took)
