// Search over everything: codes, names, numbers. `/` leads to it from everywhere.
import { useEffect, useRef, useState } from "preact/hooks";
import { call, may } from "../session.ts";
import type { OperationId } from "../session.ts";
import { go, to } from "../router.ts";
import { TEXTS } from "../texts.ts";

interface Found {
  kind: string;
  code: string;
  name: string;
  address: string;
}

interface Place {
  list: OperationId;
  kind: string;
  path: string;
  code: (row: any) => string;
  name: (row: any) => string;
}

const numbered = (list: OperationId, path: keyof typeof TEXTS.orders.kinds, number: string, partner: string): Place => ({
  list,
  path,
  kind: TEXTS.orders.kinds[path].one,
  code: (row) => row[number],
  name: (row) => row[partner] ?? "",
});

const PLACES: readonly Place[] = [
  { list: "listMaterials", kind: TEXTS.items.material, path: "materials", code: (row) => row.materialCode, name: (row) => row.name },
  { list: "listSkus", kind: TEXTS.items.sku, path: "skus", code: (row) => row.skuCode, name: (row) => row.name },
  { list: "listVendors", kind: TEXTS.partners.vendor, path: "vendors", code: () => "", name: (row) => row.name },
  { list: "listCustomers", kind: TEXTS.partners.customer, path: "customers", code: () => "", name: (row) => row.name },
  { list: "listContacts", kind: TEXTS.partners.contact, path: "contacts", code: () => "", name: (row) => row.displayName },
  { list: "listLots", kind: TEXTS.lots.one, path: "lots", code: (row) => row.code, name: (row) => row.itemName ?? "" },
  numbered("listPurchaseOrders", "purchase-orders", "poNumber", "vendorName"),
  numbered("listSalesOrders", "sales-orders", "soNumber", "customerName"),
  numbered("listProductionOrders", "production-orders", "prodNumber", "locationName"),
  numbered("listWorkOrders", "work-orders", "woNumber", "workSiteName"),
];

const MOST_OF_A_KIND = 5;
const WAIT_MILLISECONDS = 200;

export function GlobalSearch() {
  const [text, setText] = useState("");
  const [found, setFound] = useState<readonly Found[] | null>(null);
  const [active, setActive] = useState(0);
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      const isTyping = event.target instanceof Element && event.target.closest("input, textarea, select, dialog");
      if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      input.current?.focus();
    }
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, []);

  useEffect(() => {
    const sought = text.trim();
    if (sought === "") {
      setFound(null);
      return;
    }
    const ending = new AbortController();
    const timer = setTimeout(() => {
      searchAll(sought, ending.signal).then(
        (rows) => {
          if (ending.signal.aborted) return;
          setActive(0);
          setFound(rows);
        },
        () => undefined,
      );
    }, WAIT_MILLISECONDS);
    return () => {
      clearTimeout(timer);
      ending.abort();
    };
  }, [text]);

  function leave(each: Found | undefined): void {
    if (each === undefined) return;
    setText("");
    setFound(null);
    input.current?.blur();
    go(each.address);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const count = found?.length ?? 0;
    if (event.key === "Escape") {
      setText("");
      input.current?.blur();
    } else if (event.key === "Enter") leave(found?.[active]);
    else if (event.key === "ArrowDown" && count > 0) setActive((active + 1) % count);
    else if (event.key === "ArrowUp" && count > 0) setActive((active + count - 1) % count);
    else return;
    event.preventDefault();
  }

  return (
    <div class="global-search" role="search">
      <input
        ref={input}
        type="text"
        role="combobox"
        aria-label={TEXTS.search.label}
        aria-expanded={found !== null}
        aria-controls="found"
        aria-activedescendant={found?.[active] && `found-${active}`}
        aria-autocomplete="list"
        autocomplete="off"
        placeholder={TEXTS.search.placeholder}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onBlur={() => setFound(null)}
      />
      <ul id="found" role="listbox" aria-label={TEXTS.search.label} hidden={found === null}>
        {found?.map((each, at) => (
          <li
            key={each.address}
            id={`found-${at}`}
            role="option"
            aria-selected={at === active}
            onMouseDown={(event) => {
              event.preventDefault();
              leave(each);
            }}
          >
            <small>{each.kind}</small>
            {each.code && <code>{each.code}</code>}
            <span>{each.name}</span>
          </li>
        ))}
        {found?.length === 0 && (
          <li role="option" aria-selected={false} aria-disabled="true" class="none">
            {TEXTS.search.none}
          </li>
        )}
      </ul>
    </div>
  );
}

async function searchAll(text: string, signal: AbortSignal): Promise<Found[]> {
  const asked = PLACES.filter((each) => may(each.list)).map(async ({ list, kind, path, code, name }) => {
    const expands = path.endsWith("orders") ? { expand: "names" } : {};
    const { data } = await call(list, { q: text, limit: MOST_OF_A_KIND, signal, ...expands }).first();
    return (data as any[]).map((row) => ({ kind, code: code(row), name: name(row), address: to(`${path}/${row.id}`) }));
  });
  const rows = (await Promise.all(asked)).flat();
  const sought = text.toLowerCase();
  const rank = ({ code, name }: Found) =>
    [code, name].some((each) => each.toLowerCase() === sought) ? 0 : code.toLowerCase().startsWith(sought) ? 1 : 2;
  return rows.sort((a, b) => rank(a) - rank(b));
}
