/** US dollars for a million tokens. */
export interface Price {
  readonly in: number;
  readonly out: number;
}

/**
 * What a request cost, in millionths of a dollar: dollars a million tokens are exactly that for one token. The price of the
 * longest configured name that a model's name begins with, so that dated versions need no entry of their own.
 */
export function costOf(
  model: string,
  tokensIn: number,
  tokensOut: number,
  prices: Readonly<Record<string, Price>>,
): number {
  const price = priceOf(model, prices);
  return price === undefined ? 0 : Math.ceil(tokensIn * price.in + tokensOut * price.out);
}

export function priceOf(model: string, prices: Readonly<Record<string, Price>>): Price | undefined {
  const names = Object.keys(prices).filter((name) => model === name || model.startsWith(name));
  const longest = names.sort((a, b) => b.length - a.length)[0];
  return longest === undefined ? undefined : prices[longest];
}
