import { lazyPart } from '../../ui/lazy-part.ts'

/** The chart with its library; pages that always show one fetch it with themselves. */
export const timeChart = lazyPart(async () => (await import('./time-chart.tsx')).TimeChart)
