// Each part of the page that can be worked out, if it is there.

for (const [selector, begin] of [
  ["[data-calculator=refund]", refund],
  ["[data-calculator=seller-deadline]", sellerDeadline],
  [".flow", flow],
]) {
  for (const part of document.querySelectorAll(selector)) begin(part);
}
