// A page whose code comes when it is opened: the first view goes without.
import type { ComponentType } from "preact";
import { useData } from "../data.ts";
import { Unread } from "./basics.tsx";

interface LaterProps<Props> {
  name: string;
  load: () => Promise<ComponentType<Props>>;
  props: Props;
}

export function Later<Props extends object>({ name, load, props }: LaterProps<Props>) {
  const { value: Page, ...reading } = useData(`code/${name}`, load);
  return Page === undefined ? <Unread {...reading} /> : <Page {...props} />;
}
