// What panels, lines in full and the phone call of the shell; nobody else may, for it is not there before they are.
Object.assign(PART, { roveMenu, listFolded, placePopover, copyText, tellTimes, dayBegan, pasteInto, wallEnd, phoneHost });
