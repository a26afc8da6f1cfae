import { Info, Keyboard, LogOut, Settings2 } from 'lucide-react'
import { useId, useRef } from 'react'
import { Link } from 'wouter'
import { useSession } from '../api/use-session.ts'
import { useMessages } from '../i18n/messages-context.tsx'
import { IconButton } from '../ui/button.tsx'
import { PreferenceChoices } from './preference-choices.tsx'
import { openShortcutsHelp } from './shortcuts-help-state.ts'
import './settings-menu.css'
import { useSignOut } from './use-sign-out.ts'

/** The settings, behind a button of the header: the browser's own popover, closed by Esc and by a click elsewhere. */
export function SettingsMenu() {
  const { settings } = useMessages().shell
  const { actor, readOnly } = useSession()
  const signOut = useSignOut()
  const id = useId()
  const popover = useRef<HTMLDivElement>(null)
  const close = () => popover.current?.hidePopover()
  return (
    <>
      <IconButton icon={Settings2} label={settings.title} popoverTarget={id} />
      <div ref={popover} id={id} popover="auto" className="settings">
        <PreferenceChoices />
        <hr />
        <button type="button" className="settings-item" onClick={() => [close(), openShortcutsHelp(true)]}>
          <Keyboard size={16} aria-hidden="true" />
          {settings.showShortcuts}
        </button>
        <Link to="/about" className="settings-item" onClick={close}>
          <Info size={16} aria-hidden="true" />
          {settings.about}
        </Link>
        {actor.kind === 'session' ? (
          <button type="button" className="settings-item" onClick={signOut}>
            <LogOut size={16} aria-hidden="true" />
            {settings.signOut}
          </button>
        ) : null}
        <p className="settings-who">
          {settings.signedInAs(actor.name, actor.role ?? actor.kind)}
          {readOnly ? ` · ${settings.readOnly}` : null}
        </p>
      </div>
    </>
  )
}
