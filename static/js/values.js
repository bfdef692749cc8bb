// What a form holds, as names and values, and putting such values back into it.
const isSecret = (control) => control.name === "csrf_token" || control.type === "password";

export function valuesOf(form) {
  return [...new FormData(form)].filter(
    ([name, value]) =>
      name !== "csrf_token" && typeof value === "string" && form.elements[name].type !== "password",
  );
}

// All but the controls whose names are in `but`.
export function putBack(form, kept, but) {
  for (const control of form.elements) {
    const mine = kept.filter(([name]) => name === control.name).map(([, value]) => value);
    if (!control.name || isSecret(control) || but.has(control.name)) continue;
    if (control.type === "radio" || control.type === "checkbox") {
      control.checked = mine.includes(control.value);
    } else if (control.type === "select-multiple") {
      for (const option of control.options) option.selected = mine.includes(option.value);
    } else if (control.type !== "file" && mine.length) {
      control.value = mine[0];
    }
  }
}
