// The group of methods `customers`.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.
import type {
  BrokerInUse,
  Customer,
  CustomerBulkImport,
  CustomerCreate,
  CustomerLookupInUse,
  CustomerPage,
  CustomerUpdate,
} from "../models/customers.js";
import type {
  BulkImportResult,
  DeletedId,
  Lookup,
  LookupBulkImport,
  LookupCreate,
  LookupList,
  LookupUpdate,
} from "../models/shared.js";
import { Pages } from "../pages.js";
import type { Call, Change, Read, Transport, Write } from "../transport.js";
import type { Moment } from "../values.js";

export interface ListCustomersOptions extends Call {
  active?: boolean | undefined;
  type?: string | undefined;
  segment?: string | undefined;
  broker?: string | undefined;
  parentCustomer?: string | undefined;
  q?: string | undefined;
  limit?: number | undefined;
  isActive?: boolean | undefined;
  sort?: "name" | "-name" | "id" | "-id" | "updatedAt" | "-updatedAt" | undefined;
  ids?: readonly string[] | undefined;
  updatedSince?: Moment | undefined;
  count?: boolean | undefined;
  expand?: "names" | undefined;
}

export interface BulkImportCustomersOptions extends Write {
  mode?: "atomic" | "partial" | undefined;
  dryRun?: boolean | undefined;
  acceptDeactivated?: boolean | undefined;
}

export interface BulkImportCustomerTypesOptions extends Write {
  mode?: "atomic" | "partial" | undefined;
  dryRun?: boolean | undefined;
}

export interface BulkImportCustomerSegmentsOptions extends Write {
  mode?: "atomic" | "partial" | undefined;
  dryRun?: boolean | undefined;
}

export interface BulkImportBrokersOptions extends Write {
  mode?: "atomic" | "partial" | undefined;
  dryRun?: boolean | undefined;
}

/** `client.customers`: those finished goods are sold to, and the types, segments and brokers they are sorted by. */
export class Customers {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Create customer.
   *
   * Adds a customer to the organization, active. Names need not be unique. Refused with 404 when there is no such type,
   * segment, broker or parent, and with 409 `conflict` when one of them is deactivated or when another customer has the
   * same `qboId`.
   *
   * The least role is member.
   */
  createCustomer(body: CustomerCreate, options: Write = {}): Promise<Customer> {
    return this.#transport.send(
      { method: "POST", template: "/api/customers", body, takesKey: true, shape: "Customer" },
      options,
    );
  }

  /**
   * List customers.
   *
   * The customers of the organization by name, in pages. `active` narrows the list to active or to deactivated
   * customers, `type`, `segment`, `broker` and `parentCustomer` to those that have this one, `q` to those whose name
   * contains a text. A cursor belongs to the list it came from: keep the filters the same from page to page.
   *
   * The least role is viewer.
   */
  listCustomers(options: ListCustomersOptions = {}): Pages<CustomerPage, Customer> {
    return new Pages((cursor) =>
      this.#transport.send(
        {
          method: "GET",
          template: "/api/customers",
          query: {
            active: options.active,
            type: options.type,
            segment: options.segment,
            broker: options.broker,
            parentCustomer: options.parentCustomer,
            q: options.q,
            limit: options.limit,
            isActive: options.isActive,
            sort: options.sort,
            ids: options.ids,
            updatedSince: options.updatedSince,
            count: options.count,
            expand: options.expand,
            cursor,
          },
          shape: "CustomerPage",
        },
        options,
      ),
    );
  }

  /**
   * Update customer.
   *
   * Changes the keys that are sent and leaves the others. `isActive: false` hides the customer from new work; existing
   * orders keep it, and naming it in a new order, as a parent or in a contact link is 409. A customer cannot be its own
   * parent: 422. Refused with 404 when there is no such customer, type, segment, broker or parent, and with 409
   * `conflict` when one that is newly named is deactivated, when another customer has the new `qboId`, or when the new
   * parent is below this customer, which would close a loop; the error then names the chain.
   *
   * The least role is member.
   */
  updateCustomer(id: string, body: CustomerUpdate, options: Change = {}): Promise<Customer> {
    return this.#transport.send(
      { method: "PATCH", template: "/api/customers/{id}", path: { id }, body, takesKey: true, shape: "Customer" },
      options,
    );
  }

  /**
   * Delete customer.
   *
   * Deletes a customer nothing refers to; its contact links go with it, the contacts stay. Refused with 404 when there
   * is no such customer, and with 409 `in_use` while a sales order refers to it or a customer has it as its parent;
   * `details.references` then has the counts by kind. Deactivate such a customer instead.
   *
   * The least role is admin.
   */
  deleteCustomer(id: string, options: Change = {}): Promise<DeletedId> {
    return this.#transport.send(
      { method: "DELETE", template: "/api/customers/{id}", path: { id }, takesKey: true, shape: "DeletedId" },
      options,
    );
  }

  /**
   * Get customer detail.
   *
   * One customer, active or deactivated. Refused with 404 when there is no such customer.
   *
   * The least role is viewer.
   */
  getCustomer(id: string, options: Read<Customer> = {}): Promise<Customer> {
    return this.#transport.send(
      { method: "GET", template: "/api/customers/{id}", path: { id }, shape: "Customer" },
      options,
    );
  }

  /**
   * Bulk-import customers.
   *
   * Stores up to 5,000 customers at once. Every row is a customer as createCustomer takes it.
   *
   * A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one transaction
   * or none is: a bad row, such as one that names a type that does not exist or whose `qboId` is taken by another
   * customer or by an earlier row, makes it 422, with `details` naming every bad row by its index. In `mode=partial`
   * each row is stored or refused on its own, and `results` tells which. With `dryRun=true` everything is checked and
   * nothing is stored: `ids` is empty and the results carry no id.
   *
   * The least role is admin.
   */
  bulkImportCustomers(body: CustomerBulkImport, options: BulkImportCustomersOptions = {}): Promise<BulkImportResult> {
    return this.#transport.send(
      {
        method: "POST",
        template: "/api/customers/bulk-import",
        query: { mode: options.mode, dryRun: options.dryRun, acceptDeactivated: options.acceptDeactivated },
        body,
        takesKey: true,
        shape: "BulkImportResult",
      },
      options,
    );
  }

  /**
   * Create customer type.
   *
   * Adds a customer type to the organization, active and last in the order (`sortOrder` is the highest so far plus
   * one). Refused with 409 `conflict` when another customer type has the same name, whatever the letter case.
   *
   * The least role is admin.
   */
  createCustomerType(body: LookupCreate, options: Write = {}): Promise<Lookup> {
    return this.#transport.send(
      { method: "POST", template: "/api/customer-types", body, takesKey: true, shape: "Lookup" },
      options,
    );
  }

  /**
   * List customer types.
   *
   * All customer types of the organization, active and deactivated, by `sortOrder`. The list is bounded and comes
   * whole, without pages.
   *
   * The least role is viewer.
   */
  listCustomerTypes(options: Call = {}): Promise<LookupList> {
    return this.#transport.send({ method: "GET", template: "/api/customer-types", shape: "LookupList" }, options);
  }

  /**
   * Bulk-import customer types.
   *
   * Stores up to 5,000 customer types at once. Every row is a customer type as createCustomerType takes it; they come
   * last in the order, one behind the other.
   *
   * A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one transaction
   * or none is: a bad row, such as one whose name another customer type or an earlier row has, makes it 422, with
   * `details` naming every bad row by its index. In `mode=partial` each row is stored or refused on its own, and
   * `results` tells which. With `dryRun=true` everything is checked and nothing is stored: `ids` is empty and the
   * results carry no id.
   *
   * The least role is admin.
   */
  bulkImportCustomerTypes(
    body: LookupBulkImport,
    options: BulkImportCustomerTypesOptions = {},
  ): Promise<BulkImportResult> {
    return this.#transport.send(
      {
        method: "POST",
        template: "/api/customer-types/bulk-import",
        query: { mode: options.mode, dryRun: options.dryRun },
        body,
        takesKey: true,
        shape: "BulkImportResult",
      },
      options,
    );
  }

  /**
   * Update customer type.
   *
   * Changes the keys that are sent and leaves the others. Moving a customer type to a `sortOrder` that is taken shifts
   * the others in the same transaction. `isActive: false` hides the customer type from new work; its customers keep it,
   * and naming it in a new customer is 409. Refused with 404 when there is no such customer type, and with 409
   * `conflict` when another customer type has the new name, whatever the letter case.
   *
   * The least role is admin.
   */
  updateCustomerType(id: string, body: LookupUpdate, options: Write = {}): Promise<Lookup> {
    return this.#transport.send(
      { method: "PATCH", template: "/api/customer-types/{id}", path: { id }, body, takesKey: true, shape: "Lookup" },
      options,
    );
  }

  /**
   * Delete customer type.
   *
   * Deletes a customer type nothing refers to. Refused with 404 when there is no such customer type, and with 409
   * `in_use` while a customer refers to it; `details.references` then has the counts by kind. Deactivate such a
   * customer type instead.
   *
   * The least role is admin.
   */
  deleteCustomerType(id: string, options: Write = {}): Promise<DeletedId> {
    return this.#transport.send(
      { method: "DELETE", template: "/api/customer-types/{id}", path: { id }, takesKey: true, shape: "DeletedId" },
      options,
    );
  }

  /**
   * Create customer segment.
   *
   * Adds a customer segment to the organization, active and last in the order (`sortOrder` is the highest so far plus
   * one). Refused with 409 `conflict` when another customer segment has the same name, whatever the letter case.
   *
   * The least role is admin.
   */
  createCustomerSegment(body: LookupCreate, options: Write = {}): Promise<Lookup> {
    return this.#transport.send(
      { method: "POST", template: "/api/customer-segments", body, takesKey: true, shape: "Lookup" },
      options,
    );
  }

  /**
   * List customer segments.
   *
   * All customer segments of the organization, active and deactivated, by `sortOrder`. The list is bounded and comes
   * whole, without pages.
   *
   * The least role is viewer.
   */
  listCustomerSegments(options: Call = {}): Promise<LookupList> {
    return this.#transport.send({ method: "GET", template: "/api/customer-segments", shape: "LookupList" }, options);
  }

  /**
   * Bulk-import customer segments.
   *
   * Stores up to 5,000 customer segments at once. Every row is a customer segment as createCustomerSegment takes it;
   * they come last in the order, one behind the other.
   *
   * A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one transaction
   * or none is: a bad row, such as one whose name another customer segment or an earlier row has, makes it 422, with
   * `details` naming every bad row by its index. In `mode=partial` each row is stored or refused on its own, and
   * `results` tells which. With `dryRun=true` everything is checked and nothing is stored: `ids` is empty and the
   * results carry no id.
   *
   * The least role is admin.
   */
  bulkImportCustomerSegments(
    body: LookupBulkImport,
    options: BulkImportCustomerSegmentsOptions = {},
  ): Promise<BulkImportResult> {
    return this.#transport.send(
      {
        method: "POST",
        template: "/api/customer-segments/bulk-import",
        query: { mode: options.mode, dryRun: options.dryRun },
        body,
        takesKey: true,
        shape: "BulkImportResult",
      },
      options,
    );
  }

  /**
   * Update customer segment.
   *
   * Changes the keys that are sent and leaves the others. Moving a customer segment to a `sortOrder` that is taken
   * shifts the others in the same transaction. `isActive: false` hides the customer segment from new work; its
   * customers keep it, and naming it in a new customer is 409. Refused with 404 when there is no such customer segment,
   * and with 409 `conflict` when another customer segment has the new name, whatever the letter case.
   *
   * The least role is admin.
   */
  updateCustomerSegment(id: string, body: LookupUpdate, options: Write = {}): Promise<Lookup> {
    return this.#transport.send(
      { method: "PATCH", template: "/api/customer-segments/{id}", path: { id }, body, takesKey: true, shape: "Lookup" },
      options,
    );
  }

  /**
   * Delete customer segment.
   *
   * Deletes a customer segment nothing refers to. Refused with 404 when there is no such customer segment, and with 409
   * `in_use` while a customer refers to it; `details.references` then has the counts by kind. Deactivate such a
   * customer segment instead.
   *
   * The least role is admin.
   */
  deleteCustomerSegment(id: string, options: Write = {}): Promise<DeletedId> {
    return this.#transport.send(
      { method: "DELETE", template: "/api/customer-segments/{id}", path: { id }, takesKey: true, shape: "DeletedId" },
      options,
    );
  }

  /**
   * Create broker.
   *
   * Adds a broker to the organization, active and last in the order (`sortOrder` is the highest so far plus one).
   * Refused with 409 `conflict` when another broker has the same name, whatever the letter case.
   *
   * The least role is admin.
   */
  createBroker(body: LookupCreate, options: Write = {}): Promise<Lookup> {
    return this.#transport.send(
      { method: "POST", template: "/api/brokers", body, takesKey: true, shape: "Lookup" },
      options,
    );
  }

  /**
   * List brokers.
   *
   * All brokers of the organization, active and deactivated, by `sortOrder`. The list is bounded and comes whole,
   * without pages.
   *
   * The least role is viewer.
   */
  listBrokers(options: Call = {}): Promise<LookupList> {
    return this.#transport.send({ method: "GET", template: "/api/brokers", shape: "LookupList" }, options);
  }

  /**
   * Bulk-import brokers.
   *
   * Stores up to 5,000 brokers at once. Every row is a broker as createBroker takes it; they come last in the order,
   * one behind the other.
   *
   * A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one transaction
   * or none is: a bad row, such as one whose name another broker or an earlier row has, makes it 422, with `details`
   * naming every bad row by its index. In `mode=partial` each row is stored or refused on its own, and `results` tells
   * which. With `dryRun=true` everything is checked and nothing is stored: `ids` is empty and the results carry no id.
   *
   * The least role is admin.
   */
  bulkImportBrokers(body: LookupBulkImport, options: BulkImportBrokersOptions = {}): Promise<BulkImportResult> {
    return this.#transport.send(
      {
        method: "POST",
        template: "/api/brokers/bulk-import",
        query: { mode: options.mode, dryRun: options.dryRun },
        body,
        takesKey: true,
        shape: "BulkImportResult",
      },
      options,
    );
  }

  /**
   * Update broker.
   *
   * Changes the keys that are sent and leaves the others. Moving a broker to a `sortOrder` that is taken shifts the
   * others in the same transaction. `isActive: false` hides the broker from new work; its customers and sales orders
   * keep it, and naming it in a new customer or sales order is 409. Refused with 404 when there is no such broker, and
   * with 409 `conflict` when another broker has the new name, whatever the letter case.
   *
   * The least role is admin.
   */
  updateBroker(id: string, body: LookupUpdate, options: Write = {}): Promise<Lookup> {
    return this.#transport.send(
      { method: "PATCH", template: "/api/brokers/{id}", path: { id }, body, takesKey: true, shape: "Lookup" },
      options,
    );
  }

  /**
   * Delete broker.
   *
   * Deletes a broker nothing refers to. Refused with 404 when there is no such broker, and with 409 `in_use` while a
   * customer or sales order refers to it; `details.references` then has the counts by kind. Deactivate such a broker
   * instead.
   *
   * The least role is admin.
   */
  deleteBroker(id: string, options: Write = {}): Promise<DeletedId> {
    return this.#transport.send(
      { method: "DELETE", template: "/api/brokers/{id}", path: { id }, takesKey: true, shape: "DeletedId" },
      options,
    );
  }

  /**
   * Check customer type usage.
   *
   * Counts the customers that have a customer type, and so tells whether deleteCustomerType would refuse. Refused with
   * 404 when there is no such customer type.
   *
   * The least role is viewer.
   */
  checkCustomerTypeInUse(id: string, options: Call = {}): Promise<CustomerLookupInUse> {
    return this.#transport.send(
      { method: "GET", template: "/api/customer-types/{id}/in-use", path: { id }, shape: "CustomerLookupInUse" },
      options,
    );
  }

  /**
   * Check customer segment usage.
   *
   * Counts the customers that have a customer segment, and so tells whether deleteCustomerSegment would refuse. Refused
   * with 404 when there is no such customer segment.
   *
   * The least role is viewer.
   */
  checkCustomerSegmentInUse(id: string, options: Call = {}): Promise<CustomerLookupInUse> {
    return this.#transport.send(
      { method: "GET", template: "/api/customer-segments/{id}/in-use", path: { id }, shape: "CustomerLookupInUse" },
      options,
    );
  }

  /**
   * Check broker usage.
   *
   * Counts the customers and sales orders that have a broker, and so tells whether deleteBroker would refuse. Refused
   * with 404 when there is no such broker.
   *
   * The least role is viewer.
   */
  checkBrokerInUse(id: string, options: Call = {}): Promise<BrokerInUse> {
    return this.#transport.send(
      { method: "GET", template: "/api/brokers/{id}/in-use", path: { id }, shape: "BrokerInUse" },
      options,
    );
  }
}
