// Owns the page that is shown once, after the installation. Asks nothing, but for the sites where the browser has not allowed them.
import { showMissing } from "../ui/allow.js";
import { byId } from "../ui/element.js";
import { onChanged } from "../ui/hosts.js";
import "../ui/words.js";

async function show() {
  byId("allow").hidden = (await showMissing(byId("allow-list"))) === 0;
}

onChanged(show);
await show();
document.documentElement.dataset.ready = "";
