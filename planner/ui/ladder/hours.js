// A week of 24 x 7 hours to paint on. It asks nothing of anybody but this page; what was painted goes to the
// server as one stroke, and comes back drawn.
export default function ({ parentElement, data, setTriggerValue }) {
  const box = parentElement.querySelector(".hours");
  const held = (box.held ??= { day: 0, hour: 0, focus: false });
  const table = document.createElement("table");
  table.setAttribute("role", "grid");
  table.setAttribute("aria-label", data.label);
  const cells = [];
  const head = table.createTHead().insertRow();
  head.append(document.createElement("td"));
  for (let hour = 0; hour < 24; hour++) {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.textContent = String(hour).padStart(2, "0");
    head.append(cell);
  }
  const body = table.createTBody();
  data.cells.forEach((row, day) => {
    const line = body.insertRow();
    if (day > 4) line.className = "weekend";
    const name = document.createElement("th");
    name.scope = "row";
    name.textContent = data.days[day];
    line.append(name);
    cells.push(row.map((each, hour) => {
      const cell = line.insertCell();
      cell.setAttribute("role", "gridcell");
      cell.setAttribute("aria-label", each.label);
      cell.setAttribute("aria-selected", String(each.state === "open"));
      cell.title = each.label;
      cell.className = each.state + (each.painted ? " painted" : "");
      cell.textContent = each.text;
      if (each.sign) {
        const sign = document.createElement("span");
        sign.className = "sign";
        sign.textContent = each.sign;
        cell.prepend(sign);
      }
      cell.dataset.day = day;
      cell.dataset.hour = hour;
      cell.tabIndex = day === held.day && hour === held.hour ? 0 : -1;
      return cell;
    }));
  });
  const focused = held.focus; // taking the old table away takes its focus away
  box.replaceChildren(table);
  const place = (cell) => [Number(cell.dataset.day), Number(cell.dataset.hour)];
  const enter = (day, hour) => {
    cells[held.day][held.hour].tabIndex = -1;
    Object.assign(held, { day, hour });
    cells[day][hour].tabIndex = 0;
    cells[day][hour].focus();
  };
  table.addEventListener("focusin", () => { held.focus = true; });
  table.addEventListener("focusout", () => { held.focus = false; });
  if (focused) enter(held.day, held.hour);
  const between = (one, other) => {
    const found = [];
    for (let day = Math.min(one[0], other[0]); day <= Math.max(one[0], other[0]); day++)
      for (let hour = Math.min(one[1], other[1]); hour <= Math.max(one[1], other[1]); hour++)
        found.push([day, hour]);
    return found;
  };
  const stroke = (one, other) => {
    const open = data.cells[one[0]][one[1]].state !== "open";
    setTriggerValue("stroke", { cells: between(one, other), open });
  };
  let from = null;
  const mark = (other) => {
    table.querySelectorAll(".under").forEach((cell) => cell.classList.remove("under"));
    if (from && other) between(from, other).forEach(([day, hour]) => cells[day][hour].classList.add("under"));
  };
  table.onpointerdown = (event) => {
    const cell = event.target.closest("td[data-day]");
    if (!cell || event.button) return;
    if (cell.hasPointerCapture?.(event.pointerId)) cell.releasePointerCapture(event.pointerId);
    from = place(cell);
    enter(...from);
    mark(from);
    if (event.pointerType === "mouse") event.preventDefault();
  };
  table.onpointermove = (event) => {
    const cell = from && event.target.closest?.("td[data-day]");
    if (cell) mark(place(cell));
  };
  table.onpointerup = (event) => {
    const cell = from && event.target.closest?.("td[data-day]");
    if (cell) stroke(from, place(cell));
    from = null;
    mark(null);
  };
  table.onpointercancel = table.onpointerleave = () => { from = null; mark(null); };
  let anchor = null;
  table.onkeydown = (event) => {
    const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
    const step = steps[event.key];
    if (step || event.key === "Home" || event.key === "End") {
      event.preventDefault();
      const day = Math.min(6, Math.max(0, held.day + (step ? step[0] : 0)));
      const ends = { Home: 0, End: 23 };
      const hour = step ? Math.min(23, Math.max(0, held.hour + step[1])) : ends[event.key];
      if (event.shiftKey) anchor ??= [held.day, held.hour];
      else anchor = null;
      enter(day, hour);
      from = anchor;
      mark(anchor && [day, hour]);
      from = null;
    } else if (event.key === " " || event.key === "Enter") {
      event.preventDefault();
      stroke(anchor ?? [held.day, held.hour], [held.day, held.hour]);
      anchor = null;
    }
  };
}
