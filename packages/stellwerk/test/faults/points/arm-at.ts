import { tell } from '../storm/report-line.ts'
import { type PointHook, pointName, type StorePoint, watchStatements } from './statement-points.ts'
import type { VictimFault, VictimSetup } from './victim-setup.ts'

/** From here on this process tells every point that it passes once; or it meets its fault at the one that is named, the first time it comes there. */
export function armAt({ fault, point }: Pick<VictimSetup, 'fault' | 'point'>): void {
  watchStatements(fault === 'none' ? tellEach() : meetAt(point, fault))
}

function tellEach(): PointHook {
  const seen = new Set<string>()
  return (point) => {
    const name = pointName(point)
    if (!seen.has(name)) tellPoint(point)
    seen.add(name)
  }
}

function meetAt(wanted: string, fault: Exclude<VictimFault, 'none'>): PointHook {
  let isArmed = true
  return (point) => {
    if (!isArmed || pointName(point) !== wanted) return
    isArmed = false
    tellPoint(point)
    if (fault === 'cut') point.cut?.()
    else process.kill(process.pid, fault === 'kill' ? 'SIGKILL' : 'SIGSTOP')
  }
}

function tellPoint(point: StorePoint): void {
  tell({ e: 'point', name: pointName(point), hasConnection: point.cut !== undefined })
}
