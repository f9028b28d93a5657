import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const fromHere = (path) => fileURLToPath(new URL(path, import.meta.url));

export const PKG = join(process.env.PKG_DIR || fromHere('../../pkg'), '/');
/** What leads from the package back to its sources. */
export const MAPS = join(PKG, '../pkg-maps/');
export const WWW = fromHere('../../www/');
export const CAPTURES = fromHere('../wire/captures/');
export const SANDBOX_BIN = process.env.SANDBOX_BIN || fromHere('../../target/release/sandbox');
export const CHROMIUM = process.env.CHROMIUM || '/usr/bin/chromium';
/** The example app of `crates/leptos`, built. */
export const LEPTOS_CRM = process.env.LEPTOS_CRM || fromHere('../../target/leptos-crm/');
export const OUR_SDK = join(PKG, 'agent-toolbar.js');
export const PAGE = fromHere('./page.html');
/** The original's package: its two bundles and its demo page. */
export const ORIGINAL_DIST = fromHere('../node_modules/agent-sdk/dist/');
export const ORIGINAL_SDK = join(ORIGINAL_DIST, 'agent-sdk_1.1.65.js');
export const ORIGINAL_SDK_1_2_9 = join(ORIGINAL_DIST, 'agent-sdk_1.2.9.js');
export const STOMPJS = createRequire(import.meta.url).resolve('@stomp/stompjs');
