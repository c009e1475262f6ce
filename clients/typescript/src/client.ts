// The client, and the groups of methods that it has.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.
import { Locations } from "./api/locations.js";
import { Vendors } from "./api/vendors.js";
import { Customers } from "./api/customers.js";
import { Contacts } from "./api/contacts.js";
import { Materials } from "./api/materials.js";
import { Products } from "./api/products.js";
import { Units } from "./api/units.js";
import { BOM } from "./api/bom.js";
import { MaterialsInventory } from "./api/materials-inventory.js";
import { FinishedGoodsInventory } from "./api/finished-goods-inventory.js";
import { Prices } from "./api/prices.js";
import { PurchaseOrders } from "./api/purchase-orders.js";
import { WorkOrders } from "./api/work-orders.js";
import { ProductionOrders } from "./api/production-orders.js";
import { SalesOrders } from "./api/sales-orders.js";
import { Lots } from "./api/lots.js";
import { Documents } from "./api/documents.js";
import { Accounting } from "./api/accounting.js";
import { Imports } from "./api/imports.js";
import { Events } from "./api/events.js";
import { Webhooks } from "./api/webhooks.js";
import { Platform } from "./api/platform.js";
import { Download, asked } from "./downloads.js";
import type { Form } from "./downloads.js";
import { Transport } from "./transport.js";
import type { ClientOptions, Token } from "./transport.js";

/**
 * Calls the server at `address`, as whom the token names: a personal access token, or a function that answers an ID
 * token for each request.
 */
export class Client {
  readonly #transport: Transport;
  readonly locations: Locations;
  readonly vendors: Vendors;
  readonly customers: Customers;
  readonly contacts: Contacts;
  readonly materials: Materials;
  readonly products: Products;
  readonly units: Units;
  readonly bom: BOM;
  readonly materialsInventory: MaterialsInventory;
  readonly finishedGoodsInventory: FinishedGoodsInventory;
  readonly prices: Prices;
  readonly purchaseOrders: PurchaseOrders;
  readonly workOrders: WorkOrders;
  readonly productionOrders: ProductionOrders;
  readonly salesOrders: SalesOrders;
  readonly lots: Lots;
  readonly documents: Documents;
  readonly accounting: Accounting;
  readonly imports: Imports;
  readonly events: Events;
  readonly webhooks: Webhooks;
  readonly platform: Platform;

  constructor(address: string, token: Token = null, options: ClientOptions = {}) {
    const transport = new Transport(address, token, options);
    this.#transport = transport;
    this.locations = new Locations(transport);
    this.vendors = new Vendors(transport);
    this.customers = new Customers(transport);
    this.contacts = new Contacts(transport);
    this.materials = new Materials(transport);
    this.products = new Products(transport);
    this.units = new Units(transport);
    this.bom = new BOM(transport);
    this.materialsInventory = new MaterialsInventory(transport);
    this.finishedGoodsInventory = new FinishedGoodsInventory(transport);
    this.prices = new Prices(transport);
    this.purchaseOrders = new PurchaseOrders(transport);
    this.workOrders = new WorkOrders(transport);
    this.productionOrders = new ProductionOrders(transport);
    this.salesOrders = new SalesOrders(transport);
    this.lots = new Lots(transport);
    this.documents = new Documents(transport);
    this.accounting = new Accounting(transport);
    this.imports = new Imports(transport);
    this.events = new Events(transport);
    this.webhooks = new Webhooks(transport);
    this.platform = new Platform(transport);
  }

  /**
   * A list or a report as a CSV or XLSX file: all rows that the options of its method choose, not one page.
   *
   * `await client.download("csv", () => client.vendors.listVendors({ q: "oil" }))`; `ask` calls the method at once, and
   * what it would send is the request of the file.
   */
  async download(form: Form, ask: () => unknown): Promise<Download> {
    const { request, options } = asked(this.#transport, form, ask);
    return new Download(await this.#transport.stream(request, options));
  }
}
