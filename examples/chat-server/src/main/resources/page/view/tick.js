const TWICE = "m2 8.5 3.2 3.2L12 4.8M8.6 11.1l.6.6L17 4.8";
const SHAPES = {
  sending: "M10 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 10 1.8M10 5v3.2l2.2 1.4",
  sent: "m5 8.5 3.2 3.2L15 4.8",
  delivered: TWICE,
  read: TWICE,
  failed: "M10 3v6m0 3v.6",
};
const NAMES = { sending: "sending", sent: "sent", delivered: "delivered", read: "read", failed: "not sent" };

/** Shows the state of an own message. */
export function fillTick(item, tick) {
  if (item.dataset.tick === tick) return;
  item.dataset.tick = tick;
  item.querySelector(".tick path").setAttribute("d", SHAPES[tick]);
  item.querySelector(".tick .unseen").textContent = NAMES[tick];
}
