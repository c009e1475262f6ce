// What a page has read: loaded when it is opened, kept on the screen while it is read anew, read anew when it changes.
import { useEffect, useRef, useState } from "preact/hooks";
import { onChange } from "./live.ts";

export interface Loaded<T> {
  value: T | undefined;
  error: unknown;
  isLoading: boolean;
  reload(): void;
}

interface Kept<T> {
  key: string;
  value: T | undefined;
  error: unknown;
  isLoading: boolean;
}

/** Reads with `load` whenever `key` is another one, and when one of the `tables` (`*`: any) was changed by anybody. */
export function useData<T>(
  key: string,
  load: (signal: AbortSignal) => Promise<T>,
  tables: readonly string[] = [],
): Loaded<T> {
  const [kept, setKept] = useState<Kept<T>>({ key, value: undefined, error: null, isLoading: true });
  const [turn, setTurn] = useState(0);
  const latest = useRef(load);
  latest.current = load;

  useEffect(() => {
    const ending = new AbortController();
    setKept((before) => ({ ...before, key, value: before.key === key ? before.value : undefined, isLoading: true }));
    latest.current(ending.signal).then(
      (value) => !ending.signal.aborted && setKept({ key, value, error: null, isLoading: false }),
      (error: unknown) =>
        !ending.signal.aborted && setKept((before) => ({ key, value: before.value, error, isLoading: false })),
    );
    return () => ending.abort();
  }, [key, turn]);

  useEffect(() => {
    if (tables.length === 0) return;
    return onChange((changed) => {
      if (changed.has("*") || tables.some((each) => each === "*" || changed.has(each))) setTurn((before) => before + 1);
    });
  }, [tables.join()]);

  const isOfKey = kept.key === key;
  return {
    value: isOfKey ? kept.value : undefined,
    error: isOfKey ? kept.error : null,
    isLoading: kept.isLoading || !isOfKey,
    reload: () => setTurn((before) => before + 1),
  };
}
