// Lots: all of them, what expires, and one of them. Its code comes when it is opened.
import { Head } from "../parts/basics.tsx";
import { List } from "../parts/list.tsx";
import type { ListDescription } from "../parts/list.tsx";
import { Tabs } from "../parts/tabs.tsx";
import { LOCATION, MATERIAL, SKU } from "../references.ts";
import { to } from "../router.ts";
import { fieldLabel, TEXTS } from "../texts.ts";
import { LotPage } from "./lot.tsx";

export const LOT_STATUSES = ["quarantine", "released", "on_hold", "rejected", "recalled"];
export const LEDGER_TABLES = ["materials_inventory_ledger", "finished_goods_inventory_ledger"];

const ALL: ListDescription = {
  operation: "listLots",
  title: TEXTS.lots.title,
  tables: ["lot"],
  filters: [
    { key: "q", kind: "text" },
    { key: "materialId", kind: "reference", reference: MATERIAL },
    { key: "skuId", kind: "reference", reference: SKU },
    { key: "status", kind: "choice", choices: LOT_STATUSES },
  ],
  sort: "code",
  columns: [
    { key: "code", kind: "code", href: (row) => to(`lots/${row.id}`), sort: "code" },
    { key: "itemCode", label: TEXTS.orders.item, kind: "code" },
    { key: "itemName", label: "Name", isWide: true },
    { key: "status", kind: "status" },
    { key: "bestBefore", kind: "day" },
    { key: "madeOn", kind: "day", isRare: true },
    { key: "supplierLot", isRare: true },
    { key: "updatedAt", kind: "moment", sort: "updatedAt" },
  ],
};

const EXPIRING: ListDescription = {
  operation: "listExpiringLots",
  title: TEXTS.lots.expiring,
  tables: ["lot", ...LEDGER_TABLES],
  filters: [
    { key: "before", kind: "day" },
    { key: "locationId", kind: "reference", reference: LOCATION },
  ],
  columns: [
    { key: "bestBefore", kind: "day" },
    { key: "code", kind: "code", label: TEXTS.lots.one, href: (row) => to(`lots/${row.lotId}`) },
    { key: "itemCode", label: TEXTS.orders.item, kind: "code" },
    { key: "itemName", label: "Name", isWide: true },
    { key: "status", kind: "status" },
    { key: "allowedUntil", kind: "day", isRare: true },
    { key: "locationName", label: fieldLabel("locationId") },
    { key: "onHand", kind: "decimal" },
    { key: "value", kind: "money" },
  ],
};

export function LotsPage({ rest: [id, ...others] }: { rest: readonly string[] }) {
  const isExpiring = id === "expiring";
  if (id !== undefined && !isExpiring) return <LotPage key={id} id={id} rest={others} />;
  return (
    <>
      <Head title={isExpiring ? TEXTS.lots.expiring : TEXTS.lots.title} />
      <Tabs
        label={TEXTS.lots.title}
        tabs={[
          { title: TEXTS.lots.all, address: to("lots"), isCurrent: !isExpiring },
          { title: TEXTS.lots.expiring, address: to("lots/expiring"), isCurrent: isExpiring },
        ]}
      />
      {isExpiring ? <List key="expiring" list={EXPIRING} path="lots/expiring" /> : <List key="all" list={ALL} path="lots" />}
    </>
  );
}
