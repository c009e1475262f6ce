// Who has changed what: the log, of everything or of one record.
import type { Event, Member } from "pharus-client/models";
import { useData } from "../data.ts";
import { Head } from "../parts/basics.tsx";
import { List } from "../parts/list.tsx";
import { useSession } from "../session.ts";
import { fieldLabel, TEXTS } from "../texts.ts";

const SILENT = /^(id|orgId|createdAt|updatedAt)$/;
const MOST_KEYS = 12;

export function HistoryPage() {
  const { client } = useSession();
  const { value } = useData("members", (signal) => client.platform.listMembers({ signal }), ["membership"]);
  const names = new Map((value?.data ?? []).map((each: Member) => [each.userId, each.displayName ?? each.email]));
  return (
    <>
      <Head title={TEXTS.navigation.history} />
      <List
        path="history"
        list={{
          operation: "listAuditEvents",
          title: TEXTS.navigation.history,
          tables: ["*"],
          filters: [
            { key: "recordId", kind: "text", label: TEXTS.history.record },
            { key: "types", kind: "text", label: TEXTS.history.types },
            { key: "since", kind: "day", label: "From" },
            { key: "until", kind: "day", label: "To" },
          ],
          columns: [
            { key: "occurredAt", kind: "moment" },
            { key: "type", kind: "code" },
            { key: "userId", label: TEXTS.history.who, value: (row: Event) => names.get(row.userId ?? "") ?? row.userId },
            { key: "operation", kind: "code" },
            { key: "changes", isWide: true, show: (row: Event) => <Changes event={row} /> },
          ],
        }}
      />
    </>
  );
}

function Changes({ event: { before, after } }: { event: Event }) {
  const keys = Object.keys({ ...before, ...after }).filter((key) => !SILENT.test(key));
  const said = keys.filter((key) => (before ?? {})[key] != null || (after ?? {})[key] != null);
  return (
    <ul class="changes">
      {said.slice(0, MOST_KEYS).map((key) => (
        <li key={key}>
          <span class="quiet">{fieldLabel(key)}</span> {before !== null && <del>{shown(before[key])}</del>}{" "}
          {after !== null && <ins>{shown(after[key])}</ins>}
        </li>
      ))}
      {said.length > MOST_KEYS && <li>…</li>}
    </ul>
  );
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return "–";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
