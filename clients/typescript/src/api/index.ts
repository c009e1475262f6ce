// The groups of operations, and the options of their methods.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.
export type * from "./accounting.js";
export type * from "./bom.js";
export type * from "./contacts.js";
export type * from "./customers.js";
export type * from "./documents.js";
export type * from "./events.js";
export type * from "./finished-goods-inventory.js";
export type * from "./imports.js";
export type * from "./locations.js";
export type * from "./lots.js";
export type * from "./materials.js";
export type * from "./materials-inventory.js";
export type * from "./platform.js";
export type * from "./prices.js";
export type * from "./production-orders.js";
export type * from "./products.js";
export type * from "./purchase-orders.js";
export type * from "./sales-orders.js";
export type * from "./units.js";
export type * from "./vendors.js";
export type * from "./webhooks.js";
export type * from "./work-orders.js";
