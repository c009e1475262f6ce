// Reads the document of this server and puts the page together. Paths are relative, for a proxy that serves it all
// below another one.

import { prepare, withFiles } from "./document.js";
import { navigate } from "./navigation.js";
import { view } from "./viewer.js";

const response = await fetch("../openapi.json");
const original = withFiles(await response.json());
const operations = navigate(original);
view(prepare(original), original, operations);
