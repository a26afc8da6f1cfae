import { z } from 'zod'
import { readScrape } from '../../operations/read-scrape.ts'
import { prometheusText, prometheusType } from '../prometheus-text.ts'
import { defineRoute } from '../route.ts'

/** GET /prometheus: figures as Prometheus reads them. */
export const scrapePrometheusRoute = defineRoute({
  method: 'GET',
  path: '/prometheus',
  permission: 'metrics:read',
  summary: 'Counts, totals and durations in the text format of Prometheus',
  contentType: prometheusType,
  response: z.string(),
  errors: [],
  handle: async (deps) => {
    const scrape = await readScrape(deps, deps.overview.totals)
    return new Response(prometheusText({ ...scrape, version: deps.version }), {
      headers: { 'content-type': prometheusType },
    })
  },
})
