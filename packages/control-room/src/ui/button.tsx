import type { LucideIcon } from 'lucide-react'
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import './button.css'

/** primary: what the page is for, once at most. danger: it destroys. quiet: beside others. */
export type ButtonKind = 'normal' | 'primary' | 'danger' | 'quiet'

interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'style'> {
  readonly kind?: ButtonKind
  readonly icon?: LucideIcon
  readonly children: ReactNode
  readonly ref?: Ref<HTMLButtonElement>
}

/** A button with a word, and an icon before it. */
export function Button({ kind = 'normal', icon: Icon, children, type = 'button', ...rest }: ButtonProps) {
  return (
    <button {...rest} type={type} className="button" data-kind={kind}>
      {Icon === undefined ? null : <Icon size={14} aria-hidden="true" />}
      {children}
    </button>
  )
}

interface IconButtonProps extends Omit<ButtonProps, 'children' | 'aria-label' | 'title'> {
  readonly icon: LucideIcon
  /** What it does: read aloud, and shown on hover. */
  readonly label: string
}

/** A button that is only an icon; its label is read aloud and shown on hover. */
export function IconButton({ kind = 'quiet', icon: Icon, label, type = 'button', ...rest }: IconButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      className="button"
      data-kind={kind}
      data-shape="icon"
      aria-label={label}
      title={label}
    >
      <Icon size={16} aria-hidden="true" />
    </button>
  )
}
