// Owns the small text that explains a control while it is pointed at or in focus.

const box = () => document.getElementById("hint");
let owner = null;

function hide() {
  if (!owner) return;
  owner.removeAttribute("aria-describedby");
  owner = null;
  box().hidePopover();
}

function show(control, text) {
  hide();
  owner = control;
  const hint = box();
  hint.textContent = text;
  control.setAttribute("aria-describedby", "hint");
  hint.showPopover();
  const [from, own] = [control.getBoundingClientRect(), hint.getBoundingClientRect()];
  const left = Math.max(8, Math.min(innerWidth - own.width - 8, from.x + from.width / 2 - own.width / 2));
  const below = from.bottom + 8;
  hint.style.left = `${left}px`;
  hint.style.top = `${below + own.height > innerHeight ? Math.max(8, from.top - own.height - 8) : below}px`;
}

/** The control, explained when pointed at or in focus; Escape sends the text away. */
export function hinted(control, text) {
  control.addEventListener("pointerenter", () => show(control, text));
  control.addEventListener("pointerleave", hide);
  control.addEventListener("focus", () => { if (control.matches(":focus-visible")) show(control, text); });
  control.addEventListener("blur", hide);
  return control;
}

addEventListener("keydown", ({ key }) => { if (key === "Escape") hide(); });
addEventListener("scroll", hide, { capture: true, passive: true });
