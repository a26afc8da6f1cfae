import { about } from './en/about.ts'
import { actions } from './en/actions.ts'
import { dispatch } from './en/dispatch.ts'
import { failed } from './en/failed.ts'
import { filter } from './en/filter.ts'
import { jobs } from './en/jobs.ts'
import { jsonView } from './en/json-view.ts'
import { login } from './en/login.ts'
import { overview } from './en/overview.ts'
import { problems } from './en/problems.ts'
import { queues } from './en/queues.ts'
import { shell } from './en/shell.ts'
import { states } from './en/states.ts'
import { units } from './en/units.ts'
import { verdict } from './en/verdict.ts'

/** The room in English. */
export const en = {
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
