import { about } from './de/about.ts'
import { actions } from './de/actions.ts'
import { dispatch } from './de/dispatch.ts'
import { failed } from './de/failed.ts'
import { filter } from './de/filter.ts'
import { jobs } from './de/jobs.ts'
import { jsonView } from './de/json-view.ts'
import { login } from './de/login.ts'
import { overview } from './de/overview.ts'
import { problems } from './de/problems.ts'
import { queues } from './de/queues.ts'
import { shell } from './de/shell.ts'
import { states } from './de/states.ts'
import { units } from './de/units.ts'
import { verdict } from './de/verdict.ts'
import type { Messages } from './messages.ts'

/** The room in German. */
export const de: Messages = {
  about,
  actions,
  dispatch,
  failed,
  filter,
  jobs,
  jsonView,
  login,
  overview,
  problems,
  queues,
  shell,
  states,
  units,
  verdict,
}
