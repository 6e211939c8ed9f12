import type { ReactNode } from 'react';

/** Leads out of the dashboard, in a tab of its own. */
export function ExternalLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a href={href} target="_blank" rel="noreferrer" className="txt-small mr-2 underline">
      {children}
    </a>
  );
}
