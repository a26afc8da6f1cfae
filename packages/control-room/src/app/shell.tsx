import { Suspense } from 'react'
import { Redirect, useLocation } from 'wouter'
import { useMessages } from '../i18n/messages-context.tsx'
import { useLazyPart } from '../ui/lazy-part.ts'
import { Toaster } from '../ui/toaster.tsx'
import { EnvironmentStripe } from './environment.tsx'
import { type LazyPage, pageAt } from './lazy-pages.ts'
import { LostBar } from './lost-bar.tsx'
import { MaintenanceBar } from './maintenance-bar.tsx'
import { MissingPage } from './missing-page.tsx'
import { PageBoundary } from './page-boundary.tsx'
import { PageFallback } from './page-fallback.tsx'
import { Rail } from './rail.tsx'
import { RoomShortcuts } from './room-shortcuts.tsx'
import './shell.css'
import { ShortcutsHelp } from './shortcuts-help.tsx'
import { TabSign } from './tab-sign.tsx'

/** Stations have no page of their own any more: links to it stay good. */
const moved: Readonly<Record<string, string>> = { '/stations': '/workers?by=machine' }

function FoundPage({ page }: { readonly page: LazyPage }) {
  const Page = useLazyPart(page)
  return <Page />
}

function Pages() {
  const [path] = useLocation()
  const target = moved[path.replace(/\/$/, '')]
  if (target !== undefined) return <Redirect to={target} replace />
  const page = pageAt(path)
  return (
    <PageBoundary resetKey={path}>
      <Suspense fallback={<PageFallback />}>
        {page === undefined ? <MissingPage /> : <FoundPage page={page} />}
      </Suspense>
    </PageBoundary>
  )
}

/** What stands around every page. */
export function Shell() {
  const { shell } = useMessages()
  return (
    <div className="shell">
      <a href="#content" className="skip unseen">
        {shell.skip}
      </a>
      <EnvironmentStripe />
      <Rail />
      <main id="content" className="content" tabIndex={-1}>
        <LostBar />
        <MaintenanceBar />
        <Pages />
      </main>
      <Toaster />
      <TabSign />
      <RoomShortcuts />
      <ShortcutsHelp />
    </div>
  )
}
