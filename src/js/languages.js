/** The languages by their tags, the usual one first. */
const LANGUAGES = __languages__;

/** How each is written: `ltr` or `rtl`. */
const DIRECTIONS = __directions__;

/** The place of the language that a BCP 47 tag asks for, or of its nearest relative; the usual one's where there is none. */
function placeOf(lang) {
  for (let wanted = String(lang ?? '').toLowerCase(); wanted; wanted = wanted.replace(/[-_]?[^-_]*$/, '')) {
    const place = LANGUAGES.findIndex((tag) => `${tag}-`.toLowerCase().startsWith(`${wanted}-`));
    if (place >= 0) return place;
  }
  return 0;
}

/** Has an element tell what language it is in. */
function speak(element, lang) {
  const place = placeOf(lang);
  element.lang = LANGUAGES[place];
  element.dir = DIRECTIONS[place];
}
