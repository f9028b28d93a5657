// What panels and lines in full call of the shell; nobody else may, for it is not there before they are.
Object.assign(PART, { roveMenu, listFolded, placePopover, copyText, tellTimes, dayBegan, pasteInto, wallEnd });
