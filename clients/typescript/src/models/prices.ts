// The shapes of prices.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.
import type { Decimal, DecimalInput, Instant, Moment } from "../values.js";
import type { ListTotal } from "./shared.js";

/** What a material or SKU costs at a vendor; either materialId or skuId is null. */
export interface SupplierPrice {
  id: string;
  orgId: string;
  vendorId: string;
  materialId: string | null;
  skuId: string | null;
  /** What the vendor calls the item. */
  supplierItemCode: string | null;
  /** From how much on a line on it holds. */
  minQuantity: Decimal;
  /** What one costs. */
  unitCost: Decimal;
  validFrom: string;
  /** The last day. */
  validTo: string | null;
  notes: string | null;
  createdAt: Instant;
  updatedAt: Instant;
  /** What is priced, where that is not the stock unit; minQuantity and the price are in it. */
  unit: string | null;
  unitFactor: string | null;
  /** The name of the vendor. */
  vendorName?: string;
  /** The code of the material. */
  materialCode?: string | null;
  /** The name of the material. */
  materialName?: string | null;
  /** The code of the SKU. */
  skuCode?: string | null;
  /** The name of the SKU. */
  skuName?: string | null;
}

/** With exactly one of materialId and skuId; a key that is null counts as absent. */
export interface SupplierPriceCreate {
  vendorId: string;
  materialId?: string | null | undefined;
  skuId?: string | null | undefined;
  /** What the vendor calls the item. */
  supplierItemCode?: string | null | undefined;
  minQuantity?: DecimalInput | undefined;
  unitCost: DecimalInput;
  validFrom?: Moment | undefined;
  validTo?: Moment | null | undefined;
  notes?: string | null | undefined;
  /** What is priced: a unit that the item knows. */
  unit?: string | null | undefined;
}

/** Only the keys that are sent change; null clears a value. */
export interface SupplierPriceUpdate {
  /** What the vendor calls the item. */
  supplierItemCode?: string | null | undefined;
  minQuantity?: DecimalInput | undefined;
  unitCost?: DecimalInput | undefined;
  validFrom?: Moment | undefined;
  validTo?: Moment | null | undefined;
  notes?: string | null | undefined;
}

export interface SupplierPricePage {
  data: SupplierPrice[];
  /** The next page's `cursor`; null on the last page. */
  nextCursor: string | null;
  total?: ListTotal;
}

export interface SupplierPriceBulkImport {
  rows: readonly SupplierPriceCreate[];
}

/** Which supplier price holds for a quantity on a day. */
export interface SupplierPriceLookUp {
  vendorId: string;
  materialId: string | null;
  skuId: string | null;
  quantity: Decimal;
  date: string;
  /** What one stock unit costs. */
  unitCost: Decimal | null;
  /** What the quantity costs, exactly, or to 12 places. */
  amount: Decimal | null;
  supplierPriceId: string | null;
  /** From how much on it holds, in the unit that is priced. */
  minQuantity: Decimal | null;
  /** What the vendor calls the item. */
  supplierItemCode: string | null;
  validFrom: string | null;
  /** The last day. */
  validTo: string | null;
  /** What is priced, where that is not the stock unit. */
  unit: string | null;
  /** The price of one of it; null where that is the stock unit. */
  pricePerUnit: Decimal | null;
}

/** What a SKU is sold for to a customer, a segment or everybody. */
export interface CustomerPrice {
  id: string;
  orgId: string;
  skuId: string;
  /** For this customer and those below it. */
  customerId: string | null;
  /** For the customers of this segment. */
  customerSegmentId: string | null;
  /** From how much on a line on it holds. */
  minQuantity: Decimal;
  /** What one unit is sold for. */
  unitPrice: Decimal;
  validFrom: string;
  /** The last day. */
  validTo: string | null;
  notes: string | null;
  createdAt: Instant;
  updatedAt: Instant;
  /** What is priced, where that is not the stock unit; minQuantity and the price are in it. */
  unit: string | null;
  unitFactor: string | null;
  /** The code of the SKU. */
  skuCode?: string;
  /** The name of the SKU. */
  skuName?: string;
  /** The name of the customer. */
  customerName?: string | null;
  /** The name of the customer segment. */
  customerSegmentName?: string | null;
}

/** With at most one of customerId and customerSegmentId; with neither it is a price for everybody. */
export interface CustomerPriceCreate {
  skuId: string;
  /** For this customer and those below it. */
  customerId?: string | null | undefined;
  /** For the customers of this segment. */
  customerSegmentId?: string | null | undefined;
  minQuantity?: DecimalInput | undefined;
  unitPrice: DecimalInput;
  validFrom?: Moment | undefined;
  validTo?: Moment | null | undefined;
  notes?: string | null | undefined;
  /** What is priced: a unit that the item knows. */
  unit?: string | null | undefined;
}

/** Only the keys that are sent change; null clears a value. */
export interface CustomerPriceUpdate {
  minQuantity?: DecimalInput | undefined;
  unitPrice?: DecimalInput | undefined;
  validFrom?: Moment | undefined;
  validTo?: Moment | null | undefined;
  notes?: string | null | undefined;
}

export interface CustomerPricePage {
  data: CustomerPrice[];
  /** The next page's `cursor`; null on the last page. */
  nextCursor: string | null;
  total?: ListTotal;
}

export interface CustomerPriceBulkImport {
  rows: readonly CustomerPriceCreate[];
}

/** Which customer price holds for a quantity on a day. */
export interface CustomerPriceLookUp {
  skuId: string;
  customerId: string | null;
  quantity: Decimal;
  date: string;
  /** What one stock unit is sold for. */
  unitPrice: Decimal | null;
  /** What the quantity costs, exactly, or to 12 places. */
  amount: Decimal | null;
  customerPriceId: string | null;
  /** From how much on it holds, in the unit that is priced. */
  minQuantity: Decimal | null;
  /** Whose price it is, where it is that of the customer or of one above it. */
  forCustomerId: string | null;
  /** The segment whose price it is, where it is that of one. */
  forCustomerSegmentId: string | null;
  validFrom: string | null;
  /** The last day. */
  validTo: string | null;
  /** What is priced, where that is not the stock unit. */
  unit: string | null;
  /** The price of one of it; null where that is the stock unit. */
  pricePerUnit: Decimal | null;
}
