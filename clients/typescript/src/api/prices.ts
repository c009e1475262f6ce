// The group of methods `prices`.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.
import type {
  CustomerPrice,
  CustomerPriceBulkImport,
  CustomerPriceCreate,
  CustomerPriceLookUp,
  CustomerPricePage,
  CustomerPriceUpdate,
  SupplierPrice,
  SupplierPriceBulkImport,
  SupplierPriceCreate,
  SupplierPriceLookUp,
  SupplierPricePage,
  SupplierPriceUpdate,
} from "../models/prices.js";
import type { BulkImportResult, DeletedId } from "../models/shared.js";
import { Pages } from "../pages.js";
import type { Call, Change, Read, Transport, Write } from "../transport.js";
import type { Moment } from "../values.js";

export interface ListSupplierPricesOptions extends Call {
  vendorId?: string | undefined;
  materialId?: string | undefined;
  skuId?: string | undefined;
  validOn?: Moment | undefined;
  limit?: number | undefined;
  sort?: "id" | "-id" | "validFrom" | "-validFrom" | "updatedAt" | "-updatedAt" | undefined;
  ids?: readonly string[] | undefined;
  updatedSince?: Moment | undefined;
  count?: boolean | undefined;
  expand?: "names" | undefined;
}

export interface BulkImportSupplierPricesOptions extends Write {
  mode?: "atomic" | "partial" | undefined;
  dryRun?: boolean | undefined;
  acceptDeactivated?: boolean | undefined;
}

export interface LookUpSupplierPriceOptions extends Call {
  vendorId: string;
  itemType: "material" | "sku";
  itemId: string;
  quantity: string;
  date?: Moment | undefined;
  unit?: string | undefined;
}

export interface ListCustomerPricesOptions extends Call {
  skuId?: string | undefined;
  customerId?: string | undefined;
  customerSegmentId?: string | undefined;
  validOn?: Moment | undefined;
  limit?: number | undefined;
  sort?: "id" | "-id" | "validFrom" | "-validFrom" | "updatedAt" | "-updatedAt" | undefined;
  ids?: readonly string[] | undefined;
  updatedSince?: Moment | undefined;
  count?: boolean | undefined;
  expand?: "names" | undefined;
}

export interface BulkImportCustomerPricesOptions extends Write {
  mode?: "atomic" | "partial" | undefined;
  dryRun?: boolean | undefined;
  acceptDeactivated?: boolean | undefined;
}

export interface LookUpCustomerPriceOptions extends Call {
  skuId: string;
  quantity: string;
  customerId?: string | undefined;
  date?: Moment | undefined;
  unit?: string | undefined;
}

/** `client.prices`: what vendors charge and customers pay, from which quantity on and for how long. */
export class Prices {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Create supplier price.
   *
   * What a material or SKU costs at a vendor, for one stock unit of it or one `unit` that it knows, from `minQuantity`
   * of these on a line on. Lines of purchase orders that name no `unitCost` have it from here. Where several prices fit
   * a line, one in the line's own unit comes first, then one with `validTo` before one without, then the one that began
   * last, then the one with the largest `minQuantity`. So a price without `validTo` is good until the next one begins.
   * A `validTo` before `validFrom` is 422. Refused with 404 when there is no such vendor, material or SKU, and with 409
   * `conflict` when one of them is deactivated, when the item does not know the unit, or when another price for the
   * same vendor, item, unit and `minQuantity` begins on the same day (both without `validTo`) or is valid on one of the
   * same days (both with it).
   *
   * The least role is member.
   */
  createSupplierPrice(body: SupplierPriceCreate, options: Write = {}): Promise<SupplierPrice> {
    return this.#transport.send(
      { method: "POST", template: "/api/supplier-prices", body, takesKey: true, shape: "SupplierPrice" },
      options,
    );
  }

  /**
   * List supplier prices.
   *
   * The supplier prices of the organization, the newest first, in pages. `vendorId`, `materialId` and `skuId` narrow
   * the list to those of a vendor or an item, `validOn` to those that are valid on a day; which of these holds for a
   * quantity is for lookUpSupplierPrice to say. A cursor belongs to the list it came from: keep the filters the same
   * from page to page.
   *
   * The least role is viewer.
   */
  listSupplierPrices(options: ListSupplierPricesOptions = {}): Pages<SupplierPricePage, SupplierPrice> {
    return new Pages((cursor) =>
      this.#transport.send(
        {
          method: "GET",
          template: "/api/supplier-prices",
          query: {
            vendorId: options.vendorId,
            materialId: options.materialId,
            skuId: options.skuId,
            validOn: options.validOn,
            limit: options.limit,
            sort: options.sort,
            ids: options.ids,
            updatedSince: options.updatedSince,
            count: options.count,
            expand: options.expand,
            cursor,
          },
          shape: "SupplierPricePage",
        },
        options,
      ),
    );
  }

  /**
   * Update supplier price.
   *
   * Changes the keys that are sent and leaves the others. What it is the price of, and whose, does not change: another
   * price is created for that. Lines of orders keep the price that they have. Refused with 404 when there is no such
   * supplier price, with 422 or 409 `conflict` when `validTo` would lie before `validFrom` (422 where both are sent),
   * and with 409 `conflict` when another price for the same vendor, item and `minQuantity` begins on the same day (both
   * without `validTo`) or is valid on one of the same days (both with it).
   *
   * The least role is member.
   */
  updateSupplierPrice(id: string, body: SupplierPriceUpdate, options: Change = {}): Promise<SupplierPrice> {
    return this.#transport.send(
      {
        method: "PATCH",
        template: "/api/supplier-prices/{id}",
        path: { id },
        body,
        takesKey: true,
        shape: "SupplierPrice",
      },
      options,
    );
  }

  /**
   * Delete supplier price.
   *
   * Deletes a supplier price. Lines of orders keep what they have from it. Refused with 404 when there is no such
   * supplier price.
   *
   * The least role is admin.
   */
  deleteSupplierPrice(id: string, options: Change = {}): Promise<DeletedId> {
    return this.#transport.send(
      { method: "DELETE", template: "/api/supplier-prices/{id}", path: { id }, takesKey: true, shape: "DeletedId" },
      options,
    );
  }

  /**
   * Get supplier price detail.
   *
   * One supplier price. Refused with 404 when there is no such supplier price.
   *
   * The least role is viewer.
   */
  getSupplierPrice(id: string, options: Read<SupplierPrice> = {}): Promise<SupplierPrice> {
    return this.#transport.send(
      { method: "GET", template: "/api/supplier-prices/{id}", path: { id }, shape: "SupplierPrice" },
      options,
    );
  }

  /**
   * Bulk-import supplier prices.
   *
   * Stores up to 5,000 supplier prices at once. Every row is a supplier price as createSupplierPrice takes it.
   *
   * A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one transaction
   * or none is: a bad row, such as one that names a vendor that does not exist or whose validity meets that of another
   * price or of an earlier row as createSupplierPrice says, makes it 422, with `details` naming every bad row by its
   * index. In `mode=partial` each row is stored or refused on its own, and `results` tells which. With `dryRun=true`
   * everything is checked and nothing is stored: `ids` is empty and the results carry no id.
   *
   * The least role is admin.
   */
  bulkImportSupplierPrices(
    body: SupplierPriceBulkImport,
    options: BulkImportSupplierPricesOptions = {},
  ): Promise<BulkImportResult> {
    return this.#transport.send(
      {
        method: "POST",
        template: "/api/supplier-prices/bulk-import",
        query: { mode: options.mode, dryRun: options.dryRun, acceptDeactivated: options.acceptDeactivated },
        body,
        takesKey: true,
        shape: "BulkImportResult",
      },
      options,
    );
  }

  /**
   * Look up supplier price.
   *
   * What a quantity of a material or SKU costs at a vendor on a day: the price that a line of a purchase order gets.
   * Where no price holds, `unitCost` and all that belongs to it are null. Deactivated records have prices, too. Refused
   * with 404 when there is no such vendor, material or SKU.
   *
   * The least role is viewer.
   */
  lookUpSupplierPrice(options: LookUpSupplierPriceOptions): Promise<SupplierPriceLookUp> {
    return this.#transport.send(
      {
        method: "GET",
        template: "/api/supplier-prices/look-up",
        query: {
          vendorId: options.vendorId,
          itemType: options.itemType,
          itemId: options.itemId,
          quantity: options.quantity,
          date: options.date,
          unit: options.unit,
        },
        shape: "SupplierPriceLookUp",
      },
      options,
    );
  }

  /**
   * Create customer price.
   *
   * What one stock unit of a SKU, or one `unit` that it knows, is sold for, from `minQuantity` of these on a line on:
   * to one customer and those below it, to a customer segment, or to everybody where neither is named. Lines of sales
   * orders that name no `unitPrice` have it from here. Where several prices fit a line, those of the customer come
   * first, then those of its parents, of its segment, of everybody; of these one in the line's own unit comes first,
   * then one with `validTo` before one without, then the one that began last, then the one with the largest
   * `minQuantity`. So a price without `validTo` is good until the next one begins. A `validTo` before `validFrom` is
   * 422. Refused with 404 when there is no such SKU, customer or customer segment, and with 409 `conflict` when one of
   * them is deactivated, when the SKU does not know the unit, or when another price for the same SKU, customer or
   * segment, unit and `minQuantity` begins on the same day (both without `validTo`) or is valid on one of the same days
   * (both with it).
   *
   * The least role is member.
   */
  createCustomerPrice(body: CustomerPriceCreate, options: Write = {}): Promise<CustomerPrice> {
    return this.#transport.send(
      { method: "POST", template: "/api/customer-prices", body, takesKey: true, shape: "CustomerPrice" },
      options,
    );
  }

  /**
   * List customer prices.
   *
   * The customer prices of the organization, the newest first, in pages. `skuId`, `customerId` and `customerSegmentId`
   * narrow the list to those of a SKU, to a customer's own or to a segment's, `validOn` to those that are valid on a
   * day; which of these holds for a quantity is for lookUpCustomerPrice to say. A cursor belongs to the list it came
   * from: keep the filters the same from page to page.
   *
   * The least role is viewer.
   */
  listCustomerPrices(options: ListCustomerPricesOptions = {}): Pages<CustomerPricePage, CustomerPrice> {
    return new Pages((cursor) =>
      this.#transport.send(
        {
          method: "GET",
          template: "/api/customer-prices",
          query: {
            skuId: options.skuId,
            customerId: options.customerId,
            customerSegmentId: options.customerSegmentId,
            validOn: options.validOn,
            limit: options.limit,
            sort: options.sort,
            ids: options.ids,
            updatedSince: options.updatedSince,
            count: options.count,
            expand: options.expand,
            cursor,
          },
          shape: "CustomerPricePage",
        },
        options,
      ),
    );
  }

  /**
   * Update customer price.
   *
   * Changes the keys that are sent and leaves the others. What it is the price of, and for whom, does not change:
   * another price is created for that. Lines of orders keep the price that they have. Refused with 404 when there is no
   * such customer price, with 422 or 409 `conflict` when `validTo` would lie before `validFrom` (422 where both are
   * sent), and with 409 `conflict` when another price for the same SKU, customer or segment, and `minQuantity` begins
   * on the same day (both without `validTo`) or is valid on one of the same days (both with it).
   *
   * The least role is member.
   */
  updateCustomerPrice(id: string, body: CustomerPriceUpdate, options: Change = {}): Promise<CustomerPrice> {
    return this.#transport.send(
      {
        method: "PATCH",
        template: "/api/customer-prices/{id}",
        path: { id },
        body,
        takesKey: true,
        shape: "CustomerPrice",
      },
      options,
    );
  }

  /**
   * Delete customer price.
   *
   * Deletes a customer price. Lines of orders keep what they have from it. Refused with 404 when there is no such
   * customer price.
   *
   * The least role is admin.
   */
  deleteCustomerPrice(id: string, options: Change = {}): Promise<DeletedId> {
    return this.#transport.send(
      { method: "DELETE", template: "/api/customer-prices/{id}", path: { id }, takesKey: true, shape: "DeletedId" },
      options,
    );
  }

  /**
   * Get customer price detail.
   *
   * One customer price. Refused with 404 when there is no such customer price.
   *
   * The least role is viewer.
   */
  getCustomerPrice(id: string, options: Read<CustomerPrice> = {}): Promise<CustomerPrice> {
    return this.#transport.send(
      { method: "GET", template: "/api/customer-prices/{id}", path: { id }, shape: "CustomerPrice" },
      options,
    );
  }

  /**
   * Bulk-import customer prices.
   *
   * Stores up to 5,000 customer prices at once. Every row is a customer price as createCustomerPrice takes it.
   *
   * A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one transaction
   * or none is: a bad row, such as one that names a SKU that does not exist or whose validity meets that of another
   * price or of an earlier row as createCustomerPrice says, makes it 422, with `details` naming every bad row by its
   * index. In `mode=partial` each row is stored or refused on its own, and `results` tells which. With `dryRun=true`
   * everything is checked and nothing is stored: `ids` is empty and the results carry no id.
   *
   * The least role is admin.
   */
  bulkImportCustomerPrices(
    body: CustomerPriceBulkImport,
    options: BulkImportCustomerPricesOptions = {},
  ): Promise<BulkImportResult> {
    return this.#transport.send(
      {
        method: "POST",
        template: "/api/customer-prices/bulk-import",
        query: { mode: options.mode, dryRun: options.dryRun, acceptDeactivated: options.acceptDeactivated },
        body,
        takesKey: true,
        shape: "BulkImportResult",
      },
      options,
    );
  }

  /**
   * Look up customer price.
   *
   * What a quantity of a SKU is sold for to a customer on a day: the price that a line of a sales order gets. Where no
   * price holds, `unitPrice` and all that belongs to it are null. Deactivated records have prices, too. Refused with
   * 404 when there is no such SKU or customer.
   *
   * The least role is viewer.
   */
  lookUpCustomerPrice(options: LookUpCustomerPriceOptions): Promise<CustomerPriceLookUp> {
    return this.#transport.send(
      {
        method: "GET",
        template: "/api/customer-prices/look-up",
        query: {
          skuId: options.skuId,
          quantity: options.quantity,
          customerId: options.customerId,
          date: options.date,
          unit: options.unit,
        },
        shape: "CustomerPriceLookUp",
      },
      options,
    );
  }
}
