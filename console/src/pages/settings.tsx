// What an organization prints, in what it counts, and through which day its books are closed.
import type { AccountingSettingsUpdate, AccountNamesUpdate, LotSettingsUpdate, OrganizationUpdate } from "pharus-client/models";
import { useData } from "../data.ts";
import { Head, say, Section, Unread } from "../parts/basics.tsx";
import { fieldsOf, Form } from "../parts/form.tsx";
import { Fact, Facts, Value } from "../parts/values.tsx";
import { may, refreshSettings, useSession } from "../session.ts";
import { fieldLabel, TEXTS } from "../texts.ts";

export function SettingsPage() {
  const { client } = useSession();
  const { value, ...reading } = useData(
    "settings",
    async (signal) => {
      const [organization, accounting, lots] = await Promise.all([
        client.platform.getOrganization({ signal }),
        client.accounting.getAccountingSettings({ signal }),
        client.lots.getLotSettings({ signal }),
      ]);
      return { organization, accounting, lots };
    },
    ["organization", "organization_settings", "accounting_settings"],
  );
  if (value === undefined) return <Unread {...reading} />;
  const { organization, accounting, lots } = value;
  const record = { ...organization.settings, ...organization.organization };
  const saved = () => {
    say(TEXTS.form.saved);
    reading.reload();
    void refreshSettings();
  };
  return (
    <>
      <Head title={TEXTS.navigation.settings} />
      <Section title={TEXTS.settings.organization}>
        {may("updateOrganization") ? (
          <Form
            key={organization.organization.updatedAt.toISOString()}
            schema="OrganizationUpdate"
            record={record}
            send={(body: OrganizationUpdate, sending) =>
              client.platform.updateOrganization(body, { ...sending, ifMatch: organization })
            }
            onDone={saved}
          />
        ) : (
          <Shown schema="OrganizationUpdate" record={record} />
        )}
      </Section>
      <Section title={TEXTS.settings.books}>
        <p class="hint">{TEXTS.settings.booksHint}</p>
        {may("updateAccountingSettings") ? (
          <Form
            key={`${accounting.closedThrough}/${accounting.timeZone}`}
            schema="AccountingSettingsUpdate"
            record={{ ...accounting }}
            send={(body: AccountingSettingsUpdate, sending) =>
              client.accounting.updateAccountingSettings(body, { ...sending, ifMatch: accounting })
            }
            onDone={saved}
          />
        ) : (
          <Shown schema="AccountingSettingsUpdate" record={{ ...accounting }} />
        )}
      </Section>
      <Section title={TEXTS.settings.accounts}>
        {may("updateAccountingSettings") ? (
          <Form
            schema="AccountNamesUpdate"
            record={{ ...accounting.accounts }}
            send={(accounts: AccountNamesUpdate, sending) =>
              client.accounting.updateAccountingSettings({ accounts }, { ...sending, ifMatch: accounting })
            }
            onDone={saved}
          />
        ) : (
          <Shown schema="AccountNamesUpdate" record={{ ...accounting.accounts }} />
        )}
      </Section>
      <Section title={TEXTS.lots.settings}>
        {may("updateLotSettings") ? (
          <Form
            key={`${lots.policy}/${lots.receivedStatus}`}
            schema="LotSettingsUpdate"
            record={{ ...lots }}
            send={(body: LotSettingsUpdate, sending) => client.lots.updateLotSettings(body, sending)}
            onDone={saved}
          />
        ) : (
          <Shown schema="LotSettingsUpdate" record={{ ...lots }} />
        )}
      </Section>
    </>
  );
}

/** For who may only look. */
function Shown({ schema, record }: { schema: string; record: Record<string, unknown> }) {
  return (
    <Facts>
      {fieldsOf(schema).map(({ key, kind }) => (
        <Fact key={key} label={fieldLabel(key)}>
          <Value value={record[key]} kind={kind === "decimal" || kind === "flag" || kind === "day" ? kind : "text"} />
        </Fact>
      ))}
    </Facts>
  );
}
