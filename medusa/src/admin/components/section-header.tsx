import { Heading, Text } from '@medusajs/ui';
import type { ReactNode } from 'react';

interface SectionHeaderProps {
  title: ReactNode;
  subtitle?: ReactNode;
  level?: 'h1' | 'h2';
  /** Buttons at the right. */
  children?: ReactNode;
}

/** The head of a container, as the dashboard's own look. */
export function SectionHeader({ title, subtitle, level = 'h2', children }: SectionHeaderProps) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3 px-6 py-4">
      <div className="min-w-0">
        <Heading level={level}>{title}</Heading>
        {subtitle && (
          <Text size="small" className="text-ui-fg-subtle">
            {subtitle}
          </Text>
        )}
      </div>
      {children && <div className="flex flex-wrap items-center gap-2">{children}</div>}
    </div>
  );
}
