// A conditional item is hidden until the answer it looks at is given; without this script it stands
// there with the condition in words, and the server looks at it only where the condition holds.
import { fresh } from "./taken.js";

export function start(root) {
  for (const box of fresh(root, "[data-shown-when]", "shown")) {
    const form = box.closest("form");
    if (!form) continue;
    const wanted = box.dataset.shownIn.split(" ");
    const look = () => {
      const given = new FormData(form).get(box.dataset.shownWhen);
      box.hidden = !wanted.includes(String(given));
    };
    form.addEventListener("change", look);
    form.addEventListener("reset", () => setTimeout(look));
    form.addEventListener("restored", look);
    look();
  }
}
