import type { NewJobRequest } from '../../../../stellwerk/src/http/schemas/dispatch.ts'
import { readPriority } from '../act-dialog/act-order.ts'

/** The fields of the dialog, as they were typed. */
export interface DispatchForm {
  readonly type: string
  readonly payload: string
  readonly queue: string
  readonly priority: string
  readonly delay: string
  readonly tries: string
}

/** Which fields are wrong. `payload` says why it is no JSON. */
export interface DispatchFaults {
  readonly payload: string | null
  readonly priority: boolean
  readonly delay: boolean
  readonly tries: boolean
}

/** Nothing typed yet. */
export const emptyForm: DispatchForm = { type: '', payload: '', queue: '', priority: '', delay: '', tries: '' }

const durations = /^(\d+(\.\d+)?(ms|s|m|h|d|w)){1,6}$/

/** What is wrong with the fields. An empty field means the default of the type. */
export function dispatchFaults(form: DispatchForm): DispatchFaults {
  const tries = Number(form.tries)
  return {
    payload: jsonFault(form.payload),
    priority: form.priority.trim() !== '' && readPriority(form.priority) === null,
    delay: form.delay.trim() !== '' && !durations.test(form.delay.replaceAll(/\s/g, '')),
    tries: form.tries.trim() !== '' && !(Number.isInteger(tries) && tries >= 1 && tries <= 10_000),
  }
}

/** Whether it can be sent. */
export function isSendable(form: DispatchForm): boolean {
  const { payload, priority, delay, tries } = dispatchFaults(form)
  return form.type !== '' && payload === null && !priority && !delay && !tries
}

/** The request that the fields mean; only when they are sendable. */
export function dispatchRequest(form: DispatchForm): NewJobRequest {
  const options = {
    ...(form.queue.trim() === '' ? {} : { queue: form.queue.trim() }),
    ...(form.priority.trim() === '' ? {} : { priority: readPriority(form.priority) ?? 0 }),
    ...(form.delay.trim() === '' ? {} : { delay: form.delay.replaceAll(/\s/g, '') }),
    ...(form.tries.trim() === '' ? {} : { tries: Number(form.tries) }),
  }
  return {
    type: form.type,
    ...(form.payload.trim() === '' ? {} : { payload: JSON.parse(form.payload) as unknown }),
    ...(Object.keys(options).length === 0 ? {} : { options }),
  }
}

function jsonFault(text: string): string | null {
  if (text.trim() === '') return null
  try {
    JSON.parse(text)
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
