/** One node of a plan, as EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) and auto_explain print it. */
export interface PlanNode {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly 'Actual Rows'?: number
  readonly 'Actual Loops'?: number
  readonly 'Rows Removed by Filter'?: number
  readonly 'Rows Removed by Index Recheck'?: number
  readonly 'Shared Hit Blocks'?: number
  readonly 'Shared Read Blocks'?: number
  readonly Plans?: readonly PlanNode[]
}

/** A statement that the driver sent, or a function of its schema ran, with the plan by which it was executed. */
export interface ExecutedPlan {
  readonly text: string
  readonly plan: PlanNode
}

/** What a statement did, in figures that do not change with the machine. */
export interface PlanFigures {
  /** Pages of tables and indexes, found in memory or read, over all statements. */
  readonly buffers: number
  /** Rows that all scans together looked at, those they threw away again included. */
  readonly rowsScanned: number
  /** The most rows that one sort put in order. */
  readonly rowsSorted: number
  /** Tables, or partitions, of more than a thousand rows that were read from end to end. */
  readonly fullScans: readonly string[]
  /** `node table index`, in the order of the plans. */
  readonly scans: readonly string[]
}

/** Adds up what these statements did. */
export function figuresOf(executed: readonly ExecutedPlan[]): PlanFigures {
  const nodes = executed.flatMap(({ plan }) => [...nodesOf(plan)])
  const scans = nodes.filter((node) => isScan(node) && (node['Actual Loops'] ?? 0) > 0)
  const sorts = nodes.filter((node) => node['Node Type'].endsWith('Sort'))
  return {
    buffers: executed.reduce((sum, { plan }) => sum + buffersOf(plan), 0),
    rowsScanned: scans.filter((node) => !isBitmap(node)).reduce((sum, node) => sum + rowsSeen(node), 0),
    rowsSorted: Math.max(0, ...sorts.flatMap((node) => (node.Plans ?? []).map((input) => rowsSeen(input)))),
    fullScans: scans.filter(isFullScan).map((node) => tableOf(node)),
    scans: scans.map((node) => [node['Node Type'], tableOf(node), node['Index Name'] ?? ''].join(' ').trim()),
  }
}

/** The node and all below it. */
function* nodesOf(node: PlanNode): Generator<PlanNode> {
  yield node
  for (const child of node.Plans ?? []) yield* nodesOf(child)
}

function isScan(node: PlanNode): boolean {
  const kind = node['Node Type']
  return kind.endsWith('Scan') && (node['Relation Name'] !== undefined || kind === 'Bitmap Index Scan')
}

/** The heap scan above it counts the rows. */
function isBitmap(node: PlanNode): boolean {
  return node['Node Type'] === 'Bitmap Index Scan'
}

function isFullScan(node: PlanNode): boolean {
  return node['Node Type'].endsWith('Seq Scan') && rowsSeen(node) > 1_000
}

/** A partition counts as its table. */
function tableOf(node: PlanNode): string {
  return (node['Relation Name'] ?? '').replace(/_\d{8}$/, '')
}

function rowsSeen(node: PlanNode): number {
  const each =
    (node['Actual Rows'] ?? 0) + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)
  return Math.round(each * (node['Actual Loops'] ?? 0))
}

/** The figure of the top node covers all below it. */
function buffersOf(plan: PlanNode): number {
  return (plan['Shared Hit Blocks'] ?? 0) + (plan['Shared Read Blocks'] ?? 0)
}
