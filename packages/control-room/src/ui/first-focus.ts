/** As `ref`: the element that a dialog puts the focus on when it opens. */
export function firstFocus(element: HTMLElement | null): void {
  element?.setAttribute('autofocus', '')
}
