// The group of methods `lots`.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.
import type { AsOfBasis } from "../models/accounting.js";
import type {
  ExpiringLot,
  ExpiringLotPage,
  Lot,
  LotAllowance,
  LotBalanceList,
  LotEntry,
  LotEntryPage,
  LotMassBalance,
  LotPage,
  LotReason,
  LotRecallCreate,
  LotRecallLineList,
  LotRecallList,
  LotRecallReport,
  LotScan,
  LotSettings,
  LotSettingsUpdate,
  LotStatus,
  LotTrace,
  LotTrackingEventList,
  LotTrackingStart,
  LotUpdate,
} from "../models/lots.js";
import { Pages } from "../pages.js";
import type { Call, Change, Read, Transport, Write } from "../transport.js";
import type { Moment } from "../values.js";

export interface ListLotsOptions extends Call {
  materialId?: string | undefined;
  skuId?: string | undefined;
  status?: LotStatus | undefined;
  q?: string | undefined;
  limit?: number | undefined;
  sort?: "id" | "-id" | "code" | "-code" | "updatedAt" | "-updatedAt" | undefined;
  ids?: readonly string[] | undefined;
  updatedSince?: Moment | undefined;
  count?: boolean | undefined;
  expand?: "names" | undefined;
}

export interface ResolveLotScanOptions extends Call {
  code: string;
}

export interface ListExpiringLotsOptions extends Call {
  before?: Moment | undefined;
  locationId?: string | undefined;
  limit?: number | undefined;
}

export interface GetLotLabelPdfOptions extends Call {
  copies?: number | undefined;
  size?: "100x50" | "100x150" | "a6" | undefined;
}

export interface ListLotEntriesOptions extends Call {
  limit?: number | undefined;
  sort?: "id" | "-id" | undefined;
  ids?: readonly string[] | undefined;
  count?: boolean | undefined;
  expand?: "names" | undefined;
}

export interface GetLotTraceOptions extends Call {
  direction?: "both" | "back" | "forward" | undefined;
}

export interface ListLotTrackingEventsOptions extends Call {
  direction?: "both" | "back" | "forward" | undefined;
}

export interface GetLotMassBalanceOptions extends Call {
  asOf?: Moment | undefined;
  asOfBasis?: AsOfBasis | undefined;
}

/**
 * `client.lots`: lots of materials and SKUs, where they are, whether they may leave, what they came from and went into.
 */
export class Lots {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * List lots.
   *
   * The lots of the organization, the newest first, in pages. `materialId` and `skuId` narrow the list to those of an
   * item, `status` to a status, `q` to codes, and vendors' codes, with a part of a text. A cursor belongs to the list
   * it came from: keep the filters the same from page to page.
   *
   * The least role is viewer.
   */
  listLots(options: ListLotsOptions = {}): Pages<LotPage, Lot> {
    return new Pages((cursor) =>
      this.#transport.send(
        {
          method: "GET",
          template: "/api/lots",
          query: {
            materialId: options.materialId,
            skuId: options.skuId,
            status: options.status,
            q: options.q,
            limit: options.limit,
            sort: options.sort,
            ids: options.ids,
            updatedSince: options.updatedSince,
            count: options.count,
            expand: options.expand,
            cursor,
          },
          shape: "LotPage",
        },
        options,
      ),
    );
  }

  /**
   * Get lot settings.
   *
   * Which lots go where nobody names them, and what new lots of purchase orders are, for all items that do not say
   * otherwise.
   *
   * The least role is viewer.
   */
  getLotSettings(options: Call = {}): Promise<LotSettings> {
    return this.#transport.send({ method: "GET", template: "/api/lots/settings", shape: "LotSettings" }, options);
  }

  /**
   * Update lot settings.
   *
   * Changes the keys that are sent and leaves the others. Lots that there are stay what they are.
   *
   * The least role is admin.
   */
  updateLotSettings(body: LotSettingsUpdate, options: Write = {}): Promise<LotSettings> {
    return this.#transport.send(
      { method: "PATCH", template: "/api/lots/settings", body, takesKey: true, shape: "LotSettings" },
      options,
    );
  }

  /**
   * Start lot tracking.
   *
   * Switches a material or a SKU to lots. What is on hand of it, and on its way, becomes one lot with the code that is
   * sent, in one transaction; what was posted before is undone as a part of it. Refused with 404 when there is no such
   * item, with 409 `conflict` when it has lots already, and with 422 without `bestBefore` where each lot of the item
   * needs it.
   *
   * The least role is admin.
   */
  startLotTracking(body: LotTrackingStart, options: Write = {}): Promise<Lot> {
    return this.#transport.send(
      { method: "POST", template: "/api/lots/tracking", body, takesKey: true, shape: "Lot" },
      options,
    );
  }

  /**
   * Resolve scan to lot.
   *
   * The lots that a scan means, the newest first. `code` is what a scanner gives, or somebody types: an element string
   * of GS1, with or without the name of the symbology (`]C1`) and FNC1, or as it is printed below a barcode; a GS1
   * Digital Link; what our own labels say; a GTIN; or a code of a lot, ours or the vendor's. A label that names its
   * item means lots of that item alone. 100 lots at most; none where we have no such lot: then the answer says what the
   * label says. Refused with 422 when it is nothing that a label says.
   *
   * The least role is viewer.
   */
  resolveLotScan(options: ResolveLotScanOptions): Promise<LotScan> {
    return this.#transport.send(
      { method: "GET", template: "/api/lots/scan", query: { code: options.code }, shape: "LotScan" },
      options,
    );
  }

  /**
   * List expiring lots.
   *
   * What is on hand of lots that expire, and what it is worth: its part of the value at the location. The first to
   * expire comes first, what has expired before all others, in pages. `before` narrows the list to those that are good
   * until that day at the latest, `locationId` to a location.
   *
   * The least role is viewer.
   */
  listExpiringLots(options: ListExpiringLotsOptions = {}): Pages<ExpiringLotPage, ExpiringLot> {
    return new Pages((cursor) =>
      this.#transport.send(
        {
          method: "GET",
          template: "/api/lots/expiring",
          query: { before: options.before, locationId: options.locationId, limit: options.limit, cursor },
          shape: "ExpiringLotPage",
        },
        options,
      ),
    );
  }

  /**
   * Get lot.
   *
   * One lot. Where it is is for listLotBalances to say. 404 when there is no such lot.
   *
   * The least role is viewer.
   */
  getLot(id: string, options: Read<Lot> = {}): Promise<Lot> {
    return this.#transport.send({ method: "GET", template: "/api/lots/{id}", path: { id }, shape: "Lot" }, options);
  }

  /**
   * Update lot.
   *
   * Changes the keys that are sent and leaves the others. Its code stays: it is on the goods. Refused with 404 when
   * there is no such lot, and with 409 `conflict` when `bestBefore` would be null although each lot of the item needs
   * one.
   *
   * The least role is admin.
   */
  updateLot(id: string, body: LotUpdate, options: Change = {}): Promise<Lot> {
    return this.#transport.send(
      { method: "PATCH", template: "/api/lots/{id}", path: { id }, body, takesKey: true, shape: "Lot" },
      options,
    );
  }

  /**
   * Generate label of lot PDF.
   *
   * The label of a lot as a PDF, a page for each copy: the item's name and code, the lot's code, until when it is good
   * and when it was made, a barcode (GS1-128) and a QR code. Where the item has a GTIN, and a barcode of GS1 can hold
   * the lot's code, the barcode says both with the last good day, and the QR code is a GS1 Digital Link; else they say
   * which lot of ours it is. resolveLotScan reads either. Refused with 404 when there is no such lot, and with 503 when
   * rendering takes too long.
   *
   * The least role is viewer.
   */
  getLotLabelPdf(id: string, options: GetLotLabelPdfOptions = {}): Promise<Uint8Array> {
    return this.#transport.send(
      {
        method: "GET",
        template: "/api/lots/{id}/label",
        path: { id },
        query: { copies: options.copies, size: options.size },
        shape: null,
      },
      options,
    );
  }

  /**
   * List balances of lot.
   *
   * Where a lot is, and where it is on its way to. 404 when there is no such lot.
   *
   * The least role is viewer.
   */
  listLotBalances(id: string, options: Call = {}): Promise<LotBalanceList> {
    return this.#transport.send(
      { method: "GET", template: "/api/lots/{id}/balances", path: { id }, shape: "LotBalanceList" },
      options,
    );
  }

  /**
   * List entries of lot.
   *
   * What entries of the ledgers did to a lot, the newest first, in pages. 404 when there is no such lot.
   *
   * The least role is viewer.
   */
  listLotEntries(id: string, options: ListLotEntriesOptions = {}): Pages<LotEntryPage, LotEntry> {
    return new Pages((cursor) =>
      this.#transport.send(
        {
          method: "GET",
          template: "/api/lots/{id}/entries",
          path: { id },
          query: {
            limit: options.limit,
            sort: options.sort,
            ids: options.ids,
            count: options.count,
            expand: options.expand,
            cursor,
          },
          shape: "LotEntryPage",
        },
        options,
      ),
    );
  }

  /**
   * Release lot.
   *
   * Lets a lot be used and sold, whatever it was before, with a reason. Refused with 404 when there is no such lot, and
   * with 409 `invalid_transition` when it has that status already.
   *
   * The least role is admin.
   */
  releaseLot(id: string, body: LotReason, options: Change = {}): Promise<Lot> {
    return this.#transport.send(
      { method: "POST", template: "/api/lots/{id}/release", path: { id }, body, takesKey: true, shape: "Lot" },
      options,
    );
  }

  /**
   * Hold lot.
   *
   * Puts a lot on hold, with a reason: it is neither used nor sold, nor taken where nobody names lots, until it is
   * released. What leaves at the same moment has left, or stays. Refused with 404 when there is no such lot, and with
   * 409 `invalid_transition` when it has that status already.
   *
   * The least role is admin.
   */
  holdLot(id: string, body: LotReason, options: Change = {}): Promise<Lot> {
    return this.#transport.send(
      { method: "POST", template: "/api/lots/{id}/hold", path: { id }, body, takesKey: true, shape: "Lot" },
      options,
    );
  }

  /**
   * Reject lot.
   *
   * Rejects a lot, with a reason: it is neither used nor sold any more. It can be moved and disposed of. Refused with
   * 404 when there is no such lot, and with 409 `invalid_transition` when it has that status already.
   *
   * The least role is admin.
   */
  rejectLot(id: string, body: LotReason, options: Change = {}): Promise<Lot> {
    return this.#transport.send(
      { method: "POST", template: "/api/lots/{id}/reject", path: { id }, body, takesKey: true, shape: "Lot" },
      options,
    );
  }

  /**
   * Allow expired lot.
   *
   * Lets a lot leave up to a day, although it has expired or will have by then, with a reason; what it says of the lot
   * stays. Refused with 404 when there is no such lot, and with 409 `conflict` when it never expires, or not before
   * that day.
   *
   * The least role is admin.
   */
  allowExpiredLot(id: string, body: LotAllowance, options: Change = {}): Promise<Lot> {
    return this.#transport.send(
      { method: "POST", template: "/api/lots/{id}/allow", path: { id }, body, takesKey: true, shape: "Lot" },
      options,
    );
  }

  /**
   * Trace lot.
   *
   * The way of a lot in one call: what it was made of and what was made of it, through all levels, with the quantities
   * of each step; where what was not made came from; who got of it and of all that was made of it, and how much came
   * back; and what is still where. `level` is how many steps a lot is away, below 0 where it went into this one.
   * `direction` looks only back or only forward. Up to 10,000 steps are shown, the nearest first; the others are
   * counted. 404 when there is no such lot.
   *
   * The least role is viewer.
   */
  getLotTrace(id: string, options: GetLotTraceOptions = {}): Promise<LotTrace> {
    return this.#transport.send(
      {
        method: "GET",
        template: "/api/lots/{id}/trace",
        path: { id },
        query: { direction: options.direction },
        shape: "LotTrace",
      },
      options,
    );
  }

  /**
   * List tracking events of lot.
   *
   * What was done to a lot, and to all that it went into or came from, by the tracking events of the FDA (21 CFR part
   * 1, subpart S), with what a maker has to know of each, the first to happen first: as a spreadsheet it is the one
   * that the FDA asks for. What is undone is left out, a part of it taken off. Of what was made, what went into it is
   * here although it is not on the way of the lot. `direction` looks only back or only forward. 404 when there is no
   * such lot.
   *
   * The least role is viewer.
   */
  listLotTrackingEvents(id: string, options: ListLotTrackingEventsOptions = {}): Promise<LotTrackingEventList> {
    return this.#transport.send(
      {
        method: "GET",
        template: "/api/lots/{id}/tracking-events",
        path: { id },
        query: { direction: options.direction },
        shape: "LotTrackingEventList",
      },
      options,
    );
  }

  /**
   * Get mass balance of lot.
   *
   * What came of a lot and what has become of it, to the last digit, as of a moment: received, produced, found and
   * there at the opening are together what was used, shipped and lost, what is on hand and what is on its way. 404 when
   * there is no such lot.
   *
   * The least role is viewer.
   */
  getLotMassBalance(id: string, options: GetLotMassBalanceOptions = {}): Promise<LotMassBalance> {
    return this.#transport.send(
      {
        method: "GET",
        template: "/api/lots/{id}/mass-balance",
        path: { id },
        query: { asOf: options.asOf, asOfBasis: options.asOfBasis },
        shape: "LotMassBalance",
      },
      options,
    );
  }

  /**
   * Recall lot.
   *
   * Recalls a lot: it and all that was made of it, through all levels, is put on hold (what is rejected stays so), and
   * the answer says who got how much of what and when, with whom to call, and what is still where. Nothing of it leaves
   * after that; what left before is in the report. With `mock` it is an exercise: nothing changes, and the report says
   * how long it took. 404 when there is no such lot.
   *
   * The least role is admin.
   */
  recallLot(id: string, body: LotRecallCreate, options: Write = {}): Promise<LotRecallReport> {
    return this.#transport.send(
      {
        method: "POST",
        template: "/api/lots/{id}/recalls",
        path: { id },
        body,
        takesKey: true,
        shape: "LotRecallReport",
      },
      options,
    );
  }

  /**
   * List recalls of lot.
   *
   * The recalls of a lot and the exercises, the newest first. 404 when there is no such lot.
   *
   * The least role is viewer.
   */
  listLotRecalls(id: string, options: Call = {}): Promise<LotRecallList> {
    return this.#transport.send(
      { method: "GET", template: "/api/lots/{id}/recalls", path: { id }, shape: "LotRecallList" },
      options,
    );
  }

  /**
   * Get recall of lot.
   *
   * A recall with all the lots that it reached, and where they are by now. 404 when there is no such recall.
   *
   * The least role is viewer.
   */
  getLotRecall(id: string, options: Call = {}): Promise<LotRecallReport> {
    return this.#transport.send(
      { method: "GET", template: "/api/lot-recalls/{id}", path: { id }, shape: "LotRecallReport" },
      options,
    );
  }

  /**
   * List lines of recall.
   *
   * A recall line by line, for a spreadsheet: each sale of what it reached with the customer and whom to call there,
   * the first to leave first, then what is still where and what is on its way, as of now. 404 when there is no such
   * recall.
   *
   * The least role is viewer.
   */
  listLotRecallLines(id: string, options: Call = {}): Promise<LotRecallLineList> {
    return this.#transport.send(
      { method: "GET", template: "/api/lot-recalls/{id}/lines", path: { id }, shape: "LotRecallLineList" },
      options,
    );
  }

  /**
   * Generate recall report PDF.
   *
   * A recall as a PDF: why, when and how fast, the lots that it reached, who has how much of what, with whom to call,
   * and what is still where, as of now. An exercise says so. Refused with 404 when there is no such recall, and with
   * 503 when rendering takes too long.
   *
   * The least role is viewer.
   */
  getLotRecallPdf(id: string, options: Call = {}): Promise<Uint8Array> {
    return this.#transport.send(
      { method: "GET", template: "/api/lot-recalls/{id}/pdf", path: { id }, shape: null },
      options,
    );
  }
}
