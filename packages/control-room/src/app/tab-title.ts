import { useEffect } from 'react'

let page = ''
let verdict = ''
let room = ''

function show(): void {
  document.title = [verdict, page, room].filter((part) => part !== '').join(' · ')
}

/** Names the tab after the page, between the verdict and the name of the room. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    page = title
    show()
  }, [title])
}

/** Sets what stands before and behind the page's name; an empty text is left out. */
export function setTabSides(sides: { readonly verdict: string; readonly room: string }): void {
  verdict = sides.verdict
  room = sides.room
  show()
}
