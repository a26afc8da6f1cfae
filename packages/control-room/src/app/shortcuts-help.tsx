import { useMessages } from '../i18n/messages-context.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { pageLinks } from './page-links.ts'
import { usePreferences } from './preferences.ts'
import './shortcuts-help.css'
import { openShortcutsHelp, useShortcutsHelp } from './shortcuts-help-state.ts'

type Key = readonly [keys: string, what: string]

function KeyGroup({ title, keys }: { readonly title: string; readonly keys: readonly Key[] }) {
  return (
    <section>
      <h3>{title}</h3>
      <dl>
        {keys.map(([sequence, what]) => (
          <div key={sequence}>
            <dt>{what}</dt>
            <dd>
              {sequence.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** All keys, in a dialog; `?` opens it. */
export function ShortcutsHelp() {
  const { shortcuts, nav } = useMessages().shell
  const { hasShortcuts } = usePreferences()
  if (!useShortcutsHelp()) return null
  const here: Key[] = [
    ['/', shortcuts.filter],
    ['?', shortcuts.help],
    ['p', shortcuts.pause],
    ['t', shortcuts.theme],
    ['Esc', shortcuts.back],
  ]
  const lists: Key[] = [
    ['j', shortcuts.nextRow],
    ['k', shortcuts.previousRow],
    ['Enter', shortcuts.openRow],
    ['x', shortcuts.selectRow],
  ]
  return (
    <Dialog title={shortcuts.title} size="wide" onClose={() => openShortcutsHelp(false)}>
      {hasShortcuts ? null : <p className="muted">{shortcuts.off}</p>}
      <div className="keys">
        <KeyGroup title={shortcuts.places} keys={pageLinks.map(({ key, name }) => [`g ${key}`, nav[name]])} />
        <KeyGroup title={shortcuts.here} keys={here} />
        <KeyGroup title={shortcuts.lists} keys={lists} />
      </div>
    </Dialog>
  )
}
