// The group of methods `finishedGoodsInventory`.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.
import type { AsOfBasis } from "../models/accounting.js";
import type {
  FinishedGoodsAdjustment,
  FinishedGoodsDisposal,
  FinishedGoodsEventType,
  FinishedGoodsLedgerEntry,
  FinishedGoodsLedgerPage,
  FinishedGoodsOpeningBalanceBulkImport,
  FinishedGoodsRevaluation,
  FinishedGoodsSummaryList,
  FinishedGoodsTransferCreate,
  FinishedGoodsTransferCreated,
  RevaluationReversal,
  TransferCancel,
  TransferComplete,
} from "../models/inventory.js";
import type { BulkImportResult } from "../models/shared.js";
import { Pages } from "../pages.js";
import type { Call, Read, Transport, Write } from "../transport.js";
import type { Moment } from "../values.js";

export interface BulkImportFinishedGoodsOpeningBalancesOptions extends Write {
  mode?: "atomic" | "partial" | undefined;
  dryRun?: boolean | undefined;
}

export interface GetFinishedGoodsSummaryOptions extends Call {
  skuId?: string | undefined;
  locationId?: string | undefined;
  asOf?: Moment | undefined;
  asOfBasis?: AsOfBasis | undefined;
  expand?: "names" | undefined;
}

export interface ListFinishedGoodsLedgerEntriesOptions extends Call {
  skuId?: string | undefined;
  locationId?: string | undefined;
  eventType?: FinishedGoodsEventType | undefined;
  ref?: string | undefined;
  dateFrom?: Moment | undefined;
  dateTo?: Moment | undefined;
  limit?: number | undefined;
  sort?: "eventDate" | "-eventDate" | "createdAt" | "-createdAt" | "id" | "-id" | undefined;
  ids?: readonly string[] | undefined;
  updatedSince?: Moment | undefined;
  count?: boolean | undefined;
  expand?: "names" | undefined;
}

/**
 * `client.finishedGoodsInventory`: the ledger of SKUs, what there is of each at each location, and the transfers
 * between them.
 */
export class FinishedGoodsInventory {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Create FG transfer.
   *
   * Sends a quantity of one SKU from one location to another. It leaves the source at once, with its part of the value
   * there, and is in transit to the destination until completeFinishedGoodsTransfer is called with the `ref` of this
   * answer. `eventDate` is when it happened, the present if it is not sent; more than one day ahead is 422. Wrong by
   * itself, and so 422, is a destination that is the source. Refused with 404 when there is no such SKU or location,
   * and with 409 `conflict` when the destination is deactivated or when the source has less on hand; `details` then has
   * `itemId`, `locationId`, `onHand` and `requested`. A deactivated source, and a deactivated SKU, can be emptied.
   *
   * The least role is member.
   */
  createFinishedGoodsTransfer(
    body: FinishedGoodsTransferCreate,
    options: Write = {},
  ): Promise<FinishedGoodsTransferCreated> {
    return this.#transport.send(
      {
        method: "POST",
        template: "/api/finished-goods-inventory/transfers",
        body,
        takesKey: true,
        shape: "FinishedGoodsTransferCreated",
      },
      options,
    );
  }

  /**
   * Complete FG in-transit transfer.
   *
   * Takes a transfer in at its destination, with the value that left the source. Without `quantity` all that is on its
   * way arrives; with it that much, and the rest stays on its way: the parts bring together what left, to the last
   * digit. The body may be left out. `eventDate` is when it happened, the present if it is not sent; more than one day
   * ahead is 422. Wrong by itself, and so 422, is also an `eventDate` before the transfer's. Refused with 404 when
   * there is no transfer of a SKU with this `ref`, with 409 `invalid_transition` when nothing of it is on its way any
   * more, also when two complete it at once, and with 409 `conflict` when less is on its way than `quantity`; `details`
   * then has `itemId`, `locationId`, `inTransit` and `requested`. What was sent arrives even where the SKU or a
   * location has been deactivated since.
   *
   * The least role is member.
   */
  completeFinishedGoodsTransfer(
    ref: string,
    body: TransferComplete | undefined,
    options: Write = {},
  ): Promise<FinishedGoodsLedgerEntry> {
    return this.#transport.send(
      {
        method: "POST",
        template: "/api/finished-goods-inventory/transfers/{ref}/complete",
        path: { ref },
        body,
        takesKey: true,
        shape: "FinishedGoodsLedgerEntry",
      },
      options,
    );
  }

  /**
   * Cancel in-transit transfer.
   *
   * Calls back what of a transfer has not arrived: it is on hand at the source again, with the value with which it
   * left. What has arrived stays. The body may be left out. `eventDate` is when it happened, the present if it is not
   * sent; more than one day ahead is 422, and so is one before the transfer's. Refused with 404 when there is no
   * transfer of a SKU with this `ref`, and with 409 `invalid_transition` when nothing of it is on its way any more.
   *
   * The least role is member.
   */
  cancelFinishedGoodsTransfer(
    ref: string,
    body: TransferCancel | undefined,
    options: Write = {},
  ): Promise<FinishedGoodsLedgerEntry> {
    return this.#transport.send(
      {
        method: "POST",
        template: "/api/finished-goods-inventory/transfers/{ref}/cancel",
        path: { ref },
        body,
        takesKey: true,
        shape: "FinishedGoodsLedgerEntry",
      },
      options,
    );
  }

  /**
   * Adjust FG inventory.
   *
   * Adds a quantity of one SKU at a location, such as one found when counting, at the average cost it has there, 0 if
   * it has none. An adjustment only adds; to take off, call disposeFinishedGoodsInventory. `eventDate` is when it
   * happened, the present if it is not sent; more than one day ahead is 422. Refused with 404 when there is no such SKU
   * or location. Deactivated ones may be named: what still lies there has to be counted; but not, 409 `conflict`, where
   * the SKU never lay at the location.
   *
   * The least role is admin.
   */
  adjustFinishedGoodsInventory(body: FinishedGoodsAdjustment, options: Write = {}): Promise<FinishedGoodsLedgerEntry> {
    return this.#transport.send(
      {
        method: "POST",
        template: "/api/finished-goods-inventory/adjustments",
        body,
        takesKey: true,
        shape: "FinishedGoodsLedgerEntry",
      },
      options,
    );
  }

  /**
   * Dispose FG inventory.
   *
   * Takes a quantity of one SKU off a location for good, with its part of the value there. A disposal has no reverse;
   * to put back, call adjustFinishedGoodsInventory. `eventDate` is when it happened, the present if it is not sent;
   * more than one day ahead is 422. Refused with 404 when there is no such SKU or location, and with 409 `conflict`
   * when the location has less on hand, also of deactivated records; `details` then has `itemId`, `locationId`,
   * `onHand` and `requested`.
   *
   * The least role is admin.
   */
  disposeFinishedGoodsInventory(body: FinishedGoodsDisposal, options: Write = {}): Promise<FinishedGoodsLedgerEntry> {
    return this.#transport.send(
      {
        method: "POST",
        template: "/api/finished-goods-inventory/disposals",
        body,
        takesKey: true,
        shape: "FinishedGoodsLedgerEntry",
      },
      options,
    );
  }

  /**
   * Revalue finished goods inventory.
   *
   * Gives what is on hand of one SKU at a location another unit cost, from now on; no quantity moves. The change of the
   * value is the row's `value`. After it all that lies there has one cost: what is undone or corrected later of an
   * earlier receipt is variance. `eventDate` is when it happened, the present if it is not sent; more than one day
   * ahead is 422. Refused with 404 when there is no such SKU or location, and with 409 `conflict` when nothing is on
   * hand or it costs that already. Deactivated ones may be named.
   *
   * The least role is admin.
   */
  revalueFinishedGoodsInventory(
    body: FinishedGoodsRevaluation,
    options: Write = {},
  ): Promise<FinishedGoodsLedgerEntry> {
    return this.#transport.send(
      {
        method: "POST",
        template: "/api/finished-goods-inventory/revaluations",
        body,
        takesKey: true,
        shape: "FinishedGoodsLedgerEntry",
      },
      options,
    );
  }

  /**
   * Reverse finished goods revaluation.
   *
   * Takes a revaluation by hand back. Of its change the part that is still on hand leaves the value there; the part
   * that is gone meanwhile is the row's `variance`. The body may be left out. `eventDate` is when it happened, the
   * present if it is not sent; more than one day ahead is 422. Refused with 404 when the id is that of no revaluation
   * by hand, and with 409 `invalid_transition` when it was reversed already.
   *
   * The least role is admin.
   */
  reverseFinishedGoodsRevaluation(
    id: string,
    body: RevaluationReversal | undefined,
    options: Write = {},
  ): Promise<FinishedGoodsLedgerEntry> {
    return this.#transport.send(
      {
        method: "POST",
        template: "/api/finished-goods-inventory/revaluations/{id}/reverse",
        path: { id },
        body,
        takesKey: true,
        shape: "FinishedGoodsLedgerEntry",
      },
      options,
    );
  }

  /**
   * Bulk-import opening balances.
   *
   * Posts what was on hand when the organization came here, up to 5,000 balances at once: each row is an ADJUST of a
   * SKU at a location, with its quantity, what one unit cost and when that was (`eventDate`, the present if it is not
   * sent). The rows of the ledger have `opening` for their `sourceType`.
   *
   * A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one transaction
   * or none is: a bad row makes it 422, with `details` naming every bad row by its index. A row is bad that names a SKU
   * or a location that does not exist or is deactivated, that is dated more than one day ahead or in a closed period,
   * or that would open a balance a second time, also one of an earlier row, unless it says `acceptAgain: true`. In
   * `mode=partial` each row is stored or refused on its own, and `results` tells which. With `dryRun=true` everything
   * is checked and nothing is stored: `ids` is empty and the results carry no id.
   *
   * The least role is admin.
   */
  bulkImportFinishedGoodsOpeningBalances(
    body: FinishedGoodsOpeningBalanceBulkImport,
    options: BulkImportFinishedGoodsOpeningBalancesOptions = {},
  ): Promise<BulkImportResult> {
    return this.#transport.send(
      {
        method: "POST",
        template: "/api/finished-goods-inventory/opening-balances/bulk-import",
        query: { mode: options.mode, dryRun: options.dryRun },
        body,
        takesKey: true,
        shape: "BulkImportResult",
      },
      options,
    );
  }

  /**
   * FG summary.
   *
   * What there is of each SKU at each location: one row for each pair that the ledger has rows of, also as a transfer's
   * destination, by SKU code and then by the locations' `sortOrder`. `skuId` narrows it to one SKU, `locationId` to one
   * location; the list is empty when there is no such thing. It comes whole, without pages. With `asOf` it is what
   * there was then, of the pairs that the ledger had rows of by then; `asOfBasis` says which rows those are.
   *
   * The least role is viewer.
   */
  getFinishedGoodsSummary(options: GetFinishedGoodsSummaryOptions = {}): Promise<FinishedGoodsSummaryList> {
    return this.#transport.send(
      {
        method: "GET",
        template: "/api/finished-goods-inventory/summary",
        query: {
          skuId: options.skuId,
          locationId: options.locationId,
          asOf: options.asOf,
          asOfBasis: options.asOfBasis,
          expand: options.expand,
        },
        shape: "FinishedGoodsSummaryList",
      },
      options,
    );
  }

  /**
   * List FG ledger entries.
   *
   * The rows of the ledger of SKUs, the newest `eventDate` first and then the newest written, in pages. `skuId` narrows
   * the list to one SKU, `locationId` to one location, also as a transfer's destination, `eventType` to one kind of
   * event, `ref` to one order or transfer, or to those whose number begins like this, `dateFrom` and `dateTo` to a
   * time. A cursor belongs to the list it came from: keep the filters the same from page to page.
   *
   * The least role is viewer.
   */
  listFinishedGoodsLedgerEntries(
    options: ListFinishedGoodsLedgerEntriesOptions = {},
  ): Pages<FinishedGoodsLedgerPage, FinishedGoodsLedgerEntry> {
    return new Pages((cursor) =>
      this.#transport.send(
        {
          method: "GET",
          template: "/api/finished-goods-inventory/ledger",
          query: {
            skuId: options.skuId,
            locationId: options.locationId,
            eventType: options.eventType,
            ref: options.ref,
            dateFrom: options.dateFrom,
            dateTo: options.dateTo,
            limit: options.limit,
            sort: options.sort,
            ids: options.ids,
            updatedSince: options.updatedSince,
            count: options.count,
            expand: options.expand,
            cursor,
          },
          shape: "FinishedGoodsLedgerPage",
        },
        options,
      ),
    );
  }

  /**
   * Get FG ledger entry detail.
   *
   * One row of the ledger of SKUs. Refused with 404 when there is no such row.
   *
   * The least role is viewer.
   */
  getFinishedGoodsLedgerEntry(
    id: string,
    options: Read<FinishedGoodsLedgerEntry> = {},
  ): Promise<FinishedGoodsLedgerEntry> {
    return this.#transport.send(
      {
        method: "GET",
        template: "/api/finished-goods-inventory/ledger/{id}",
        path: { id },
        shape: "FinishedGoodsLedgerEntry",
      },
      options,
    );
  }
}
