import { defineSearch } from '../../app/search-codec.ts'
import { byTrouble, sortableColumns } from '../../panels/queue-table/queue-order.ts'
import { sortParam } from '../../ui/sort-param.ts'

/** What the address of the page of queues says. */
export const queuesSearch = defineSearch({ sort: sortParam(sortableColumns, byTrouble) })
