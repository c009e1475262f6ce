// All pages: where each is, what it is called, and what one must be allowed to call to be offered it.
import type { ComponentChildren } from "preact";
import { ContactsPage } from "./pages/contacts.tsx";
import { HistoryPage } from "./pages/history.tsx";
import { HomePage } from "./pages/home.tsx";
import { ImportPage } from "./pages/import.tsx";
import { BomsPage } from "./pages/items.tsx";
import { Later } from "./parts/later.tsx";
import { LookupsPage } from "./pages/lookups.tsx";
import { MasterPage, MASTERS } from "./pages/masters.tsx";
import { MembersPage } from "./pages/members.tsx";
import { ReportsPage } from "./pages/reports.tsx";
import { SettingsPage } from "./pages/settings.tsx";
import { LedgerPage, StockPage } from "./pages/stock.tsx";
import { TokensPage } from "./pages/tokens.tsx";
import { WebhooksPage } from "./pages/webhooks.tsx";
import { OrdersPage } from "./orders/page.tsx";
import type { OperationId } from "./session.ts";
import { TEXTS } from "./texts.ts";

export interface Page {
  /** The first part of the address. */
  path: string;
  title: string;
  /** Who may not call it, is not offered the page. */
  operation: OperationId;
  /** With the other parts of the address. */
  show: (rest: readonly string[]) => ComponentChildren;
}

const master = (path: keyof typeof MASTERS): Page => {
  const { title, operation } = MASTERS[path].list;
  return { path, title, operation, show: (rest) => <MasterPage of={MASTERS[path]} rest={rest} /> };
};

const orders = (path: keyof typeof TEXTS.orders.kinds, operation: OperationId): Page => ({
  path,
  title: TEXTS.orders.kinds[path].many,
  operation,
  show: (rest) => <OrdersPage path={path} rest={rest} />,
});

export const PAGES: readonly Page[] = [
  { path: "", title: TEXTS.navigation.home, operation: "getOrganization", show: () => <HomePage /> },
  { path: "stock", title: TEXTS.navigation.stockLevels, operation: "getMaterialsSummary", show: (rest) => <StockPage rest={rest} /> },
  { path: "ledger", title: TEXTS.navigation.ledgers, operation: "listMaterialsLedgerEntries", show: (rest) => <LedgerPage rest={rest} /> },
  {
    path: "lots",
    title: TEXTS.lots.title,
    operation: "listLots",
    show: (rest) => <Later name="lots" load={async () => (await import("./lots/page.tsx")).LotsPage} props={{ rest }} />,
  },
  orders("purchase-orders", "listPurchaseOrders"),
  orders("production-orders", "listProductionOrders"),
  orders("work-orders", "listWorkOrders"),
  orders("sales-orders", "listSalesOrders"),
  master("materials"),
  master("skus"),
  { path: "boms", title: TEXTS.items.boms, operation: "listBoms", show: () => <BomsPage /> },
  master("vendors"),
  master("customers"),
  { path: "contacts", title: TEXTS.partners.contacts, operation: "listContacts", show: (rest) => <ContactsPage rest={rest} /> },
  master("supplier-prices"),
  master("customer-prices"),
  { path: "reports", title: TEXTS.navigation.reports, operation: "getValuation", show: (rest) => <ReportsPage rest={rest} /> },
  { path: "import", title: TEXTS.navigation.import, operation: "bulkImportVendors", show: () => <ImportPage /> },
  { path: "history", title: TEXTS.navigation.history, operation: "listAuditEvents", show: () => <HistoryPage /> },
  { path: "lookups", title: TEXTS.navigation.lookups, operation: "listLocations", show: () => <LookupsPage /> },
  { path: "settings", title: TEXTS.navigation.settings, operation: "getOrganization", show: () => <SettingsPage /> },
  { path: "members", title: TEXTS.navigation.members, operation: "listMembers", show: () => <MembersPage /> },
  { path: "tokens", title: TEXTS.navigation.tokens, operation: "listApiTokens", show: () => <TokensPage /> },
  { path: "webhooks", title: TEXTS.navigation.webhooks, operation: "listWebhookEndpoints", show: (rest) => <WebhooksPage rest={rest} /> },
];

/** How the pages are grouped beside the content. */
export const GROUPS: readonly { title: string; pages: readonly string[] }[] = [
  { title: "", pages: [""] },
  { title: TEXTS.navigation.stock, pages: ["stock", "ledger", "lots"] },
  { title: TEXTS.navigation.orders, pages: ["purchase-orders", "production-orders", "work-orders", "sales-orders"] },
  { title: TEXTS.navigation.items, pages: ["materials", "skus", "boms"] },
  { title: TEXTS.navigation.partners, pages: ["vendors", "customers", "contacts"] },
  { title: TEXTS.navigation.prices, pages: ["supplier-prices", "customer-prices"] },
  { title: TEXTS.navigation.insight, pages: ["reports", "history", "import"] },
  { title: TEXTS.navigation.administration, pages: ["lookups", "settings", "members", "tokens", "webhooks"] },
];

export function pageOf(segments: readonly string[]): Page | undefined {
  return PAGES.find((each) => each.path === (segments[0] ?? ""));
}
