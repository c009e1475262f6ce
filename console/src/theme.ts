// Light or dark: as the machine says, until somebody chooses; a choice is kept in this browser.
const KEY = "pharus.theme";

type Theme = "light" | "dark";

export function applyTheme(): void {
  const chosen = localStorage.getItem(KEY);
  if (chosen !== null) document.documentElement.dataset["theme"] = chosen;
}

export function switchTheme(): void {
  const now: Theme = isDark() ? "light" : "dark";
  localStorage.setItem(KEY, now);
  applyTheme();
}

function isDark(): boolean {
  const chosen = document.documentElement.dataset["theme"];
  return chosen === undefined ? matchMedia("(prefers-color-scheme: dark)").matches : chosen === "dark";
}
