import { Link, useLocation } from 'wouter'
import { useSession } from '../api/use-session.ts'
import { useMessages } from '../i18n/messages-context.tsx'
import { EnvironmentChip } from './environment.tsx'
import { preloadPage } from './lazy-pages.ts'
import { Mark } from './mark.tsx'
import { type PageLink, pageLinks } from './page-links.ts'
import './rail.css'
import { RailSign } from './rail-sign.tsx'

function isCurrent(link: PageLink, path: string): boolean {
  return path === link.path || (link.path !== '/' && path.startsWith(`${link.path}/`))
}

function RailLink({ link }: { readonly link: PageLink }) {
  const { nav, shortQueues } = useMessages().shell
  const [path] = useLocation()
  const Icon = link.icon
  return (
    <Link
      to={link.path}
      className="rail-link"
      aria-current={isCurrent(link, path) ? 'page' : undefined}
      title={nav[link.name]}
      onPointerEnter={() => void preloadPage(link.path)}
      onFocus={() => void preloadPage(link.path)}
    >
      <Icon size={16} aria-hidden="true" />
      <span className="rail-word">{nav[link.name]}</span>
      <span className="rail-short" aria-hidden="true">
        {link.name === 'queues' ? shortQueues : nav[link.name]}
      </span>
      <RailSign page={link.name} />
    </Link>
  )
}

/** The pages: at the side, as icons on a narrow screen, at the bottom on a phone. Nothing for who may open none. */
export function Rail() {
  const { shell } = useMessages()
  const { title, version, permissions } = useSession()
  const links = pageLinks.filter(({ permission }) => permissions.includes(permission))
  if (links.length === 0) return null
  return (
    <nav className="rail" aria-label={shell.pages}>
      <div className="rail-brand">
        <Mark />
        <span className="rail-title cut">{title === '' ? shell.product : title}</span>
        <EnvironmentChip />
      </div>
      <div className="rail-links">
        {links.map((link) => (
          <RailLink key={link.name} link={link} />
        ))}
      </div>
      <div className="rail-foot">
        {shell.product} {version}
      </div>
    </nav>
  )
}
