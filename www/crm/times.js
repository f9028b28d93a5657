// Times of day and durations, read the same way in both languages.

const two = (value) => String(value).padStart(2, '0');

/** `mm:ss`, from an hour on `h:mm:ss`. */
export function clock(ms) {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return seconds < 3600 ? rest : `${Math.floor(seconds / 3600)}:${rest}`;
}

export const isToday = (time) => new Date(time).toDateString() === new Date().toDateString();

/** The time of day. */
export const hour = (time) => `${two(new Date(time).getHours())}:${two(new Date(time).getMinutes())}`;

/** Month and day. */
export const day = (time) => `${two(new Date(time).getMonth() + 1)}-${two(new Date(time).getDate())}`;

/** As short as it can be. */
export const brief = (time) => (isToday(time) ? hour(time) : day(time));

/** Day and time of day; of today the time alone. */
export const full = (time) => (isToday(time) ? hour(time) : `${day(time)} ${hour(time)}`);
