// The group of methods `workOrders`.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.
import type {
  WorkOrder,
  WorkOrderBulkImport,
  WorkOrderCreate,
  WorkOrderDetail,
  WorkOrderItemCreate,
  WorkOrderItemDetail,
  WorkOrderItemUpdate,
  WorkOrderPage,
  WorkOrderReceipt,
  WorkOrderReceiptCreate,
  WorkOrderReceiptDetail,
  WorkOrderReceiptList,
  WorkOrderReceiptUpdate,
  WorkOrderReceived,
  WorkOrderStatus,
  WorkOrderStatusList,
  WorkOrderUpdate,
} from "../models/manufacturing.js";
import type { BulkImportResult, DeletedId } from "../models/shared.js";
import { Pages } from "../pages.js";
import type { Call, Change, Read, Transport, Write } from "../transport.js";
import type { Moment } from "../values.js";

export interface ListWorkOrdersOptions extends Call {
  status?: WorkOrderStatus | undefined;
  q?: string | undefined;
  workSiteLocationId?: string | undefined;
  dateFrom?: Moment | undefined;
  dateTo?: Moment | undefined;
  limit?: number | undefined;
  sort?: "id" | "-id" | "orderDate" | "-orderDate" | "updatedAt" | "-updatedAt" | undefined;
  ids?: readonly string[] | undefined;
  updatedSince?: Moment | undefined;
  count?: boolean | undefined;
  expand?: "names" | undefined;
}

export interface BulkImportWorkOrdersOptions extends Write {
  mode?: "atomic" | "partial" | undefined;
  dryRun?: boolean | undefined;
}

/** `client.workOrders`: the orders for contract assembly at a work site, and what came out of them. */
export class WorkOrders {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Create WO.
   *
   * Writes a work order of one or more output SKUs, each in one line only, and takes a number for it (WO-2026-…),
   * counted by organization and calendar year and never used twice. Each line takes its inputs, materials and
   * sub-assembly SKUs, from the SKU's BOM as it is now, one level deep: as much as lets the line's quantity come out;
   * its by-products are on order, too. Later changes of a BOM do not touch it. `status` may be any, so that history can
   * be written: nothing is received by it, but what the status commits is put into the ledgers at once, the outputs as
   * on order and the inputs as demanded or allocated. `orderDate` becomes `placedAt`. The date of the status is today,
   * that of Placed only if there is no `orderDate`. Wrong by itself, and so 422, is a SKU that comes twice. Refused
   * with 404 when there is no such work site or SKU, and with 409 `conflict` when one of them is deactivated, when an
   * output SKU has no BOM, or when a quantity of an input grows too large.
   *
   * The least role is member.
   */
  createWorkOrder(body: WorkOrderCreate, options: Write = {}): Promise<WorkOrderDetail> {
    return this.#transport.send(
      { method: "POST", template: "/api/work-orders", body, takesKey: true, shape: "WorkOrderDetail" },
      options,
    );
  }

  /**
   * List WOs.
   *
   * The work orders of the organization, newest first, in pages, without their lines. `status` narrows the list to one
   * status, `q` to orders with a text in their number or in the name of their work site, `workSiteLocationId` to those
   * of one work site, `dateFrom` and `dateTo` to those placed in a time, both days included; an order without
   * `placedAt` counts by the day it was written. A cursor belongs to the list it came from: keep the filters the same
   * from page to page.
   *
   * The least role is viewer.
   */
  listWorkOrders(options: ListWorkOrdersOptions = {}): Pages<WorkOrderPage, WorkOrder> {
    return new Pages((cursor) =>
      this.#transport.send(
        {
          method: "GET",
          template: "/api/work-orders",
          query: {
            status: options.status,
            q: options.q,
            workSiteLocationId: options.workSiteLocationId,
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
          shape: "WorkOrderPage",
        },
        options,
      ),
    );
  }

  /**
   * Update WO.
   *
   * Changes the keys that are sent and leaves the others. A new `status` must be one that the present one leads to (see
   * WorkOrderStatus), otherwise 409 `invalid_transition`, and `details` has `from`, `to` and `allowed`; the same status
   * again is no change. Entering a status sets its date to today unless it is set already or the request gives one;
   * going back clears the dates of the statuses that are left. Dates that are sent win. `orderDate` is another name for
   * `placedAt`, which wins where both are sent. Quantities follow in the ledgers: Draft and what is finished hold
   * nothing open; the other statuses hold the outputs on order as far as they are not received, Entered and Placed
   * their inputs as demand, Production, In Transit and Partial as allocated. Of an order that is Received, Completed or
   * Cancelled only notes, dates and the status can change; another work site is 409 `invalid_transition`. Refused with
   * 404 when there is no such work order or work site, and with 409 `conflict` when a newly named work site is
   * deactivated, or when the work site would change and there is a receipt.
   *
   * The least role is member.
   */
  updateWorkOrder(id: string, body: WorkOrderUpdate, options: Change = {}): Promise<WorkOrder> {
    return this.#transport.send(
      { method: "PATCH", template: "/api/work-orders/{id}", path: { id }, body, takesKey: true, shape: "WorkOrder" },
      options,
    );
  }

  /**
   * Delete WO.
   *
   * Deletes a work order with its lines, receipts and documents. All it holds in the ledgers is reversed first, by rows
   * of their own: what it committed, what its receipts consumed and what they made. Refused with 404 when there is no
   * such work order, with 409 `invalid_transition` when it has ended (Received, Completed, Cancelled), and with 409
   * `conflict` when goods that it made are not on hand any more; `details` then has `itemId`, `locationId`, `onHand`
   * and `requested`.
   *
   * The least role is member.
   */
  deleteWorkOrder(id: string, options: Change = {}): Promise<DeletedId> {
    return this.#transport.send(
      { method: "DELETE", template: "/api/work-orders/{id}", path: { id }, takesKey: true, shape: "DeletedId" },
      options,
    );
  }

  /**
   * Get WO detail.
   *
   * One work order with its lines and the inputs of all lines. Refused with 404 when there is no such work order.
   *
   * The least role is viewer.
   */
  getWorkOrder(id: string, options: Read<WorkOrderDetail> = {}): Promise<WorkOrderDetail> {
    return this.#transport.send(
      { method: "GET", template: "/api/work-orders/{id}", path: { id }, shape: "WorkOrderDetail" },
      options,
    );
  }

  /**
   * Reopen work order.
   *
   * Opens a work order again that has ended (Received, Completed or Cancelled), at the status from which it ended. One
   * that was closed short goes back to Partial: what was not made is to be made. Refused with 409 `conflict` when the
   * order is Received and all of it was made; with 409 `invalid_transition` when the order has not ended, and with 404
   * when there is no such order.
   *
   * The least role is admin.
   */
  reopenWorkOrder(id: string, options: Change = {}): Promise<WorkOrder> {
    return this.#transport.send(
      { method: "POST", template: "/api/work-orders/{id}/reopen", path: { id }, takesKey: true, shape: "WorkOrder" },
      options,
    );
  }

  /**
   * Bulk-import WOs.
   *
   * Stores up to 5,000 work orders at once. Every row is a work order as createWorkOrder takes it, with its lines; each
   * gets a number of its own, and what its status commits is put into the ledgers.
   *
   * A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one transaction
   * or none is: a bad row, such as one that names a work site that does not exist or a SKU without a BOM, makes it 422,
   * with `details` naming every bad row by its index. In `mode=partial` each row is stored or refused on its own, and
   * `results` tells which. With `dryRun=true` everything is checked and nothing is stored: `ids` is empty and the
   * results carry no id.
   *
   * A row with `history: true` is an order of earlier years: Received, Completed or Cancelled, with a number and dates
   * of its own, of partners, items and locations that may be deactivated; it has no inputs and needs no BOM. Nothing is
   * written to the ledgers for it, which `history` in its result says, and its events reach no webhook. Later it may
   * only go on to a status that is an end as well, and be deleted. Any row may bring a number along (`woNumber`); one
   * that is taken, or that the numbering has given already, makes it a bad row.
   *
   * The least role is admin.
   */
  bulkImportWorkOrders(
    body: WorkOrderBulkImport,
    options: BulkImportWorkOrdersOptions = {},
  ): Promise<BulkImportResult> {
    return this.#transport.send(
      {
        method: "POST",
        template: "/api/work-orders/bulk-import",
        query: { mode: options.mode, dryRun: options.dryRun },
        body,
        takesKey: true,
        shape: "BulkImportResult",
      },
      options,
    );
  }

  /**
   * Generate WO sheet PDF.
   *
   * The order as a PDF for those who make it: where, for when, each line with the inputs that it takes for its whole
   * quantity, in their units, and room for what was really made and used, and for lots; no costs. Of the status it says
   * only that an order is a draft or cancelled. Refused with 404 when there is no such order, and with 503 when
   * rendering takes too long.
   *
   * The least role is viewer.
   */
  getWorkOrderPdf(id: string, options: Call = {}): Promise<Uint8Array> {
    return this.#transport.send(
      { method: "GET", template: "/api/work-orders/{id}/pdf", path: { id }, shape: null },
      options,
    );
  }

  /**
   * Add item to WO.
   *
   * Adds a line to a work order, with its inputs by the SKU's BOM as it is now, and puts what the order's status
   * commits of it into the ledgers. Refused with 404 when there is no such work order or SKU, with 409
   * `invalid_transition` when the order has ended, and with 409 `conflict` once the order has a receipt, when the SKU
   * is in a line of the order already or is deactivated, when the SKU has no BOM, or when a quantity of an input grows
   * too large.
   *
   * The least role is member.
   */
  addWorkOrderItem(id: string, body: WorkOrderItemCreate, options: Change = {}): Promise<WorkOrderItemDetail> {
    return this.#transport.send(
      {
        method: "POST",
        template: "/api/work-orders/{id}/items",
        path: { id },
        body,
        takesKey: true,
        shape: "WorkOrderItemDetail",
      },
      options,
    );
  }

  /**
   * Update WO item.
   *
   * Changes the keys that are sent and leaves the others. A new quantity rescales the line's inputs as they were taken
   * from the BOM, which may have changed since, and the ledgers follow. Refused with 404 when there is no such line,
   * with 409 `invalid_transition` when the order has ended, and with 409 `conflict` once the order has a receipt, or
   * when a quantity of an input grows too large.
   *
   * The least role is member.
   */
  updateWorkOrderItem(id: string, body: WorkOrderItemUpdate, options: Change = {}): Promise<WorkOrderItemDetail> {
    return this.#transport.send(
      {
        method: "PATCH",
        template: "/api/work-order-items/{id}",
        path: { id },
        body,
        takesKey: true,
        shape: "WorkOrderItemDetail",
      },
      options,
    );
  }

  /**
   * Remove WO item.
   *
   * Removes a line of a work order with its inputs; what it holds in the ledgers is reversed. Refused with 404 when
   * there is no such line, with 409 `invalid_transition` when the order has ended, and with 409 `conflict` once the
   * order has a receipt, or when it is the order's last line.
   *
   * The least role is member.
   */
  removeWorkOrderItem(id: string, options: Change = {}): Promise<DeletedId> {
    return this.#transport.send(
      { method: "DELETE", template: "/api/work-order-items/{id}", path: { id }, takesKey: true, shape: "DeletedId" },
      options,
    );
  }

  /**
   * Create receipt against WO.
   *
   * Takes in what was made of the order's lines. Each line of the receipt consumes its part of the inputs at the work
   * site (their quantity times received by ordered) and then produces the output there; a unit of it costs what was
   * consumed for it plus the line's `conversionCost`. What a line says of its `inputs` was really used instead of what
   * was planned; what was `scrapped` is disposed of at its cost, which the output does not bear; what is left of the
   * plan is no longer allocated. By-products are produced as planned, or as a line says, and bear their part of the
   * cost. A sub-assembly and what takes it can be on one receipt: lines come in the order in which they feed one
   * another. More than was ordered may be received. When all lines are full the order becomes Received, otherwise
   * Partial; from Entered or Placed it goes through Production first: what was only demanded is allocated, then
   * consumed. `receiptDate` is today if it is not sent. Wrong by itself, and so 422, are a SKU, an input or a
   * by-product that comes twice, and something `scrapped` without a `scrapReason` or a reason without. Refused with 404
   * when there is no such work order, or a SKU, an input or a by-product is not on it, with 409 `invalid_transition`
   * when the status is Draft, Completed or Cancelled, and with 409 `conflict` when the work site has less of an input
   * on hand; `details` then has `itemId`, `locationId`, `onHand` and `requested`. So is more of a line than
   * `overReceiptTolerancePercent` of the organization allows, unless the receipt's line says `acceptOver: true`;
   * `details.lines` then has what each of these lines `ordered`, has `received`, `open` and `accepted` (what may still
   * come), and what was `requested`.
   *
   * The least role is member.
   */
  createWorkOrderReceipt(id: string, body: WorkOrderReceiptCreate, options: Change = {}): Promise<WorkOrderReceived> {
    return this.#transport.send(
      {
        method: "POST",
        template: "/api/work-orders/{id}/receipts",
        path: { id },
        body,
        takesKey: true,
        shape: "WorkOrderReceived",
      },
      options,
    );
  }

  /**
   * List WO receipts.
   *
   * The receipts of a work order, newest first. The list is bounded and comes whole, without pages. Refused with 404
   * when there is no such work order.
   *
   * The least role is viewer.
   */
  listWorkOrderReceipts(id: string, options: Call = {}): Promise<WorkOrderReceiptList> {
    return this.#transport.send(
      { method: "GET", template: "/api/work-orders/{id}/receipts", path: { id }, shape: "WorkOrderReceiptList" },
      options,
    );
  }

  /**
   * Update WO receipt.
   *
   * Changes the date of a receipt. It moves no quantity, and the rows of the ledgers keep their own date. Refused with
   * 404 when there is no such receipt.
   *
   * The least role is member.
   */
  updateWorkOrderReceipt(id: string, body: WorkOrderReceiptUpdate, options: Change = {}): Promise<WorkOrderReceipt> {
    return this.#transport.send(
      {
        method: "PATCH",
        template: "/api/work-order-receipts/{id}",
        path: { id },
        body,
        takesKey: true,
        shape: "WorkOrderReceipt",
      },
      options,
    );
  }

  /**
   * Delete WO receipt.
   *
   * Deletes a receipt and reverses what it did in the ledgers: the outputs and by-products go, the inputs come back,
   * and what was scrapped, too. The order becomes Received or Partial by the receipts that are left, and Production
   * when none is. Refused with 404 when there is no such receipt, with 409 `invalid_transition` when the order is
   * Completed or Cancelled, and with 409 `conflict` when goods that it made are not on hand any more; `details` then
   * has `itemId`, `locationId`, `onHand` and `requested`.
   *
   * The least role is member.
   */
  deleteWorkOrderReceipt(id: string, options: Change = {}): Promise<DeletedId> {
    return this.#transport.send(
      { method: "DELETE", template: "/api/work-order-receipts/{id}", path: { id }, takesKey: true, shape: "DeletedId" },
      options,
    );
  }

  /**
   * Get WO receipt detail.
   *
   * One receipt of a work order with its lines. Refused with 404 when there is no such receipt.
   *
   * The least role is viewer.
   */
  getWorkOrderReceipt(id: string, options: Read<WorkOrderReceiptDetail> = {}): Promise<WorkOrderReceiptDetail> {
    return this.#transport.send(
      { method: "GET", template: "/api/work-order-receipts/{id}", path: { id }, shape: "WorkOrderReceiptDetail" },
      options,
    );
  }

  /**
   * List WO status enum values.
   *
   * All statuses a work order can have, in the order of its life, as plain strings.
   *
   * The least role is viewer.
   */
  listWorkOrderStatusTypes(options: Call = {}): Promise<WorkOrderStatusList> {
    return this.#transport.send(
      { method: "GET", template: "/api/work-order-status-types", shape: "WorkOrderStatusList" },
      options,
    );
  }
}
