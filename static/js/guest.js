// The page of a guest.
import { start as box } from "./guest-box.js"; // first of all: it sends the form
import { start as focus } from "./focus.js";
import { start as once } from "./once.js";
import { start as shown } from "./shown.js";

box(document);
focus(document);
once(document);
shown(document);
document.documentElement.dataset.ready = "";
