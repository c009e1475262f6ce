// Where goods lie, and the short lists by which records are sorted.
import { Head } from "../parts/basics.tsx";
import { ShortList } from "../parts/short-list.tsx";
import type { ShortListDescription } from "../parts/short-list.tsx";
import type { Column } from "../parts/table.tsx";
import type { OperationId } from "../session.ts";
import { TEXTS } from "../texts.ts";

const NAME: Column = { key: "name", isWide: true };
const ACTIVE: Column = { key: "isActive", kind: "active" };
const REMOVE = TEXTS.actions.delete;

function lookup(title: string, name: string, many: string, table: string): ShortListDescription {
  return {
    title,
    table,
    list: `list${many}` as OperationId,
    columns: [NAME, ACTIVE],
    create: { operation: `create${name}` as OperationId, schema: "LookupCreate" },
    update: { operation: `update${name}` as OperationId, schema: "LookupUpdate" },
    remove: { operation: `delete${name}` as OperationId, label: REMOVE },
  };
}

const LISTS: readonly ShortListDescription[] = [
  {
    title: TEXTS.lookups.locations,
    table: "location",
    list: "listLocations",
    columns: [NAME, { key: "city" }, { key: "country" }, ACTIVE],
    create: { operation: "createLocation", schema: "LocationCreate" },
    update: { operation: "updateLocation", schema: "LocationUpdate" },
    remove: { operation: "deleteLocation", label: REMOVE },
  },
  lookup(TEXTS.lookups.materialTypes, "MaterialType", "MaterialTypes", "material_type"),
  lookup(TEXTS.lookups.skuTypes, "SkuType", "SkuTypes", "sku_type"),
  lookup(TEXTS.lookups.customerTypes, "CustomerType", "CustomerTypes", "customer_type"),
  lookup(TEXTS.lookups.segments, "CustomerSegment", "CustomerSegments", "customer_segment"),
  lookup(TEXTS.lookups.channels, "OrderChannel", "OrderChannels", "order_channel"),
  lookup(TEXTS.lookups.brokers, "Broker", "Brokers", "broker"),
];

export function LookupsPage() {
  return (
    <>
      <Head title={TEXTS.navigation.lookups} />
      <div class="columns">
        {LISTS.map((each) => (
          <ShortList key={each.list} of={each} />
        ))}
      </div>
    </>
  );
}
