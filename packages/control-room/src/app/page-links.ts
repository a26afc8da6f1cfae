import { Layers, LayoutDashboard, ListChecks, type LucideIcon, OctagonX, Server } from 'lucide-react'
import type { Messages } from '../i18n/messages.ts'

/** A page that the rail leads to. */
export interface PageLink {
  readonly name: keyof Messages['shell']['nav']
  readonly path: string
  readonly icon: LucideIcon
  /** Second key of its sequence: `g` and this. */
  readonly key: string
  readonly permission: string
}

/** The pages of the rail, in its order. A page stands here once it exists. */
export const pageLinks: readonly PageLink[] = [
  { name: 'overview', path: '/', icon: LayoutDashboard, key: 'o', permission: 'queue:read' },
  { name: 'queues', path: '/queues', icon: Layers, key: 'q', permission: 'queue:read' },
  { name: 'jobs', path: '/jobs', icon: ListChecks, key: 'j', permission: 'job:read' },
  { name: 'failed', path: '/failed', icon: OctagonX, key: 'f', permission: 'job:read' },
  { name: 'workers', path: '/workers', icon: Server, key: 'w', permission: 'station:read' },
]
