// The pages that plugins bring: files of their own beside the console's, which see who is signed in to this tab.
import { ADDRESS, isAtLeast } from "./session.ts";
import type { Session } from "./session.ts";

export interface PluginPage {
  plugin: string;
  title: string;
  /** Where it is, from the server's address on. */
  path: string;
  minimumRole: string;
}

/** Those that the caller's role may see; none where the list cannot be read, as a menu does without. */
export async function pluginPages(session: Session, signal: AbortSignal): Promise<PluginPage[]> {
  const response = await fetch(addressOf("console/plugins"), { signal });
  if (!response.ok) return [];
  const { data } = (await response.json()) as { data: PluginPage[] };
  return data.filter((each) => isAtLeast(each.minimumRole, session));
}

export function addressOf(path: string): string {
  return `${ADDRESS}/${path}`;
}
