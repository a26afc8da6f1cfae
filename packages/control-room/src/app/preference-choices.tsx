import { languages } from '../i18n/languages.ts'
import { useMessages } from '../i18n/messages-context.tsx'
import { Segments } from '../ui/segments.tsx'
import { setPreferences, usePreferences } from './preferences.ts'

/** Theme, language, time zone, density, shortcuts. */
export function PreferenceChoices() {
  const { settings } = useMessages().shell
  const { theme, language, timeZone, density, hasShortcuts } = usePreferences()
  const { system, light, dark } = settings.themes
  const { compact, normal, roomy } = settings.densities
  return (
    <>
      <Segments
        title={settings.theme}
        value={theme}
        options={[
          ['system', system],
          ['light', light],
          ['dark', dark],
        ]}
        onChange={(chosen) => setPreferences({ theme: chosen })}
      />
      <Segments
        title={settings.language}
        value={language ?? 'browser'}
        options={[
          ['browser', settings.asBrowser],
          ['en', languages.en],
          ['de', languages.de],
        ]}
        onChange={(chosen) => setPreferences({ language: chosen === 'browser' ? null : chosen })}
      />
      <Segments
        title={settings.timeZone}
        value={timeZone}
        options={[
          ['local', settings.timeZones.local],
          ['utc', settings.timeZones.utc],
        ]}
        onChange={(chosen) => setPreferences({ timeZone: chosen })}
      />
      <Segments
        title={settings.density}
        value={density}
        options={[
          ['compact', compact],
          ['normal', normal],
          ['roomy', roomy],
        ]}
        onChange={(chosen) => setPreferences({ density: chosen })}
      />
      <Segments
        title={settings.shortcuts}
        value={hasShortcuts ? 'on' : 'off'}
        options={[
          ['on', settings.on],
          ['off', settings.off],
        ]}
        onChange={(chosen) => setPreferences({ hasShortcuts: chosen === 'on' })}
      />
    </>
  )
}
