// Orders of one kind: their list, a new one, one of them, and taking in or shipping what is in it.
import { Button, Head, NotAllowed } from "../parts/basics.tsx";
import { List } from "../parts/list.tsx";
import { go, to, useRoute } from "../router.ts";
import { may } from "../session.ts";
import { TEXTS } from "../texts.ts";
import { BookingPage } from "./booking.tsx";
import { KINDS } from "./kinds.ts";
import type { OrderPath } from "./kinds.ts";
import { NewOrderPage } from "./new.tsx";
import { OrderPage } from "./order.tsx";

export function OrdersPage({ path, rest: [id, part] }: { path: OrderPath; rest: readonly string[] }) {
  const { query } = useRoute();
  const kind = KINDS[path];
  const texts = TEXTS.orders.kinds[path];
  if (!may(id === "new" ? kind.create : part === "book" ? kind.parts.create : kind.list)) return <NotAllowed />;
  if (id === "new") return <NewOrderPage kind={kind} initial={query} />;
  if (id !== undefined && part === "book") return <BookingPage kind={kind} id={id} />;
  if (id !== undefined) return <OrderPage key={id} kind={kind} id={id} />;
  const list = {
    operation: kind.list,
    title: texts.many,
    columns: kind.columns,
    filters: kind.filters,
    tables: [kind.table],
    open: (row: { id: string }) => to(`${path}/${row.id}`),
  };
  return (
    <>
      <Head title={texts.many}>
        {may(kind.create) && (
          <Button look="primary" onClick={() => go(to(`${path}/new`))}>
            {texts.new}
          </Button>
        )}
      </Head>
      <List list={list} path={path} />
    </>
  );
}
