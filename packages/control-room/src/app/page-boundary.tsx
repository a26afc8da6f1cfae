import { Component, type ReactNode } from 'react'
import { CrashedPage } from './crashed-page.tsx'

interface Props {
  /** A new value tries again: the address. */
  readonly resetKey: string
  readonly children: ReactNode
}

interface State {
  readonly error: unknown
  readonly resetKey: string
}

/** Keeps the fault of one page from taking the room along. */
export class PageBoundary extends Component<Props, State> {
  override state: State = { error: null, resetKey: this.props.resetKey }

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error: error ?? 'unknown' }
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    return props.resetKey === state.resetKey ? null : { error: null, resetKey: props.resetKey }
  }

  override render(): ReactNode {
    return this.state.error === null ? this.props.children : <CrashedPage error={this.state.error} />
  }
}
