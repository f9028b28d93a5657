/**
 * What `agent-toolbar.js` leaves in a page that has it as a script, for pages that import nothing:
 * `/// <reference types="agent-toolbar/script" />`.
 */

import type { AgentSdk as Sdk, SoftPhoneSdk as Phone } from './index.js';

declare global {
  var AgentSdk: typeof Sdk;
  type AgentSdk = Sdk;
  var SoftPhoneSdk: typeof Phone;
  type SoftPhoneSdk = Phone;
}
