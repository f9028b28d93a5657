'use client';

import { useEffect } from 'react';
import { AgentSdk } from 'agent-toolbar';

export default function Page() {
  useEffect(() => {
    // React runs this twice while a page is worked on.
    window.sdk ??= new AgentSdk({ ...window.options, el: '#toolbar' });
  }, []);
  return <div id="toolbar" />;
}
