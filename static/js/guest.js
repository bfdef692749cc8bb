// The page of a guest: nothing is kept on the phone, which may be anybody's.
import { start as focus } from "./focus.js";
import { start as once } from "./once.js";
import { start as shown } from "./shown.js";

focus(document);
once(document);
shown(document);
document.documentElement.dataset.ready = "";
