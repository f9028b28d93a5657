// Telephone numbers: which mean the same person, and how they are shown.

/** As the toolbar shows numbers: whoever looks over the agent's shoulder cannot write them down. */
export const mask = (number) => maskAll(String(number ?? '').slice(0, 60));

/** For a text in which numbers may stand, such as an error's. */
export const maskAll = (text) => String(text).replace(/\d{7,}/g, (digits) => `${digits.slice(0, 3)}****${digits.slice(-4)}`);

/** Platforms put a country code or a trunk 0 before mobile numbers; all mean the same person. */
export const plain = (number) => String(number ?? '').replace(/[^\d]/g, '').replace(/^(0086|86|0)(?=1\d{10}$)/, '');

/** A colleague's, not a customer's. */
export const isExtension = (number) => /^\d{4}$/.test(number);
