// Files that are kept with an order.
import type { DocumentEntityType } from "pharus-client/models";
import { useData } from "../data.ts";
import { decimal } from "../format.ts";
import { tell } from "../live.ts";
import { Button, Problem, say, Section } from "../parts/basics.tsx";
import { useSubmit } from "../parts/submit.ts";
import type { Sending } from "../parts/submit.ts";
import { Table } from "../parts/table.tsx";
import { may, useSession } from "../session.ts";
import { TEXTS } from "../texts.ts";

const MOST = 100;

export function Documents({ entityType, entityId }: { entityType: DocumentEntityType; entityId: string }) {
  const { client, manner } = useSession();
  const { value } = useData(
    `documents/${entityId}`,
    (signal) => client.documents.listDocuments({ entityType, entityId, limit: MOST, signal }).first(),
    ["document"],
  );
  const adding = useSubmit(
    (file: File, sending: Sending) => client.documents.uploadDocument({ file, entityType, entityId }, sending),
    (made) => {
      say(TEXTS.form.created(made.name));
      tell("document");
    },
  );
  const opening = useSubmit(
    (id: string) => client.documents.getDocument(id),
    ({ signedUrl }) => void open(signedUrl, "_blank", "noopener"),
  );
  const removal = useSubmit(
    (id: string, sending: Sending) => client.documents.deleteDocument(id, sending),
    () => tell("document"),
  );
  return (
    <Section
      title={TEXTS.orders.documents}
      aside={
        may("uploadDocument") && (
          <label class="button">
            {TEXTS.orders.upload}
            <input
              type="file"
              class="unseen"
              disabled={adding.isBusy}
              onChange={(event) => {
                const file = event.currentTarget.files?.[0];
                if (file) void adding.submit(file);
                event.currentTarget.value = "";
              }}
            />
          </label>
        )
      }
    >
      <Problem problems={adding.problems ?? opening.problems ?? removal.problems} />
      <Table
        caption={TEXTS.orders.documents}
        rows={value?.data ?? []}
        columns={[
          {
            key: "name",
            isWide: true,
            show: (row) => (
              <button type="button" class="link" onClick={() => void opening.submit(row.id)}>
                {row.name}
              </button>
            ),
          },
          { key: "mimeType", label: "Type" },
          { key: "sizeBytes", label: "Bytes", kind: "integer", value: (row) => decimal(row.sizeBytes, manner.locale) },
          { key: "createdAt", kind: "moment" },
          {
            key: "actions",
            label: "",
            show: (row) =>
              may("deleteDocument") && (
                <Button look="quiet" isBusy={removal.isBusy} onClick={() => void removal.submit(row.id)}>
                  {TEXTS.actions.delete}
                </Button>
              ),
          },
        ]}
      />
    </Section>
  );
}
