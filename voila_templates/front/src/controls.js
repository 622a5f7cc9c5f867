// The ordinary widgets, fetched by pages that show one: classes, look, and what cleans their labels.
import sanitize from "sanitize-html";

import { clean_with } from "./clean.js";

clean_with(sanitize);
const sheet = document.createElement("link");
sheet.rel = "stylesheet";
sheet.href = new URL("CONTROLS_SHEET", import.meta.url).href;
document.head.append(sheet);

export * from "@jupyter-widgets/controls";
