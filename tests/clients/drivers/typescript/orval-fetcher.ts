const caller = { address: "", token: "" };

export function connectTo(address: string, token: string): void {
  Object.assign(caller, { address, token });
}

export async function fetcher<T>(path: string, options: RequestInit): Promise<T> {
  const headers = new Headers(options.headers);
  headers.set("Authorization", `Bearer ${caller.token}`);
  const response = await fetch(caller.address + path, { ...options, headers });
  return { data: await response.json(), status: response.status, headers: response.headers } as T;
}
