import { Ellipsis } from 'lucide-react'
import { Fragment, useId, useRef, useState } from 'react'
import { usePermission } from '../../api/use-session.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { useWorkerWords } from '../workers/worker-words.ts'
import '../../ui/menu.css'
import { isEnd, OrderDialog } from './order-dialog.tsx'
import { type OrderKind, type OrderReach, type OrderTarget, offeredOrders } from './order-reach.ts'

interface OrderMenuProps {
  readonly target: OrderTarget
  /** The target in words. */
  readonly name: string
  readonly reach: OrderReach
  /** A word on the button in place of the three dots. */
  readonly word?: string
}

/** What a worker, pool, station or all of them can be told; each asks first. Nothing for who may not, or where nothing can be told. */
export function OrderMenu({ target, name, reach, word }: OrderMenuProps) {
  const { orders: words } = useWorkerWords()
  const mayOrder = usePermission('worker:control')
  const id = useId()
  const menu = useRef<HTMLDivElement>(null)
  const [asked, setAsked] = useState<OrderKind | null>(null)
  const offered = offeredOrders(reach)
  const ask = (kind: OrderKind) => {
    menu.current?.hidePopover()
    setAsked(kind)
  }
  if (!mayOrder || (offered.length === 0 && asked === null)) return null
  return (
    <span className="menu">
      {word === undefined ? (
        <IconButton icon={Ellipsis} label={words.more(name)} popoverTarget={id} />
      ) : (
        <Button icon={Ellipsis} popoverTarget={id}>
          {word}
        </Button>
      )}
      <div ref={menu} id={id} popover="auto" className="menu-list">
        {offered.map((kind) => (
          <Fragment key={kind}>
            {kind === 'stop' ? <hr /> : null}
            <button type="button" data-ends={isEnd(kind) || undefined} onClick={() => ask(kind)}>
              {words.kind[kind]}
            </button>
          </Fragment>
        ))}
      </div>
      {asked === null ? null : (
        <OrderDialog kind={asked} target={target} name={name} reach={reach} onClose={() => setAsked(null)} />
      )}
    </span>
  )
}
