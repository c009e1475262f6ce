// The group of methods `accounting`.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.
import type {
  AccountingSettings,
  AccountingSettingsUpdate,
  AsOfBasis,
  CostOfGoods,
  CostOfGoodsGroup,
  CostOfGoodsRow,
  JournalEntry,
  JournalPage,
  Valuation,
} from "../models/accounting.js";
import { Pages } from "../pages.js";
import type { Call, Change, Read, Transport } from "../transport.js";
import type { Moment } from "../values.js";

export interface GetValuationOptions extends Call {
  asOf?: Moment | undefined;
  asOfBasis?: AsOfBasis | undefined;
  locationId?: string | undefined;
}

export interface GetCostOfGoodsOptions extends Call {
  groupBy?: CostOfGoodsGroup | undefined;
  dateFrom?: Moment | undefined;
  asOf?: Moment | undefined;
  asOfBasis?: AsOfBasis | undefined;
  limit?: number | undefined;
}

export interface ListJournalEntriesOptions extends Call {
  dateFrom?: Moment | undefined;
  dateTo?: Moment | undefined;
  limit?: number | undefined;
}

/**
 * `client.accounting`: what the stock is worth and what sales cost, as of any moment, the journal of both, and the
 * settings of the books.
 */
export class Accounting {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Get accounting settings.
   *
   * The time zone, which says what day it is and which day a moment belongs to, the last day of the closed books, and
   * the names of the accounts of the journal.
   *
   * The least role is viewer.
   */
  getAccountingSettings(options: Read<AccountingSettings> = {}): Promise<AccountingSettings> {
    return this.#transport.send(
      { method: "GET", template: "/api/accounting/settings", shape: "AccountingSettings" },
      options,
    );
  }

  /**
   * Update accounting settings.
   *
   * Changes the keys that are sent and leaves the others, also of `accounts`. `timeZone` is a name of the IANA time
   * zone database. `closedThrough` must be before today (422); from then on an event that is dated on that day or
   * earlier is refused with 409 `period_closed`, and null opens all periods again. Requests that began before may still
   * post.
   *
   * The least role is admin.
   */
  updateAccountingSettings(body: AccountingSettingsUpdate, options: Change = {}): Promise<AccountingSettings> {
    return this.#transport.send(
      { method: "PATCH", template: "/api/accounting/settings", body, takesKey: true, shape: "AccountingSettings" },
      options,
    );
  }

  /**
   * Stock valuation.
   *
   * What the stock is worth at moving average as of `asOf`, the end of today if it is not sent: for each item at each
   * location where something is or is on its way to, for each location, and in all. `locationId` narrows it to one
   * location; it is empty when there is no such thing. It comes whole, without pages.
   *
   * The least role is viewer.
   */
  getValuation(options: GetValuationOptions = {}): Promise<Valuation> {
    return this.#transport.send(
      {
        method: "GET",
        template: "/api/accounting/valuation",
        query: { asOf: options.asOf, asOfBasis: options.asOfBasis, locationId: options.locationId },
        shape: "Valuation",
      },
      options,
    );
  }

  /**
   * Cost of goods sold.
   *
   * What the goods cost that sales orders took from `dateFrom` on, the beginning if it is not sent, up to `asOf`, the
   * end of today if it is not sent: the value with which they left, less that of what came back. Orders and customers
   * come in the order in which they were made, all of them; SKUs by code and months by date, those with something to
   * show; months all at once. `variance` is what corrections of receipts and productions of finished goods could no
   * longer put right in the stock (positive: too much was charged); it is known of SKUs and months, not of single
   * sales, so it is null elsewhere. In `total`, which counts all rows of all pages, `netCostOfGoods` is `costOfGoods`
   * less `variance`. Without `dateFrom`, months go back 240 at most (422).
   *
   * The least role is viewer.
   */
  getCostOfGoods(options: GetCostOfGoodsOptions = {}): Pages<CostOfGoods, CostOfGoodsRow> {
    return new Pages((cursor) =>
      this.#transport.send(
        {
          method: "GET",
          template: "/api/accounting/cost-of-goods",
          query: {
            groupBy: options.groupBy,
            dateFrom: options.dateFrom,
            asOf: options.asOf,
            asOfBasis: options.asOfBasis,
            limit: options.limit,
            cursor,
          },
          shape: "CostOfGoods",
        },
        options,
      ),
    );
  }

  /**
   * List journal entries.
   *
   * Every movement of value of both ledgers as a double entry, the oldest `eventDate` first, in pages: one entry for
   * each row of a ledger that moves value, with the row's id and code. The debits of an entry are its credits, to the
   * last digit, and the sums of the inventory accounts up to a day are the valuation of that day. `dateFrom` and
   * `dateTo` narrow it to a time. A cursor belongs to the list it came from: keep the filters the same from page to
   * page.
   *
   * The least role is viewer.
   */
  listJournalEntries(options: ListJournalEntriesOptions = {}): Pages<JournalPage, JournalEntry> {
    return new Pages((cursor) =>
      this.#transport.send(
        {
          method: "GET",
          template: "/api/accounting/journal",
          query: { dateFrom: options.dateFrom, dateTo: options.dateTo, limit: options.limit, cursor },
          shape: "JournalPage",
        },
        options,
      ),
    );
  }
}
