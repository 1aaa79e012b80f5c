import type { DeliveryRequest } from "../util/deliver.ts";
import { maskHeaders } from "../util/redact.ts";
import type { Transfer } from "./transfer.ts";
import type { PlannedRequest } from "./types.ts";

/**
 * Makes what a dry run shows of a request.
 *
 * @param request The request.
 * @param label The handler.
 * @param captures What would be taken from the answer.
 * @param mask Hides secrets in a text.
 * @returns The request without secrets.
 */
export function planRequest(
  { url, headers, body }: DeliveryRequest,
  label: string,
  captures: readonly Transfer[],
  mask: (text: string) => string,
): PlannedRequest {
  return {
    handler: label,
    url: mask(url.replace(/\/\/[^/?#]*@/, "//***@")),
    headers: maskHeaders(headers, mask),
    body: mask(body),
    captures: captures.map(({ to }) => mask(to)),
  };
}
