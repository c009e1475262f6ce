import { render } from "preact";
import { App } from "./app.tsx";
import { resume } from "./session.ts";
import "./style.css";
import { applyTheme } from "./theme.ts";

applyTheme();
void resume();
const root = document.getElementById("app");
if (root !== null) render(<App />, root);
