/** The models a customer can send back. */
import { call } from "../core/api.js";

/** All listed models, grouped by product line: Map of line to products. */
export async function loadProducts() {
  const groups = new Map();
  for (let url = "/api/v1/products?limit=100"; url;) {
    const { data } = await call("GET", url);
    for (const product of data.items) {
      if (!groups.has(product.product_line)) groups.set(product.product_line, []);
      groups.get(product.product_line).push(product);
    }
    url = data.page.next;
  }
  return groups;
}
