// Filters that somebody has kept under a name. They stay in this browser because that was asked for.
import { useState } from "preact/hooks";
import { to } from "../router.ts";
import { useSession } from "../session.ts";
import { TEXTS } from "../texts.ts";
import { Button, Dialog } from "./basics.tsx";

interface View {
  name: string;
  path: string;
  query: Readonly<Record<string, string>>;
}

export function SavedViews({ path, query }: { path: string; query: Readonly<Record<string, string>> }) {
  const { organization } = useSession();
  const key = `pharus.views.${organization.id}`;
  const [views, setViews] = useState<readonly View[]>(() => read(key));
  const [isOpen, setIsOpen] = useState(false);
  const [name, setName] = useState("");
  const own = views.filter((each) => each.path === path);

  function keep(next: readonly View[]): void {
    setViews(next);
    if (next.length === 0) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(next));
  }

  return (
    <>
      {own.length > 0 && (
        <span class="views" role="group" aria-label={TEXTS.table.views}>
          {own.map((each) => (
            <a key={each.name} class="view" href={to(path, each.query)}>
              {each.name}
            </a>
          ))}
        </span>
      )}
      {(Object.keys(query).length > 0 || own.length > 0) && (
        <Button look="quiet" onClick={() => setIsOpen(true)}>
          {TEXTS.table.saveView}
        </Button>
      )}
      {isOpen && (
        <Dialog title={TEXTS.table.views} onClose={() => setIsOpen(false)}>
          <form
            class="form"
            onSubmit={(event) => {
              event.preventDefault();
              if (name.trim() === "") return;
              keep([...views.filter((each) => each.path !== path || each.name !== name), { name, path, query }]);
              setName("");
              setIsOpen(false);
            }}
          >
            <div class="field">
              <label for="view-name">{TEXTS.table.viewName}</label>
              <input id="view-name" value={name} maxLength={60} onInput={(event) => setName(event.currentTarget.value)} />
              <p class="hint">{TEXTS.table.viewHint}</p>
            </div>
            <ul class="plain">
              {own.map((each) => (
                <li key={each.name}>
                  {each.name}{" "}
                  <Button look="quiet" onClick={() => keep(views.filter((other) => other !== each))}>
                    {TEXTS.actions.remove}
                  </Button>
                </li>
              ))}
            </ul>
            <div class="buttons">
              <Button type="submit" look="primary">
                {TEXTS.actions.save}
              </Button>
            </div>
          </form>
        </Dialog>
      )}
    </>
  );
}

function read(key: string): View[] {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "[]") as View[];
  } catch {
    return [];
  }
}
