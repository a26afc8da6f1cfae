import type { Plugin } from 'vite'

/**
 * Lets the browser draw nothing before the entry has run, which sets the theme first: no page flashes in the wrong one, and no file beside the
 * entry is needed for it. The content security policy allows no inline script. A browser that does not know the attribute follows the system until then.
 */
export function paintWhenReady(): Plugin {
  return {
    name: 'paint-when-ready',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html) {
        const complete = html.replaceAll('<script type="module"', '<script type="module" blocking="render"')
        if (complete === html) throw new Error('index.html names no entry')
        return complete
      },
    },
  }
}
